"""Fill an installation with the demo."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo import seed


class Command(BaseCommand):
    help = "시연용 자료를 넣습니다. 되풀이해도 됩니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--even-in-production",
            action="store_true",
            help="DEBUG가 꺼진 곳에도 시연용 자료와 시연용 계정을 넣습니다",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["even_in_production"]:
            raise CommandError(
                "운영하는 곳에는 시연용 자료를 넣지 않습니다. 그래도 넣으려면 --even-in-production을 쓰세요."
            )
        quiet = options["verbosity"] == 0
        seed(say=(lambda line: None) if quiet else self.stdout.write)
