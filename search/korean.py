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
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from search.cleaning import Cleaned, clean
from search.signs import Sign, find_signs, plain_term

# Raised when the way of making units changes: every document is then analysed anew.
SCHEME = "5"
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


class Asked(NamedTuple):
    """A text to be taken apart. Of a heading every line is a phrase and no sentence."""

    text: str
    heading: bool = False


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
        return self.units_of([Asked(text, heading=asked or heading)], asked=asked)[0]

    def units_of(self, texts: Iterable[Asked], *, asked: bool = False) -> list[list[Unit]]:
        """The words of several texts. Kiwi goes through all of them before anything is made of what it says.

        Its model is large: work between two texts pushes it out of the processor's cache, which costs a tenth.
        """
        read = [(cleaned := clean(t.text), self._read(cleaned.text, t.heading)) for t in texts]
        return [
            _assemble(cleaned, self._pieces(tokens), find_signs(cleaned.text, asked=asked))
            for cleaned, tokens in read
        ]

    def _read(self, text: str, heading: bool) -> list[tuple[int, list[Any]]]:
        """Kiwi's tokens, stretch by stretch, and where each stretch begins."""
        if heading:
            lines = re.finditer(r"[^\n]+", text)
            return [(line.start(), self._phrase(line.group())) for line in lines]
        return [(begin, self._kiwi.tokenize(chunk)) for begin, chunk in _chunks(text)]

    def _phrase(self, line: str) -> list[Any]:
        """Kiwi takes what ends without a verb for half a sentence (아이 돌봄 → 돌보다): 「등」 behind it
        makes it a phrase, unless it does end with a verb (빈집을 고친)."""
        tokens = [t for t in self._kiwi.tokenize(f"{line} 등") if t.start + t.len <= len(line)]
        if tokens and tokens[-1].tag[0] == "E" and tokens[-1].form not in _NOMINAL:
            return list(self._kiwi.tokenize(line))
        return tokens

    def _pieces(self, read: Iterable[tuple[int, list[Any]]]) -> list[_Piece]:
        pieces: list[_Piece] = []
        for begin, tokens in read:
            for token in tokens:
                tag = _TAGS.get(token.tag)
                if tag is None:
                    continue
                size = token.len
                if tag == "NNG" and size >= _GUESSED:
                    pieces += self._taken_apart(token.form, begin + token.start)
                elif size:
                    start = begin + token.start
                    pieces.append((start, start + size, token.form, tag, None))
        return pieces

    def _taken_apart(self, word: str, start: int) -> Iterator[_Piece]:
        """A long compound inside a sentence is now and then guessed to be one unknown word
        (지속가능일자리위원회); alone, Kiwi takes it apart."""
        for token in self._kiwi.tokenize(word):
            at = start + token.start
            if token.len:
                yield at, at + token.len, token.form, str(token.tag).partition("-")[0], None


# A morpheme as Kiwi gives it, or a sign (tag in small letters): start, end, form, tag, sign. A bare tuple:
# there is one for every second token, and making and sorting them must cost next to nothing beside Kiwi.
_Piece = tuple[int, int, str, str, "Sign | None"]
_Inner = tuple[tuple[str, int, int], ...]


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    while begin < len(text):
        end = begin + _CHUNK
        if end < len(text):
            end = text.rfind("\n", begin + 1, end) + 1 or text.rfind(" ", begin + 1, end) + 1 or end
        yield begin, text[begin:end]
        begin = end


_PLACE_OF = itemgetter(0, 1)


def _assemble(cleaned: Cleaned, pieces: list[_Piece], signs: list[Sign]) -> list[Unit]:
    """Morphemes and signs into units; what a sign covers is the sign's."""
    if signs:
        taken = bytearray(len(cleaned.text) + 1)
        for sign in signs:
            taken[sign.start : sign.end] = b"\1" * (sign.end - sign.start)
        pieces = [piece for piece in pieces if taken.find(1, piece[0], piece[1]) < 0]
        pieces += [(s.start, s.end, s.term, s.kind, s) for s in signs if s.term]
    pieces.sort(key=_PLACE_OF)
    units: list[Unit] = []
    text, same = cleaned.text, cleaned.same
    index, size = 0, len(pieces)
    before_end, before_joins = 0, False
    while index < size:
        # Three of four are nouns: they are spared a step.
        made, used = (_noun if pieces[index][3] in _NOUNS else _unit_at)(pieces, index)
        index += used
        if made is None:
            continue
        term, start, end, kind, inner, soft = made
        spaced, joins = start > before_end or not units, False
        now_joins = kind in _JOINING
        if before_joins and now_joins:
            joins = not spaced or text[before_end:start] == " "
        before_end, before_joins = end, now_joins
        if not same:
            start, end = cleaned.span(start, end)
            inner = tuple((word, *cleaned.span(s, e)) for word, s, e in inner)
        units.append(Unit(term, start, end, kind, spaced, joins, inner, soft))
    return units


