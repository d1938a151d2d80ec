"""Korean text into searchable units. The only place that knows the morphological analyser Kiwi.

Kiwi is heavy (3.5 s CPU and about 500 MB to load) and exact; it is loaded once per process, lazily and
never at import. A unit is a word as a reader would look it up: a noun with its suffix (체감도), a verb in
its dictionary form (늘린 → 늘리다), a provision number, a figure. Offsets point into the text as given.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from search.cleaning import Cleaned, clean
from search.signs import Sign, find_signs, plain_term

# Raised when the way of making units changes: every document is then analysed anew.
SCHEME = "4"
WORDS = Path(__file__).with_name("words.txt")
MODEL = "cong"
_CHUNK = 4_000  # characters that Kiwi gets at once; a chunk ends at a line's end
_GUESSED = 8  # syllables from which a common noun is looked at again: no dictionary has such words
_LONGEST = 40  # characters of a term; PostgreSQL refuses lexemes above 2 KB

_NOUNS = frozenset({"NNG", "NNP", "XR"})
_VERBS = frozenset({"VV", "VA"})
_JOINING = frozenset({"noun", "latin"})  # kinds of units that form compounds
_COUNTERS = frozenset({"NNB", "NR", "NNG"})
_NOMINAL = frozenset({"ᆷ", "음", "기"})  # endings that make a noun of a verb
# What units are made of, by what Kiwi calls it (irregular verbs as VV-I). Particles, most endings and signs
# are half of all tokens and end here.
_TAGS = {
    tag: tag.partition("-")[0]
    for tag in (
        *sorted(_NOUNS), "NR", "NNB", "XPN", "XSN",
        *(f"{verb}{kind}" for verb in sorted(_VERBS) for kind in ("", "-I", "-R")),
        "ETN",
    )
}  # fmt: skip
# Suffixes that change nothing of what is looked for: 청년들 is 청년.
_DROPPED = frozenset({"들", "님", "씨", "씩", "쯤", "당", "끼리", "별", "네"})
# Last syllables that Kiwi takes now for a part of the noun and now for a particle (체감도, 이용률).
_ABSTRACT = "도률율성화적형식용"
# Verbs that say nothing of their own, or that every provision has.
_EMPTY_VERB = re.compile(
    "(?:하|되|있|없|이|아니|않|못하|위하|대하|따르|관하|의하|인하|통하|같|그렇|이렇|어떻|그러"
    "|주|보|오|가|말|싶|정하|두|받|알|알리|찾|쓰|나오|들|내|나)다"
)
_PLACE = re.compile(r"(?:통합)?(?:특별자치|특별|광역)?[시도군구]$")


class Unit(NamedTuple):
    """One word of a text. `start` and `end` are offsets in the text as it was given.

    `inner` are shorter words that it contains and that find it too (체감도 → 체감). `spaced` says that a
    blank stands before it, `joins` that it forms a compound with the unit before it.
    """

    term: str
    start: int
    end: int
    kind: str  # noun, verb, latin, figure, code
    spaced: bool = True
    joins: bool = False
    inner: tuple[tuple[str, int, int], ...] = ()
    soft: bool = False  # the inner word may stand for the whole in a question


class Korean(Hashable, Protocol):
    """Something that takes Korean text apart. `version` changes when it would do so differently."""

    version: str

    def units(self, text: str, *, asked: bool = False, heading: bool = False) -> list[Unit]: ...


# ---- Kiwi ---------------------------------------------------------------------------------------------


class KiwiKorean:
    """The analyser proper. `words` are what Kiwi can't know: terms of the coalition, names of places."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        import kiwipiepy
        from kiwipiepy import Kiwi

        self._kiwi = Kiwi(num_workers=1, model_type=MODEL)
        own = sorted({word for word in words if plain_term(word) == word and len(word) > 1})
        # A word that Kiwi knows keeps its own analysis: a second entry would only disturb it.
        unknown = [word for word in own if len(self._kiwi.tokenize(word)) != 1]
        for word in unknown:
            self._kiwi.add_user_word(word, "NNP")
        self.words = frozenset(own)
        written = "\n".join((SCHEME, kiwipiepy.__version__, MODEL, *own))
        self.version = f"kiwi-{hashlib.sha256(written.encode()).hexdigest()[:12]}"

    def units(self, text: str, *, asked: bool = False, heading: bool = False) -> list[Unit]:
        """The words of `text` in order.

        `heading` says that every line is a phrase and no sentence; `asked`, that it is a question, which
        is a phrase too and in which 17조 alone is a provision.
        """
        cleaned = clean(text)
        signs = find_signs(cleaned.text, asked=asked)
        read = self._phrases if asked or heading else self._morphemes
        return list(_assemble(cleaned, list(read(cleaned.text)), signs))

    def _morphemes(self, text: str) -> Iterator[_Piece]:
        for begin, chunk in _chunks(text):
            yield from self._pieces(self._kiwi.tokenize(chunk), begin)

    def _phrases(self, text: str) -> Iterator[_Piece]:
        """Line by line. Kiwi takes what ends without a verb for half a sentence (아이 돌봄 → 돌보다):
        「등」 behind it makes it a phrase, unless it does end with a verb (빈집을 고친)."""
        for line in re.finditer(r"[^\n]+", text):
            tokens = self._kiwi.tokenize(line.group())
            if tokens and (tokens[-1].tag[0] != "E" or tokens[-1].form in _NOMINAL):
                tokens = self._kiwi.tokenize(f"{line.group()} 등")
            pieces = self._pieces(tokens, line.start())
            yield from (piece for piece in pieces if piece.end <= line.end())

    def _pieces(self, tokens: Iterable[Any], begin: int) -> Iterator[_Piece]:
        for token in tokens:
            tag = _TAGS.get(token.tag)
            if tag is None:
                continue
            start, size = begin + token.start, token.len
            if tag == "NNG" and size >= _GUESSED:
                yield from self._taken_apart(token.form, start)
            else:
                yield _Piece(token.form, tag, start, start + size)

    def _taken_apart(self, word: str, start: int) -> Iterator[_Piece]:
        """A long compound inside a sentence is now and then guessed to be one unknown word
        (지속가능일자리위원회); alone, Kiwi takes it apart."""
        for token in self._kiwi.tokenize(word):
            at = start + token.start
            yield _Piece(token.form, str(token.tag).partition("-")[0], at, at + token.len)


