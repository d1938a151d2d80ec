"""Recompute the hash chain of every bill; name the first version that fails."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from coalition.drafts.chain import breaches
from coalition.drafts.models import Bill


class Command(BaseCommand):
    help = "발행된 모든 판의 해시 사슬과 조문을 다시 계산해 견줍니다."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for bill in Bill.objects.all():
            found = list(breaches(bill))
            failed = failed or bool(found)
            for breach in found:
                self.stderr.write(str(breach))
            if not found:
                count = bill.versions.filter(published_at__isnull=False).count()
                self.stdout.write(f"{bill}: 발행된 판 {count}개, 이상 없음")
        if failed:
            sys.exit(1)
