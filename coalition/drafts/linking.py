"""Rows that the actions on links write, and what they refuse."""

from __future__ import annotations

import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q

from coalition.drafts.links import LINKED_KINDS, Placed, Standing, histories, placed
from coalition.drafts.models import (
    ClauseLink,
    LinkKind,
    LinkState,
    LinkStep,
    LinkTarget,
    Provision,
    Relation,
)
from coalition.drafts.queries import newest_published, uid_of
from coalition.drafts.targets import kind_of
from coalition.members.access import Access
from coalition.record.models import User

#: What a barrier's relation says of the clause, so that the ledger knows where it belongs.
_KIND_OF_RELATION = {
    Relation.RESOLVES: LinkKind.NEED,
    Relation.EASES: LinkKind.NEED,
    Relation.UNRELATED: LinkKind.NEED,
    Relation.WORSENS: LinkKind.CAUTION,
}


def office_of(user: User) -> str:
    """In whose name somebody acts on the hub today; said in public in place of a person's name."""
    access = Access.of(user)
    if access.municipality is not None:
        return access.municipality.name
    return "사무국" if access.is_secretariat else "연대 허브"


def new_link(
    provision: Provision, thing: Model, kind: str, relation: str, note: str, by: User
) -> ClauseLink:
    """A link to be saved. Raises ValidationError when it can't be, or when the same stands already."""
    if provision.kind not in LINKED_KINDS or not provision.version.is_published:
        raise ValidationError("발행된 판의 조와 항에만 이을 수 있습니다.")
    entry = kind_of(thing)
    is_barrier = entry.target == LinkTarget.BARRIER
    if is_barrier and relation not in Relation.values:
        raise ValidationError("조문이 이 장애를 어떻게 하는지 고르세요.")
    if relation and not is_barrier:
        raise ValidationError("해소·완화·무관·악화는 장애에만 씁니다.")
    link = ClauseLink(
        provision=provision,
        uid=uid_of(provision) or uuid.uuid4(),
        target=entry.target,
        content_type=ContentType.objects.get_for_model(entry.model),
        object_id=thing.pk,
        kind=_KIND_OF_RELATION[Relation(relation)] if is_barrier else kind,
        relation=relation,
        note=note.strip(),
        municipality=entry.owner(thing),
        linked_by=by,
    )
    link.full_clean()
    same = ClauseLink.objects.filter(
        uid=link.uid, target=link.target, object_id=link.object_id, kind=link.kind
    ).exclude(steps__state__in=[LinkState.DECLINED, LinkState.WITHDRAWN])
    if same.exists():
        raise ValidationError("이 조문에 같은 갈래로 이미 이어져 있습니다.")
    return link


def step(
    link: ClauseLink, state: LinkState, provision: Provision, by: User, note: str = ""
) -> LinkStep:
    """A row of what somebody did, in whose name."""
    return LinkStep.objects.create(
        link=link, state=state, provision=provision, by=by, note=note.strip(), office=office_of(by)
    )


def agreement(link: ClauseLink, provision: Provision, by: User) -> LinkState:
    """What a yes by this person makes of the link. Raises ValidationError when she may not say it, or when
    there is nothing to say yes to."""
    if by.pk == link.linked_by_id:
        raise ValidationError("이은 사람은 확정할 수 없습니다. 다른 사람이 검토합니다.")
    if provision.version.bill_id != link.provision.version.bill_id:
        raise ValidationError("다른 법안의 조문입니다.")
    if provision.kind not in LINKED_KINDS or not provision.version.is_published:
        raise ValidationError("발행된 판의 조와 항에만 이을 수 있습니다.")
    now = standing_in(link, provision)
    if now is None:
        raise ValidationError("반려하거나 거둔 연결입니다.")
    own = now.standing == Standing.GONE or provision.eid in now.eids
    if not own:
        raise ValidationError("이 판에서 이 연결이 서 있는 조문이 아닙니다.")
    if now.standing == Standing.CONFIRMED:
        raise ValidationError("이미 확정된 연결입니다.")
    said = link.steps.filter(
        provision=provision, state__in=[LinkState.SECONDED, LinkState.CONFIRMED]
    )
    if said.filter(by=by).exists():
        raise ValidationError("이미 동의했습니다. 다른 사람의 동의가 더 있어야 확정됩니다.")
    enough = said.values("by").distinct().count() + 1 >= link.agreements_needed
    return LinkState.CONFIRMED if enough else LinkState.SECONDED


def standing_in(link: ClauseLink, provision: Provision) -> Placed | None:
    """How the link stands in the version of this provision; None when it was ended."""
    found = placed(histories(Q(link=link)), provision.version)
    return found[0] if found else None


def refuse_ended(link: ClauseLink) -> None:
    """Raise ValidationError when nothing can be done to the link any more."""
    if link.steps.filter(state__in=[LinkState.DECLINED, LinkState.WITHDRAWN]).exists():
        raise ValidationError("이미 반려하거나 거둔 연결입니다.")


def newest_place(link: ClauseLink) -> Placed | None:
    """How the link stands in the newest published version of its bill."""
    newest = newest_published(link.provision.version.bill)
    found = placed(histories(Q(link=link)), newest) if newest else []
    return found[0] if found else None
