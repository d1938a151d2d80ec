"""Bring in a table as a dataset of a municipality."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError

from cms.actions import import_dataset
from cms.models import Licence
from cms.sheets import read_sheet
from coalition.members.models import Municipality
from coalition.record.importing import ImportCommand, ImportSummary, given_file
from coalition.record.tables import Fault, TableRefused


class Command(ImportCommand):
    help = "표(CSV, XLSX)를 자료로 들입니다. 처음이면 초안 쪽을 만들고, 달라졌으면 새 자료 판을 둡니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=given_file, help="CSV(UTF-8이나 CP949)나 XLSX")
        parser.add_argument("--municipality", required=True, metavar="CODE", help="행정코드 X0001")
        parser.add_argument("--dataset", required=True, metavar="SLUG", help="자료의 주소")
        new = parser.add_argument_group("처음 들이는 자료")
        new.add_argument("--title", default="", help="제목")
        new.add_argument("--licence", default="", choices=Licence.values, help="이용 조건")
        new.add_argument("--source", default="", help="출처. 공개하기 전에 쪽에서 써도 됩니다")
        new.add_argument("--period", default="", help="언제의 자료")

    def run_import(self, **options: Any) -> ImportSummary:
        quiet = options["json"] or not options["verbosity"]
        sheet = read_sheet(
            options["file"],
            told=lambda done, of: (
                None if quiet or not done else self.stderr.write(_so_far(done, of))
            ),
        )
        municipality = Municipality.objects.filter(code=options["municipality"]).first()
        if municipality is None:
            raise _refused(f"--municipality {options['municipality']}: 그런 지방정부가 없습니다.")
        try:
            told = import_dataset(
                sheet=sheet,
                municipality=municipality,
                slug=options["dataset"],
                title=options["title"],
                licence=options["licence"],
                source=options["source"],
                period=options["period"],
                by=None,
            )
        except ValidationError as error:
            raise _refused(" ".join(error.messages)) from error
        for fault in sheet.held:
            self.stderr.write(f"공개하기 전에 확인하세요. {fault}")
        if told.removed:
            self.stderr.write(f"앞 판에 있던 {told.removed:,}줄이 없습니다.")
        return ImportSummary(added=told.added, changed=told.changed, unchanged=told.unchanged)


def _refused(message: str) -> TableRefused:
    return TableRefused([Fault(0, "", message)])


def _so_far(done: int, of: int) -> str:
    return f"{done:,}/{of:,}" if of else f"{done:,}줄 읽음"
