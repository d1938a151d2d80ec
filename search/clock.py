"""The one lock of the projection, and the numbers that order its rows as their transactions committed."""

from __future__ import annotations

import time

from search.models import SearchClock

_REMEMBERED = 64


class Clock:
    """The lock that orders all writes by their commits, and the numbers that it gives out."""

    def __init__(self, row: SearchClock) -> None:
        self._row = row
        self.value = max(row.value, time.time_ns() // 1000)

    @classmethod
    def locked(cls) -> Clock:
        """Wait for the lock. It is always the first that a writer takes, so that none waits in a ring."""
        row, _ = SearchClock.objects.select_for_update().get_or_create(pk=1)
        return cls(row)

    def next(self) -> int:
        self.value += 1
        return self.value

    def save(self) -> None:
        """Tell readers that there is something new."""
        recent = [value for value in self._row.recent.split(",") if value][1 - _REMEMBERED :]
        self._row.value = self.value
        self._row.recent = f",{','.join((*recent, str(self.value)))},"
        self._row.save()
