"""PDF: the text as it is printed and filed, with version and hash on every page.

WeasyPrint sets it, in a process of its own (`printing`): `python -m coalition.drafts.exports.paper` reads an
edition as JSON and writes the PDF. Nothing outside the machine is asked for, no address is followed.
"""

from __future__ import annotations

import logging
import sys
from html import escape
from typing import Any, NoReturn

from coalition.drafts.exports.edition import Edition, writable
from coalition.drafts.exports.layout import Line, lines_of

#: Korean faces in the order of preference; the first is what Debian's fonts-noto-cjk brings.
FACES = '"Noto Serif CJK KR", "Noto Serif KR", "NanumMyeongjo", "UnBatang", "Baekmuk Batang", serif'
_CSS = """
@page { size: A4; margin: 24mm 24mm 26mm; font-family: FACES; font-size: 8pt; color: #333;
  @top-left { content: NOTICE; font-weight: bold }
  @bottom-left { content: CITATION "\\A sha256 HASH"; white-space: pre; vertical-align: top; padding-top: 6mm }
  @bottom-right { content: counter(page) " / " counter(pages); vertical-align: top; padding-top: 6mm }
}
html { font-family: FACES; font-size: 10.5pt; line-height: 1.65; color: #000 }
body { margin: 0 }
p, h1, h2, h3, h4, h5 { margin: 0 0 1mm; white-space: pre-wrap; overflow-wrap: break-word }
h1 { font-size: 17pt; text-align: center; margin: 0 0 9mm; bookmark-level: 1 }
h2, h3, h4, h5 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid }
h2 { bookmark-level: 1 } h3 { bookmark-level: 2 } h4 { bookmark-level: 3 } h5 { bookmark-level: 4 }
.article { margin-top: 3mm; bookmark-level: 5; bookmark-label: attr(data-head) }
.item { padding-left: 5mm } .subitem { padding-left: 10mm } .subsubitem { padding-left: 15mm }
.blanks { padding-left: 0 }
"""


def html_of(edition: Edition) -> str:
    """The page that becomes the PDF: a block for every line of the source."""
    css = (
        _CSS.replace("FACES", FACES)
        .replace("NOTICE", _quoted(edition.notice))
        .replace("CITATION", _quoted(edition.citation))
        .replace("HASH", edition.sha256)
    )
    blocks = "\n".join(_block(line) for line in lines_of(edition.source))
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{_escaped(edition.citation)}</title>'
        f'<meta name="keywords" content="sha256 {edition.sha256}"><meta name="description" '
        f'content="{_escaped(edition.notice)}"><style>{css}</style></head><body>{blocks}</body></html>'
    )


def _block(line: Line) -> str:
    if line.kind == "bill":
        return f"<h1>{_escaped(line.text)}</h1>"
    if line.level:
        name = f"h{min(line.level, 5)}"
        return f"<{name}>{_escaped(line.text)}</{name}>"
    classes = line.kind + (" blanks" if line.text[:1] in (" ", "\t", "\u3000") else "")
    if line.head:
        head = _escaped(line.head)
        return f'<p class="{classes}" data-head="{head}"><b>{head}</b>{_escaped(line.rest)}</p>'
    return f'<p class="{classes}">{_escaped(line.text)}</p>'


def _escaped(text: str) -> str:
    return escape(writable(text))


def _quoted(text: str) -> str:
    """A string of CSS inside <style>, where < and & are no markup but </style> would be."""
    safe = "".join(c if c.isalnum() or c in " .,()「」" else f"\\{ord(c):x} " for c in text)
    return f'"{safe}"'


def main() -> int:
    """Edition on stdin, PDF on stdout."""
    import weasyprint

    logging.disable(logging.CRITICAL)

    def refuse(url: str, *_: Any, **__: Any) -> NoReturn:
        raise ValueError(f"주소를 따라가지 않습니다: {url}")

    edition = Edition.from_json(sys.stdin.buffer.read().decode("utf-8"))
    page = weasyprint.HTML(string=html_of(edition), url_fetcher=refuse)
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
