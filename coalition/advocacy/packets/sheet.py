"""The paper of a packet: HTML that becomes a PDF, in a process of its own.

`python -m coalition.advocacy.packets.sheet` reads HTML and writes a PDF. No address is followed. No Django here.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, NoReturn

from coalition.drafts.exports.edition import writable
from coalition.drafts.exports.paper import FACES
from coalition.drafts.exports.printing import CANNOT, PrintingFailed, can_print

LEAF = "--leaf"
_SHORT_WORD = 7
_ROOT = Path(__file__).resolve().parents[3]
_CSS = """
@page { size: A4; margin: 22mm 22mm 26mm; font-family: FACES; font-size: 8pt; color: #333;
  @top-left { content: NOTICE; font-weight: bold }
  @bottom-left { content: FOOTER; white-space: pre; vertical-align: top; padding-top: 5mm }
  @bottom-right { content: counter(page) " / " counter(pages); vertical-align: top; padding-top: 5mm }
}
html { font-family: FACES; font-size: 10pt; line-height: 1.6; color: #000 }
body { margin: 0 } p, h1, h2, h3, li { margin: 0 0 1mm; overflow-wrap: break-word; white-space: pre-wrap }
h1 { font-size: 18pt; text-align: center; margin: 10mm 0 6mm }
h2 { font-size: 13pt; margin: 8mm 0 3mm; border-bottom: 1pt solid #000; break-after: avoid; bookmark-level: 1 }
h3 { font-size: 10.5pt; margin: 4mm 0 1mm; break-after: avoid; bookmark-level: 2 }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 4mm; font-size: 9pt }
th, td { border: .5pt solid #888; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
.short { white-space: nowrap }
th { background: #eee } tr { break-inside: avoid } ul { margin: 0 0 2mm; padding-left: 5mm }
"""


#: Every part on a page of its own, with a table of contents that names the pages.
_BOOK = """
h2 { break-before: page } .contents { list-style: none; padding: 0; break-after: page }
.contents li { margin: 0 0 2mm } .contents a { color: inherit; text-decoration: none }
.contents a::after { content: leader(dotted) target-counter(attr(href), page) }
"""
#: Everything in em, so that one size shrinks it all.
_LEAF = """
@page { margin: 14mm 16mm 20mm } html { line-height: 1.45 } h1 { font-size: 1.7em; margin: 0 0 .5em; text-align: left }
h2 { font-size: 1.15em; margin: .7em 0 .25em } p { margin: 0 0 .2em } table { font-size: .92em; margin: .2em 0 .4em }
th, td { padding: .2em .4em }
"""
#: In points: the sizes that are tried until a leaf is one page.
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)


#: The first row is its head.
Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the packet: paragraphs (and tables among them), then tables. A paragraph that begins with # is a
    heading."""

    title: str
    lines: tuple[str | Table, ...] = ()
    tables: tuple[Table, ...] = ()


def html_of(
    title: str,
    parts: Iterable[Part],
    *,
    notice: str,
    footer: str,
    book: bool = False,
    leaf: bool = False,
    foreword: Iterable[str] = (),
) -> str:
    """The whole packet as a page. `book`: with contents, every part on a new page; `leaf`: one page in all."""
    parts = list(parts)
    more = (_BOOK if book else "") + (_LEAF if leaf else "")
    css = (
        (_CSS + more)
        .replace("FACES", FACES)
        .replace("NOTICE", _quoted(notice))
        .replace("FOOTER", _quoted(footer))
    )
    body = "".join(
        f'<h2 id="part-{number}">{_escaped(part.title)}</h2>{_lines(part)}{_tables(part)}'
        for number, part in enumerate(parts, start=1)
    )
    before = "".join(f"<p>{_escaped(line)}</p>" for line in foreword)
    if book:
        before += _contents(parts)
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{_escaped(title)}</title>'
        f"<style>{css}</style></head><body><h1>{_escaped(title)}</h1>{before}{body}</body></html>"
    )


def _contents(parts: list[Part]) -> str:
    lines = "".join(
        f'<li><a href="#part-{number}">{_escaped(part.title)}</a></li>'
        for number, part in enumerate(parts, start=1)
    )
    return f'<ul class="contents">{lines}</ul>'


def text_of(title: str, parts: Iterable[Part]) -> str:
    """The same words as plain text."""
    lines = [title, ""]
    for number, part in enumerate(parts, start=1):
        lines += ["", f"{number}. {part.title}", ""]
        for line in [*part.lines, *part.tables]:
            told = [line.removeprefix("# ")] if isinstance(line, str) else map(" | ".join, line)
            lines += told
    return "\n".join([*lines, ""])


def _lines(part: Part) -> str:
    return "".join(map(_line, part.lines))


def _line(line: str | Table) -> str:
    if not isinstance(line, str):
        return _table(line)
    if line.startswith("# "):
        return f"<h3>{_escaped(line[2:])}</h3>"
    return f"<p>{_escaped(line)}</p>"


def _tables(part: Part) -> str:
    return "".join(map(_table, part.tables))


def _table(table: Table) -> str:
    head, *rows = table
    cells = "".join(_cell("th", cell) for cell in head)
    body = "".join(f"<tr>{''.join(_cell('td', cell) for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _cell(name: str, text: str) -> str:
    """A short word stays in one piece: Korean may be broken anywhere, and a narrow column would."""
    short = ' class="short"' if len(text) <= _SHORT_WORD else ""
    return f"<{name}{short}>{_escaped(text)}</{name}>"


def _escaped(text: str) -> str:
    return escape(writable(text))


def _quoted(text: str) -> str:
    safe = "".join(c if c.isalnum() or c in " .,()「」" else f"\\{ord(c):x} " for c in text)
    return f'"{safe}"'


def print_sheet(html: str, *, seconds: float, leaf: bool = False) -> bytes:
    """The page as PDF; a `leaf` is set smaller until it is one page. Raises PrintingFailed when it can't be made,
    or not in this time."""
    if not can_print():
        raise PrintingFailed(CANNOT)
    printer = [sys.executable, "-m", "coalition.advocacy.packets.sheet", *([LEAF] if leaf else [])]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, no shell)
            printer,
            input=html.encode("utf-8", "replace"),
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PrintingFailed("PDF를 제때 만들지 못했습니다.") from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PrintingFailed("PDF를 만들지 못했습니다.")
    return done.stdout


def main() -> int:
    import weasyprint

    logging.disable(logging.CRITICAL)

    def refuse(url: str, *_: Any, **__: Any) -> NoReturn:
        raise ValueError(f"주소를 따라가지 않습니다: {url}")

    page = weasyprint.HTML(string=sys.stdin.buffer.read().decode("utf-8"), url_fetcher=refuse)
    document = page.render()
    if LEAF in sys.argv:
        for size in _SIZES:
            css = weasyprint.CSS(string=f"html {{ font-size: {size}pt }}")
            document = page.render(stylesheets=[css])
            if len(document.pages) == 1:
                break
    sys.stdout.buffer.write(document.write_pdf())
    return 0


if __name__ == "__main__":
    sys.exit(main())
