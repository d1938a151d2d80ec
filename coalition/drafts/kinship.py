"""Who comes from whom over all published versions of a bill, as one net in one query.

A provision may have several forebears (합침) and several heirs (나뉨); what counts is the newest Lineage of
each (coalition.drafts.models.provision).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_lineages


@dataclass(frozen=True, slots=True)
class Member:
    """A provision of one version: enough to name it and to lead to it."""

    pk: int
    version_id: int
    eid: str
    label: str
    title: str
    uid: uuid.UUID


@dataclass(frozen=True, slots=True)
class Kinship:
    """The net: members by key, and for each its forebears and heirs, its own line first."""

    members: dict[int, Member] = field(default_factory=dict)
    forebears: dict[int, list[int]] = field(default_factory=dict)
    heirs: dict[int, list[int]] = field(default_factory=dict)

    def line(self, pk: int) -> set[int]:
        """The provision, all that it comes from and all that came of it; not its siblings."""
        return self.back(pk) | self.forth(pk)

    def back(self, pk: int) -> set[int]:
        """The provision and all that it comes from."""
        return self._reached(pk, self.forebears)

    def forth(self, pk: int) -> set[int]:
        """The provision and all that came of it."""
        return self._reached(pk, self.heirs)

    def uids(self, pk: int) -> set[uuid.UUID]:
        """All identities that went into this provision, its own among them."""
        return {self.members[each].uid for each in self.back(pk) if each in self.members}

    def at(self, pks: Iterable[int], version: Version) -> list[Member]:
        """Those of them that stand in a version, in its order."""
        found = [self.members[pk] for pk in pks if pk in self.members]
        return sorted((m for m in found if m.version_id == version.pk), key=lambda m: m.pk)

    @staticmethod
    def _reached(pk: int, steps: Mapping[int, list[int]]) -> set[int]:
        seen = {pk}
        waiting = [pk]
        while waiting:
            for each in steps.get(waiting.pop(), []):
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
        return seen


def kinship(bill: Bill, *kinds: str) -> Kinship:
    """The net of the bill's provisions of these kinds (항, 호 …); of its 조 unless told."""
    net = Kinship()
    rows = newest_lineages().filter(
        provision__version__bill=bill,
        provision__version__published_at__isnull=False,
        provision__kind__in=kinds or ("article",),
    )
    fields = ("uid", "predecessor_id", "provision_id", "provision__version_id")
    names = ("provision__eid", "provision__label", "provision__title")
    told = rows.order_by("provision__version__order", "provision__order", "forebears__pk")
    for uid, before, own, version, eid, label, title, merged in told.values_list(
        *fields, *names, "forebears__provision_id"
    ):
        if own not in net.members:
            net.members[own] = Member(own, version, eid, label, title, uid)
            if before is not None:
                _tie(net, before, own)
        if merged is not None:
            _tie(net, merged, own)
    return net


def _tie(net: Kinship, before: int, after: int) -> None:
    net.forebears.setdefault(after, []).append(before)
    net.heirs.setdefault(before, []).append(after)
