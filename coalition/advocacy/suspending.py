"""임시조치 요청: what is asked of one, how it is proven by mail, what waits and what has to go."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from coalition.advocacy.intake import (
    DAYS_TO_CONFIRM,
    SHORTEST,
    refuse_personal_data,
)
from coalition.advocacy.models import Opinion, SuspensionRequest
from coalition.advocacy.opinions import veil_today

_CONFIRM = "advocacy.suspension.confirm"


def readable_opinion(opinion: Opinion) -> bool:
    """Whether anybody can read it today: what is out of sight needs no suspension."""
    return opinion.on is not None and opinion.withdrawn_on is None and veil_today(opinion) is None


def looked_over_claim(text: str) -> str:
    """The claim as it is kept. Raises ValidationError for too few words and for what identifies somebody."""
    said = refuse_personal_data(text.replace("\r\n", "\n").replace("\x00", ""), "claim")
    if len(said) < SHORTEST:
        raise ValidationError(
            {"claim": f"무엇이 어떤 권리를 어떻게 침해하는지 {SHORTEST}자 이상 쓰세요."}
        )
    if len(said) > SuspensionRequest.LONGEST:
        raise ValidationError(
            {"claim": f"{SuspensionRequest.LONGEST:,}자까지 씁니다. 지금 {len(said):,}자입니다."}
        )
    return said


def confirm_link(request: SuspensionRequest) -> str:
    token = signing.dumps(request.pk, salt=_CONFIRM)
    return f"{settings.HUB_BASE_URL}/opinions/suspension/{token}/"


def confirmed_by(token: str) -> SuspensionRequest | None:
    """The request whose link this is, unless it is forged, too old or deleted."""
    try:
        age = dt.timedelta(days=DAYS_TO_CONFIRM)
        pk = int(signing.loads(token, salt=_CONFIRM, max_age=age))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    rows = SuspensionRequest.objects.select_related(
        "opinion__version__bill", "opinion__provision", "person"
    )
    return rows.filter(pk=pk, forgotten_on__isnull=True).first()


def waiting_requests() -> QuerySet[SuspensionRequest]:
    """Confirmed and not answered, the oldest first; whose asker had everything erased waits for nothing."""
    rows = SuspensionRequest.objects.filter(
        confirmed_at__isnull=False, answered_at__isnull=True, forgotten_on__isnull=True
    )
    return rows.select_related("opinion__version__bill", "opinion__provision").order_by(
        "confirmed_at", "pk"
    )


def forgettable_requests(now: dt.datetime | None = None) -> QuerySet[SuspensionRequest]:
    """Not confirmed in time, or kept long enough."""
    moment = now or timezone.now()
    since = moment - dt.timedelta(days=DAYS_TO_CONFIRM)
    late = Q(confirmed_at__isnull=True, asked_at__lt=since)
    over = Q(
        forgotten_on__isnull=True,
        confirmed_at__isnull=False,
        person__retain_until__lt=timezone.localdate(moment),
    )
    return SuspensionRequest.objects.filter(late | over).select_related("person")
