"""한글 documents (.hwpx, OWPML, KS X 6101). Names are told apart without their namespace, because the
programs of 2011, 2016 and 2024 write the same words in different ones."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from coalition.drafts.files.archive import Archive
from coalition.drafts.files.hwpx_numbering import Numbers
from coalition.drafts.files.law_file import FileRefused, LawFile
from coalition.drafts.files.manuscript import Manuscript, in_cell
from coalition.drafts.files.markup import Element, child, integer, name, read_xml, value, whole_text
from coalition.drafts.text import numbers

_NOT_HWPX = "한글 문서(.hwpx)가 아닙니다. 이름만 .hwpx인 파일일 수 있습니다."
_LOCKED = "암호가 걸렸거나 배포용인 문서입니다. 암호를 풀고 다시 저장해 주세요."
_MEDIA_TYPES = (b"application/hwp+zip", b"application/haansofthwp+zip", b"application/owpml")
_CONTENTS = "Contents/content.hpf"
#: Signs inside a run's text. 묶음 빈칸 and 고정폭 빈칸 are blanks, as 한글 itself copies them.
_SIGNS = {"tab": "\t", "lineBreak": "\n", "hyphen": "-", "nbSpace": " ", "fwSpace": " "}
_SHAPES = ("line", "rect", "ellipse", "arc", "polygon", "curve", "connectLine", "container")
_MOST_BOXES_INSIDE = 2


def read(archive: Archive, sheet: Manuscript | None = None) -> LawFile:
    """The text of all sections, written on `sheet`. Raises FileRefused when it is no 한글 document."""
    sections, header = _parts(archive)
    definitions = read_xml(archive.read(header)) if header in archive else None
    document = _Document(definitions, sheet or Manuscript())
    for section in sections:
        document.read_section(read_xml(archive.read(section)))
    return document.sheet.finished()


def _parts(archive: Archive) -> tuple[list[str], str]:
    """The sections in the order of the spine, and the part with the definitions."""
    media_type = archive.read("mimetype").strip() if "mimetype" in archive else b""
    if media_type not in _MEDIA_TYPES or _CONTENTS not in archive:
        raise FileRefused(_NOT_HWPX)
    if "META-INF/manifest.xml" in archive:
        manifest = read_xml(archive.read("META-INF/manifest.xml"))
        if any(name(each) == "encryption-data" for each in manifest.iter()):
            raise FileRefused(_LOCKED)
    package = read_xml(archive.read(_CONTENTS))
    listed = child(package, "manifest")
    items = (
        {value(each, "id"): value(each, "href") for each in listed if name(each) == "item"}
        if (listed is not None)
        else {}
    )
    spine = child(package, "spine")
    ordered = [items.get(value(each, "idref"), "") for each in spine] if spine is not None else []
    found = [_path(href) for href in ordered if posixpath.basename(href).startswith("section")]
    if not found:
        raise FileRefused(_NOT_HWPX)
    header = next(
        (h for h in items.values() if posixpath.basename(h) == "header.xml"), "header.xml"
    )
    return list(dict.fromkeys(found)), _path(header)


def _path(href: str) -> str:
    """Some programs write addresses from the package's root, some from Contents/."""
    href = href.lstrip("/")
    return href if href.startswith("Contents/") else f"Contents/{href}"


