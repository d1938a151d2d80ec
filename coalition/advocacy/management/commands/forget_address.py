"""`manage.py forget_address ADDRESS`: erase a citizen's address on request, and end what it follows."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from coalition.advocacy.actions import end_follows
from coalition.record.actions import erase_person
from coalition.record.models import Person


class Command(BaseCommand):
    help = "시민의 이메일 주소를 지우고 알림을 끝냅니다. 주소는 어디에도 남기지 않습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="지울 이메일 주소")

    def handle(self, *args: Any, **options: Any) -> None:
        persons = list(Person.objects.filter(email__iexact=options["address"].strip()))
        with transaction.atomic():
            for person in persons:
                end_follows(person=person, by=None)
                erase_person(person=person, by=None)
        print(f"{len(persons)}건을 지웠습니다.")
