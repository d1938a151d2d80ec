"""Writes about bodies and divisions."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.dialogue.models import Body, Division
from coalition.members.models import Municipality
from coalition.record.actions import record_event
from coalition.record.models import Source, User


@transaction.atomic
def found_body(
    *,
    municipality: Municipality,
    name: str,
    slug: str,
    summary: str,
    divisions: list[str],
    since: dt.date | None,
    source: Source | None,
    by: User | None,
) -> Body:
    """Enter a body with its divisions, or leave it as it is when its address is taken.

    Raises ValidationError for a real municipality's body without a Source.
    """
    if not municipality.fictional and source is None:
        raise ValidationError("실제 지방정부의 일자리회는 출처가 있어야 적을 수 있습니다.")
    body, _ = Body.objects.get_or_create(
        slug=slug,
        defaults={"municipality": municipality, "name": name, "summary": summary, "source": source},
    )
    for order, division in enumerate(divisions, start=1):
        Division.objects.get_or_create(
            body=body,
            name=division,
            valid_from=since,
            defaults={"order": order, "source": source},
        )
    record_event("body.founded", body, by=by, municipality=municipality.code)
    return body
