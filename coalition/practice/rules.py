"""What more than one action of this room holds to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from coalition.members.models import Municipality
from coalition.practice.models import Withdrawable
from coalition.record.models import Source
from coalition.record.sources import Known, source_of

# Fields by name, where an action takes more of them than it has rules for.
Told = Mapping[str, Any]
NOTHING: Told = MappingProxyType({})


def need_source(municipality: Municipality, known: Known) -> Source | None:
    """The Source, found or made. Raises ValidationError for a real municipality without one."""
    if not municipality.fictional and known is None:
        raise ValidationError("실제 지방정부의 일은 출처가 있어야 적을 수 있습니다.")
    return source_of(known)


def take_back(row: Withdrawable, because: str) -> None:
    if not because.strip():
        raise ValidationError({"because": "거두는 까닭을 쓰세요."})
    if row.withdrawn_at is not None:
        raise ValidationError("이미 거두었습니다.")
    row.withdrawn_at, row.withdrawn_because = timezone.now(), because.strip()[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])