class _Piece(NamedTuple):
    """A morpheme as Kiwi gives it, or a sign (tag in small letters)."""

    form: str
    tag: str
    start: int
    end: int
    sign: Sign | None = None


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    while begin < len(text):
        end = begin + _CHUNK
        if end < len(text):
            end = text.rfind("\n", begin + 1, end) + 1 or text.rfind(" ", begin + 1, end) + 1 or end
        yield begin, text[begin:end]
        begin = end


_PLACE_OF = attrgetter("start", "end")


def _assemble(cleaned: Cleaned, morphemes: list[_Piece], signs: list[Sign]) -> Iterator[Unit]:
    """Morphemes and signs into units; what a sign covers is the sign's."""
    pieces = [piece for piece in morphemes if piece.end > piece.start]
    if signs:
        taken = bytearray(len(cleaned.text) + 1)
        for sign in signs:
            taken[sign.start : sign.end] = b"\1" * (sign.end - sign.start)
        free = (piece for piece in pieces if not any(taken[piece.start : piece.end]))
        own = (_Piece(s.term, s.kind, s.start, s.end, s) for s in signs if s.term)
        pieces = [*free, *own]
    pieces.sort(key=_PLACE_OF)
    index, before = 0, None
    while index < len(pieces):
        made, used = _unit_at(pieces, index)
        index += used
        if made is not None:
            yield _placed(made, before, cleaned)
            before = made


def _unit_at(pieces: list[_Piece], index: int) -> tuple[Unit | None, int]:
    """The unit that begins at this piece, in offsets of the cleaned text, and how many pieces it takes."""
    piece = pieces[index]
    if piece.sign is not None:
        return _from_sign(pieces, index)
    if piece.tag == "XPN" or piece.tag in _NOUNS or (piece.tag == "NR" and len(piece.form) > 1):
        return _noun(pieces, index)
    if piece.tag in _VERBS:
        return _verb(pieces, index), 1
    return None, 1


def _verb(pieces: list[_Piece], index: int) -> Unit | None:
    """The dictionary form; a noun made of it (쉼, 배움) is found too."""
    piece = pieces[index]
    term = plain_term(f"{piece.form}다")
    if len(term) < 2 or _EMPTY_VERB.fullmatch(term):
        return None
    inner: tuple[tuple[str, int, int], ...] = ()
    follows = pieces[index + 1] if index + 1 < len(pieces) else None
    if follows is not None and follows.form == "ᆷ" and follows.start < follows.end <= piece.end:
        noun = _with_final_m(piece.form)
        inner = ((noun, piece.start, follows.end),) if noun else ()
    return Unit(term, piece.start, piece.end, "verb", inner=inner, soft=True)


def _with_final_m(stem: str) -> str:
    """배우 → 배움."""
    last = ord(stem[-1]) - 0xAC00
    return stem[:-1] + chr(ord(stem[-1]) + 16) if 0 <= last < 11172 and last % 28 == 0 else ""


def _from_sign(pieces: list[_Piece], index: int) -> tuple[Unit, int]:
    """A code, a Latin word, or a figure; a figure with its counter (24명, 2,000만 원) finds it too."""
    sign = pieces[index].sign
    assert sign is not None  # noqa: S101 (for the type checker)
    inner = list(sign.parts)
    if sign.kind == "figure":
        term, end = sign.term, sign.end
        for piece in pieces[index + 1 : index + 3]:
            if piece.tag not in _COUNTERS or piece.start > end + 1 or len(piece.form) > 3:
                break
            term, end = term + plain_term(piece.form), piece.end
            inner.append((term, sign.start, end))
    return Unit(sign.term[:_LONGEST], sign.start, sign.end, sign.kind, inner=tuple(inner)), 1


