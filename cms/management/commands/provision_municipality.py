"""Give a municipality its place on the hub."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cms.actions import provision_municipality
from coalition.members.actions import enter_fictional
from coalition.members.models import Municipality


class Command(BaseCommand):
    help = "지방정부의 쪽, 목록, 모음, 두 역할을 만듭니다. 되풀이해도 됩니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="행정코드 (12330), 가상이면 X로 시작 (X0001)")
        parser.add_argument("--name", help="명부에 없는 가상 지방정부의 이름")
        parser.add_argument("--slug", help="가상 지방정부의 주소 (기본은 이름에서)")
        parser.add_argument(
            "--fictional", action="store_true", help="가상 지방정부를 새로 적습니다"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["code"]
        municipality = Municipality.objects.filter(code=code).first()
        try:
            if municipality is None:
                municipality = self._enter(**options)
            page = provision_municipality(municipality=municipality, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        self.stdout.write(f"{municipality.full_name}: {page.url_path}")

    def _enter(self, **options: Any) -> Municipality:
        code = options["code"]
        if not options["fictional"] or not options["name"]:
            message = f"명부에 없는 코드입니다: {code}. 가상이면 --fictional과 --name을 쓰세요."
            raise CommandError(message, returncode=2)
        return enter_fictional(code=code, name=options["name"], slug=options["slug"] or "", by=None)
