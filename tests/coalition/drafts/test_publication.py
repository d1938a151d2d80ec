"""A published text is for ever: no door changes it, and a changed byte is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from coalition.drafts.actions import (
    PublicationRefused,
    discard_version,
    draft_version,
    publish_version,
    revise_version,
)
from coalition.drafts.chain import breaches, normalise
from coalition.drafts.models import Bill, Carriage, Lineage, Provision, Version
from coalition.drafts.queries import (
    current_lineages,
    newest_published,
    same_provision_elsewhere,
    uid_of,
)
from coalition.record import triggers
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Version:
    return make_version(make_bill())


def test_publishing_stores_every_provision_with_its_address(published: Version) -> None:
    found = dict(published.provisions.values_list("eid", "text"))

    assert published.sha256
    assert published.order == 1
    assert found["art_2__item_1"] == '"시험"이란 기능을 확인하는 활동을 말한다.'
    assert found["art_3__para_2"] == "시험자는 제1항에 따라 수립한 시험계획을 공개하여야 한다."
    assert {"chp_1", "chp_2", "supp_1", "supp_1__art_1"} <= set(found)
    assert published.provisions.get(eid="art_3__para_1").marker == "①"
    assert published.provisions.get(eid="art_3__para_1").parent.eid == "art_3"


DOORS: dict[str, Callable[[Version], Any]] = {
    "save": lambda v: (setattr(v, "source_text", "바꿈"), v.save()),
    "update": lambda v: Version.objects.filter(pk=v.pk).update(source_text="바꿈"),
    "delete": lambda v: Version.objects.filter(pk=v.pk).delete(),
    "bulk_update": lambda v: Version.objects.bulk_update([_changed(v)], ["source_text"]),
    "a provision's text": lambda v: Provision.objects.filter(version=v).update(text="바꿈"),
    "a provision's end": lambda v: Provision.objects.filter(version=v, kind="item").delete(),
    "one provision more": lambda v: Provision.objects.create(
        version=v, order=999, kind="article", eid="art_99", line=1, last_line=1
    ),
    "a provision from elsewhere": lambda v: _foreign_provision(v),
    "a lineage": lambda v: Lineage.objects.update(score=0.5),
    "a lineage's end": lambda v: Lineage.objects.all().delete(),
    "the bill's address": lambda v: Bill.objects.filter(pk=v.bill_id).update(slug="other"),
    "raw update": lambda v: _sql("UPDATE drafts_version SET source_text = 'x' WHERE id = %s", v.pk),
    "raw date": lambda v: _sql("UPDATE drafts_version SET date = '2020-01-01' WHERE id = %s", v.pk),
    "raw take-back": lambda v: _sql(
        "UPDATE drafts_version SET published_at = NULL, sha256 = '' WHERE id = %s", v.pk
    ),
    "raw delete": lambda v: _sql("DELETE FROM drafts_version WHERE id = %s", v.pk),
    "raw provision": lambda v: _sql(
        "UPDATE drafts_provision SET title = 'x' WHERE version_id = %s", v.pk
    ),
    "raw provision's end": lambda v: _sql(
        "DELETE FROM drafts_provision WHERE version_id = %s", v.pk
    ),
}


def _changed(version: Version) -> Version:
    version.source_text = "바꿈"
    return version


def _foreign_provision(version: Version) -> None:
    draft = make_version(version.bill, "0.9", live=False)
    moved = Provision.objects.create(
        version=draft, order=1, kind="article", eid="art_98", line=1, last_line=1
    )
    Provision.objects.filter(pk=moved.pk).update(version=version, order=998)


def _sql(statement: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])


@pytest.mark.parametrize("door", sorted(DOORS))
def test_no_door_changes_a_published_version(door: str, published: Version) -> None:
    with pytest.raises((DatabaseError, ValidationError)), transaction.atomic():
        DOORS[door](published)

    fresh = Version.objects.get(pk=published.pk)
    assert fresh.source_text == TEXT
    assert list(breaches(fresh.bill)) == []


@pytest.mark.postgresql
def test_truncate_is_refused(published: Version) -> None:
    for table in ("drafts_version", "drafts_provision", "drafts_lineage"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_a_version_cannot_be_born_published(published: Version) -> None:
    from django.utils import timezone

    with pytest.raises(DatabaseError, match="발행하지 않은 채로"), transaction.atomic():
        Version.objects.create(
            bill=published.bill,
            no="9",
            date=published.date,
            source_text="x",
            order=9,
            sha256="0" * 64,
            published_at=timezone.now(),
        )


def test_a_flipped_byte_is_named_by_verify_drafts(published: Version) -> None:
    make_version(published.bill, "0.2", date=dt.date(2026, 9, 1))
    triggers.remove(connection)
    Version.objects.filter(pk=published.pk).update(source_text=TEXT.replace("매년", "매월"))
    triggers.install(connection)
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("verify_drafts", stdout=out, stderr=err)

    assert stopped.value.code == 1
    assert "v0.1" in err.getvalue().splitlines()[0]
    assert "해시가 다름" in err.getvalue()


def test_a_changed_provision_is_named_even_when_the_text_is_whole(published: Version) -> None:
    triggers.remove(connection)
    Provision.objects.filter(version=published, eid="art_1").update(text="다른 글")
    triggers.install(connection)

    assert [b.what for b in breaches(published.bill)] == ["저장된 조문이 글과 다릅니다."]


def test_a_whole_chain_is_told_to_be_whole(published: Version) -> None:
    make_version(published.bill, "0.2", date=dt.date(2026, 9, 1))
    out = StringIO()

    call_command("verify_drafts", stdout=out)

    assert "발행된 판 2개, 이상 없음" in out.getvalue()


def test_each_version_is_chained_to_the_one_before(published: Version) -> None:
    second = make_version(published.bill, "0.2", date=dt.date(2026, 9, 1))

    assert second.prev_sha256 == published.sha256
    assert second.order == 2
    assert newest_published(published.bill) == second
    assert newest_published(published.bill, on=dt.date(2026, 8, 31)) == published
    assert newest_published(published.bill, on=dt.date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "source_text|법문|필요|비|blank|필드"),
        ("아무 말이나 적은 글\n둘째 줄\n", "조문이 하나도 없습니다"),
        (TEXT.replace("제4조(시험의 실시)", "제5조(시험의 실시)"), "오류 1개"),
    ],
)
def test_a_faulty_text_is_kept_as_draft_and_refused_at_publication(text: str, said: str) -> None:
    bill = make_bill()
    with pytest.raises(ValidationError, match=said):
        publish_version(
            version=draft_version(
                bill=bill, no="0.1", date=dt.date(2026, 3, 2), source_text=text, by=None
            ),
            by=None,
        )

    assert not Version.objects.filter(published_at__isnull=False).exists()
    assert not Provision.objects.exists()


def test_a_refusal_names_the_line(published: Version) -> None:
    text = TEXT.replace("제4조(시험의 실시)", "제5조(시험의 실시)")
    draft = make_version(published.bill, "0.2", text=text, live=False)

    with pytest.raises(PublicationRefused) as refused:
        publish_version(version=draft, by=None)

    assert [(d.line, d.code) for d in refused.value.diagnostics] == [(10, "S1")]


def test_a_version_is_published_once_and_not_before_its_predecessor(published: Version) -> None:
    early = make_version(published.bill, "0.2", date=dt.date(2026, 1, 1), live=False)

    with pytest.raises(PublicationRefused, match="이릅니다"):
        publish_version(version=early, by=None)
    with pytest.raises(PublicationRefused, match="이미 발행"):
        publish_version(version=published, by=None)


def test_a_draft_can_be_revised_and_thrown_away_and_a_published_one_can_not(
    published: Version, secretariat: Any
) -> None:
    draft = make_version(published.bill, "0.2", live=False)

    revise_version(version=draft, by=secretariat, summary="고침", source_text="제1조(목적) 글\r\n")
    assert Version.objects.get(pk=draft.pk).source_text == "제1조(목적) 글\n"
    discard_version(version=draft, by=secretariat)
    assert not Version.objects.filter(no="0.2").exists()

    with pytest.raises(ValidationError, match="고칠 수 없습니다"):
        revise_version(version=published, by=secretariat, summary="몰래")
    with pytest.raises(ValidationError, match="지울 수 없습니다"):
        discard_version(version=published, by=secretariat)


def test_text_is_kept_in_nfc_with_plain_line_breaks() -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "제1조(목적) 돌봄\r\n둘\r셋")

    assert normalise(decomposed) == "제1조(목적) 돌봄\n둘\n셋\n"
    assert normalise(" \n\n") == ""


def test_identity_is_carried_for_equal_text_and_for_a_unique_title(published: Version) -> None:
    text = (
        TEXT.replace("제4조(시험의 실시)", "제5조(시험의 실시)")
        .replace(
            "제2장 시험의 실시\n", "제2장 시험의 실시\n제3조(새 조) 시험자는 새 일을 할 수 있다.\n"
        )
        .replace("제3조(시험계획", "제4조(시험계획")
        .replace("제3조제1항에 따른", "제4조제1항에 따른")
        .replace("매년", "2년마다")
    )
    second = make_version(published.bill, "0.2", text=text, date=dt.date(2026, 9, 1))
    before, after = current_lineages(published), current_lineages(second)

    assert after["art_1"].uid == before["art_1"].uid
    assert after["art_1"].how == Carriage.SAME_TEXT
    assert after["art_4"].uid == before["art_3"].uid  # renumbered and changed, its title is unique
    assert after["art_4"].how == Carriage.SAME_TITLE
    assert after["art_4__para_2"].uid == before["art_3__para_2"].uid
    assert after["art_3"].how == Carriage.NEW
    assert after["art_3"].uid not in {lineage.uid for lineage in before.values()}


def test_a_provision_is_found_in_every_version_where_it_stands(published: Version) -> None:
    second = make_version(published.bill, "0.2", date=dt.date(2026, 9, 1))
    provision = second.provisions.get(eid="art_3")
    uid = uid_of(provision)
    assert uid is not None

    stands = same_provision_elsewhere(published.bill, uid)

    assert [p.version_id for p in stands] == [second.pk, published.pk]
