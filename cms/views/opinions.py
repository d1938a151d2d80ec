"""의견: read by anybody; written on a form of its own, proven by mail, taken back without a login."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.as_of import as_of
from cms.queries.law import Article, get_version, law_text
from cms.queries.opinion_list import FILTERS, opinions_details, rows_to_export
from cms.queries.opinions import WHOLE, opinion_details, own_details
from cms.views.attachments import as_attachment
from cms.views.email import EmailForm, status_of_sending
from cms.views.positions import csv_of
from coalition.advocacy.actions import confirm_opinion, send_opinion, withdraw_opinion
from coalition.advocacy.intake import (
    DAYS_AFTER_REPLY,
    DAYS_KEPT,
    DAYS_SIGNED,
    DAYS_TO_CONFIRM,
    confirmed_by,
    owned_by,
)
from coalition.advocacy.models import AuthorKind, Opinion
from coalition.advocacy.models.opinion import LONGEST
from coalition.drafts.links import LINKED_KINDS, article_of
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.address import korean_from_eid
from coalition.record.actions import erase_person
from coalition.record.logins import address_of_client

KEPT = {
    "to_confirm": DAYS_TO_CONFIRM,
    "after_reply": DAYS_AFTER_REPLY,
    "kept": DAYS_KEPT,
    "signed": DAYS_SIGNED // 365,
}


class OpinionForm(EmailForm):
    """An opinion as its author sends it."""

    clause = forms.ChoiceField(
        label="어디에",
        required=False,
        error_messages={"invalid_choice": "이 판에 있는 조나 항을 고르세요."},
    )
    text = forms.CharField(
        label="의견",
        max_length=4 * LONGEST,  # the action says how many there are
        error_messages={"required": "의견을 쓰세요."},
    )
    author_kind = forms.ChoiceField(
        label="누구로서",
        choices=AuthorKind.choices,
        error_messages={
            "required": "시민인지 기관인지 고르세요.",
            "invalid_choice": "시민이나 기관을 고르세요.",
        },
    )
    name = forms.CharField(
        label="밝힐 이름",
        max_length=100,
        required=False,
        error_messages={"max_length": "100자까지 씁니다."},
    )
    show_name = forms.BooleanField(
        label=f"위에 쓴 이름을 의견과 함께 싣는 데 동의합니다. {KEPT['signed']}년 뒤에 지우고, 그 앞에도 언제든 "
        "지울 수 있습니다.",
        required=False,
    )
    of_age = forms.BooleanField(
        label="만 14세 이상입니다.",
        error_messages={"required": "만 14세 이상이어야 의견을 남길 수 있습니다."},
    )
    consent = forms.BooleanField(
        label="이메일을 의견을 확인하고 답변을 알리는 데에만 쓰는 데 동의합니다. 답변을 알리고 "
        f"{DAYS_AFTER_REPLY}일 뒤, 길어도 {DAYS_KEPT}일 뒤에 지웁니다. 동의하지 않을 수 있고, 그러면 의견을 받을 수 "
        "없습니다.",
        error_messages={"required": "동의해야 확인 메일을 보낼 수 있습니다."},
    )
    acknowledged = forms.BooleanField(required=False)
    field_order = ("clause", "text", "acknowledged", "author_kind", "email", "name")

    def __init__(self, places: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A name and the consent to show it come together or not at all."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("name") and not data.get("show_name"):
            self.add_error("name", "이름을 실으려면 아래에 동의하고, 싣지 않으려면 지우세요.")
        elif data.get("show_name") and not data.get("name"):
            self.add_error("name", "실을 이름을 쓰거나 동의 표시를 지우세요.")
        return data


@require_safe
def opinion_list(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/opinions/`."""
    bill = get_object_or_404(Bill, slug=slug)
    details = opinions_details(bill, as_of(request), request.path, request.GET)
    if details is None:
        raise Http404("그날에는 발행된 판이 없습니다.")
    return render(request, "records/opinion_list.html", details)


