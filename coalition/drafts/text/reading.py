"""From lines to a tree: one pass over the source, one open node per level.

Every character of the source goes into the `lead` or the `body` of exactly one node, in order;
that is why printing gives back the same bytes whatever the text looks like.
"""

from __future__ import annotations

from coalition.drafts.text import accept, amending, eids, lines, markers, marks, numbers, wrapping
from coalition.drafts.text.lines import Line
from coalition.drafts.text.markers import Marker
from coalition.drafts.text.tree import STRUCTURE, Node

#: A title may run over so many lines …
TITLE_LINES = 4
#: … and so many characters.
TITLE_LENGTH = 400

_HEADED = STRUCTURE | {"bill", "supplement", "annex"}
_OPENS_TITLE = ("(", "（", "【", "〔")
_ROOT = Marker("bill", 0, None, (), "", 0)


class Reader:
    """Reads one text. `tree` is the result; `stray` are lines that belong to no article,
    `unclosed` those with a title whose bracket never closes, `title_lines` the numbers of lines
    that go on with a title."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = lines.split(source)
        self.wrap = wrapping.find(self.lines)
        self.tree = Node("bill")
        self.stray: list[Line] = []
        self.unclosed: list[Line] = []
        self.title_lines: set[int] = set()
        self._open: list[tuple[Node, Marker]] = [(self.tree, _ROOT)]
        self._pieces: list[list[str]] = [[]]
        self._raws: list[list[str]] = [[]]
        self._last_article: tuple[int, ...] = ()
        self._block: amending.Block | None = None
        self._supplements = 0
        self._in_note = False

    def read(self) -> Node:
        """Read all lines and return the finished tree."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line.words:
                self._raws[-1].append(line.raw)
                at += 1
                continue
            if line.marker is not None:
                at = self._meet(line.marker, at)
            elif line.words[0] == "제" and amending.is_gap(line.words):
                at = self._gap(markers.RANK["article"], at)
            else:
                at = self._continue(at)
        while self._open:
            self._close()
        eids.assign(self.tree)
        return self.tree

    # A line with a marker

    def _meet(self, marker: Marker, at: int) -> int:
        """Open what the marker stands for, or go on with the text; return the next line's index."""
        words = self.lines[at].words
        current, _ = self._open[-1]
        if current.kind == "annex" and marker.kind not in ("supplement", "annex"):
            return self._continue(at)
        if marker.kind == "subsubitem":
            self._set_depth(marker)
        end, title, text_at = self._title(marker, at)
        if marker.kind in ("article", "paragraph", "item") and amending.is_gap(words):
            return self._gap(marker.rank, at)
        place = self._place(marker, at)
        place.title = title
        place.rest = self.lines[end].words[text_at:]
        place.after = self.lines[end + 1].words if end + 1 < len(self.lines) else ""
        place.glued = self._is_glued(marker, end, text_at)
        if self._block is not None:
            if not self._block.ends_at(marker, title or "", words):
                return self._continue(at)
        elif self._amends_in_place(marker, words):
            return self._continue(at)
        if not accept.is_real(marker, place):
            return self._continue(at)
        return self._begin(marker, at, end, title, text_at)

    def _is_glued(self, marker: Marker, end: int, text_at: int) -> bool:
        """Whether a letter follows the title's bracket at once: 제10조(…)에 따른."""
        words = self.lines[end].words
        behind = words[text_at : text_at + 1]
        return marker.opens >= 0 and behind not in ("", *"①<[(") and words[text_at - 1] in ")）】〕"

    def _place(self, marker: Marker, at: int) -> accept.Place:
        depth = self._depth_of_parent(marker.rank)
        return accept.Place(
            lines=self.lines,
            at=at,
            parent=self._open[depth][0],
            pieces=self._pieces[depth],
            last_article=self._last_article,
            in_note=self._in_note,
            wrap=self.wrap,
        )

    def _depth_of_parent(self, rank: int) -> int:
        depth = len(self._open) - 1
        while depth and self._open[depth][1].rank >= rank:
            depth -= 1
        return depth

    def _set_depth(self, marker: Marker) -> None:
        """세목 1), 가), (1), (가): a form already open is its sibling, a new form one step deeper."""
        for _, opened in self._open:
            if opened.kind == "subsubitem":
                marker.rank = opened.rank
                if opened.shape == marker.shape:
                    return
                marker.rank += 1

    def _amends_in_place(self, marker: Marker, words: str) -> bool:
        """⑤최저임금법중 다음과 같이 개정한다. inside 부칙 제8조: the article's own block."""
        if marker.kind != "paragraph" or not amending.begins_block([words]):
            return False
        for node, opened in reversed(self._open):
            if node.kind == "article":
                if node.children or self._open[1][0].kind != "supplement":
                    return False
                self._block = amending.Block(opened)
                node.amends = True
                return True
        return False

    def _title(self, marker: Marker, at: int) -> tuple[int, str | None, int]:
        """The line on which the text begins, the title (None when unclosed), where the text begins."""
        line = self.lines[at]
        opens = marker.opens
        if marker.kind == "paragraph" and self._may_have_title(line.words, marker.end):
            opens = marker.end
        if opens < 0:
            return at, "", marker.end
        joined = line.words
        joiner = self.wrap.joiner if self.wrap else " "
        for end in range(at, min(at + TITLE_LINES, len(self.lines))):
            if end > at:
                words = self.lines[end].words
                if not words or len(joined) > TITLE_LENGTH:
                    break
                joined += joiner + words
            closes = markers.closing(joined, opens)
            if closes >= 0:
                words = self.lines[end].words
                text_at = _skip_blanks(words, len(words) - len(joined) + closes + 1)
                return end, joined[opens + 1 : closes].strip(" "), text_at
        return at, None, marker.end

    def _may_have_title(self, words: str, at: int) -> bool:
        """①(시행일) of a 부칙; in the body a bracket after ① belongs to the text."""
        return words[at : at + 1] in _OPENS_TITLE and self._in_supplement()

    def _in_supplement(self) -> bool:
        return len(self._open) > 1 and self._open[1][0].kind == "supplement"

    # Opening and closing

    def _begin(self, marker: Marker, at: int, end: int, title: str | None, text_at: int) -> int:
        if title is None:
            self.unclosed.append(self.lines[at])
        self._close_from(markers.RANK["paragraph"] if marker.kind == "note" else marker.rank)
        line = self.lines[at]
        node = Node(
            marker.kind,
            marker.num,
            marker.branch,
            marker.label,
            title or "",
            line=line.number,
            last_line=self.lines[end].number,
        )
        if marker.kind == "article":
            self._last_article = marker.number
        elif marker.kind == "supplement":
            self._supplements += 1
            node.num = self._supplements
            self._last_article = ()
        if marker.kind in ("article", "paragraph", "supplement", "annex"):
            self._block = None
        last = self.lines[end]
        cut = lines.raw_offset(last, last.indent + text_at)
        node.lead = last.raw[:cut]
        if end > at:
            self.title_lines.update(range(line.number + 1, last.number + 1))
            node.lead = "".join(each.raw for each in self.lines[at:end]) + node.lead
        self._push(node, marker)
        self._read_rest(marker, last, text_at, cut)
        return end + 1

    def _push(self, node: Node, marker: Marker) -> None:
        self._open[-1][0].children.append(node)
        self._open.append((node, marker))
        self._in_note = self._in_note or marker is markers.NOTE
        self._pieces.append([])
        self._raws.append([])

    def _read_rest(self, marker: Marker, line: Line, text_at: int, cut: int) -> None:
        """The text behind the marker; 제2조(정의) ① opens the paragraph on the same line.

        The text begins at `text_at` of the line's words and at `cut` of its raw form.
        """
        node = self._open[-1][0]
        words = line.words[text_at:]
        if marker.kind == "article" and words and words[0] in numbers.CIRCLED:
            inline = markers.read(words)
            if inline is not None and not amending.is_gap(words):
                self._read_inline(inline, line, text_at, cut)
                return
        self._raws[-1].append(line.raw[cut:])
        if words:
            self._pieces[-1].append(words)
        begins = amending.is_amending_title(node.title) or amending.begins_block(self._pieces[-1])
        if begins and marker.kind in ("article", "paragraph"):
            self._block = amending.Block(marker)
            self._block.read(self._pieces[-1])
            node.amends = True

    def _read_inline(self, marker: Marker, line: Line, text_at: int, cut: int) -> None:
        article, opened = self._open[-1]
        words = line.words[text_at:]
        if amending.is_amending_title(article.title):
            self._block = amending.Block(opened)
            article.amends = True
            self._raws[-1].append(line.raw[cut:])
            self._pieces[-1].append(words)
            return
        title = ""
        end = marker.end
        if self._may_have_title(words, end):
            closes = markers.closing(words, end)
            if closes >= 0:
                title = words[end + 1 : closes].strip(" ")
                end = _skip_blanks(words, closes + 1)
        begins = lines.raw_offset(line, line.indent + text_at + end)
        node = Node(
            "paragraph",
            marker.num,
            marker.branch,
            marker.label,
            title,
            line=line.number,
            column=cut + 1,
            last_line=line.number,
            lead=line.raw[cut:begins],
        )
        self._push(node, marker)
        self._read_rest(marker, line, text_at + end, begins)

    def _close_from(self, rank: int) -> None:
        while len(self._open) > 1 and self._open[-1][1].rank >= rank:
            self._close()

    def _close(self) -> None:
        node, marker = self._open.pop()
        if marker is markers.NOTE:
            self._in_note = False
        node.body = "".join(self._raws.pop())
        text = "\n".join(self._pieces.pop())
        node.text, node.marks = (text, ()) if node.kind == "note" else marks.split(text)
        if node.kind in _HEADED:
            self._finish_heading(node)
        if node.text.replace(" ", "") == "삭제" or (not node.text and node.title == "삭제"):
            node.deleted = True
        if self._open:
            above = self._open[-1][0]
            above.last_line = max(above.last_line, node.last_line)

    def _finish_heading(self, node: Node) -> None:
        """The first line of a heading is its title: 제1장 총칙, [별표 1] 수수료, the bill's name."""
        if node.kind == "supplement":
            number = marks.promulgation(node.text[:TITLE_LENGTH])
            if number:
                node.text = node.text.replace(number, "", 1).strip()
                node.marks = (number, *node.marks)
            return
        first, _, rest = node.text.partition("\n")
        node.title, node.text = first, rest
        if node.title.replace(" ", "") == "삭제":
            node.title, node.text = "", "삭제"

    # A line without a marker

    def _continue(self, at: int) -> int:
        line = self.lines[at]
        node = self._open[-1][0]
        pieces = self._pieces[-1]
        self._raws[-1].append(line.raw)
        node.last_line = line.number
        if (node.kind in STRUCTURE or node is self.tree) and pieces:
            if self._goes_on_heading(at, pieces):
                pieces[-1] += (self.wrap.joiner if self.wrap else " ") + line.words
                return at + 1
            if node is not self.tree:
                self.stray.append(line)
        pieces.append(line.words)
        if self._block is not None:
            self._block.read(pieces)
        elif line.words.endswith("다.") and amending.begins_block(pieces):
            self._begin_block()
        return at + 1

    def _goes_on_heading(self, at: int, pieces: list[str]) -> bool:
        """A title too long for its line, or a mark <개정 …> that stands alone on the next."""
        if len(pieces) > 1 or at == 0 or len(pieces[0]) > TITLE_LENGTH:
            return False
        words = self.lines[at].words
        if words[0] == "<" and self._open[-1][0].kind in STRUCTURE:
            return True
        before = self.lines[at - 1].view
        return self.wrap is not None and bool(before) and self.wrap.is_full(before, words)

    def _begin_block(self) -> None:
        node, marker = self._open[-1]
        if node.kind in ("article", "paragraph"):
            self._block = amending.Block(marker)
            node.amends = True

    def _gap(self, rank: int, at: int) -> int:
        """제2조부터 제7조까지 생략: a note in its place, since none of them is here."""
        if self._block is not None or self._open[-1][0].kind == "annex":
            return self._continue(at)
        line = self.lines[at]
        self._close_from(rank)
        self._push(Node("note", line=line.number, last_line=line.number), markers.GAP)
        self._last_article = amending.last_of_gap(line.words) or self._last_article
        self._raws[-1].append(line.raw)
        self._pieces[-1].append(line.words)
        return at + 1


def _skip_blanks(words: str, at: int) -> int:
    while at < len(words) and words[at] == " ":
        at += 1
    return at
