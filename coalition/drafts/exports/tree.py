"""JSON: metadata, hash, the source and its tree in the form of `python -m coalition.drafts.text parse`.

Whoever holds one file can recompute its hash without asking us: it is the sha256 of the previous hash, the
canonical JSON of `hash.metadata`, and `source`, each on lines of their own.
"""

from __future__ import annotations

import json
from typing import Any

from coalition.drafts.exports.edition import Edition
from coalition.drafts.text.parse import parse

FORM = "coalition-hub/law-text/1"


def write(edition: Edition) -> bytes:
    parsed = parse(edition.source).as_json()
    form: dict[str, Any] = {
        "form": FORM,
        "fictional": edition.fictional,
        "notice": edition.notice,
        "bill": {"slug": edition.bill, "title": edition.title},
        "version": {
            "no": edition.no,
            "date": edition.date.isoformat(),
            "summary": edition.summary,
            "url": edition.address,
            "sha256": edition.sha256,
            "previous_sha256": edition.previous_sha256,
        },
        "hash": {
            "algorithm": "sha256",
            "over": "previous_sha256 LF metadata LF source (UTF-8; metadata as JSON with sorted keys, no blanks)",
            "metadata": {
                "bill": edition.bill,
                "no": edition.no,
                "date": edition.date.isoformat(),
                "summary": edition.summary,
            },
        },
        "source": edition.source,
        "counts": parsed["counts"],
        "tree": parsed["tree"],
    }
    return (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
