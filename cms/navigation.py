"""The five words of the menu, the footer, and what every page says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, Q
from django.http import HttpRequest
from django.utils.functional import cached_property

from cms.models import Operator
from coalition.drafts.models import Bill
from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A word of the menu. `current` when the reader is below its address."""

    label: str
    address: str
    current: bool = False


MENU = (
    ("법안", "/bills/"),
    ("사례", "/cases/"),
    ("대화", "/dialogue/"),
    ("지방정부", "/municipalities/"),
    ("자료", "/data/"),
)

# 질문 and 회의 stand under addresses of their own, and belong to 대화.
_ALSO = {"/dialogue/": ("/dialogue/", "/questions/", "/meetings/")}

FOOTER = (
    ("개인정보 처리방침", "/privacy/"),
    ("이용약관", "/terms/"),
    ("저작권 정책", "/copyright/"),
    ("접근성 안내", "/accessibility/"),
    ("오류 신고", "/errors/"),
    ("소식", "/news/"),
)


@dataclass
class SiteContext:
    """What base.html needs. Asked lazily: an admin page that shows none of it asks the database nothing."""

    request: HttpRequest

    name = settings.WAGTAIL_SITE_NAME

    @cached_property
    def menu(self) -> list[MenuItem]:
        path = self.request.path
        case_below_municipality = path.startswith("/municipalities/") and "/cases/" in path
        return [
            MenuItem(
                label,
                address,
                address == "/cases/"
                if case_below_municipality
                else path.startswith(_below(address)),
            )
            for label, address in MENU
        ]

    @cached_property
    def footer(self) -> list[MenuItem]:
        return [MenuItem(label, address) for label, address in FOOTER]

    @cached_property
    def operator(self) -> Operator:
        """Who runs the hub, with `has_fiction` found out in the same query."""
        found = Operator.objects.annotate(has_fiction=fiction()).first()
        if found is None:
            found = Operator()
            found.has_fiction = fiction_exists()
        return found

    @property
    def has_fiction(self) -> bool:
        """While one fictional row exists, a bar says so and no page may be indexed."""
        return bool(self.operator.has_fiction)

    @property
    def asked_day(self) -> dt.date | None:
        """기준일 that the reader chose (cms.as_of)."""
        return getattr(self.request, "asked_day", None)

    @property
    def path(self) -> str:
        """The page's own address, as of today."""
        return self.request.path

    @property
    def canonical(self) -> str:
        return f"{settings.HUB_BASE_URL}{self.request.path}"


def _below(address: str) -> tuple[str, ...]:
    """How the addresses of everything under a word of the menu begin."""
    return _ALSO.get(address, (address,))


def fiction() -> Q:
    """The condition that invented material of the demo is in the database."""
    return Q(Exists(Municipality.objects.filter(fictional=True))) | Q(
        Exists(Bill.objects.filter(fictional=True))
    )


def fiction_exists() -> bool:
    """Whether it is; two quick look-ups."""
    return (
        Municipality.objects.filter(fictional=True).exists()
        or Bill.objects.filter(fictional=True).exists()
    )


def site_context(request: HttpRequest) -> dict[str, SiteContext]:
    """Context processor: `hub` in every template."""
    return {"hub": SiteContext(request)}