class _Document:
    """One document while it is read."""

    def __init__(self, header: Element | None, sheet: Manuscript) -> None:
        self.sheet = sheet
        self._numbers = Numbers(header)
        self._controls: dict[str, Callable[[Element], str]] = {
            "footNote": self._footnote,
            "endNote": self._footnote,
            "header": self._header,
            "footer": self._header,
            "hiddenComment": self._comment,
            "fieldBegin": self._field,
            "autoNum": self._auto_number,
        }
        self._deleting = False
        self._carried = ""
        self._hanging: list[Element] = []
        self._inside = 0

    def read_section(self, section: Element) -> None:
        if name(section) != "sec":
            raise FileRefused(_NOT_HWPX)
        definition = next((each for each in section.iter() if name(each) == "secPr"), None)
        self._numbers.begin_section(value(definition, "outlineShapeIDRef"))
        self._paragraphs(section)
        if self._carried:
            self.sheet.write(self._carried)
            self._carried = ""

    def _paragraphs(self, parent: Element) -> None:
        for each in parent:
            if name(each) == "p":
                self._paragraph(each)

    def _paragraph(self, paragraph: Element) -> None:
        text, ends = self._text(paragraph)
        text = self._carried + text
        self._carried = ""
        hanging, self._hanging = self._hanging, []
        if not ends:
            self._carried = text
        elif text.strip() or not hanging:
            written = self._numbers.before(paragraph, text, self.sheet)
            if self._numbers.is_heading(paragraph):
                self.sheet.write_heading(written)
            else:
                self.sheet.write(written)
        for each in hanging:
            self._hang(each)

    def _hang(self, each: Element) -> None:
        """What hangs on a paragraph: a table or a box with text, written behind it."""
        if self._inside >= _MOST_BOXES_INSIDE * 4:
            self.sheet.remark("object")
            return
        self._inside += 1
        if name(each) == "tbl":
            self._table(each)
        else:
            self.sheet.remark("box")
            for box in _lists_in(each):
                self._paragraphs(box)
        self._inside -= 1

    def _text(self, paragraph: Element) -> tuple[str, bool]:
        """The paragraph's text with tracked changes accepted, and whether its end remains."""
        parts: list[str] = []
        ends = True
        for run in paragraph:
            if name(run) != "run":
                continue
            for each in run:
                if name(each) == "t":
                    text, goes_on = self._signs(each)
                    parts.append(text)
                    ends = ends and not goes_on
                else:
                    parts.append(self._object(each))
        return "".join(parts), ends

    def _signs(self, element: Element) -> tuple[str, bool]:
        """A run's text; True when the end of the paragraph was struck."""
        parts = [self._kept(element.text)]
        goes_on = False
        for each in element:
            kind = name(each)
            if kind in ("insertBegin", "deleteBegin"):
                self.sheet.remark("tracked")
            if kind in ("deleteBegin", "deleteEnd"):
                self._deleting = kind == "deleteBegin"
                goes_on = goes_on or (
                    kind == "deleteEnd" and value(each, "paraend") in ("1", "true")
                )
            parts += [self._kept(_SIGNS.get(kind)), self._kept(each.tail)]
        return "".join(parts), goes_on

    def _kept(self, text: str | None) -> str:
        return "" if self._deleting or not text else text

    def _object(self, each: Element) -> str:
        kind = name(each)
        if kind == "ctrl":
            return "".join(self._control(inner) for inner in each)
        if kind == "tbl" or (kind in _SHAPES and _lists_in(each)):
            if not self._deleting:
                self._hanging.append(each)
        elif kind == "pic":
            self.sheet.remark("picture")
        elif kind in ("ole", "chart", "video"):
            self.sheet.remark("object")
        elif kind == "equation":
            self.sheet.remark("equation")
            script = child(each, "script")
            return self._kept(script.text if script is not None else "")
        elif kind == "compose":
            return self._kept(_composed(each))
        elif kind == "dutmal":
            main = child(each, "mainText")
            return self._kept(whole_text(main) if main is not None else "")
        elif kind == "textart":
            return self._kept(value(each, "text"))
        return ""

    def _control(self, each: Element) -> str:
        known = self._controls.get(name(each))
        return known(each) if known else ""

    def _footnote(self, each: Element) -> str:
        if not self._deleting:
            self.sheet.say_footnote(_all_text(each))
        return ""

    def _header(self, each: Element) -> str:
        if _all_text(each).strip():
            self.sheet.remark("header")
        return ""

    def _comment(self, each: Element) -> str:
        self.sheet.remark("comment")
        return ""

    def _field(self, each: Element) -> str:
        if value(each, "type") == "MEMO":
            self.sheet.remark("comment")
        return ""

    def _auto_number(self, each: Element) -> str:
        """The number of a table or picture in its caption; page numbers are no text."""
        if value(each, "numType") in ("TABLE", "PICTURE", "EQUATION"):
            return value(each, "num")
        return ""

    def _table(self, table: Element) -> None:
        rows = [[cell for cell in row if name(cell) == "tc"] for row in table if name(row) == "tr"]
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        caption = child(table, "caption", "subList")
        if caption is not None:
            self._paragraphs(caption)
        self.sheet.say_table(len(rows), columns)
        for cells in rows:
            if columns == 1:
                for cell in cells:
                    for box in _lists_in(cell):
                        self._paragraphs(box)
            else:
                self.sheet.write_table([self._row(cells)])

    def _row(self, cells: list[Element]) -> list[str]:
        """The cells of a row; one empty cell stands where a cell from above reaches down."""
        written: list[str] = []
        expected = 0
        for cell in cells:
            column = integer(value(child(cell, "cellAddr"), "colAddr"), expected)
            if column > expected:
                written.append("")
            written.append(in_cell(self._cell(cell)))
            expected = column + integer(value(child(cell, "cellSpan"), "colSpan"), 1)
        return written

    def _cell(self, cell: Element) -> list[str]:
        found: list[str] = []
        for box in _lists_in(cell):
            for paragraph in box:
                if name(paragraph) != "p":
                    continue
                text, _ = self._text(paragraph)
                found.append(self._numbers.before(paragraph, text, self.sheet))
                hanging, self._hanging = self._hanging, []
                for each in hanging:
                    found += [
                        text
                        for inner in each.iter()
                        if name(inner) == "p"
                        for text in [_own_text(inner)]
                        if text
                    ]
        return found


def _lists_in(element: Element) -> list[Element]:
    """The lists of paragraphs that belong to a cell, a box, or the boxes of a group."""
    found = [each for each in element if name(each) == "subList"]
    drawn = child(element, "drawText", "subList")
    if drawn is not None:
        found.append(drawn)
    for each in element:
        if name(each) in _SHAPES:
            found += _lists_in(each)
    return found


def _all_text(element: Element) -> str:
    return "".join(whole_text(each) for each in element.iter() if name(each) == "t")


def _own_text(paragraph: Element) -> str:
    return "".join(
        whole_text(each)
        for run in paragraph
        if name(run) == "run"
        for each in run
        if name(each) == "t"
    ).strip()


def _composed(each: Element) -> str:
    """글자 겹치기: 한글 has no ㊿ on its keyboard, so people put 21 into a circle."""
    text = value(each, "composeText")
    in_circle = value(each, "circleType") in ("SHAPE_CIRCLE", "")
    if in_circle and text.isascii() and text.isdecimal() and len(text) <= 2 and int(text):
        return numbers.circled(int(text))
    return text
