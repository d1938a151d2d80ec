"""Bills and versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coalition.drafts.actions import draft_version, open_bill, publish_version
from coalition.drafts.models import Bill, Version

TEXT = """가상 시험 지원법안
제1장 총칙
제1조(목적) 이 법은 시험의 지원에 필요한 사항을 규정함으로써 시험의 발전에 이바지함을 목적으로 한다.
제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.
  1. "시험"이란 기능을 확인하는 활동을 말한다.
  2. "시험자"란 시험을 실시하는 자를 말한다.
제2장 시험의 실시
제3조(시험계획의 수립ㆍ공개) ① 시험자는 매년 시험계획을 수립하여야 한다.
② 시험자는 제1항에 따라 수립한 시험계획을 공개하여야 한다.
제4조(시험의 실시) 시험자는 제3조제1항에 따른 시험계획에 따라 시험을 실시하여야 한다.
부칙
제1조(시행일) 이 법은 공포 후 6개월이 경과한 날부터 시행한다.
"""


def make_bill(slug: str = "test", title: str = "가상 시험 지원법안", **fields: Any) -> Bill:
    return open_bill(slug=slug, title=title, by=None, fictional=True, **fields)


def make_version(
    bill: Bill,
    no: str = "0.1",
    *,
    text: str = TEXT,
    date: dt.date = dt.date(2026, 3, 2),
    live: bool = True,
) -> Version:
    """A version of the bill; a published one unless told, with the lineage that is proposed."""
    version = draft_version(bill=bill, no=no, date=date, source_text=text, by=None)
    return publish_version(version=version, by=None, accept_doubtful=True) if live else version
