"""The desk speaks Korean: the catalogues are whole, and an editor meets no English.

A Wagtail release that brings new texts fails here first. What to do then: translate them in
locale/ko/LC_MESSAGES, run deploy/messages.py, and look at the screens.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.english import english
from tests.factories.pages import make_case
from tests.forms import case_form

CATALOGUES = sorted((Path(settings.BASE_DIR) / "locale").glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")

# Left out on purpose, and why.
DROPPED = {
    # Our constraints are named in English, for who reads the log.
    "Constraint “%(name)s” is violated.": {"%(name)s"},
    # There is one workflow with one task: a button needs no name of it.
    "Submit to %(workflow_name)s": {"%(workflow_name)s"},
    "Resubmit to %(task_name)s": {"%(task_name)s"},
    # The page search passes no name, and the column header would read "None 18개 가운데 1–18".
    "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s": {"%(model_name)s"},
}


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.name)
def test_the_compiled_catalogue_is_the_one_beside_it(source: Path) -> None:
    written = {_key(entry): _texts(entry) for entry in polib.pofile(str(source))}
    compiled = polib.mofile(str(source.with_suffix(".mo")))
    assert {_key(entry): _texts(entry) for entry in compiled} == written, "run deploy/messages.py"


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.name)
def test_placeholders_and_tags_survive_translation(source: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(source)):
        asked = set(PLACEHOLDER.findall(entry.msgid))
        known = asked | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in _texts(entry):
            used = set(PLACEHOLDER.findall(text))
            lost = asked - used - DROPPED.get(entry.msgid, set())
            if entry.fuzzy or not text or lost or used - known:
                wrong.append(entry.msgid)
            if sorted(TAG.findall(entry.msgid_plural or entry.msgid)) != sorted(TAG.findall(text)):
                wrong.append(entry.msgid)
    assert not wrong


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_of_the_installed_wagtail_apps_is_translated(domain: str) -> None:
    ours = {
        _key(entry)
        for path in CATALOGUES
        if path.stem == domain
        for entry in polib.pofile(str(path))
    }
    missing = []
    for app in apps.get_app_configs():
        english = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if app.name.split(".")[0] in {"wagtail", "taggit"} and english.exists():
            missing += [
                f"{app.name}: {entry.msgid}"
                for entry in polib.pofile(str(english))
                if not entry.obsolete and _key(entry) not in ours
            ]
    assert not missing


@pytest.mark.django_db
def test_the_browser_gets_our_words(client: Client) -> None:
    catalogue = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    for word in ("다른 작업", "대체 글", "메모 남기기"):
        assert json.dumps(word) in catalogue


# --- what stands on the screens ---


def _screens(case: Any) -> dict[str, str]:
    index = case.get_parent()
    return {
        "home": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[index.pk]),
        "search": reverse("wagtailadmin_pages:search") + "?q=없는말",
        "new case": reverse("wagtailadmin_pages:add", args=["cms", "casepage", index.pk]),
        "case": reverse("wagtailadmin_pages:edit", args=[case.pk]),
        "new case from a beginning": reverse(
            "wagtailadmin_pages:add", args=["cms", "casepage", index.pk]
        )
        + "?begin=care",
        "what may be added": reverse("wagtailadmin_pages:add_subpage", args=[index.pk]),
        "review links": reverse("review_links", args=[case.pk]),
        "usage": reverse("wagtailadmin_pages:usage", args=[case.pk]),
        "compare": reverse(
            "wagtailadmin_pages:revisions_compare", args=[case.pk, "earliest", "latest"]
        ),
        "back to an earlier text": reverse(
            "wagtailadmin_pages:revisions_revert",
            args=[case.pk, case.latest_revision_id],
        ),
        "link to an address": reverse("wagtailadmin_choose_page_external_link"),
        "link to mail": reverse("wagtailadmin_choose_page_email_link"),
        "link to a telephone": reverse("wagtailadmin_choose_page_phone_link"),
        "link to a place": reverse("wagtailadmin_choose_page_anchor_link"),
        "history": reverse("wagtailadmin_pages:history", args=[case.pk]),
        "approval": reverse("wagtailadmin_pages:workflow_history", args=[case.pk]),
        "copy": reverse("wagtailadmin_pages:copy", args=[case.pk]),
        "page chooser": reverse("wagtailadmin_choose_page"),
        "image chooser": reverse("wagtailimages_chooser:choose"),
        "document chooser": reverse("wagtaildocs_chooser:choose"),
        "images": reverse("wagtailimages:index"),
        "new image": reverse("wagtailimages:add"),
        "new images": reverse("wagtailimages:add_multiple"),
        "documents": reverse("wagtaildocs:index"),
        "new document": reverse("wagtaildocs:add"),
        "new documents": reverse("wagtaildocs:add_multiple"),
        "account": reverse("wagtailadmin_account"),
        "tag proposal": reverse("propose_tag"),
    }


def _met(client: Client, addresses: dict[str, str]) -> dict[str, list[str]]:
    """English texts by screen."""
    met: dict[str, list[str]] = {}
    for name, address in addresses.items():
        response = client.get(address)
        assert response.status_code == 200 or "added" in name, (name, response.status_code)
        html = response.content.decode()
        if response["Content-Type"].startswith("application/json"):  # a dialogue
            html = json.loads(html)["html"]
        if found := sorted(set(english(html))):
            met[name] = found
    return met


@pytest.mark.django_db
def test_an_editor_meets_no_english(garam: Any, garam_editor: Any, login: Any) -> None:
    case = make_case(garam)
    case.summary = "고친 글"
    case.save_revision(user=garam_editor)

    assert not _met(login(garam_editor), _screens(case))


@pytest.mark.django_db
def test_an_approver_meets_no_english(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    case, public = make_case(garam, live=False, owner=garam_editor), make_case(garam, "공개한 사례")
    case.save_revision(user=garam_editor)
    state = case.get_workflow().start(case, garam_editor)
    task = state.current_task_state
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    met = _met(
        login(garam_approver),
        {
            "home": reverse("wagtailadmin_home"),
            "case": reverse("wagtailadmin_pages:edit", args=[case.pk]),
            "public case": reverse("wagtailadmin_pages:edit", args=[public.pk]),
            "reject": reverse(
                "wagtailadmin_pages:collect_workflow_action_data", args=[case.pk, "reject", task.pk]
            ),
            "approve with words": reverse(
                "wagtailadmin_pages:collect_workflow_action_data",
                args=[case.pk, "approve", task.pk],
            ),
            "decide from the list": reverse(
                "wagtailadmin_pages:workflow_action", args=[case.pk, "reject", task.pk]
            ),
            "approvals": reverse("wagtailadmin_pages:workflow_history", args=[case.pk]),
            "approval": reverse(
                "wagtailadmin_pages:workflow_history_detail", args=[case.pk, state.pk]
            ),
            "take down": reverse("wagtailadmin_pages:unpublish", args=[public.pk]),
            "delete": reverse("wagtailadmin_pages:delete", args=[case.pk]),
            "privacy": reverse("wagtailadmin_pages:set_privacy", args=[public.pk]),
            "withdraw": reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[case.pk]),
            "publish many": f"{bulk}?id={public.pk}&next=/admin/",
        },
    )

    assert not met


@pytest.mark.django_db
def test_what_goes_wrong_is_said_in_korean(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    case = make_case(garam, live=False, owner=garam_editor)
    case.save_revision(user=garam_approver)
    client, address = login(garam_editor), reverse("wagtailadmin_pages:edit", args=[case.pk])
    form = case_form(
        **{
            "phase": "ended",
            "numbers-TOTAL_FORMS": "1",
            "numbers-0-ORDER": "1",
            "action-submit": "1",
        }
    )

    refused = client.post(address, form)
    older = client.post(address, {**form, "loaded_revision_id": "1", "summary": "다른 글"})

    assert (refused.status_code, older.status_code) == (200, 409)
    assert set(english(refused.content.decode())) == set()
    assert set(english(older.content.decode())) == set()


@pytest.mark.django_db
def test_the_secretariats_new_screens_are_korean(garam: Any, secretariat: Any, login: Any) -> None:
    make_case(garam, in_case_book=True)

    names = ("wagtailadmin_home", "case_book:index", "desk_states:index")

    assert not _met(login(secretariat), {name: reverse(name) for name in names})


@pytest.mark.django_db
def test_the_way_in_is_korean(client: Client) -> None:
    for name in (
        "wagtailadmin_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
    ):
        # Django makes this label from the name of Wagtail's field.
        assert set(english(client.get(reverse(name)).content.decode())) == set(), name
