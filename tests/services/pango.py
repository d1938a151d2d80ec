"""What the PDF needs from Debian."""

from __future__ import annotations

import os

import pytest

from coalition.drafts.exports import printing

MISSING = (
    "libpango or a Korean font is missing: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
)


def require_pango() -> None:
    """Missing: skipped with the reason on a laptop, a failure with CI=true (docs/testing.md)."""
    if printing.can_print():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    pytest.skip(MISSING)
