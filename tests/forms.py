"""Fills a form as a browser would: what a GET by this user showed, and what the test changes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client


def shown_form(
    client: Client, address: str, selector: str = "form[method=post], form[method=POST]"
) -> dict[str, Any]:
    """The data of the page's largest form, with every field that a browser would send."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    forms = [form for form in page.select(selector) if isinstance(form, Tag)]
    return _data_of(max(forms, key=lambda one: len(one.select("[name]"))))


def posting_forms(html: str, address: str) -> list[tuple[str, dict[str, Any]]]:
    """Every form of a page that posts: where to, and what a browser would send once it asks for no more."""
    forms = BeautifulSoup(html, "html.parser").select("form[method=post], form[method=POST]")
    return [
        (urljoin(address, str(form.get("action") or "")), {**_data_of(form), **_asked_for(form)})
        for form in forms
    ]


#: What is written into a required field that stands empty.
_ANSWERS = {"date": "2026-08-03", "number": "3", "email": "new@example.kr", "time": "10:00"}


def _asked_for(form: Tag) -> dict[str, Any]:
    """An answer to everything that the browser would not send empty; files are left out."""
    data: dict[str, Any] = {}
    for field in form.select("select[name]:not([multiple]):not(:has(option[selected]))"):
        options = [str(one.get("value", "")) for one in field.select("option")]
        wanted = [value for value in options if value or not field.has_attr("required")]
        data[str(field["name"])] = next(iter(wanted), "")
    for field in form.select("[required][name]:not(select)"):
        name, kind = str(field["name"]), str(field.get("type", "text"))
        if kind in ("checkbox", "radio"):
            data[name] = str(field.get("value", "on"))
        elif kind not in ("file", "hidden") and not (
            field.get("value") or field.get_text().strip()
        ):
            data[name] = _ANSWERS.get(kind, "글")
    return data


def _data_of(form: Tag) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), str(field.get("type", ""))
        if field.name == "select":
            chosen = [o for o in field.select("option") if o.has_attr("selected")]
            data[name] = str(chosen[0].get("value", "")) if chosen else ""
        elif field.name == "textarea":
            data[name] = field.get_text().removeprefix("\n").removeprefix("\r\n")
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data[name] = str(field.get("value", "on"))
        elif kind not in ("submit", "button", "file", "image"):
            data[name] = str(field.get("value", ""))
    return data


def case_form(**fields: str) -> dict[str, str]:
    """What the case's form sends when nothing but `fields` was filled in."""
    return {
        "title": "마을 돌봄",
        "phase": "running",
        "problem": "null",
        "approach": "null",
        "result": "null",
        "limits": "null",
        **{
            f"{name}-count": "0"
            for name in ("dialogue", "process", "differences", "conditions", "story")
        },
        **{
            f"{name}-{part}": "0"
            for name in ("barriers", "numbers", "comments")
            for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
        },
        **fields,
    }
