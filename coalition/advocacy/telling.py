"""Mails to those who follow: a reader of Events that writes at most one mail per person and Event.

A clause is told of when its words changed, and then with the difference. What is carried silently
(design/drafts.md: same, number, reference, moved) is told to nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings

from coalition.advocacy.carrying import change_of
from coalition.advocacy.following import KEY, active, end_link, forgettable
from coalition.advocacy.models import (
    CouncilResolution,
    Follow,
    FollowKind,
    PositionVerification,
    ResolutionStep,
)
from coalition.drafts.beside import SILENT
from coalition.drafts.compare import KOREAN, Change, Unit
from coalition.drafts.kinship import kinship
from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import published_versions
from coalition.drafts.text.tree import walk
from coalition.record.actions import erase_person
from coalition.record.mail import write_mail
from coalition.record.models import Event
from coalition.record.queries import mark_read, unread_events

READER = "follows"
_PORTION = 100
#: What one follow has to tell of one Event: a headline and the lines below it.
Told = tuple[Follow, str, list[str]]


def tell_followers() -> int:
    """The worker's job: a portion of the Events. Done twice it writes no second mail."""
    events = unread_events(READER, limit=_PORTION)
    for event in events:
        tell = TELLERS.get(event.verb)
        if tell is not None:
            write_for(event, tell(event))
    mark_read(READER, events)
    return len(events)


def forget_followers() -> int:
    """The worker's job: addresses that are needed no more are erased."""
    persons = list(forgettable()[:_PORTION])
    for person in persons:
        erase_person(person=person, by=None)
    return len(persons)


def write_for(event: Event, told: Iterable[Told]) -> None:
    """One mail per person, whatever number of follows of theirs the Event concerns."""
    by_person: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        since = one[0].confirmed_at
        if since is not None and since <= event.at:  # what was before is no news
            by_person[one[0].person_id].append(one)
    for person_id, ones in by_person.items():
        person = ones[0][0].person
        parts = []
        for follow, headline, lines in ones:
            address = f"{settings.HUB_BASE_URL}{follow.address}"
            parts.append("\n".join([headline, *lines, address]))
        parts.append(f"그만 받기(로그인 없이): {end_link(person)}")
        subject = ones[0][1] if len(ones) == 1 else f"{ones[0][1]} 외 {len(ones) - 1}건"
        write_mail(
            key=f"{KEY}:{person_id}:{event.pk}",
            to=person,
            subject=f"[연대 허브] {subject}",
            text="\n\n".join(parts) + "\n",
        )


# What an Event means to those who follow


def _published(event: Event) -> list[Told]:
    version = Version.objects.select_related("bill").filter(pk=event.object_id).first()
    if version is None:
        return []
    bill = version.bill
    headline = f"「{bill.name}」 v{version.no}이 발행되었습니다"
    told: list[Told] = [
        (follow, headline, [version.summary] if version.summary else [])
        for follow in active(FollowKind.BILL).filter(bill=bill)
    ]
    clauses = list(active(FollowKind.CLAUSE).filter(bill=bill))
    before = bill.versions.filter(order=(version.order or 0) - 1).first()
    if before is None or not clauses:
        return told
    net = kinship(bill)
    heard: set[tuple[object, ...]] = set()
    for follow in clauses:
        stood = net.at(net.line(follow.provision_id or 0), before)
        changes = changes_to_tell([member.eid for member in stood], before, version)
        for change in changes:
            key = (follow.person_id, *(unit.node.eid for unit in change.a))
            if key not in heard:  # followed in two versions, told of once
                heard.add(key)
                told.append((follow, *difference(change, before, version)))
    return told


def changes_to_tell(eids: Iterable[str], before: Version, now: Version) -> list[Change]:
    """What became of these articles, as far as their followers are told of it."""
    found: list[Change] = []
    for eid in eids:
        change = change_of(eid, before, now)
        if change is None or change in found:
            continue
        if set(change.kinds) <= SILENT and len(change.a) == len(change.b) == 1:
            continue
        found.append(change)
    return found


def difference(change: Change, before: Version, now: Version) -> tuple[str, list[str]]:
    """The headline and the lines of a mail about a changed article."""
    kinds = " · ".join(dict.fromkeys(KOREAN[kind] for kind in change.kinds))
    was = ", ".join(f"{unit.node.label}({unit.node.title})" for unit in change.a)
    headline = f"{was}: {kinds} (v{before.no} → v{now.no})"
    lines = ["", f"v{before.no}", *_lines(change.a), "", f"v{now.no}"]
    lines += _lines(change.b) if change.b else ["(없어졌습니다)"]
    words = _words(change)
    return headline, [*lines, "", *([f"바뀐 말: {words}"] if words else [])]


def _lines(units: Iterable[Unit]) -> list[str]:
    lines = []
    for unit in units:
        for node in walk(unit.node):
            head = f"{node.label}({node.title})" if node is unit.node else node.lead.strip()
            if node.text or node is unit.node:
                lines.append(f"  {head} {node.text}".rstrip())
    return lines


def _words(change: Change) -> str:
    """[-보조한다-] {+보조할 수 있다+}."""
    marks = {"-": "[-{}-]", "+": "{{+{}+}}"}
    cut = [marks[kind].format(text.strip()) for kind, text in change.diff if kind in marks]
    return " ".join(cut)[:1000]


def _position(event: Event) -> list[Told]:
    row = (
        PositionVerification.objects.select_related("position__municipality__region")
        .filter(pk=event.object_id)
        .first()
    )
    if row is None:
        return []
    position = row.position
    name = position.municipality.full_name
    headline = f"{name}의 입장이 확인되었습니다: {position.get_stance_display()}"
    return _to_place(position.municipality_id, headline)


def _step(event: Event) -> list[Told]:
    step = (
        ResolutionStep.objects.select_related("resolution__municipality", "stage")
        .filter(pk=event.object_id)
        .first()
    )
    if step is None:
        return []
    row: CouncilResolution = step.resolution
    return _to_place(row.municipality_id, f"{row.council} {row.title}: {step.stage.name}")


def _to_place(municipality_id: int, headline: str) -> list[Told]:
    follows = active(FollowKind.MUNICIPALITY).filter(municipality=municipality_id)
    return [(follow, headline, []) for follow in follows]


TELLERS: dict[str, Callable[[Event], list[Told]]] = {
    "version.published": _published,
    "position.verified": _position,
    "resolution.stepped": _step,
}


def register_teller(verb: str, teller: Callable[[Event], list[Told]]) -> None:
    """Called once by the app whose Events these are; it says what one means to those who follow."""
    TELLERS[verb] = teller


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A version that changed the words of an article."""

    version: Version
    headline: str
    lines: list[str]


def changes_of(provision: Provision) -> list[ToldChange]:
    """What its followers were told of an article, newest first."""
    bill = provision.version.bill
    net = kinship(bill)
    family = net.line(provision.pk)
    versions = list(published_versions(bill))
    return [
        ToldChange(now, *difference(change, before, now))
        for now, before in pairwise(versions)
        for change in changes_to_tell([m.eid for m in net.at(family, before)], before, now)
    ]
