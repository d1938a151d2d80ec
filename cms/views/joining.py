"""참여 신청: a form for any municipality, proven by a mail to its office. Never cached."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.drafts.originals import refuse_what_is_no_original
from coalition.members.actions import ask_to_join, confirm_application
from coalition.members.applications import (
    asks_too_often,
    client_hash,
    confirmed_by,
    open_to_join,
)
from coalition.members.models import Ask, Level, Municipality
from coalition.record.logins import address_of_client

LARGEST = 10 * 1024 * 1024
TOO_OFTEN = (
    "오늘은 더 보낼 수 없습니다. 이미 간 확인 메일이 있는지 살펴보고, 없으면 내일 다시 보내 주세요."
)


class JoinForm(forms.Form):
    """What a municipality's office writes. `website` is for machines that fill in everything."""

    municipality = forms.ChoiceField(
        label="지방정부",
        help_text="제주시와 서귀포시는 행정시여서 제주특별자치도가 신청합니다.",
        error_messages={"required": "지방정부를 고르세요.", "invalid_choice": "목록에서 고르세요."},
    )
    asks = forms.ChoiceField(
        label="무엇을",
        choices=[
            (Ask.APPLY.value, "신청: 참여하기로 정했습니다"),
            (Ask.INTENT.value, "의향: 참여를 살펴보고 있습니다"),
        ],
        widget=forms.RadioSelect,
        initial=Ask.APPLY.value,
        error_messages={"required": "하나를 고르세요."},
    )
    post = forms.CharField(
        label="담당 부서",
        max_length=100,
        help_text="사람 이름이 아니라 부서와 직위를 씁니다.",
        error_messages={"required": "담당 부서를 쓰세요."},
    )
    name = forms.CharField(
        label="쓰는 사람의 이름",
        max_length=60,
        help_text="공개하지 않습니다.",
        error_messages={"required": "이름을 쓰세요."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="기관 메일",
        max_length=150,
        help_text="…go.kr이나 korea.kr 주소. 여기로 확인 메일을 보냅니다. 공개하지 않습니다.",
        error_messages={
            "required": "메일 주소를 쓰세요.",
            "invalid": "메일 주소를 다시 살펴보세요.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    document = forms.FileField(
        label="공문",
        required=False,
        help_text="신청이면 꼭 붙입니다. .hwp, .hwpx, .docx, .pdf, 10MB까지. 사무국만 봅니다.",
        widget=forms.FileInput(attrs={"accept": ".hwp,.hwpx,.docx,.pdf"}),
    )
    note = forms.CharField(
        label="하고 싶은 말",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consent = forms.BooleanField(
        label="이름과 메일을 이 신청에 답하는 데에만 쓰고, 답한 뒤 90일이 지나면 지우는 데 동의합니다.",
        error_messages={"required": "동의해야 답을 보낼 수 있습니다."},
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {m.code: m for m in open_to_join()}
        self.fields["municipality"].choices = [("", "고르세요"), *_grouped(self.places)]  # type: ignore[attr-defined]

    def clean_document(self) -> File[bytes] | None:
        file: Any = self.cleaned_data["document"]
        if file is not None:
            if file.size > LARGEST:
                raise ValidationError("10MB보다 큰 파일은 보낼 수 없습니다.")
            refuse_what_is_no_original(file.name, file.size, file)
        return file


def _grouped(places: dict[str, Municipality]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (region.name, [(m.code, _label(m)) for m in group])
        for region, group in groupby(places.values(), key=lambda m: m.region)
    ]


def _label(municipality: Municipality) -> str:
    mark = "(행정시)" if municipality.level == Level.ADMIN_CITY else ""
    return f"{municipality.name}{mark or ('(가상)' if municipality.fictional else '')}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """`/join/`: the form; a post sends the mail that asks whether it was they."""
    if request.method != "POST":
        return render(request, "records/join_form.html", {"form": JoinForm()})
    form = JoinForm(request.POST, request.FILES)
    status = 400
    if form.is_valid():
        status = _ask(request, form)
        if status == 200:
            return render(request, "records/join_asked.html", {"days": 7})
    return render(request, "records/join_form.html", {"form": form}, status=status)


def _ask(request: HttpRequest, form: JoinForm) -> int:
    """200 when it was taken (or came from a machine), 429 when too often, 400 with errors in the form."""
    data = form.cleaned_data
    if data["website"]:
        return 200
    place = form.places[data["municipality"]]
    client = client_hash(address_of_client(request))
    if asks_too_often(place, data["email"], client):
        form.add_error(None, TOO_OFTEN)
        return 429
    try:
        ask_to_join(
            municipality=place,
            asks=Ask(data["asks"]),
            post=data["post"],
            name=data["name"],
            email=data["email"],
            note=data["note"],
            file=data["document"],
            client=client,
            by=None,
        )
    except ValidationError as error:
        form.add_error(None if hasattr(error, "error_dict") else "municipality", error)
        return 400
    return 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/join/confirm/<token>/`: a page with a button; only the button confirms."""
    application = confirmed_by(token)
    if application is None:
        raise Http404("이미 지났거나 잘못된 확인 주소입니다. 다시 신청해 주세요.")
    refused = ""
    if request.method == "POST":
        try:
            application = confirm_application(application=application, by=None)
        except ValidationError as error:
            refused = error.messages[0]
    context = {"application": application, "refused": refused}
    response = render(request, "records/join_confirm.html", context, status=409 if refused else 200)
    response["Referrer-Policy"] = "same-origin"
    return response
