"""초대 받기: where an invited officer sets a password. Its own address, never cached, told to nobody."""

from __future__ import annotations

from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.invitations import invitation_of
from coalition.members.actions import accept_invitation
from coalition.members.queries import open_invitations


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """200 with the form, 410 when it was used, withdrawn or is too old, 404 for what we did not send."""
    found = invitation_of(token)
    if found is None:
        raise Http404("없는 초대입니다.")
    waits = open_invitations(found.municipality).filter(pk=found.pk).exists()
    form = SetPasswordForm(found.user, request.POST if request.method == "POST" else None)
    form.fields["new_password1"].label = "비밀번호"
    form.fields["new_password2"].label = "비밀번호 다시"
    if waits and request.method == "POST" and form.is_valid():
        try:
            accept_invitation(
                invitation=found, password=form.cleaned_data["new_password1"], by=found.user
            )
        except ValidationError:
            waits = False
        else:
            return redirect("wagtailadmin_login")
    status = 410 if not waits else 400 if form.errors else 200
    context = {"invitation": found, "waits": waits, "form": form}
    response = render(request, "records/invitation.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
