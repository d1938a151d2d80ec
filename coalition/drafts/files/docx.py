"""Word documents (.docx, Office Open XML, both the transitional and the strict names)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from coalition.drafts.files.archive import DAMAGED, Archive
from coalition.drafts.files.docx_numbering import Numbers
from coalition.drafts.files.law_file import FileRefused, LawFile
from coalition.drafts.files.manuscript import Manuscript, in_cell
from coalition.drafts.files.markup import Element, child, name, read_xml, value

_NOT_WORD = "워드 문서(.docx)가 아닙니다. 이름만 .docx인 파일일 수 있습니다."
#: Where text stands that is no text of the law or was struck.
_STRUCK = frozenset({"del", "moveFrom"})
_TRACKED = frozenset({"ins", "moveTo", "del", "moveFrom"})
_WRAPPERS = frozenset(
    {"hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo",
     "ins", "moveTo", "oMathPara"}
)  # fmt: skip
_ON = frozenset({"", "1", "true", "on"})
#: How a sign in a run is written.
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
#: Signs of the Symbol font that occur in law texts as lists or dots.
_SYMBOL_DOTS = {"F0B7": "ㆍ", "00B7": "ㆍ", "F0D7": "ㆍ"}


def read(archive: Archive, sheet: Manuscript | None = None) -> LawFile:
    """The text of a Word document's body, written on `sheet`. Raises FileRefused when it isn't one."""
    return _Document(archive, sheet or Manuscript()).read()


class _Document:
    """One document while it is read."""

    def __init__(self, archive: Archive, sheet: Manuscript) -> None:
        self._archive = archive
        self._main = _main_part(archive)
        self._sheet = sheet
        self._numbers = Numbers(self._part("styles"), self._part("numbering"))
        self._footnotes = {
            **_notes_by_id(self._part("footnotes"), "footnote"),
            **_notes_by_id(self._part("endnotes"), "endnote"),
        }
        self._others: dict[str, Callable[[Element], str]] = {
            "footnoteReference": self._footnote,
            "endnoteReference": self._footnote,
            "commentReference": self._comment,
            "drawing": self._drawing,
            "pict": self._drawing,
            "object": self._object,
            "AlternateContent": self._alternate,
            "ruby": self._ruby,
        }
        self._boxes: list[Element] = []
        self._in_box = 0
        self._carried = ""

    def read(self) -> LawFile:
        root = read_xml(self._archive.read(self._main))
        body = child(root, "body")
        if name(root) != "document" or body is None:
            raise FileRefused(_NOT_WORD)
        self._blocks(body)
        if self._carried:
            self._sheet.write(self._carried)
        self._look_at_headers()
        return self._sheet.finished()

    def _part(self, kind: str) -> Element | None:
        """A part beside the main one: styles, numbering, footnotes."""
        path = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        return read_xml(self._archive.read(path)) if path in self._archive else None

    def _blocks(self, parent: Element) -> None:
        """Paragraphs and tables in order."""
        for each in parent:
            kind = name(each)
            if kind == "p":
                self._paragraph(each)
            elif kind == "tbl":
                self._table(each)
            elif kind == "altChunk":
                self._sheet.remark("unread")
            elif kind in _WRAPPERS:
                self._blocks(each)
            elif kind in _STRUCK:
                self._sheet.remark("tracked")

    def _paragraph(self, paragraph: Element) -> None:
        text = self._carried + self._text(paragraph)
        self._carried = ""
        mark = child(paragraph, "pPr", "rPr")
        if mark is not None and any(name(each) in _TRACKED for each in mark):
            self._sheet.remark("tracked")
            if any(name(each) in _STRUCK for each in mark):
                self._carried = text  # its end was struck: it goes on with the next paragraph
                return
        written = self._numbered(paragraph, text)
        if self._numbers.is_heading(paragraph):
            self._sheet.write_heading(written)
        else:
            self._sheet.write(written)
        self._write_boxes()

    def _write_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            if self._in_box < 2:
                self._in_box += 1
                self._sheet.remark("box")
                self._blocks(box)
                self._in_box -= 1

    def _numbered(self, paragraph: Element, text: str) -> str:
        return self._numbers.before(paragraph, text, self._sheet)

    def _text(self, parent: Element) -> str:
        """The text that remains once every tracked change is accepted."""
        parts: list[str] = []
        for each in parent:
            kind = name(each)
            if kind in _TRACKED:
                self._sheet.remark("tracked")
            if kind == "r":
                parts.append(self._run(each))
            elif kind in _WRAPPERS:
                parts.append(self._text(each))
            elif kind == "oMath":
                self._sheet.remark("equation")
                parts.append("".join(t.text or "" for t in each.iter() if name(t) == "t"))
            elif kind == "AlternateContent":
                parts.append(self._text(_chosen(each)))
        return "".join(parts)

    def _run(self, run: Element) -> str:
        vanish = child(run, "rPr", "vanish")
        if vanish is not None and value(vanish, "val") in _ON:
            self._sheet.remark("hidden")
            return ""
        return "".join(self._sign(each) for each in run)

    def _sign(self, each: Element) -> str:
        kind = name(each)
        if kind == "t":
            return each.text or ""
        if kind in _SIGNS:
            return _SIGNS[kind]
        if kind == "br":
            return "\n" if value(each, "type") in ("", "textWrapping") else ""
        if kind == "sym":
            return self._symbol(each)
        other = self._others.get(kind)
        return other(each) if other else ""

    def _symbol(self, each: Element) -> str:
        known = _SYMBOL_DOTS.get(value(each, "char").upper())
        if known is None:
            self._sheet.remark("symbol")
        return known or "□"

    def _footnote(self, each: Element) -> str:
        self._sheet.say_footnote(self._footnotes.get(value(each, "id"), ""))
        return ""

    def _comment(self, _each: Element) -> str:
        self._sheet.remark("comment")
        return ""

    def _drawing(self, each: Element) -> str:
        boxes = [inner for inner in each.iter() if name(inner) == "txbxContent"]
        if boxes:
            self._boxes += boxes[:1]
        else:
            self._sheet.remark("picture")
        return ""

    def _object(self, _each: Element) -> str:
        self._sheet.remark("object")
        return ""

    def _alternate(self, each: Element) -> str:
        return "".join(self._sign(inner) for inner in _chosen(each))

    def _ruby(self, each: Element) -> str:
        base = child(each, "rubyBase")
        return self._text(base) if base is not None else ""

    def _table(self, table: Element) -> None:
        rows = [row for row in _deep(table, "tr") if not self._is_struck(row)]
        columns = max((len(_deep(row, "tc")) for row in rows), default=0)
        if not columns:
            return
        self._sheet.say_table(len(rows), columns)
        for row in rows:
            cells = _deep(row, "tc")
            if columns == 1:
                for cell in cells:
                    self._blocks(cell)
            else:
                self._sheet.write_table([[self._cell(cell) for cell in cells]])

    def _is_struck(self, row: Element) -> bool:
        properties = child(row, "trPr")
        inside = properties if properties is not None else ()
        changes = [each for each in inside if name(each) in _TRACKED]
        if changes:
            self._sheet.remark("tracked")
        return any(name(each) in _STRUCK for each in changes)

    def _cell(self, cell: Element) -> str:
        merge = child(cell, "tcPr", "vMerge")
        if merge is not None and value(merge, "val") != "restart":
            return ""
        return in_cell(self._in_cell(cell))

    def _in_cell(self, parent: Element) -> list[str]:
        """The paragraphs of a cell, those of tables and boxes inside it too."""
        found: list[str] = []
        for each in parent:
            if name(each) == "p":
                found.append(self._numbered(each, self._text(each)))
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    found += self._in_cell(box)
            elif name(each) in _WRAPPERS or name(each) in ("tbl", "tr", "tc"):
                found += self._in_cell(each)
        return found

    def _look_at_headers(self) -> None:
        folder = posixpath.dirname(self._main)
        for part in self._archive.names():
            stem = posixpath.basename(part)
            if posixpath.dirname(part) != folder or not stem.startswith(("header", "footer")):
                continue
            if stem.endswith(".xml") and _all_text(read_xml(self._archive.read(part))).strip():
                self._sheet.remark("header")
                return


def _main_part(archive: Archive) -> str:
    """Where the package says its document is; word/document.xml in every real one."""
    if "[Content_Types].xml" not in archive or "_rels/.rels" not in archive:
        raise FileRefused(_NOT_WORD)
    for relation in read_xml(archive.read("_rels/.rels")):
        if value(relation, "Type").endswith("/officeDocument"):
            target = value(relation, "Target").lstrip("/")
            if target in archive:
                return target
    raise FileRefused(f"{_NOT_WORD} {DAMAGED}")


def _notes_by_id(part: Element | None, kind: str) -> dict[str, str]:
    if part is None:
        return {}
    return {value(each, "id"): _all_text(each) for each in part if name(each) == kind}


def _all_text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter() if name(each) == "t")


def _chosen(alternate: Element) -> Element:
    """Both sides of an alternative hold the same words: the first is read."""
    choice = child(alternate, "Choice")
    return choice if choice is not None else alternate


def _deep(parent: Element, kind: str) -> list[Element]:
    """Rows or cells, also those that stand in content controls."""
    found: list[Element] = []
    for each in parent:
        if name(each) == kind:
            found.append(each)
        elif name(each) in _WRAPPERS:
            found += _deep(each, kind)
    return found
