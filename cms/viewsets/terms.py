"""민선 N기: the next term is entered, looked at for every municipality, and opened where it is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from cms.tenancy import DeskRequest
from cms.terms import open_terms, plans, seal
from cms.viewsets.desk import SecretariatDesk, require_secretariat
from coalition.members.actions import enter_term
from coalition.members.models import Term
from coalition.members.queries import term_on, today


class TermForm(forms.Form):
    """The term after the last one."""

    number = forms.IntegerField(label="민선 몇 기", min_value=1, max_value=99)
    begins = forms.DateField(label="시작하는 날", widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label="끝나는 날", widget=forms.DateInput(attrs={"type": "date"}))


def index(request: DeskRequest) -> HttpResponse:
    """The terms, newest first, and the form for the next."""
    require_secretariat(request)
    form = TermForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                term = enter_term(by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"{term}를 넣었습니다.")
                return redirect("terms_desk:index")
        status = 400
    terms = Term.objects.annotate(opened=Count("openings")).order_by("-number")
    context = {"terms": terms, "now": term_on(), "form": form}
    return render(request, "admin/terms/index.html", context, status=status)


@require_safe
def term(request: DeskRequest, number: int) -> HttpResponse:
    """Every member with what the term does to it; those that are done are marked."""
    require_secretariat(request)
    found = get_object_or_404(Term, number=number)
    every = plans(found)
    context = {
        "term": found,
        "has_begun": found.begins <= today(),
        "waiting": [plan for plan in every if plan.opening is None],
        "done": [plan for plan in every if plan.opening is not None],
    }
    return render(request, "admin/terms/term.html", context)


def preview(request: DeskRequest, number: int) -> HttpResponse:
    """The chosen municipalities post by post; a post does what was looked at, or shows it anew."""
    require_secretariat(request)
    found = get_object_or_404(Term, number=number)
    asked = request.POST if request.method == "POST" else request.GET
    slugs = asked.getlist("place")
    refused = ""
    if request.method == "POST":
        kept = [int(key) for key in asked.getlist("post") if key.isdecimal() and len(key) < 18]
        try:
            opened = open_terms(
                found, slugs, renewed=kept, seen=asked.get("seen", ""), by=request.user
            )
        except ValidationError as error:
            refused = error.messages[0]
        else:
            messages.success(request, f"{len(opened)}곳의 {found}를 열었습니다.")
            return redirect("terms_desk:term", number)
    chosen = [plan for plan in plans(found, slugs) if plan.opening is None]
    if not chosen:
        messages.error(request, refused or "아직 열지 않은 지방정부를 하나 이상 고르세요.")
        return redirect("terms_desk:term", number)
    context = {"term": found, "plans": chosen, "seen": seal(chosen), "refused": refused}
    return render(request, "admin/terms/preview.html", context, status=409 if refused else 200)


class TermsDesk(SecretariatDesk):
    """Reached from 참여."""

    add_to_admin_menu = False
    name = "terms_desk"
    url_prefix = "terms"
    menu_label = "민선 기"
    icon = "calendar"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<int:number>/", term, name="term"),
            path("<int:number>/preview/", preview, name="preview"),
        ]
