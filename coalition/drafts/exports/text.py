"""TXT: the source and nothing else, so that importing it gives the same hash."""

from __future__ import annotations

from coalition.drafts.exports.edition import Edition


def write(edition: Edition) -> bytes:
    return edition.source.encode("utf-8")
