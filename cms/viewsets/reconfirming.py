"""이어짐 고치기: where a published article comes from, said again. Nothing published changes."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cms.tenancy import DeskRequest
from cms.viewsets.desk import require_keeper
from coalition.drafts import actions
from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import current_lineages, predecessors, predecessors_in

_ASKED = ("article", "annex")


@dataclass(frozen=True, slots=True)
class Origin:
    """One article with where it comes from, in words."""

    eid: str
    name: str
    came_from: str
    how: str


class OriginForm(forms.Form):
    """From which article of the version before: none, one, or two that were merged."""

    first = forms.ChoiceField(label="앞 판의 조문", required=False)
    second = forms.ChoiceField(
        label="합쳐진 조문", required=False, help_text="두 조문이 하나로 합쳐졌을 때만 고릅니다."
    )

    def __init__(self, articles: list[Provision], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        listed = [(one.eid, str(one)) for one in articles]
        self.fields["first"].choices = [("", "없음(새 조문)"), *listed]  # type: ignore[attr-defined]
        self.fields["second"].choices = [("", "없음"), *listed]  # type: ignore[attr-defined]


def _published(pk: int) -> tuple[Version, Version]:
    """A published version and the one before it."""
    version = get_object_or_404(Version.objects.select_related("bill"), pk=pk, order__gt=1)
    return version, Version.objects.get(bill=version.bill_id, order=(version.order or 0) - 1)


def lineage(request: DeskRequest, pk: int) -> HttpResponse:
    """All articles of a published version with where they come from."""
    require_keeper(request)
    version, previous = _published(pk)
    names = {one.eid: str(one) for one in previous.provisions.filter(kind__in=_ASKED)}
    came, rows = predecessors_in(version), current_lineages(version)
    origins = [
        Origin(
            one.eid,
            str(one),
            " + ".join(names.get(eid, eid) for eid in came.get(one.eid, ())) or "새 조문",
            rows[one.eid].get_how_display(),
        )
        for one in version.provisions.filter(kind__in=_ASKED, deleted=False)
    ]
    context = {"version": version, "previous": previous, "origins": origins}
    return render(request, "admin/bills/lineage.html", context)


def reconfirm(request: DeskRequest, pk: int, eid: str) -> HttpResponse:
    """Say of one article that it comes from others than was recorded."""
    require_keeper(request)
    version, previous = _published(pk)
    provision = version.provisions.filter(eid=eid, kind__in=_ASKED, deleted=False).first()
    if provision is None:
        raise Http404("없는 조문입니다.")
    articles = list(previous.provisions.filter(kind__in=_ASKED, deleted=False))
    came = [kin.provision.eid for kin in predecessors(provision)]
    start = dict(zip(("first", "second"), came, strict=False))
    form = OriginForm(articles, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        chosen = dict.fromkeys(filter(None, form.cleaned_data.values()))
        by_eid = {one.eid: one for one in articles}
        try:
            actions.reconfirm_lineage(
                provision=provision,
                predecessors_now=[by_eid[each] for each in chosen],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{provision}: 이어짐을 고쳐 적었습니다.")
            return redirect("bills_desk:lineage", version.pk)
    context = {"version": version, "previous": previous, "provision": provision, "form": form}
    return render(request, "admin/bills/reconfirm.html", context)
