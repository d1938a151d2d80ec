"""`backup FILE`: rows, media and private files in one archive, while the hub goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coalition.record.backups import BackupRefused
from coalition.record.backups.making import make_backup


class Command(BaseCommand):
    help = "누리집 전체를 파일 하나에 담습니다. 누리집이 돌고 있어도 됩니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="만들 백업 파일(.zip)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            told = make_backup(path)
        except (BackupRefused, OSError) as error:
            raise CommandError(f"백업하지 못했습니다: {error}") from error
        rows = sum(table["rows"] for table in told["tables"].values())
        files = len(told["members"]) - len(told["tables"])
        self.stdout.write(
            f"{path}: 표 {len(told['tables'])}개의 {rows:,}행, 파일 {files:,}개, {path.stat().st_size:,}바이트"
        )