# A unit in offsets of the cleaned text, before it is known how it stands to the one before it:
# term, start, end, kind, inner, soft.
_Made = tuple[str, int, int, str, _Inner, bool]


def _unit_at(pieces: list[_Piece], index: int) -> tuple[_Made | None, int]:
    """The unit that begins at this piece, and how many pieces it takes."""
    _, _, form, tag, sign = pieces[index]
    if sign is not None:
        return _from_sign(pieces, index, sign), 1
    if tag in _NOUNS or tag == "XPN" or (tag == "NR" and len(form) > 1):
        return _noun(pieces, index)
    if tag in _VERBS:
        return _verb(pieces, index), 1
    return None, 1


def _verb(pieces: list[_Piece], index: int) -> _Made | None:
    """The dictionary form; a noun made of it (쉼, 배움) is found too."""
    start, end, form, _, _ = pieces[index]
    term = _spoken(form)
    if not term:
        return None
    inner: _Inner = ()
    if index + 1 < len(pieces):
        after, ended, ending, _, _ = pieces[index + 1]
        if ending == "ᆷ" and after < ended <= end:
            noun = _with_final_m(form)
            inner = ((noun, start, ended),) if noun else ()
    return term, start, end, "verb", inner, True


@lru_cache(maxsize=16_384)
def _spoken(stem: str) -> str:
    """A verb as a dictionary has it; nothing if it says nothing."""
    term = plain_term(f"{stem}다")
    return "" if len(term) < 2 or _EMPTY_VERB.fullmatch(term) else term


def _with_final_m(stem: str) -> str:
    """배우 → 배움."""
    last = ord(stem[-1]) - 0xAC00
    return stem[:-1] + chr(ord(stem[-1]) + 16) if 0 <= last < 11172 and last % 28 == 0 else ""


def _from_sign(pieces: list[_Piece], index: int, sign: Sign) -> _Made:
    """A code, a Latin word, or a figure; a figure with its counter (24명, 2,000만 원) finds it too."""
    inner = sign.parts
    if sign.kind == "figure":
        term, end = sign.term, sign.end
        for start, ended, form, tag, _ in pieces[index + 1 : index + 3]:
            if tag not in _COUNTERS or start > end + 1 or len(form) > 3:
                break
            term, end = term + plain_term(form), ended
            inner = (*inner, (term, sign.start, end))
    return sign.term[:_LONGEST], sign.start, sign.end, sign.kind, inner, False


def _noun(pieces: list[_Piece], index: int) -> tuple[_Made | None, int]:
    """Prefix, noun, suffixes as one word: 재+활용, 사회+적, 체감+도. Its bare noun stays findable."""
    start, end, form, tag, _ = pieces[index]
    used, prefix, noun_start = 1, "", start
    if tag == "XPN":
        prefix, used = form, 2
        follows = pieces[index + 1] if index + 1 < len(pieces) else None
        if follows is None or follows[3] not in _NOUNS or follows[0] > end + 1:
            return None, 1
        noun_start, end, form, tag, _ = follows
    term, noun_end = prefix + form, end
    while index + used < len(pieces):
        after, ended, suffix, kind, _ = pieces[index + used]
        if after != end or not _is_suffix(suffix, kind):
            break
        used += 1
        if suffix in _DROPPED:
            break
        term, end = term + suffix, ended
    plain, parts = _shape(term, form, tag == "NNP", noun_start - start, noun_end - start)
    if not plain:
        return None, used
    inner = parts and tuple(
        (word, start + s, end + e if e <= 0 else start + e) for word, s, e in parts
    )
    return (plain, start, end, "noun", inner, not prefix), used


def _is_suffix(form: str, tag: str) -> bool:
    """Of what is written on to a noun: a suffix, or a noun of one syllable (일자리+회)."""
    if tag == "XSN":
        return True
    return len(form) == 1 and (tag == "NNG" or (tag == "NNB" and form in "시군구도동읍면리"))


@lru_cache(maxsize=65_536)
def _shape(term: str, noun: str, proper: bool, begin: int, end: int) -> tuple[str, _Inner]:
    """A word and the shorter ones in it, with their offsets in it; an end ≤ 0 is told from its end.

    `noun` is its bare noun, which stands from `begin` to `end`. The same few thousand nouns come again
    and again, in texts as in questions.
    """
    plain = plain_term(term)[:_LONGEST]
    if not plain:
        return "", ()
    bare = plain_term(noun)
    inner = [(bare, begin, end)] if bare != plain and len(bare) > 1 else []
    if not inner and len(plain) > 2 and plain[-1] in _ABSTRACT:
        inner.append((plain[:-1], 0, -1))
    stem = _PLACE.sub("", plain) if proper and len(plain) > 2 else plain
    if stem not in (plain, bare) and len(stem) > 1:
        inner.append((stem, 0, len(stem)))
    return plain, tuple(inner)


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
