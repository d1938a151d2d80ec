"""Fill an installation with the demo."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo import seed
from cms.demo.crowd import DOCUMENTS, make_crowd
from coalition.record.models import User

LEAST, MOST = 100, 20_000


class Command(BaseCommand):
    help = "시연용 자료를 넣습니다. 되풀이해도 됩니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--even-in-production",
            action="store_true",
            help="DEBUG가 꺼진 곳에도 시연용 자료와 시연용 계정을 넣습니다",
        )
        parser.add_argument(
            "--large",
            nargs="?",
            type=int,
            const=DOCUMENTS,
            metavar="N",
            help=f"검색할 것이 N건(적지 않으면 {DOCUMENTS:,}건)이 되도록 가상 지방정부의 질문, 답변, "
            "자료, 사례를 더 넣습니다. 멈추었다가 다시 하면 이어서 넣습니다",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["even_in_production"]:
            raise CommandError(
                "운영하는 곳에는 시연용 자료를 넣지 않습니다. 그래도 넣으려면 --even-in-production을 쓰세요."
            )
        quiet = options["verbosity"] == 0
        if options["large"] is not None and not LEAST <= options["large"] <= MOST:
            raise CommandError(f"--large에는 {LEAST:,}부터 {MOST:,}까지의 수를 적으세요.")
        say = (lambda line: None) if quiet else self.stdout.write
        seed(say=say)
        if options["large"]:
            make_crowd(options["large"], User.objects.get(username="secretariat"), say)
            say("일꾼(run_jobs)이 뒤에서 색인합니다. 바로 하려면 manage.py search_build를 쓰세요.")
