"""의견: proven by mail, hidden with a reason, closed by a reasoned reply, carried to the next version, forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from coalition.advocacy import intake, limits
from coalition.advocacy.actions import (
    confirm_opinion,
    hide_opinion,
    reply_to_opinion,
    send_opinion,
    show_opinion,
    suspend_opinion,
    withdraw_opinion,
)
from coalition.advocacy.intake import confirmed_by, own_link, owned_by
from coalition.advocacy.limits import LIMITS, OPINIONS, TooMany
from coalition.advocacy.models import Opinion, OpinionModeration, OpinionReply, Sending
from coalition.advocacy.opinions import Carriage, on_bill, orphans, tally, words_of
from coalition.advocacy.retention import forget_authors
from coalition.drafts.models import Version
from coalition.members.queries import today
from coalition.record.models import Event, MailOut, Person
from tests.factories.opinions import TEXT, link_in, make_opinion

pytestmark = pytest.mark.django_db
JULY, AUGUST = dt.date(2026, 7, 10), dt.date(2026, 8, 1)


def _token(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def _standing(opinion: Opinion, now: Version, on: dt.date | None = None) -> Any:
    return next(one for one in on_bill(now.bill, now, on) if one.row.pk == opinion.pk)


# In


def test_nobody_reads_it_before_its_author_confirmed_by_mail(versions: Any) -> None:
    opinion = make_opinion(versions[1], "art_13", confirmed=False)
    assert on_bill(versions[1].bill, versions[1]) == []
    link = link_in(MailOut.objects.get(key=f"opinion-confirm:{opinion.pk}").text)
    assert confirmed_by(_token(link)) == opinion
    assert confirmed_by(_token(own_link(opinion))) is None  # another salt
    assert owned_by(_token(own_link(opinion))) is None  # not yet confirmed

    confirm_opinion(opinion=opinion, by=None)
    again = confirm_opinion(opinion=opinion, by=None)
    assert (again.on, again.person.email) == (today(), "one@example.kr")
    assert _standing(opinion, versions[1]).readable
    assert MailOut.objects.count() == 2
    assert owned_by(_token(own_link(opinion))) == opinion


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": "짧음"}, "text"),
        ({"text": "가" * 3001}, "text"),
        ({"text": "제 번호는 900101-1234568입니다."}, "text"),
        ({"text": "자세한 것은 010-1234-5678로 물어 주세요."}, "acknowledged"),
        ({"name": "김하나 010-1234-5678"}, "name"),
        ({"of_age": False}, "of_age"),
        ({"author_kind": "robot"}, "author_kind"),
    ],
)
def test_what_cant_be_taken_is_told_by_field_and_leaves_nothing(
    told: dict[str, Any], field: str, versions: Any
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_opinion(versions[1], **told)

    assert field in refused.value.message_dict
    assert "1234" not in str(refused.value)
    assert not Person.objects.exists()
    assert not Opinion.objects.exists()


def test_opinions_are_on_a_clause_of_a_published_version(versions: Any) -> None:
    item = versions[1].provisions.get(eid="art_13__para_1__item_1")
    other = versions[0].provisions.get(eid="art_13")
    for provision in (item, other):
        with pytest.raises(ValidationError):
            make_opinion(versions[1], provision=provision)
    assert make_opinion(versions[1], "art_13__para_2").uid is not None
    assert make_opinion(versions[1]).uid is None


def test_one_mail_address_may_send_few_and_a_town_hall_many(
    versions: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(email: str, address: str = "203.0.113.9") -> None:
        send_opinion(
            version=versions[1],
            provision=None,
            author_kind="citizen",
            text=TEXT,
            email=email,
            of_age=True,
            sent_from=address,
            by=None,
        )

    most = LIMITS[OPINIONS].of_email or 0
    for _ in range(most):
        send("one@example.kr")
    with pytest.raises(TooMany):
        send("One@Example.kr", "198.51.100.1")
    send("two@example.kr")  # a colleague at the same town hall
    monkeypatch.setitem(LIMITS, OPINIONS, replace(LIMITS[OPINIONS], from_address=most + 1))
    with pytest.raises(TooMany):
        send("three@example.kr")
    assert Opinion.objects.count() == most + 1
    kept = Sending.objects.first()
    assert kept is not None
    assert "example" not in kept.email
    assert len(kept.address) == 64
    Sending.objects.update(at=timezone.now() - limits.WINDOW)
    send("one@example.kr")


def test_what_the_gate_warned_of_waits_for_the_secretariat(versions: Any, secretariat: Any) -> None:
    text = "자세한 것은 010-1234-5678로 물어 주세요."
    opinion = make_opinion(versions[1], text=text, acknowledged=True)

    one = _standing(opinion, versions[1])
    assert one.veil.kind == "held"
    assert words_of([one]) == {}
    show_opinion(opinion=opinion, by=secretariat)
    assert words_of([_standing(opinion, versions[1])]) == {opinion.pk: text}
    with pytest.raises(ValidationError):
        show_opinion(opinion=opinion, by=secretariat)


# Moderation


def test_hidden_words_are_hidden_on_past_days_too_and_the_reason_is_told(
    versions: Any, secretariat: Any
) -> None:
    opinion = make_opinion(versions[0], on=JULY)
    with pytest.raises(ValidationError):
        hide_opinion(opinion=opinion, reason=" ", by=secretariat)
    with pytest.raises(ValidationError):
        hide_opinion(opinion=opinion, reason="010-1234-5678이 있음", by=secretariat)
    hide_opinion(opinion=opinion, reason="광고", by=secretariat)

    for day in (JULY, today()):
        one = _standing(opinion, versions[0], day)
        assert one.veil.reason == "광고"
        assert words_of([one]) == {}
    assert MailOut.objects.filter(key__startswith="opinion-hidden", person=opinion.person).exists()


def test_a_suspension_ends_by_itself_after_thirty_days_and_never_comes_twice(
    versions: Any, secretariat: Any
) -> None:
    began = today() - dt.timedelta(days=30)
    opinion = make_opinion(versions[0], on=began)
    row = suspend_opinion(
        opinion=opinion, reason="권리 침해 요청", asker="who@example.kr", on=began, by=secretariat
    )
    assert row.until == today()
    assert _standing(opinion, versions[0]).veil == row
    assert MailOut.objects.filter(person=row.asker).count() == 1
    with pytest.raises(ValidationError, match="한 번만"):
        suspend_opinion(opinion=opinion, reason="또", by=secretariat)

    other = make_opinion(versions[0], on=began - dt.timedelta(days=1))
    suspend_opinion(opinion=other, reason="요청", on=began - dt.timedelta(days=1), by=secretariat)
    assert _standing(other, versions[0]).readable


# Replies


def test_only_a_reasoned_reply_closes_and_the_author_hears_of_it_once(
    versions: Any, secretariat: Any
) -> None:
    opinion = make_opinion(versions[0], on=JULY)
    waiting = make_opinion(versions[0], on=JULY, email="two@example.kr")
    hide_opinion(opinion=waiting, reason="광고", by=secretariat)
    for verdict, reason in (("accepted", " "), ("", "까닭"), ("declined", "010-1234-5678")):
        with pytest.raises(ValidationError):
            reply_to_opinion(opinion=opinion, verdict=verdict, reason=reason, by=secretariat)
    assert _standing(opinion, versions[0], AUGUST).waiting == 22

    first = reply_to_opinion(
        opinion=opinion, verdict="partly", reason="조례로 정합니다.", on=AUGUST, by=secretariat
    )
    second = reply_to_opinion(
        opinion=opinion, verdict="accepted", reason="제13조에 적었습니다.", by=secretariat
    )
    assert second.replaces == first
    mails = MailOut.objects.filter(key__startswith="quiet:opinion-reply")
    assert [mail.person_id for mail in mails] == [opinion.person_id]
    with pytest.raises(ValidationError, match="이미"):
        reply_to_opinion(
            opinion=opinion, verdict="accepted", reason="제13조에 적었습니다.", by=secretariat
        )

    now, then = (tally(on_bill(versions[0].bill, versions[0], day)) for day in (None, AUGUST))
    assert (now.received, now.rate, now.verdicts["accepted"]) == (2, 50, 1)  # the hidden one counts
    assert (then.verdicts["partly"], then.verdicts["accepted"]) == (1, 0)
    assert tally(on_bill(versions[0].bill, versions[0], JULY)).rate == 0


def test_the_database_keeps_what_was_said_moderated_and_replied(versions: Any) -> None:
    opinion = make_opinion(versions[0], "art_1", on=JULY)
    unconfirmed = make_opinion(versions[0], confirmed=False)
    hide_opinion(opinion=opinion, reason="광고", by=None)
    reply_to_opinion(opinion=opinion, verdict="declined", reason="까닭", by=None)
    rows = Opinion.objects.filter(pk=opinion.pk)
    draft = Version.objects.create(
        bill=versions[0].bill, no="9", date=AUGUST, source_text="x", sha256=""
    )
    attempts = [
        lambda: rows.update(text="다른 말을 했습니다."),
        lambda: rows.update(on=AUGUST),
        lambda: rows.update(confirmed_at=timezone.now()),
        lambda: rows.update(version=versions[1]),
        lambda: rows.delete(),
        lambda: Opinion.objects.filter(pk=unconfirmed.pk).update(version=versions[1]),
        lambda: OpinionModeration.objects.update(reason="다른 까닭"),
        lambda: OpinionReply.objects.update(verdict="accepted"),
        lambda: OpinionReply.objects.all()._raw_delete("default"),
        lambda: OpinionReply.objects.create(
            opinion=unconfirmed, verdict="accepted", reason="까닭", on=AUGUST
        ),
        lambda: OpinionModeration.objects.create(
            opinion=unconfirmed, kind="hidden", reason="까닭", on=AUGUST
        ),
        lambda: OpinionReply.objects.create(
            opinion=make_opinion(versions[0]),
            verdict="accepted",
            reason="까닭",
            on=AUGUST,
            replaces=opinion.replies.get(),
        ),
        lambda: _once_more(opinion, version=draft, provision=None, uid=None),
        lambda: _once_more(opinion, version=versions[1]),
    ]
    for attempt in attempts:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            attempt()


def _once_more(opinion: Opinion, **changes: Any) -> None:
    row = Opinion.objects.get(pk=opinion.pk)
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


# The next version


@pytest.mark.parametrize(
    ("eid", "carriage", "eids"),
    [
        ("art_21", Carriage.CARRIED, ("art_22",)),  # only renumbered
        ("art_7", Carriage.CARRIED, ("art_8",)),
        ("art_20", Carriage.STALE, ("art_21",)),  # 보조한다 → 보조할 수 있다
        ("art_16", Carriage.STALE, ("art_17", "art_18")),  # split
        ("art_22", Carriage.ORPHAN, ()),
        ("art_22__para_1", Carriage.ORPHAN, ()),
        ("", Carriage.STALE, ()),
    ],
)
def test_it_is_carried_to_be_looked_at_again_or_orphaned(
    eid: str, carriage: Carriage, eids: tuple[str, ...], versions: Any
) -> None:
    opinion = make_opinion(versions[0], eid, on=JULY)

    one = _standing(opinion, versions[1])
    assert (one.carriage, one.eids) == (carriage, eids)
    before = _standing(opinion, versions[0], AUGUST)
    assert (before.carriage, before.eids) == (Carriage.CARRIED, (eid,) if eid else ())
    assert [o.row.pk for o in orphans(versions[1])] == (
        [opinion.pk] if carriage is Carriage.ORPHAN else []
    )


def test_a_past_day_knows_nothing_of_later_opinions(versions: Any) -> None:
    make_opinion(versions[0], on=JULY)
    make_opinion(versions[1], on=dt.date(2026, 10, 1))

    assert len(on_bill(versions[0].bill, versions[0], AUGUST)) == 1
    assert len(on_bill(versions[0].bill, versions[1])) == 2
    assert len(on_bill(versions[0].bill, versions[0])) == 1  # not what was said of a later text


# Forgetting


def test_the_author_takes_it_back_and_only_that_there_was_one_stays(versions: Any) -> None:
    opinion = make_opinion(versions[0], name="김하나", on=JULY)
    withdraw_opinion(opinion=opinion, by=None)

    opinion.refresh_from_db()
    assert opinion.signature is not None
    assert (opinion.text, opinion.person.email, opinion.signature.name) == ("", "", "")
    assert not MailOut.objects.filter(person=opinion.person).exists()
    assert tally(on_bill(versions[0].bill, versions[0])).received == 0
    assert tally(on_bill(versions[0].bill, versions[0], AUGUST)).received == 1
    with pytest.raises(ValidationError):
        withdraw_opinion(opinion=opinion, by=None)
    with pytest.raises(ValidationError):
        reply_to_opinion(opinion=opinion, verdict="declined", reason="까닭", by=None)


def test_forget_address_erases_address_and_names_and_drops_what_was_not_confirmed(
    versions: Any, capsys: Any
) -> None:
    told = make_opinion(versions[0], name="김하나", email="One@example.kr")
    make_opinion(versions[0], name="김둘", confirmed=False)
    other = make_opinion(versions[0], name="이셋", email="two@example.kr")
    call_command("forget_address", "one@example.kr")

    assert Opinion.objects.count() == 2
    assert {p.email for p in Person.objects.all()} == {"", "two@example.kr"}
    assert {p.name for p in Person.objects.all()} == {"", "이셋"}
    assert not MailOut.objects.exclude(person=other.person).exists()
    told.refresh_from_db()
    assert told.text == TEXT  # anonymous now
    assert "example" not in capsys.readouterr().out


def test_the_worker_forgets_what_was_kept_long_enough(versions: Any) -> None:
    kept = make_opinion(versions[0], name="김하나")
    dropped = make_opinion(versions[0], confirmed=False, name="김둘")
    fresh = make_opinion(versions[0], confirmed=False)
    asked = suspend_opinion(opinion=kept, reason="요청", asker="who@example.kr", by=None).asker
    Sending.objects.create(email="x", address="y")
    assert forget_authors() == 0

    long_ago = timezone.now() - dt.timedelta(days=intake.DAYS_TO_CONFIRM, minutes=1)
    Opinion.objects.filter(pk=dropped.pk).update(written_at=long_ago)
    assert forget_authors() == 1
    assert set(Opinion.objects.values_list("pk", flat=True)) == {kept.pk, fresh.pk}
    assert not Person.objects.filter(name="김둘").exists()

    reply_to_opinion(opinion=kept, verdict="declined", reason="까닭", by=None)
    kept.person.refresh_from_db()
    assert kept.person.retain_until == today() + dt.timedelta(days=intake.DAYS_AFTER_REPLY)
    over = today() - dt.timedelta(days=1)
    Person.objects.filter(pk__in=(kept.person_id, kept.signature_id, asked.pk)).update(
        retain_until=over
    )
    Sending.objects.update(at=timezone.now() - dt.timedelta(days=2))
    assert forget_authors() == 4
    assert set(Person.objects.values_list("email", "name")) == {("", ""), ("one@example.kr", "")}
    assert not Sending.objects.exists()
    assert not Event.objects.filter(data__icontains="example").exists()


def test_no_mail_goes_to_whom_we_forgot(versions: Any) -> None:
    opinion = make_opinion(versions[0])
    call_command("forget_address", "one@example.kr")
    reply_to_opinion(opinion=opinion, verdict="declined", reason="까닭", by=None)

    assert not MailOut.objects.exists()
