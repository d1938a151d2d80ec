"""What a row said at one moment, as a hash: an Event keeps it before and after."""

from __future__ import annotations

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model


def fingerprint(row: Model | None) -> str:
    """sha256 over the row's own columns in a fixed order; empty for a row that is not there."""
    if row is None or row.pk is None:
        return ""
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    written = json.dumps(
        values, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, default=str
    )
    return hashlib.sha256(written.encode()).hexdigest()
