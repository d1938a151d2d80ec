"""Enter a version of a bill from a text file."""

import datetime as dt
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction

from coalition.drafts.actions import PublicationRefused, draft_version, open_bill, publish_version
from coalition.drafts.compare.lineage import REASONS, Doubt
from coalition.drafts.files import FileRefused
from coalition.drafts.imports import read_draft
from coalition.drafts.models import Bill
from coalition.record.importing import given_file


class Command(BaseCommand):
    help = "파일(.txt, .docx, .hwpx)을 법안의 새 판으로 읽어들입니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bill", help="법안의 주소 (sjsa). 없으면 새로 만듭니다")
        parser.add_argument("file", type=given_file)
        parser.add_argument("--no", required=True, help="판 번호 (0.4)")
        parser.add_argument("--date", required=True, type=dt.date.fromisoformat)
        parser.add_argument("--publish", action="store_true", help="바로 발행합니다")
        parser.add_argument(
            "--accept-doubtful",
            action="store_true",
            help="사람이 확인할 이어짐도 제안대로 받아들입니다",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                self._enter(**options)
        except FileRefused as refused:
            self._refuse(refused.message)
        except PublicationRefused as refused:
            self._refuse(
                *(f"{d.line}행 {d.column}열 [{d.code}] {d.message}" for d in refused.diagnostics),
                *map(_doubtful, refused.doubts),
                *refused.messages,
                *(["--accept-doubtful을 붙이면 제안대로 받아들입니다."] if refused.doubts else []),
            )
        except ValidationError as error:
            self._refuse(*error.messages)

    def _enter(self, **options: Any) -> None:
        file = read_draft(options["file"])
        text = file.text
        for note in file.notes:
            self.stderr.write(str(note))
        bill = Bill.objects.filter(slug=options["bill"]).first() or open_bill(
            slug=options["bill"], title=text.strip().splitlines()[0][:200], by=None
        )
        version = draft_version(
            bill=bill, no=options["no"], date=options["date"], source_text=text, by=None
        )
        if options["publish"]:
            version = publish_version(
                version=version, by=None, accept_doubtful=options["accept_doubtful"]
            )
        done = "발행" if version.is_published else "저장"
        self.stdout.write(f"{version} {done}: 조문 {version.provisions.count()}개 {version.sha256}")

    def _refuse(self, *messages: str) -> None:
        for message in messages:
            self.stderr.write(message)
        sys.exit(2)


def _doubtful(doubt: Doubt) -> str:
    """확인 필요: 제16조(…) → 제17조(…), 제18조(…) [나뉨] 닮은 정도 97 %"""
    sides = (
        ", ".join(f"{unit.node.label}({unit.node.title})" for unit in side) or "없음"
        for side in (doubt.change.a, doubt.change.b)
    )
    reasons = ", ".join(REASONS[reason] for reason in doubt.reasons)
    return f"확인 필요: {' → '.join(sides)} [{reasons}] 닮은 정도 {doubt.change.score:.0%}"
