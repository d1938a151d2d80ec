"""Files as people upload them."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF with these pieces of HTML, each on a page of its own."""
    import weasyprint

    breaks = "<style>section { break-after: page }</style>"
    html = breaks + "".join(f"<section>{page}</section>" for page in pages)
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made
