"""Lines as they are read from a document, with what is to be said about each."""

from __future__ import annotations

from dataclasses import dataclass, field

from coalition.drafts.files.law_file import FileRefused, LawFile, Note
from coalition.drafts.files.numbering import Tally, few
from coalition.drafts.files.plain_text import tidy

#: A law of 1,000 articles has some 10,000 lines.
MOST_LINES = 200_000
MOST_CHARACTERS = 5 * 1024 * 1024
MOST_FOOTNOTES = 20
MOST_TABLES = 5
_SHORT = 80

#: What is said once per document, with the number of places and their lines.
_SAYINGS = {
    "tracked": (
        "변경 내용 추적 {count}곳을 모두 받아들인 글로 읽었습니다({where}).",
        "받아들이면 안 되는 변경이 있으면 원래 문서에서 정리해 다시 올리세요.",
    ),
    "hidden": ("숨은 글 {count}곳을 뺐습니다({where}).", ""),
    "picture": (
        "그림 {count}개는 글이 아니어서 뺐습니다({where}).",
        "그림 속에 법문이 있으면 손으로 적으세요.",
    ),
    "object": (
        "끼워 넣은 개체 {count}개를 읽지 않았습니다({where}).",
        "그 안에 법문이 있으면 손으로 적으세요.",
    ),
    "equation": (
        "수식 {count}개는 글자로만 옮겼습니다({where}).",
        "줄에 옮겨진 글을 확인하세요.",
    ),
    "box": (
        "글상자 {count}개의 글을 따로 된 줄로 옮겼습니다({where}).",
        "제자리가 맞는지 확인하세요.",
    ),
    "symbol": (
        "기호 글꼴로 쓴 글자 {count}개는 무슨 글자인지 알 수 없어 □로 적었습니다({where}).",
        "맞는 글자로 고치세요.",
    ),
    "comment": ("메모 {count}개는 법문이 아니어서 뺐습니다({where}).", ""),
    "table": (
        "표 {count}개를 더 글줄로 옮겼습니다({where}).",
        "별표이면 그대로 두고, 법문이면 조문 꼴로 고치세요.",
    ),
    "header": ("머리말·꼬리말은 법문이 아니어서 읽지 않았습니다.", ""),
    "unread": (
        "다른 파일에서 가져오는 부분 {count}곳은 읽지 않았습니다({where}).",
        "그 부분을 문서에 넣어 다시 저장하세요.",
    ),
}


@dataclass(slots=True)
class Manuscript:
    """Grows line by line. `say` and `remark` speak of the line that is written next."""

    tally: Tally = field(default_factory=Tally)
    _lines: list[str] = field(default_factory=list)
    _notes: list[Note] = field(default_factory=list)
    _places: dict[str, list[int]] = field(default_factory=dict)
    _footnotes: int = 0
    _tables: int = 0
    _length: int = 0

    @property
    def line(self) -> int:
        """The number of the line that is written next."""
        return len(self._lines) + 1

    def write(self, text: str) -> None:
        """A paragraph; forced line breaks in it end lines."""
        self._length += len(text) + 1
        self._lines += text.replace("\r", "\n").split("\n")
        if len(self._lines) > MOST_LINES or self._length > MOST_CHARACTERS:
            raise FileRefused("문서의 글이 너무 깁니다.")

    def write_heading(self, text: str) -> None:
        """A paragraph that its document calls a heading (제목 1, 개요 1): to law text one like others."""
        self.write(text)

    def write_table(self, rows: list[list[str]]) -> None:
        """A table of several columns, a line per row: `| 1급 | 100만원 |`."""
        for cells in rows:
            self.write(f"| {' | '.join(cells)} |")

    def remark(self, kind: str) -> None:
        """One more place of what `_SAYINGS` names."""
        self._places.setdefault(kind, []).append(self.line)

    def say(self, message: str, remedy: str = "") -> None:
        self._notes.append(Note(self.line, message, remedy))

    def say_table(self, rows: int, columns: int) -> None:
        self._tables += 1
        if self._tables > MOST_TABLES:
            self.remark("table")
            return
        self.say(
            f"표({rows}줄 {columns}칸)를 글줄로 옮겼습니다.",
            "별표이면 그대로 두고, 법문이면 조문 꼴로 고치세요.",
        )

    def say_footnote(self, text: str) -> None:
        """Law text has no footnotes: each is said with its words, the first MOST_FOOTNOTES."""
        self._footnotes += 1
        if self._footnotes > MOST_FOOTNOTES:
            return
        words = " ".join(text.split())
        shown = words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
        self.say(f"각주를 뺐습니다: ‘{shown}’", "법문에 필요하면 본문에 옮기세요.")

    def finished(self) -> LawFile:
        """Raises FileRefused when there is no text."""
        notes = [*self._notes, *self.tally.notes()]
        for kind, lines in self._places.items():
            message, remedy = _SAYINGS[kind]
            where = few([f"{line}행" for line in dict.fromkeys(lines)])
            first = 0 if kind == "header" else lines[0]
            notes.append(Note(first, message.format(count=len(lines), where=where), remedy))
        if self._footnotes > MOST_FOOTNOTES:
            notes.append(Note(0, f"각주가 {self._footnotes - MOST_FOOTNOTES}개 더 있습니다."))
        last = len("\n".join(self._lines).rstrip("\n").split("\n"))
        kept = [Note(min(note.line, last), note.message, note.remedy) for note in notes]
        return tidy("\n".join(self._lines), kept)


def in_cell(paragraphs: list[str]) -> str:
    """The paragraphs of a cell in one line."""
    lines = [line for each in paragraphs for line in each.split("\n")]
    return " / ".join(" ".join(line.split()) for line in lines if line.strip())
