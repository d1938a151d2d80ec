"""Mails of invitation: a reader of Events of its own, and the address that such a mail names.

The address is signed and says only which invitation it is; whether that still waits is asked of the row.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from coalition.members.models import Invitation
from coalition.record.mail import write_mail
from coalition.record.queries import mark_read, unread_events

READER = "invitations"
_SALT = "cms.invitations"


def address_of_invitation(invitation: Invitation) -> str:
    """The path under which it is taken up."""
    return reverse("invitation", args=[signing.dumps(invitation.pk, salt=_SALT)])


def invitation_of(token: str) -> Invitation | None:
    """The invitation that the address names, waiting or not; None for an address that we did not make."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    rows = Invitation.objects.select_related("user", "municipality__region", "invited_by")
    return rows.filter(pk=key).first()


def write_invitations() -> int:
    """The worker's job: a mail for every new invitation; how many Events were read."""
    events = unread_events(READER)
    for event in events:
        if event.verb == "invitation.made":
            _write(event.object_id)
    mark_read(READER, events)
    return len(events)


def _write(key: str) -> None:
    rows = Invitation.objects.select_related("user", "municipality__region", "invited_by")
    invitation = rows.filter(pk=key, withdrawn_at__isnull=True, accepted_at__isnull=True).first()
    if invitation is None:
        return
    text = render_to_string(
        "mail/invitation.txt",
        {
            "invitation": invitation,
            "address": settings.HUB_BASE_URL + address_of_invitation(invitation),
        },
    )
    write_mail(
        key=f"invitation:{invitation.pk}",
        to=invitation.user,
        subject=f"[연대 허브] {invitation.municipality.full_name} {invitation.get_role_display()}로 초대합니다",
        text=text,
    )
