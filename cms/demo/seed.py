"""Seeds the demo. Safe to repeat: what is there stays as people left it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from cms.demo.bodies import make_body_history
from cms.demo.clauses import make_clauses
from cms.demo.coordination import make_coordination
from cms.demo.datasets import make_dataset
from cms.demo.dialogue import make_dialogue
from cms.demo.gatherings import make_event, make_gwangsan_meetings, make_meeting
from cms.demo.joining import make_joining
from cms.demo.links import make_links
from cms.demo.opinions import make_opinions
from cms.demo.people import make_accounts, make_appointments
from cms.demo.places import make_fictional, make_gwangsan
from cms.demo.positions import make_positions
from cms.demo.practice import make_practice
from cms.demo.resolutions import make_resolutions
from cms.demo.stories import make_case, make_news
from cms.models import HomePage, Operator, Tag
from coalition.drafts.actions import draft_version, open_bill, publish_version
from coalition.drafts.models import Bill
from coalition.members.imports import import_facts, import_registry
from coalition.record.actions import record_event
from coalition.record.models import Event, User

SUMMARY = (
    "지역에서 사회적 대화로 만든 일자리 모델을 시범 사업으로 시험하고, 평가와 데이터를 쌓아 다른 "
    "지역으로 넓히는 데 필요한 지원을 담은 법안입니다. 기능을 보이기 위해 지어낸 시연용 초안입니다."
)
VERSION_SUMMARIES = {
    "0.2": "첫 공개 초안입니다.",
    "0.3": "시민 등의 참여(제5조)를 새로 두고, 평가와 데이터 공개를 두 조로 나누었으며, "
    "특구 지정의 변경과 해제를 한 조로 합쳤습니다.",
}


def _told(name: str) -> Any:
    return json.loads((settings.DATA_DIR / "demo" / f"{name}.json").read_text(encoding="utf-8"))


def digest() -> str:
    """What would be seeded now, as a hash over its files."""
    files = sorted(file for file in settings.DATA_DIR.glob("**/*") if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def is_seeded() -> bool:
    """Whether exactly this demo was seeded before."""
    return Event.objects.filter(verb="demo.seeded", data__digest=digest()).exists()


def seed(say: Callable[[str], None] = lambda line: None) -> None:
    """Everything of the demo, in order; each part in a transaction of its own."""
    data: Path = settings.DATA_DIR
    import_registry(
        municipalities=data / "municipalities.csv",
        changes=data / "municipality_changes.csv",
        terms=data / "terms.csv",
        by=None,
    )
    import_facts(facts=data / "facts.csv", by=None)
    say("지방정부 명부와 공표된 사실")
    people = make_accounts()
    admin = people["admin"]
    make_gwangsan(admin)
    for told in _told("municipalities"):
        with transaction.atomic():
            make_fictional(told, admin)
    for told in _told("bodies"):
        make_body_history(told, admin)
    make_appointments(people)
    _make_operator()
    say("광산구와 가상 지방정부 여섯 곳")
    for told in _told("tags"):
        Tag.objects.get_or_create(
            name=told["name"], defaults={"slug": slugify(told["name"], allow_unicode=True)}
        )
    for told in _told("cases"):
        with transaction.atomic():
            make_case(told, _author(people, told["municipality"]))
    for told in _told("news"):
        with transaction.atomic():
            make_news(told, _author(people, told["municipality"]))
    say("사례와 소식")
    for told in _told("datasets"):
        with transaction.atomic():
            make_dataset(told, _author(people, told["municipality"]))
    say("가람시와 온유구의 자료")
    make_dialogue(people["secretariat"])
    make_gwangsan_meetings(people["secretariat"])
    for told in _told("meetings"):
        make_meeting(told, people["secretariat"])
    for told in _told("events"):
        make_event(told, people["secretariat"])
    say("가람시의 질문과 답변, 회의와 대화")
    titles = {case["key"]: case["title"] for case in _told("cases")}
    make_practice(_told("practice"), titles, people["secretariat"])
    say("모델, 시범 사업, 측정, 도입")
    _make_bill(people["secretariat"])
    say("법안 sjsa v0.2, v0.3")
    with transaction.atomic():
        make_clauses(_told("clauses"), people["secretariat"])
    say("조문의 풀이와 나란히 볼 글")
    with transaction.atomic():
        make_positions(_told("positions"), people["secretariat"])
        make_resolutions(_told("resolutions"), people["secretariat"])
        make_opinions(_told("opinions"), people["secretariat"])
    say("가상 지방정부의 입장과 의회 결의, 법안의 길, 의견과 답변")
    with transaction.atomic():
        make_links(_told("links"), people)
    say("조문에 이은 사례, 질문, 장애")
    with transaction.atomic():
        make_coordination(_told("coordination"), people, titles)
    say("할 일, 지방정부 알림, 공동 성명, 연락처")
    with transaction.atomic():
        make_joining(_told("joining"), people["secretariat"])
    say("탈퇴했다가 다시 신청한 새별군")
    with transaction.atomic():
        record_event("demo.seeded", HomePage.objects.get(), by=None, digest=digest())


def _author(people: dict[str, User], slug: str | None) -> User:
    return people.get(f"{slug}-editor", people["secretariat"])


def _make_operator() -> None:
    """The demo's operator is invented too, and says so."""
    from wagtail.models import Site

    Operator.objects.get_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "name": "지속가능 일자리 연대 협력망 사무국(가상)",
            "address": "(00000) 가상도 가람시 가상로 1",
            "phone": "000-000-0000",
            "email": "hub@example.invalid",
        },
    )


def _make_bill(by: User) -> None:
    folder = settings.DATA_DIR / "bills" / "sjsa"
    told = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
    bill = Bill.objects.filter(slug=told["bill"]).first() or open_bill(
        slug=told["bill"],
        title=told["title"],
        short_title="지속가능 일자리 지원법안",
        summary=SUMMARY,
        fictional=told["fictional"],
        by=by,
    )
    for one in told["versions"]:
        if bill.versions.filter(no=one["no"]).exists():
            continue
        with transaction.atomic():
            version = draft_version(
                bill=bill,
                no=one["no"],
                date=dt.date.fromisoformat(one["date"]),
                source_text=(folder / one["file"]).read_text(encoding="utf-8"),
                summary=VERSION_SUMMARIES.get(one["no"], ""),
                by=by,
            )
            publish_version(version=version, by=by, accept_doubtful=True)
