"""The vocabulary of tags: kept by the secretariat, proposed by editors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from cms import actions
from cms.models import Tag, TagAlias, TagProposal
from cms.tenancy import DeskRequest
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.members.access import Access


class TagForm(forms.Form):
    """A new word."""

    name = forms.CharField(label="새 주제어", max_length=40)


class MergeForm(forms.Form):
    """Two words become one."""

    tag = forms.ModelChoiceField(Tag.objects.all(), label="없앨 주제어", empty_label="고르세요")
    into = forms.ModelChoiceField(Tag.objects.all(), label="남길 주제어", empty_label="고르세요")


class ProposalForm(forms.ModelForm[TagProposal]):
    """A word that an editor misses."""

    class Meta:
        model = TagProposal
        fields = ("name", "reason")
        help_texts = {"reason": "이 주제어가 없어서 찾기 어려운 사례가 있으면 적어 주세요."}


def vocabulary(request: DeskRequest) -> HttpResponse:
    """All words with how often they are used, the waiting proposals, and the two small forms."""
    require_secretariat(request)
    context = {
        "tags": Tag.objects.annotate(
            cases=Count("case_tags", distinct=True), news=Count("news_tags", distinct=True)
        ).order_by("name"),
        "aliases": TagAlias.objects.select_related("tag"),
        "proposals": TagProposal.objects.select_related("proposed_by", "municipality__region"),
        "tag_form": TagForm(),
        "merge_form": MergeForm(),
    }
    return render(request, "admin/tags/index.html", context)


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """Take a word in."""
    require_secretariat(request)
    form = TagForm(request.POST)
    if form.is_valid():
        _try(
            request,
            lambda: actions.add_tag(name=form.cleaned_data["name"], by=request.user),
            "주제어를 더했습니다.",
        )
    else:
        messages.error(request, "주제어를 쓰세요(40자까지).")
    return redirect("tags_desk:index")


@require_POST
def merge(request: DeskRequest) -> HttpResponse:
    """Make one word of two."""
    require_secretariat(request)
    form = MergeForm(request.POST)
    if form.is_valid():
        _try(
            request,
            lambda: actions.merge_tags(by=request.user, **form.cleaned_data),
            "주제어를 합쳤습니다. 옛 주소는 남긴 주제어로 이어집니다.",
        )
    else:
        messages.error(request, "합칠 두 주제어를 고르세요.")
    return redirect("tags_desk:index")


@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Accept or decline a proposal."""
    require_secretariat(request)
    proposal = get_object_or_404(TagProposal, pk=pk)
    accept = request.POST.get("accept") == "yes"
    _try(
        request,
        lambda: actions.answer_proposal(
            proposal=proposal,
            accept=accept,
            answer=request.POST.get("answer", "")[:200],
            by=request.user,
        ),
        "제안에 답했습니다.",
    )
    return redirect("tags_desk:index")


def propose(request: DeskRequest) -> HttpResponse:
    """An editor's way to a word that is missing, with what became of earlier ones."""
    access = Access.of(request.user)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _try(
            request,
            lambda: actions.propose_tag(
                by=request.user, municipality=access.municipality, **form.cleaned_data
            ),
            "사무국에 제안했습니다. 받아들여지면 주제어 목록에서 고를 수 있습니다.",
        )
        if done:
            return redirect("propose_tag")
    own = TagProposal.objects.filter(proposed_by=request.user)
    return render(request, "admin/tags/propose.html", {"form": form, "proposals": own})


def _try(request: DeskRequest, act: Any, done: str) -> bool:
    """Run an action; say in a message that it was done, or why not."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, done)
    return True


class TagsDesk(SecretariatDesk):
    """주제어 in the menu of the desk."""

    name = "tags_desk"
    url_prefix = "tags"
    menu_label = "주제어"
    icon = "tag"
    menu_order = 260

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", vocabulary, name="index"),
            path("add/", add, name="add"),
            path("merge/", merge, name="merge"),
            path("proposals/<int:pk>/", answer, name="answer"),
        ]
