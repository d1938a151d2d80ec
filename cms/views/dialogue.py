"""대화: the bodies of social dialogue and their divisions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.queries.dialogue import body_papers, dialogue_counts
from coalition.dialogue.queries import bodies
from coalition.members.queries import today


def body_list(request: HttpRequest) -> HttpResponse:
    """`/dialogue/`."""
    rows = bodies().order_by("municipality__fictional", "municipality__code", "name")
    counts = dialogue_counts()
    shown = [(body, *counts.get(body.pk, (0, 0))) for body in rows]
    return render(request, "records/body_list.html", {"bodies": shown, "on": today()})


def body(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialogue/<body>/`."""
    found = get_object_or_404(bodies().prefetch_related("municipality__facts__source"), slug=slug)
    facts = [f for f in found.municipality.facts.all() if f.subject == found.name]
    said = body_papers(found, list(found.municipality.facts.all()))
    context = {"body": found, "facts": facts, "on": today(), **said}
    return render(request, "records/body_detail.html", context)
