"""녹서·백서·청서와 질문: permanent addresses of papers, core questions and questions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.queries import dialogue as reading
from coalition.dialogue.models import CoreQuestion
from coalition.dialogue.papers import papers


def question_list(request: HttpRequest) -> HttpResponse:
    """`/questions/`: the questions of all papers; `?state=unanswered`: 아직 답이 없는 질문."""
    found = reading.question_list(reading.questions_here(), request.path, request.GET)
    is_open = request.GET.get("state", "").strip() == "unanswered"
    return render(request, "records/question_list.html", {"list": found, "unanswered": is_open})


def paper(request: HttpRequest, key: str) -> HttpResponse:
    """`/questions/<paper>/`."""
    found = papers().filter(key=key).first()
    if found is None:
        raise Http404("그런 녹서·백서·청서가 없습니다.")
    details = reading.paper_details(found, request.path, request.GET)
    return render(request, "records/paper_detail.html", details)


def core_question(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """`/questions/<paper>/core/<no>/`."""
    rows = CoreQuestion.objects.select_related("paper__body__municipality__region")
    found = rows.filter(paper__key=key, number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404("그런 핵심 질문이 없습니다.")
    details = reading.core_details(found, request.path, request.GET)
    return render(request, "records/core_question_detail.html", details)


def question(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """`/questions/<paper>/<no>/`: for ever the question of that number, while it is public."""
    rows = reading.questions_here().filter(paper__key=key, number=number)
    found = rows.first() if number < 2**31 else None
    if found is None:
        raise Http404("그런 질문이 없거나 공개되지 않았습니다.")
    details = reading.question_details(found, request.path, request.GET)
    return render(request, "records/question_detail.html", details)