def _noun(pieces: list[_Piece], index: int) -> tuple[Unit | None, int]:
    """Prefix, noun, suffixes as one word: 재+활용, 사회+적, 체감+도. Its bare noun stays findable."""
    used, prefix = 1, ""
    start = pieces[index].start
    if pieces[index].tag == "XPN":
        follows = pieces[index + 1] if index + 1 < len(pieces) else None
        if follows is None or follows.tag not in _NOUNS or follows.start > pieces[index].end + 1:
            return None, 1
        prefix, used = pieces[index].form, 2
    noun = pieces[index + used - 1]
    term, end = prefix + noun.form, noun.end
    while index + used < len(pieces) and _is_suffix(pieces[index + used], end):
        piece = pieces[index + used]
        used += 1
        if piece.form in _DROPPED:
            break
        term, end = term + piece.form, piece.end
    return _noun_unit(term, start, end, noun, prefixed=bool(prefix)), used


def _is_suffix(piece: _Piece, end: int) -> bool:
    """A suffix, or a noun of one syllable written on to the noun before it (일자리+회)."""
    if piece.start != end or len(piece.form) != 1:
        return piece.tag == "XSN" and piece.start == end
    return piece.tag in ("XSN", "NNG") or (piece.tag == "NNB" and piece.form in "시군구도동읍면리")


def _noun_unit(term: str, start: int, end: int, noun: _Piece, *, prefixed: bool) -> Unit | None:
    plain = plain_term(term)[:_LONGEST]
    if not plain:
        return None
    bare = plain_term(noun.form)
    inner = [(bare, noun.start, noun.end)] if bare != plain and len(bare) > 1 else []
    if not inner and len(plain) > 2 and plain[-1] in _ABSTRACT:
        inner.append((plain[:-1], start, end - 1))
    stem = _PLACE.sub("", plain) if noun.tag == "NNP" and len(plain) > 2 else plain
    if stem not in (plain, bare) and len(stem) > 1:
        inner.append((stem, start, start + len(stem)))
    return Unit(plain, start, end, "noun", inner=tuple(inner), soft=not prefixed)


def _placed(unit: Unit, before: Unit | None, cleaned: Cleaned) -> Unit:
    """The unit in offsets of the original, with how it stands to the one before it."""
    term, start, end, kind, _, _, inner, soft = unit
    spaced, joins = True, False
    if before is not None:
        gap = cleaned.text[before.end : start]
        spaced = gap != ""
        joins = gap in ("", " ") and kind in _JOINING and before.kind in _JOINING
    if not cleaned.same:
        start, end = cleaned.span(start, end)
        inner = tuple((word, *cleaned.span(s, e)) for word, s, e in inner)
    return Unit(term, start, end, kind, spaced, joins, inner, soft)


# ---- one per process ----------------------------------------------------------------------------------


def words_of_file(path: Path = WORDS) -> list[str]:
    """The words that people keep in words.txt."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if (word := line.partition("#")[0].strip())]


_lock = threading.Lock()
_instance: KiwiKorean | None = None
_loading: threading.Thread | None = None
_renewing: threading.Thread | None = None
_tried: list[str] = []


def load(words: Callable[[], Iterable[str]] = list) -> KiwiKorean:
    """This process's analyser; waits until it is loaded. `words` gives names beyond words.txt."""
    global _instance
    with _lock:
        if _instance is None:
            _instance = KiwiKorean([*words_of_file(), *words()])
        return _instance


def loaded() -> KiwiKorean | None:
    """The analyser if this process has it already."""
    return _instance


def renew(words: Callable[[], Iterable[str]]) -> KiwiKorean:
    """A new analyser with the words of this moment in the place of the one that this process has."""
    global _instance
    made = KiwiKorean([*words_of_file(), *words()])
    with _lock:
        _instance = made
    units_of_question.cache_clear()  # it holds on to the old one, which is large
    return made


def renew_in_background(words: list[str]) -> None:
    """Begin to make an analyser with these words; the old one answers until the new one is there.

    The same words are tried once: what Kiwi can't take must not cost every search a new analyser.
    """
    global _renewing, _tried
    if _tried != words and (_renewing is None or not _renewing.is_alive()):
        _tried = words
        _renewing = threading.Thread(
            target=renew, args=(lambda: words,), name="kiwi-renewal", daemon=True
        )
        _renewing.start()


def load_in_background(words: Callable[[], Iterable[str]] = list) -> None:
    """Begin to load, unless somebody has. The first questions are answered without Kiwi meanwhile."""
    global _loading
    if _instance is None and _loading is None:
        _loading = threading.Thread(target=load, args=(words,), name="kiwi", daemon=True)
        _loading.start()


@lru_cache(maxsize=4_096)
def units_of_question(analyser: Korean, text: str) -> tuple[Unit, ...]:
    """A question's units, remembered: the same few words are asked again and again."""
    return tuple(analyser.units(text, asked=True))
