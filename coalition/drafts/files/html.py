"""HTML as 한글, Word and browsers put it on the clipboard: lines of law text, and nothing of the looks."""

from __future__ import annotations

import re

from lxml import etree

from coalition.drafts.files.law_file import FileRefused, LawFile
from coalition.drafts.files.manuscript import MOST_CHARACTERS, Manuscript, in_cell
from coalition.drafts.files.markup import MOST_TAGS, Element, integer, name, whole_text
from coalition.drafts.files.numbering import WRITTEN
from coalition.drafts.text import markers

_IGNORED = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "xml", "meta", "link", "object",
     "iframe", "svg", "math", "select", "button", "textarea", "input"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "section",
     "article", "main", "header", "footer", "aside", "nav", "address", "center", "pre", "dl", "dt",
     "dd", "figure", "figcaption", "hr", "form", "fieldset", "body", "html", "caption", "table"}
)  # fmt: skip
#: How a browser numbers a list, by its `type` and by the style's list-style-type.
_LIST_KINDS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "hangul": "ganada", "hangul-consonant": "chosung",
    "korean-hangul-formal": "koreanCounting", "decimal-leading-zero": "decimalZero",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_FOOTNOTE = re.compile(r"mso-element\s*:\s*(?:footnote|endnote)(?:-list)?\b")
_COMMENT = re.compile(r"mso-element\s*:\s*comment")
_ENOUGH = 30
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def text_of_html(html: str, sheet: Manuscript | None = None) -> LawFile:
    """The text of pasted HTML, written on `sheet`. Raises FileRefused, and nothing else."""
    if len(html) > MOST_CHARACTERS or html.count("<") > MOST_TAGS:
        raise FileRefused("붙여 넣은 글이 너무 깁니다. 나누어 붙여 넣어 주세요.")
    # Windows puts a head of plain lines before the HTML (CF_HTML).
    start = html.find("<") if html.startswith("Version:") else 0
    # A lone surrogate and NUL are no characters; the HTML parser would stop there.
    written = html[max(start, 0) :].replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(written, parser) if written.strip() else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused("붙여 넣은 것을 글로 읽을 수 없습니다.") from error
    if root is None:
        raise FileRefused("붙여 넣은 글이 없습니다.")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise FileRefused("붙여 넣은 글의 짜임이 너무 깊습니다. 서식 없이 붙여 넣어 주세요.")
    reader = _Reader(sheet or Manuscript())
    reader.read(root)
    return reader.finished()


