"""What an export is made from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from dataclasses import dataclass

#: What XML 1.0 can't hold. Text files and JSON keep these signs, the others show � in their place.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

NOTICE = "시연용 초안"


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version with all that its exports print, and nothing that they don't.

    `begun` is the date of the bill's first published version, `address` where this one is read.
    """

    bill: str
    title: str
    no: str
    date: dt.date
    begun: dt.date
    summary: str
    sha256: str
    previous_sha256: str
    fictional: bool
    address: str
    source: str

    @property
    def citation(self) -> str:
        """(가칭)「지속가능 일자리 지원법안」 v0.3 (2026. 9. 1.) [시연용 초안]."""
        day = f"{self.date.year}. {self.date.month}. {self.date.day}."
        notice = f" [{self.notice}]" if self.notice else ""
        return f"(가칭)「{self.title}」 v{self.no} ({day}){notice}"

    @property
    def notice(self) -> str:
        """What has to stand on every page of an invented text; empty for a real one."""
        return NOTICE if self.fictional else ""

    @property
    def lines(self) -> list[str]:
        """The source line by line."""
        return self.source.rstrip("\n").split("\n")

    def to_json(self) -> str:
        """All fields in canonical JSON: how an edition travels to another process, and its key."""
        fields = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in dataclasses.asdict(self).items()
        }
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, written: str) -> Edition:
        fields = json.loads(written)
        for name in ("date", "begun"):
            fields[name] = dt.date.fromisoformat(fields[name])
        return cls(**fields)


def writable(text: str) -> str:
    """The text with � for what XML can't hold."""
    return _UNWRITABLE.sub("\ufffd", text)
