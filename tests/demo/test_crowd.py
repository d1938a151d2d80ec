"""`seed_demo --large`: many things to be found, all invented, the same every time, and safe to repeat."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.demo import corpus
from cms.models import CasePage
from coalition.dialogue.models import Answer, Question
from coalition.record import jobs
from search.models import SearchDocument

pytestmark = pytest.mark.django_db
SIZE = 120


def _found() -> Counter[str]:
    rows = SearchDocument.objects.filter(deleted=False)
    return Counter(rows.values_list("kind", flat=True))


def test_so_many_documents_are_found_as_were_asked_for() -> None:
    before = _found()
    told = StringIO()
    call_command("seed_demo", "--large", str(SIZE), "--even-in-production", stdout=told)
    jobs.run_until_idle()

    more = _found() - before
    assert sum(more.values()) == SIZE
    assert {"question", "answer", "case", "dataset", "dataset_row"} == set(more)
    assert "6/6 온유구 사례" in told.getvalue()
    new = SearchDocument.objects.filter(deleted=False, url__contains="-many-")
    assert new.exists()
    assert not new.filter(fictional=False).exists()


def test_what_was_interrupted_goes_on_and_what_is_done_is_left_alone() -> None:
    call_command("seed_demo", "--large", str(SIZE), "--even-in-production", verbosity=0)
    cases = CasePage.objects.count()
    titles = sorted(CasePage.objects.values_list("title", flat=True))
    page = CasePage.objects.filter(title__endswith="(2019년 1호)").first()
    assert page is not None
    page.delete()
    jobs.run_until_idle()
    clock = SearchDocument.objects.order_by("-seq").values_list("seq", flat=True).first()

    call_command("seed_demo", "--large", str(SIZE), "--even-in-production", verbosity=0)
    jobs.run_until_idle()

    assert CasePage.objects.count() == cases
    assert sorted(CasePage.objects.values_list("title", flat=True)) == titles
    written = SearchDocument.objects.filter(seq__gt=clock).values_list("kind", flat=True)
    assert set(written) == {"case"}
    assert len(written) == 1


def test_every_text_is_said_once() -> None:
    call_command("seed_demo", "--large", str(SIZE), "--even-in-production", verbosity=0)

    for model in (Question, Answer):
        texts = model.objects.filter(paper__key__contains="-many-").values_list("text", flat=True)
        assert len(texts) > SIZE / 4
        # Two towns may say the same where no place is named; one never says it twice.
        assert len(set(texts)) > len(texts) * 0.95


def test_the_corpus_is_the_same_every_time_and_leaves_no_gap_open() -> None:
    first = [said.text for said in corpus.questions("garam", 200)]

    assert first == [said.text for said in corpus.questions("garam", 200)]
    assert len(set(first)) == 200
    every = [*first, *corpus.sentences(2_000), *(str(corpus.case("nuri", n)) for n in range(50))]
    assert not [text for text in every if "{dong}" in text or "None" in text]


def test_a_place_of_work_is_not_filled_unless_it_is_said() -> None:
    with pytest.raises(CommandError, match="--even-in-production"):
        call_command("seed_demo", "--large", str(SIZE))


def test_a_size_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(CommandError, match="100"):
        call_command("seed_demo", "--large", "7", "--even-in-production")
