"""공동 성명 as everybody reads them: released ones, with the names of the day."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.as_of import as_of
from cms.queries.statements import statement_details, statements_details
from cms.views.attachments import shown_document
from coalition.advocacy.models import StatementJoin
from coalition.members.access import Access


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """`/statements/`."""
    return render(request, "records/statement_list.html", statements_details(as_of(request)))


@require_safe
def statement(request: HttpRequest, number: int) -> HttpResponse:
    """`/statements/<number>/`."""
    details = statement_details(number, as_of(request))
    if details is None:
        raise Http404("없는 성명이거나 아직 발표하지 않았습니다.")
    return render(request, "records/statement_detail.html", details)


@require_safe
def document(request: HttpRequest, number: int, pk: int) -> FileResponse:
    """`/statements/<number>/names/<pk>/document/`: for the secretariat and who gave the name."""
    rows = StatementJoin.objects.select_related("document", "municipality")
    found = rows.filter(statement=number, pk=pk, document__isnull=False).first()
    own = found is not None and Access.of(request.user).may_join_statement(found.municipality)
    kept = found.document if found else None
    return shown_document(request, kept, f"statement-{number}-{pk}", own=own)