@require_safe
def opinion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`/bills/<slug>/opinions/<n>/`: one opinion for ever, also when its clause went."""
    bill = get_object_or_404(Bill, slug=slug)
    details = opinion_details(bill, pk, as_of(request)) if pk < 2**63 else None
    if details is None:
        raise Http404("없는 의견입니다.")
    return render(request, "records/opinion_detail.html", details)


@require_safe
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """`/bills/<slug>/opinions/export.{csv,json}`: the filtered list to take along, without names."""
    bill, day = get_object_or_404(Bill, slug=slug), as_of(request)
    now = newest_published(bill, day.day)
    if now is None or extension not in ("csv", "json"):
        raise Http404("그런 형식은 없습니다.")
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    rows = rows_to_export(bill, now, day, asked)
    if extension == "csv":
        response = csv_of(rows)
    else:
        body = {
            "bill": bill.slug,
            "on": day.day.isoformat(),
            "version": now.no,
            "sha256": now.sha256,
            "fictional": bill.fictional,
            "opinions": rows,
        }
        response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    as_attachment(response, f"{slug}-opinions-{day.day.isoformat()}.{extension}")
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, no: str) -> HttpResponse:
    """`/bills/<slug>/v<no>/opinions/new/?clause=`: the form; a post sends the mail that asks whether it was they."""
    version = get_version(slug, no)
    law = law_text(version)
    asked = (request.POST if request.method == "POST" else request.GET).get("clause", "")
    whole = law.provisions.get(article_of(asked)) if asked else None
    if request.method == "GET" and asked and _clause(law.provisions, asked) is None:
        raise Http404(f"v{version.no}에 없는 조문입니다.")
    articles = [a for _, a in law.pairs if whole is None or a.provision.pk == whole.pk]
    form = OpinionForm(
        _places(articles),
        request.POST or None,
        initial={"clause": asked, "author_kind": AuthorKind.CITIZEN},
        use_required_attribute=False,
    )
    status = 200
    if request.method == "POST":
        status = _sent(request, form, version, law.provisions) if form.is_valid() else 400
        if status == 200:
            return redirect("opinion_sent", slug)
    newest = newest_published(version.bill)
    context = {
        "bill": version.bill,
        "version": version,
        "newest": newest if newest is not None and newest.pk != version.pk else None,
        "article": _looked_at(articles[0], asked) if whole is not None and articles else None,
        "form": form,
        "kinds": AuthorKind.choices,
        "longest": LONGEST,
        "days": KEPT,
    }
    return render(request, "records/opinion_form.html", context, status=status)


def _clause(known: dict[str, Provision], eid: str) -> Provision | None:
    found = known.get(eid)
    return found if found is not None and found.kind in LINKED_KINDS else None


def _looked_at(article: Article, eid: str) -> Article:
    """The article, or of a 항 that part alone."""
    if article.provision.eid == eid:
        return article
    return replace(article, units=[u for u in article.units if f"{u.eid}__".startswith(f"{eid}__")])


def _places(articles: list[Article]) -> list[tuple[str, str]]:
    """법안 전체, 조, 항."""
    found = [("", WHOLE)]
    for article in articles:
        if article.provision.kind == "article" and article.provision.eid:
            title = f"({article.provision.title})" if article.provision.title else ""
            found.append((article.provision.eid, f"{article.korean}{title}"))
            found += [
                (unit.eid, korean_from_eid(unit.eid) or unit.eid)
                for unit in article.units
                if unit.kind == "paragraph" and unit.eid
            ]
    return found


def _sent(
    request: HttpRequest, form: OpinionForm, version: Version, known: dict[str, Provision]
) -> int:
    """Take a valid form; the status of the answer."""
    data = form.cleaned_data
    return status_of_sending(
        form,
        send_opinion,
        version=version,
        provision=_clause(known, data["clause"]) if data["clause"] else None,
        author_kind=data["author_kind"],
        text=data["text"],
        name=data["name"],
        of_age=data["of_age"],
        acknowledged=data["acknowledged"],
        sent_from=address_of_client(request),
    )


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/opinions/sent/`: what happens next. The same whoever wrote."""
    context = {"bill": get_object_or_404(Bill, slug=slug), "days": KEPT}
    return render(request, "records/opinion_sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/opinions/confirm/<token>/`: the opinion and a button; only the button confirms."""
    found = confirmed_by(token)
    if found is None:
        raise Http404("이미 지났거나 잘못된 확인 주소입니다. 의견을 다시 보내 주세요.")
    if request.method == "POST":
        confirm_opinion(opinion=found, by=None)
        found.refresh_from_db()
    context = own_details(found)
    return render(request, "records/opinion_confirm.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """`/opinions/own/<token>/`: the author's own page, to take it back or to have the address erased."""
    found = owned_by(token)
    if found is None:
        raise Http404("잘못된 주소이거나 없는 의견입니다.")
    if request.method == "POST":
        _take_back(request, found)
        return redirect(request.path)
    return render(request, "records/opinion_own.html", own_details(found))


def _take_back(request: HttpRequest, found: Opinion) -> None:
    wanted = request.POST.get("do", "")
    if wanted == "withdraw" and found.withdrawn_on is None:
        withdraw_opinion(opinion=found, by=None)
    elif wanted == "email" and found.person.erased_at is None:
        erase_person(person=found.person, by=None)
    elif wanted == "name" and found.signature is not None and found.signature.erased_at is None:
        erase_person(person=found.signature, by=None)
