"""Writes about ClauseLinks: propose, confirm, decline, withdraw."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from coalition.drafts.linking import agreement, new_link, refuse_ended, step
from coalition.drafts.models import ClauseLink, LinkState, Provision
from coalition.record.actions import record_event
from coalition.record.models import User


@transaction.atomic
def propose_link(
    *, provision: Provision, thing: Model, kind: str, note: str, by: User, relation: str = ""
) -> ClauseLink:
    """Tie a clause to a case, finding, barrier or question. It counts nowhere until others confirm it.

    `relation` says what the clause would do to a barrier, and decides its kind. Raises ValidationError for what
    is not on the allow list, and when the same stands already.
    """
    link = new_link(provision, thing, kind, relation, note, by)
    link.save()
    step(link, LinkState.PROPOSED, provision, by)
    record_event("link.proposed", link, by=by, kind=link.kind, relation=relation)
    return link


@transaction.atomic
def confirm_link(*, link: ClauseLink, provision: Provision, by: User) -> ClauseLink:
    """Agree that the link holds for this text: of a proposal, or again after the text changed.

    A barrier's link is confirmed by the second agreement. Raises ValidationError for who linked it, for who
    agreed already, for another clause than the link's, and when nothing is open.
    """
    ClauseLink.objects.select_for_update().get(pk=link.pk)  # two reviewers at one moment
    state = agreement(link, provision, by)
    step(link, state, provision, by)
    record_event(f"link.{state}", link, by=by, eid=provision.eid, no=provision.version.no)
    return link


@transaction.atomic
def decline_link(*, link: ClauseLink, because: str, by: User) -> ClauseLink:
    """Refuse a proposal, with the reason. Raises ValidationError for who linked it and without a reason."""
    if by.pk == link.linked_by_id:
        raise ValidationError("자기 제안은 거둘 수 있고, 반려는 다른 사람이 합니다.")
    if link.steps.filter(state=LinkState.CONFIRMED).exists():
        raise ValidationError("확정된 연결은 거둘 수만 있습니다.")
    _end(link, LinkState.DECLINED, because, by)
    record_event("link.declined", link, by=by)
    return link


@transaction.atomic
def withdraw_link(*, link: ClauseLink, because: str, by: User) -> ClauseLink:
    """Take a link away from every page and count. Its rows stay. Raises ValidationError without a reason."""
    _end(link, LinkState.WITHDRAWN, because, by)
    record_event("link.withdrawn", link, by=by)
    return link


def _end(link: ClauseLink, state: LinkState, because: str, by: User) -> None:
    if not because.strip():
        raise ValidationError("까닭을 쓰세요.")
    ClauseLink.objects.select_for_update().get(pk=link.pk)
    refuse_ended(link)
    last = link.steps.order_by("-pk").select_related("provision").first()
    step(link, state, last.provision if last else link.provision, by, because)
