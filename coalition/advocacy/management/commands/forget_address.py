"""`manage.py forget_address ADDRESS`: erase a citizen's address on request, end what it follows and what it
stands behind, erase the names that its opinions were signed with, empty what it claimed when it asked for a
suspension, and delete opinions that it has not confirmed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from coalition.advocacy.actions import (
    drop_opinion,
    end_follows,
    end_support,
    forget_suspension_request,
)
from coalition.advocacy.intake import persons_of
from coalition.advocacy.supporting import of_address
from coalition.record.actions import erase_person


class Command(BaseCommand):
    help = "시민의 이메일 주소와 밝힌 이름을 지우고 알림과 공감을 끝냅니다. 주소는 어디에도 남기지 않습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="지울 이메일 주소")

    def handle(self, *args: Any, **options: Any) -> None:
        written = options["address"].strip()
        with transaction.atomic():
            supports = of_address(written)
            for support in supports:
                end_support(support=support, by=None)
            persons = persons_of(written)
            for person in persons:
                requests = list(person.suspension_requests.filter(forgotten_on__isnull=True))
                for request in requests:
                    forget_suspension_request(request=request, by=None)
                if requests:
                    continue
                waiting = list(person.opinions.filter(confirmed_at__isnull=True))
                for opinion in waiting:
                    drop_opinion(opinion=opinion, by=None)
                if not waiting and not person.signed_opinions.filter(confirmed_at=None).exists():
                    end_follows(person=person, by=None)
                    erase_person(person=person, by=None)
        print(f"{len(supports) + len(persons)}건을 지웠습니다.")
