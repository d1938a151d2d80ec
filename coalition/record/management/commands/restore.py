"""`restore FILE`: a backup into an empty installation, proven to be the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coalition.record.backups import BackupRefused
from coalition.record.backups.restoring import restore_backup


class Command(BaseCommand):
    help = "백업을 빈 설치에 되살립니다. 표를 만드는 일부터 해시 사슬을 확인하는 일까지 합니다."
    requires_system_checks = []  # the database may have no table yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="백업 파일(.zip)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = restore_backup(options["file"])
        except (BackupRefused, OSError) as error:
            raise CommandError(f"되살리지 못했습니다: {error}") from error
        rows = sum(table["rows"] for table in told["tables"].values())
        files = len(told["members"]) - len(told["tables"])
        self.stdout.write(
            f"{told['made_at']}의 백업을 되살렸습니다: {rows:,}행, 파일 {files:,}개. "
            "행마다의 합, 파일의 해시, 법안의 해시 사슬이 모두 같습니다."
        )
