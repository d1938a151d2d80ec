#!/usr/bin/env python
"""Makes the .mo files that Django reads out of the .po files that people edit.

    .venv/bin/python deploy/messages.py

The .mo files are kept in the repository, so that an installation needs neither polib nor gettext.
"""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compiled(source: Path) -> bytes:
    """What the .mo file beside this .po file must hold."""
    content: bytes = polib.pofile(str(source), encoding="utf-8").to_binary()
    return content


def main() -> None:
    """Compile every catalogue."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))


if __name__ == "__main__":
    main()