class _Reader:
    """Collects the words of one line until a block begins or ends."""

    def __init__(self, sheet: Manuscript) -> None:
        self._sheet = sheet
        self._line: list[str] = []
        self._lists: list[_List] = []
        self._pre = 0
        self._cell: list[str] | None = None  # the lines of the table cell that is being read

    def finished(self) -> LawFile:
        self._end_line()
        return self._sheet.finished()

    def read(self, element: Element) -> None:
        """The element with all below it; the depth is bounded by the parser (256)."""
        kind = name(element).lower()
        if self._is_left_out(element, kind):
            return
        if kind == "br":
            self._end_line(forced=True)
            return
        if kind == "img":
            self._sheet.remark("picture")
            return
        if kind == "table":
            self._end_line()
            self._table(element)
            return
        is_block = kind in _BLOCKS
        if is_block:
            self._end_line()
        first = self._sheet.line
        self._begin(element, kind)
        self._inside(element)
        self._end(kind)
        if is_block:
            self._end_line(forced=kind == "p" and self._sheet.line == first)

    def _inside(self, element: Element) -> None:
        self._words(element.text)
        for each in element:
            self.read(each)
            self._words(each.tail)

    def _is_left_out(self, element: Element, kind: str) -> bool:
        if kind in _IGNORED:
            return True
        style = str(element.get("style", "")).lower()
        if kind in ("del", "ins"):
            self._sheet.remark("tracked")
        if _FOOTNOTE.search(style):
            if (words := whole_text(element)).strip():
                self._end_line()
                self._sheet.say_footnote(words)
            return True
        if _COMMENT.search(style):
            self._sheet.remark("comment")
            return True
        if _HIDDEN.search(style) or element.get("hidden") is not None:
            if whole_text(element).strip():
                self._sheet.remark("hidden")
            return True
        is_note_sign = kind == "a" and str(element.get("href", "")).startswith(("#_ftn", "#_edn"))
        return kind == "del" or is_note_sign

    def _begin(self, element: Element, kind: str) -> None:
        if kind in ("ol", "ul"):
            self._lists.append(_List(element, kind))
        elif kind == "li":
            self._item(element)
        elif kind == "pre":
            self._pre += 1

    def _end(self, kind: str) -> None:
        if kind in ("ol", "ul"):
            self._end_line()
            self._lists.pop()
        elif kind == "pre":
            self._pre -= 1

    def _item(self, element: Element) -> None:
        """A list item: its number is painted by the browser and no text."""
        words = _beginning(element)
        inside = self._lists[-1] if self._lists else None
        if not words:
            return
        if inside is None or not inside.is_ordered:
            if markers.read(words) is None:
                self._sheet.tally.bullets.append(self._sheet.line)
            return
        number = inside.next(element)
        if markers.read(words) is not None:
            return  # Word writes the number as text too
        if number is None:
            self._sheet.tally.note_lost(inside.key, self._sheet.line)
            return
        self._sheet.tally.note_made(inside.key, self._sheet.line, number)
        self._line.append(f"{number} ")

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if self._pre:
            first, *more = text.replace("\xa0", " ").split("\n")
            self._line.append(first)
            for line in more:
                self._end_line(forced=True)
                self._line.append(line)
            return
        self._line.append(_BLANKS.sub(" ", text))

    def _end_line(self, *, forced: bool = False) -> None:
        """Blanks of the source run together, those that the author made (&nbsp;) stay."""
        words = re.sub(" {2,}", " ", "".join(self._line)) if not self._pre else "".join(self._line)
        self._line = []
        words = (words.strip(" ") if not self._pre else words).replace("\xa0", " ").rstrip()
        if self._cell is not None:
            self._cell.append(words)
        elif words or forced:
            self._sheet.write(words)

    def _table(self, table: Element) -> None:
        rows = [[each for each in row if name(each) in ("td", "th")] for row in _rows(table)]
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        for each in table:
            if name(each) == "caption":
                self.read(each)
        if self._cell is None:
            self._sheet.say_table(len(rows), columns)
        for cells in rows:
            if columns == 1 or self._cell is not None:
                for cell in cells:
                    self._inside(cell)
                    self._end_line()
            else:
                self._sheet.write_table([[self._in_one_line(cell) for cell in cells]])

    def _in_one_line(self, cell: Element) -> str:
        self._cell = []
        self._inside(cell)
        self._end_line()
        lines, self._cell = self._cell, None
        return in_cell(lines)


def _beginning(element: Element) -> str:
    """The first words, enough to see a number in: lists may lie in lists, so no item is read whole."""
    words = ""
    for piece in element.itertext():
        words = (words + str(piece)[:_ENOUGH]).lstrip()
        if len(words) >= _ENOUGH:
            break
    return words.rstrip()


class _List:
    """An <ol> or <ul> that is open."""

    def __init__(self, element: Element, kind: str) -> None:
        self.is_ordered = kind == "ol"
        self.key = str(id(element))
        style = _LIST_STYLE.search(str(element.get("style", "")).lower())
        written = style[1] if style else str(element.get("type", "1"))
        self._kind = _LIST_KINDS.get(written, "")
        self._count = integer(str(element.get("start", "1")), 1) - 1
        if written == "none":
            self.is_ordered = False

    def next(self, item: Element) -> str | None:
        self._count = integer(str(item.get("value", "")), self._count + 1)
        write = WRITTEN.get(self._kind)
        return f"{write(self._count)}." if write and self._count > 0 else None


def _rows(table: Element) -> list[Element]:
    rows: list[Element] = []
    for each in table:
        if name(each) == "tr":
            rows.append(each)
        elif name(each) in ("thead", "tbody", "tfoot"):
            rows += [row for row in each if name(row) == "tr"]
    return rows
