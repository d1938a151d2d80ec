"""The vocabulary is kept by the secretariat; editors choose from it and propose new words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.actions import add_tag, answer_proposal, merge_tags, propose_tag
from cms.models import CasePage, Tag, TagAlias, TagProposal
from tests.factories import make_case, publish

pytestmark = pytest.mark.django_db


def _tagged(garam: Any, title: str, *tags: Tag) -> CasePage:
    page = make_case(garam, title, live=False)
    page.tags.set(tags)
    publish(page)
    return page


def test_merging_two_words_keeps_their_cases_and_their_addresses(
    garam: Any, secretariat: Any
) -> None:
    care, nursing = (add_tag(name=name, by=secretariat) for name in ("돌봄", "요양"))
    only_nursing = _tagged(garam, "요양 사례", nursing)
    both = _tagged(garam, "두 낱말 사례", care, nursing)

    merge_tags(tag=nursing, into=care, by=secretariat)

    assert list(CasePage.objects.get(pk=only_nursing.pk).tags.all()) == [care]
    assert CasePage.objects.get(pk=both.pk).tags.count() == 1
    assert TagAlias.objects.get(slug="요양").tag == care
    assert not Tag.objects.filter(name="요양").exists()


def test_a_draft_that_is_opened_after_a_merge_has_the_remaining_word(
    garam: Any, secretariat: Any
) -> None:
    """Else the next publication of the page would lose its tag without a word."""
    care, nursing = (add_tag(name=name, by=secretariat) for name in ("돌봄", "요양"))
    page = _tagged(garam, "요양 사례", nursing)

    merge_tags(tag=nursing, into=care, by=secretariat)

    draft = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [tag.name for tag in draft.tags.all()] == ["돌봄"]
    publish(draft)
    assert list(CasePage.objects.get(pk=page.pk).tags.all()) == [care]


def test_a_chain_of_merges_leads_to_the_last_word(secretariat: Any) -> None:
    a, b, c = (add_tag(name=name, by=secretariat) for name in ("가", "나", "다"))

    merge_tags(tag=a, into=b, by=secretariat)
    merge_tags(tag=b, into=c, by=secretariat)

    assert set(c.aliases.values_list("slug", flat=True)) == {"가", "나"}


def test_a_word_is_there_once_whatever_the_blanks_and_stays_merged_away(secretariat: Any) -> None:
    care, nursing = (add_tag(name=name, by=secretariat) for name in ("마을  돌봄", "요양"))
    assert care.name == "마을 돌봄"
    merge_tags(tag=nursing, into=care, by=secretariat)

    for name, said in (("마을 돌봄", "이미 있는"), ("요양", "합친 주제어")):
        with pytest.raises(ValidationError, match=said):
            add_tag(name=name, by=secretariat)
    with pytest.raises(ValidationError, match="같은 주제어"):
        merge_tags(tag=care, into=care, by=secretariat)


def test_a_proposal_becomes_a_word_or_gets_a_reason(
    garam_editor: Any, garam: Any, secretariat: Any
) -> None:
    yes = propose_tag(name="빨래방", reason="없어서", municipality=garam, by=garam_editor)
    no = propose_tag(name="좋은 일", reason="없어서", municipality=garam, by=garam_editor)

    answer_proposal(proposal=yes, accept=True, answer="", by=secretariat)
    with pytest.raises(ValidationError, match="까닭"):
        answer_proposal(proposal=no, accept=False, answer=" ", by=secretariat)
    answer_proposal(proposal=no, accept=False, answer="뜻이 넓습니다.", by=secretariat)
    with pytest.raises(ValidationError, match="이미 답한"):
        answer_proposal(proposal=no, accept=True, answer="", by=secretariat)

    assert Tag.objects.filter(name="빨래방").exists()
    assert not Tag.objects.filter(name="좋은 일").exists()
    with pytest.raises(ValidationError, match="이미 있습니다"):
        propose_tag(name="빨래방", reason="또", municipality=garam, by=garam_editor)


def test_an_editor_proposes_and_sees_the_answer_and_nobody_elses(
    garam_editor: Any, nuri_editor: Any, secretariat: Any, login: Any
) -> None:
    address = reverse("propose_tag")
    login(garam_editor).post(address, {"name": "빨래방", "reason": "없어서 찾기 어렵습니다"})
    proposal = TagProposal.objects.get()

    login(secretariat).post(
        reverse("tags_desk:answer", args=[proposal.pk]),
        {"accept": "no", "answer": "이미 있습니다."},
    )

    assert "이미 있습니다." in login(garam_editor).get(address).content.decode()
    assert "빨래방" not in login(nuri_editor).get(address).content.decode()


@pytest.mark.parametrize("view", ["index", "add", "merge"])
def test_only_the_secretariat_keeps_the_vocabulary(
    view: str, garam_editor: Any, client: Any, login: Any
) -> None:
    address = reverse(f"tags_desk:{view}")

    assert login(garam_editor).post(address, {"name": "몰래"}).status_code == 404
    assert client.post(address, {"name": "몰래"}).status_code == 302
    assert not Tag.objects.filter(name="몰래").exists()


def test_typing_an_unknown_word_makes_no_tag(garam: Any, secretariat: Any) -> None:
    add_tag(name="돌봄", by=secretariat)
    page = make_case(garam, live=False)
    form_class = CasePage.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=secretariat)
    field = form.fields["tags"]

    assert field.clean("돌봄, 처음 보는 낱말") == ["돌봄"]
