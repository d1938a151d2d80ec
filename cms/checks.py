"""What a developer or an operator forgot, said by `manage.py check` with the remedy."""

from __future__ import annotations

import re
from typing import Any

from django.core import checks
from django.db import connection
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver
from wagtail.models import Page, get_page_models

from cms.models.standard import TO_BE_CONFIRMED, StandardPage
from coalition.particles import subject, topic


@checks.register()
def check_page_templates(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """cms.E001: a page class that would answer with an error."""
    found: list[checks.CheckMessage] = []
    for model in get_page_models():
        if model is Page:
            continue
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            found.append(
                checks.Error(
                    f"쪽 {model.__name__}의 템플릿 {subject(model.template)} 없습니다.",
                    hint="templates/pages/<쪽 이름>.html을 만드세요.",
                    obj=model,
                    id="cms.E001",
                )
            )
    return found


def first_segments() -> set[str]:
    """The first segments of the URL table: addresses that no page may take."""
    segments: set[str] = set()
    waiting: list[Any] = list(get_resolver().url_patterns)
    while waiting:
        entry = waiting.pop()
        route = str(entry.pattern)
        if route:
            segments.add(route.lstrip("^").split("/", 1)[0])
        elif isinstance(entry, URLResolver):
            waiting += entry.url_patterns
    return {segment for segment in segments if re.fullmatch(r"[a-z0-9-]+", segment)}


@checks.register(checks.Tags.database)
def check_reserved_slugs(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """cms.E002: a page below home that can never be reached, because a record's address stands before it."""
    if not databases or Page._meta.db_table not in connection.introspection.table_names():
        return []
    hidden = Page.objects.filter(depth=3, slug__in=first_segments())
    return [
        checks.Error(
            f"쪽 ‘{page.title}’의 주소 {topic(page.slug)} 누리집의 다른 곳이 씁니다.",
            hint="쪽의 주소를 바꾸세요.",
            obj=page,
            id="cms.E002",
        )
        for page in hidden
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_blanks(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """cms.E003: a legal page still has a blank that only the operator can fill."""
    if StandardPage._meta.db_table not in connection.introspection.table_names():
        return []
    from cms.models.site import Operator

    found = [
        f"‘{page.title}’"
        for page in StandardPage.objects.live()
        if TO_BE_CONFIRMED in str(page.body.raw_data)
    ]
    operator = Operator.objects.first()
    fields = ("name", "address", "phone", "email")
    if operator is None or any(TO_BE_CONFIRMED in getattr(operator, field) for field in fields):
        found.append("운영자 정보")
    return [
        checks.Error(
            f"{what}에 「{TO_BE_CONFIRMED}」 자리가 남아 있습니다.",
            hint="관리 화면에서 사실을 적어 넣으세요.",
            id="cms.E003",
        )
        for what in found
    ]
