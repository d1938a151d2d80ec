"""What a municipality's own site shows of it in a frame: its status, in a few lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Window
from django.urls import reverse

from cms.models import MunicipalityPage
from cms.queries.cases import live_cases
from cms.tenancy import MUNICIPALITIES
from cms.visibility import public
from coalition.advocacy.models import Stance
from coalition.advocacy.positions import Standing, count, positions_of
from coalition.members.models import Membership, MembershipState, Municipality
from coalition.members.queries import state_of


@dataclass(frozen=True, slots=True)
class BillStatus:
    """What the municipality says of one bill: `지지 2`, `조건부 1`; only what counts."""

    name: str
    address: str
    stances: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class EmbedStatus:
    """Everything of `/embed/v1/municipalities/<slug>/`. Addresses are whole: the frame stands elsewhere."""

    municipality: Municipality
    address: str
    cases_address: str
    step: Membership | None
    case_count: int
    newest: str
    newest_address: str
    bills: list[BillStatus]

    @property
    def member_since(self) -> dt.date | None:
        return self._day(MembershipState.APPROVED)

    @property
    def left_on(self) -> dt.date | None:
        return self._day(MembershipState.LEFT)

    def _day(self, state: MembershipState) -> dt.date | None:
        return self.step.on if self.step is not None and self.step.state == state else None


def place_of(slug: str) -> MunicipalityPage | None:
    """The public page of the municipality of that address."""
    pages = public(MunicipalityPage.objects.filter(slug=slug))
    return pages.select_related("municipality__region").first()


def embed_status(page: MunicipalityPage) -> EmbedStatus:
    """A municipality's status today."""
    own = page.municipality
    newest = list(
        live_cases()
        .descendant_of(page)
        .annotate(total=Window(Count("pk")))
        .order_by("-first_published_at", "-pk")[:1]
    )
    address = f"{settings.HUB_BASE_URL}/{MUNICIPALITIES}/{own.slug}/"
    return EmbedStatus(
        municipality=own,
        address=address,
        cases_address=f"{address}cases/",
        step=state_of(own),
        case_count=newest[0].total if newest else 0,
        newest=newest[0].title if newest else "",
        newest_address=settings.HUB_BASE_URL + newest[0].address if newest else "",
        bills=_bills(own),
    )


def snippet(municipality: Municipality) -> str:
    """What a webmaster pastes. It needs no script and reads as a link where frames are closed."""
    name = municipality.full_name
    address = settings.HUB_BASE_URL + reverse("embed", args=[municipality.slug])
    own = f"{settings.HUB_BASE_URL}/{MUNICIPALITIES}/{municipality.slug}/"
    return (
        f'<iframe src="{address}" title="{name} – 지속가능 일자리 연대" width="100%" height="340" '
        f'loading="lazy" frameborder="0"></iframe>\n'
        f'<p><a href="{own}">{name} – 지속가능 일자리 연대 허브</a></p>'
    )


def _bills(municipality: Municipality) -> list[BillStatus]:
    by_bill: dict[int, list[Standing]] = {}
    for standing in positions_of(municipality):
        by_bill.setdefault(standing.row.version.bill_id, []).append(standing)
    labels = dict(Stance.choices)
    told = []
    for standings in by_bill.values():
        bill = standings[0].row.version.bill
        stances = [
            (labels[stance], number)
            for stance, number in count(standings).stances.items()
            if number
        ]
        address = reverse("positions", args=[bill.slug])
        told.append(
            BillStatus(
                bill.name,
                f"{settings.HUB_BASE_URL}{address}?municipality={municipality.slug}",
                stances,
            )
        )
    return told
