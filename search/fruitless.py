"""What readers looked for in vain: a line in a file per search, counted by the worker, shown to the secretariat.

A search writes nothing to the database (docs/decisions). Kept are the words alone: no address, no account, no
hour; a question that looks like personal data is not kept at all.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coalition.record.privacy import find_personal_data
from search.models import FruitlessQuery

logger = logging.getLogger(__name__)

_LONGEST = 100
_LARGEST = 1_000_000  # bytes that may wait for the worker
_KEPT = 2_000  # rows; the rarest and oldest go first


def folder() -> Path:
    return Path(settings.VAR_DIR) / "fruitless"


def note(text: str) -> None:
    """Somebody found nothing with these words. A full disk or a missing folder is nobody's concern here."""
    said = " ".join(text.split())[:_LONGEST]
    if not said or find_personal_data(said):
        return
    path = folder() / f"{os.getpid()}.jsonl"
    line = (json.dumps(said, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    try:
        folder().mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            return
        with path.open("ab", buffering=0) as file:
            file.write(line)
    except OSError as error:
        logger.info("찾지 못한 말을 적지 못했습니다: %s", error.strerror)


def count_noted() -> int:
    """Fold the files into the table; how many searches they told of.

    A file is renamed first, so that nothing is written to it any more. Killed between counting and
    deleting, its searches count twice: it is a list of hints.
    """
    told = 0
    for path in sorted(folder().glob("*.jsonl")):
        path.rename(path.with_name(f"{path.stem}-{time.time_ns()}.taken"))
    for path in sorted(folder().glob("*.taken")):
        counts = Counter(_lines(path))
        if counts:
            _add(counts)
        path.unlink()
        told += counts.total()
    return told


def _lines(path: Path) -> list[str]:
    found = []
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            text = json.loads(line)
        except ValueError:
            continue
        if isinstance(text, str) and text:
            found.append(text.replace("\x00", "")[:_LONGEST])
    return found


@transaction.atomic
def _add(counts: Counter[str]) -> None:
    today = timezone.localdate()
    for text, times in counts.items():
        row, _ = FruitlessQuery.objects.get_or_create(text=text, defaults={"last_on": today})
        FruitlessQuery.objects.filter(pk=row.pk).update(times=F("times") + times, last_on=today)
    ordered = FruitlessQuery.objects.order_by("-times", "-last_on").values_list("pk", flat=True)
    FruitlessQuery.objects.filter(pk__in=list(ordered[_KEPT:])).delete()
