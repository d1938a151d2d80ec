"""Rows of one table as lines of JSON that mean the same to SQLite and to PostgreSQL.

Columns are read past the ORM: what stands in the table is kept, whatever a field would make of it today.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Row = list[Any]
_AT_ONCE = 500
_MODULUS = 2**256

# How a value of each kind is written, and read again. Kinds that are not here are text, numbers or truth values.
_WRITE: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": lambda value: value.astimezone(dt.UTC).isoformat(),
    "DateField": lambda value: value.isoformat(),
    "TimeField": lambda value: value.isoformat(),
    "DecimalField": str,
    "UUIDField": str,
    "BinaryField": lambda value: base64.b64encode(bytes(value)).decode(),
    # In a list, since JSON's null is another thing than no value.
    "JSONField": lambda value: [json.loads(value) if isinstance(value, str) else value],
}
_READ: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": dt.datetime.fromisoformat,
    "DateField": dt.date.fromisoformat,
    "TimeField": dt.time.fromisoformat,
    "DecimalField": Decimal,
    "UUIDField": uuid.UUID,
    "BinaryField": base64.b64decode,
    "JSONField": lambda value: value[0],
}


@dataclass
class Tally:
    """How many rows, and a sum of their hashes that does not depend on their order or on the database."""

    rows: int = 0
    total: int = 0

    def add(self, row: Row) -> None:
        said = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(said).digest())) % _MODULUS

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "sum": f"{self.total:064x}"}


@dataclass
class Table:
    """A model's own table. `left_out` are columns that mean nothing elsewhere, with what they get there."""

    model: type[Model]
    left_out: dict[str, Any] = field(default_factory=dict)
    fields: list[Field[Any, Any]] = field(init=False)

    def __post_init__(self) -> None:
        columns = self.model._meta.local_concrete_fields
        kept = (f for f in columns if f.column not in self.left_out and not f.generated)
        # By name: a model that was put together from migrations has them in another order.
        self.fields = sorted(kept, key=lambda f: str(f.column))

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        return [str(each.column) for each in self.fields]

    def lines(self) -> Iterator[Row]:
        """Every row, in portable form. Inside a transaction all tables are of one moment."""
        quoted = ", ".join(map(connection.ops.quote_name, self.columns))
        table = connection.ops.quote_name(self.name)
        key = connection.ops.quote_name(str(self.model._meta.pk.column))
        writers = [_writer(each, self.name) for each in self.fields]
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {quoted} FROM {table} ORDER BY {key}")  # noqa: S608
            while rows := cursor.fetchmany(_AT_ONCE):
                for row in rows:
                    yield [write(value) for write, value in zip(writers, row, strict=True)]

    def tally(self) -> Tally:
        """Count and sum of what stands in the database."""
        found = Tally()
        for row in self.lines():
            found.add(row)
        return found

    def fill(self, lines: Iterable[Row]) -> None:
        """Insert rows as they are."""
        columns, given = [*self.columns, *self.left_out], [*self.left_out.values()]
        quoted = ", ".join(map(connection.ops.quote_name, columns))
        places = ", ".join(["%s"] * len(columns))
        table = connection.ops.quote_name(self.name)
        statement = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608
        readers = [_reader(each) for each in self.fields]
        waiting: list[Row] = []
        with connection.cursor() as cursor:
            for line in lines:
                row = [read(value) for read, value in zip(readers, line, strict=True)]
                waiting.append(row + given)
                if len(waiting) == _AT_ONCE:
                    cursor.executemany(statement, waiting)
                    waiting = []
            if waiting:
                cursor.executemany(statement, waiting)

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(self.name)}")  # noqa: S608


def _plain(column: Field[Any, Any]) -> Field[Any, Any]:
    """The field whose kind of value the column holds: a key holds what it points to."""
    while column.remote_field is not None:
        column = column.target_field  # type: ignore[attr-defined]
    return column


def _writer(column: Field[Any, Any], table: str) -> Callable[[Any], Any]:
    """From what the database gives to what is written."""
    plain = _plain(column)
    kind = plain.get_internal_type()
    write = _WRITE.get(kind, lambda value: value)
    place = plain.get_col(table)
    converters = connection.ops.get_db_converters(place) if kind != "JSONField" else []

    def convert(value: Any) -> Any:
        for converter in converters:
            value = converter(value, place, connection)
        return None if value is None else write(value)

    return convert


def _reader(column: Field[Any, Any]) -> Callable[[Any], Any]:
    """From what was written to what the database takes."""
    plain = _plain(column)
    kind = plain.get_internal_type()
    read = _READ.get(kind, lambda value: value)
    adapt = _adapter(kind, plain)
    return lambda value: None if value is None else adapt(read(value))


def _adapter(kind: str, plain: Field[Any, Any]) -> Callable[[Any], Any]:
    ops: Any = connection.ops
    known: dict[str, Callable[[Any], Any]] = {
        "DateTimeField": ops.adapt_datetimefield_value,
        "DateField": ops.adapt_datefield_value,
        "TimeField": ops.adapt_timefield_value,
        "DecimalField": lambda value: ops.adapt_decimalfield_value(
            value,
            plain.max_digits,  # type: ignore[attr-defined]
            plain.decimal_places,  # type: ignore[attr-defined]
        ),
        "UUIDField": lambda value: (
            value if connection.features.has_native_uuid_field else value.hex
        ),
        "BinaryField": connection.Database.Binary,  # type: ignore[attr-defined]
        "JSONField": lambda value: ops.adapt_json_value(value, None),
    }
    return known.get(kind, lambda value: value)
