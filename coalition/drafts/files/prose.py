"""Reports, plans and minutes as blocks: headings, paragraphs and tables, and nothing of their looks.

The readers of law text write lines; this sheet takes the same lines as prose, so that what holds for their
archives, tracked changes and automatic numbers holds here too. ①②, 「」 and every letter stay as they are
typed; only the many dots, tildes and blanks that 한글 knows become the one of each that a keyboard writes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from coalition.drafts.files.law_file import FileRefused, LawFile
from coalition.drafts.files.manuscript import Manuscript
from coalition.drafts.text.lines import BLANKS, UNSEEN

MOST_BLOCKS = 2_000
MOST_ROWS = 500
MOST_COLUMNS = 30
LONGEST = 200_000

_SAME = str.maketrans({**dict.fromkeys("ㆍ・･‧∙⋅", "·"), **dict.fromkeys("∼～〜", "~")})
_BLANK = re.compile(f"[{BLANKS}\t]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
#: How headings begin in documents of Korean offices; □ and ■ are only their look.
_HEADING = re.compile(r"(?:[□■◆◇❏]\s*|(?=[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s*\.?\s))(?P<text>.*)")
_LONGEST_HEADING = 60
_SENTENCE = re.compile(r"[.다음함임됨]$|[.:;]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above others."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; forced line breaks stay."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one width. The first is what a reader takes for the header."""

    rows: list[list[str]]


Block = Heading | Paragraph | Table


@dataclass(slots=True)
class Prose:
    """What a document says, and what it held that blocks do not."""

    blocks: list[Block]
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words, a line per paragraph and per row."""
        lines = []
        for block in self.blocks:
            if isinstance(block, Table):
                lines += ["\t".join(row) for row in block.rows]
            else:
                lines.append(block.text)
        return "\n".join(lines)


@dataclass(slots=True)
class ProseSheet(Manuscript):
    """A manuscript that keeps its tables."""

    _blocks: list[Block] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)

    def write(self, text: str) -> None:
        Manuscript.write(self, text)
        self._end_table()
        said = plain(text)
        if said:
            heading = _heading(said)
            self._add(Heading(heading) if heading else Paragraph(said))

    def write_heading(self, text: str) -> None:
        said = plain(text)
        if "\n" in said or len(said) > _LONGEST_HEADING or not said or _SENTENCE.search(said):
            self.write(text)  # a sentence that somebody set in the style of headings
            return
        Manuscript.write(self, text)
        self._end_table()
        self._add(Heading(_heading(said) or said))

    def write_table(self, rows: list[list[str]]) -> None:
        Manuscript.write(self, " ".join(cell for cells in rows for cell in cells))
        self._rows += [[plain(cell) for cell in cells] for cells in rows]
        if len(self._rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in self._rows):
            raise FileRefused(
                f"표가 너무 큽니다({MOST_ROWS}줄 {MOST_COLUMNS}칸까지). 큰 표는 자료로 올려 주세요."
            )

    def say_table(self, rows: int, columns: int) -> None:
        """A table begins; nothing has to be said of what is kept."""
        self._end_table()

    def prose(self, read: LawFile) -> Prose:
        """The blocks, with the notes that the reader left."""
        self._end_table()
        if sum(len(line) for line in self._lines) > LONGEST:
            raise FileRefused("사례 하나로 담기에 글이 너무 깁니다. 나누어 가져오세요.")
        notes = [f"{n.message} {n.remedy}".strip().replace("법문", "본문") for n in read.notes]
        return Prose(self._blocks, notes)

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        width = max(map(len, rows), default=0)
        if any(any(row) for row in rows):
            self._add(Table([row + [""] * (width - len(row)) for row in rows]))

    def _add(self, block: Block) -> None:
        self._blocks.append(block)
        if len(self._blocks) > MOST_BLOCKS:
            raise FileRefused("사례 하나로 담기에 글이 너무 깁니다. 나누어 가져오세요.")


def plain(text: str) -> str:
    """A text as somebody would type it."""
    text = unicodedata.normalize("NFC", text).translate(_SAME)
    text = _UNSEEN.sub("", _BLANK.sub(" ", text))
    lines = (re.sub(" {2,}", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _heading(text: str) -> str:
    found = _HEADING.match(text)
    if found is None or "\n" in text or len(text) > _LONGEST_HEADING:
        return ""
    said = found["text"].strip()
    return "" if not said or _SENTENCE.search(said) else said
