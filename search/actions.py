"""What the secretariat does to the language of the search. Every action writes one Event."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from coalition.record.actions import record_event
from coalition.record.models import User
from search.clock import Clock
from search.models import FruitlessQuery, SearchWatch, SearchWord, WordKind
from search.signs import plain_term
from search.thesaurus import read_line

#: So many new results are named in one mail; of the others their number is told.
MOST_NAMED = 20


def add_synonym(*, written: str, by: User) -> SearchWord:
    """`집세, 월세` or `알바 => 단시간근로`, as in synonyms.txt. The next search knows it."""
    line = " ".join(written.split())
    if read_line(line) is None or "#" in line:
        raise ValidationError("‘집세, 월세’처럼 두 낱말 이상을 쉼표로 나누어 적으세요.")
    return _add(WordKind.SYNONYM, line, by)


def add_term(*, written: str, by: User) -> SearchWord:
    """A word that the analyser should not take apart. The worker analyses anew what is stored."""
    word = "".join(written.split()).lower()
    if plain_term(word) != word or not 2 <= len(word) <= 20:
        raise ValidationError("두 글자에서 스무 글자까지의 한글, 영문, 숫자로 적으세요.")
    return _add(WordKind.TERM, word, by)


@transaction.atomic
def _add(kind: WordKind, written: str, by: User) -> SearchWord:
    if len(written) > 200:
        raise ValidationError("200자까지 적을 수 있습니다.")
    if SearchWord.objects.filter(kind=kind, written=written).exists():
        raise ValidationError("이미 있습니다.")
    word = SearchWord.objects.create(kind=kind, written=written)
    _tell_searchers()
    record_event("search_word.added", word, by=by, kind=str(kind), written=written)
    return word


@transaction.atomic
def remove_word(*, word: SearchWord, by: User) -> None:
    """Take a synonym or a term away again."""
    record_event("search_word.removed", word, by=by, kind=word.kind, written=word.written)
    word.delete()
    _tell_searchers()


@transaction.atomic
def dismiss_query(*, query: FruitlessQuery, by: User) -> None:
    """Somebody has looked at it: it goes from the list until it is asked again."""
    record_event("fruitless_query.dismissed", query, by=by, times=query.times)
    query.delete()


@transaction.atomic
def note_results(
    *, watch: SearchWatch, fresh: Sequence[int], seen: bytes, seq: int, by: User | None
) -> SearchWatch:
    """A followed search found something new: it is remembered as told, and its Event tells the followers.

    The Event names what was found, the newest first, and no word of what was looked for.
    """
    watch.seen, watch.seq, watch.told_at = seen, seq, timezone.now()
    watch.save()
    told = list(fresh[:MOST_NAMED])
    record_event("search.found", watch, by=by, after="", documents=told, count=len(fresh))
    return watch


def _tell_searchers() -> None:
    """Every process reads the words again when the clock has moved on."""
    clock = Clock.locked()
    clock.next()
    clock.save()
