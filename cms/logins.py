"""The login of the desk: throttled, ended after half an hour of nothing, and with a second factor where it is required.

The second factor (TOTP, RFC 6238) is django-otp's; here are who needs one and the two small screens.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.admin.forms.auth import LoginForm

from cms.tenancy import DeskRequest
from coalition.members.access import Access
from coalition.members.models import Role
from coalition.record.logins import address_of_client, forgive, is_throttled, note_failure

IDLE = 30 * 60  # seconds
_NOTED_EVERY = 60
_SEEN = "desk_seen"
_TOO_OFTEN = "로그인을 여러 번 실패했습니다. 15분 뒤에 다시 하세요. 비밀번호를 잊었으면 ‘비밀번호 찾기’를 쓰세요."
#: What an open tab asks by itself keeps nobody logged in.
_BY_ITSELF = frozenset({"wagtailadmin_editing_sessions:ping", "datasets_desk:progress"})
_OPEN = frozenset(
    {
        "second_factor",
        "wagtailadmin_logout",
        "wagtailadmin_login",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)


class DeskLoginForm(LoginForm):
    """Wagtail's, which counts failures by account and by address."""

    def clean(self) -> dict[str, Any]:
        name = str(self.cleaned_data.get("username") or "")
        address = address_of_client(self.request)
        if is_throttled(name, address):
            raise ValidationError(_TOO_OFTEN, code="throttled")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            note_failure(name, address)
            raise
        forgive(name)
        return cleaned


class DeskSession:
    """Middleware, after the one of django-otp: half an hour of nothing, and the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = f"/{settings.HUB_ADMIN_PATH}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """End an idle session; lead who needs a second factor to it before anything else."""
        if not request.path.startswith(self.prefix) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if _is_idle(request, name):
            logout(request)
            messages.info(request, "30분 동안 아무 일이 없어 로그아웃했습니다.")
            return redirect(_with_next("wagtailadmin_login", request))
        if name not in _OPEN and needs_second_factor(request):
            return redirect(_with_next("second_factor", request))
        return None


def needs_second_factor(request: HttpRequest) -> bool:
    """The secretariat, approvers and who keeps the machine, until this session showed a code."""
    if not settings.HUB_SECOND_FACTOR or request.user.is_verified():  # type: ignore[union-attr]
        return False
    access = Access.of(request.user)
    return access.may_keep_hub or access.holds_anywhere(Role.APPROVER)


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.RegexField(
        r"\d{6}",
        label="여섯 자리 번호",
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"invalid": "숫자 여섯 자리를 쓰세요.", "required": "번호를 쓰세요."},
    )


@never_cache
def second_factor(request: DeskRequest) -> HttpResponse:
    """Ask for a code; the first time, show the key that the telephone needs."""
    if not needs_second_factor(request):
        return redirect("wagtailadmin_home")
    device = TOTPDevice.objects.filter(user=request.user, confirmed=True).first()
    first = device is None
    if device is None:
        device, _ = TOTPDevice.objects.get_or_create(
            user=request.user, confirmed=False, defaults={"name": "인증 앱"}
        )
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        allowed, _ = device.verify_is_allowed()
        if allowed and device.verify_token(form.cleaned_data["code"]):
            if first:
                device.confirmed = True
                device.save(update_fields=["confirmed"])
            otp_login(request, device)
            return redirect(_asked(request))
        form.add_error(
            "code",
            "번호가 맞지 않습니다. 앱에 지금 보이는 번호를 쓰세요."
            if allowed
            else "잘못된 번호를 여러 번 썼습니다. 조금 뒤에 다시 하세요.",
        )
    context = {"form": form, "first": first}
    if first:
        context |= {"key": _spaced(device.bin_key), "picture": _picture(device.config_url)}
    return render(request, "admin/second_factor.html", context, status=400 if form.errors else 200)


def _is_idle(request: HttpRequest, name: str) -> bool:
    now = int(time.time())
    seen = request.session.get(_SEEN, now)
    if now - seen > IDLE:
        return True
    if (now - seen > _NOTED_EVERY or _SEEN not in request.session) and name not in _BY_ITSELF:
        request.session[_SEEN] = now
    return False


def _with_next(view: str, request: HttpRequest) -> str:
    asked = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return f"{reverse(view)}?{urlencode({'next': asked})}"


def _asked(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    home: str = reverse("wagtailadmin_home")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else home


def _spaced(key: bytes) -> str:
    written = base64.b32encode(key).decode()
    return " ".join(written[at : at + 4] for at in range(0, len(written), 4))


def _picture(address: str) -> str:
    """The key as a QR code; a data address, so that no other host and no file holds it."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    out = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, box_size=14).save(out)
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
