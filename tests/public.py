"""One address of every kind of public page of the demo; tests/demo proves that no kind is missing.

PAGES are read by people, so tests/journeys opens each of them in a browser; FILES are read by programs.
Whoever adds an address to cms.urls or search.urls, or a kind of page, adds one here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

CASES = "/municipalities/garam/cases/"
CASE = f"{CASES}maeul-dolbom-kodi-24myeong-yeoseos-dal-dwie-mueosi-dallajyeo/"

PAGES = {
    "home": "/",
    "municipalities": "/municipalities/",
    "municipality": "/municipalities/garam/",
    "municipality that left": "/municipalities/saebyeol/",
    "application": "/join/",
    "how to frame a municipality": "/embed/help/garam/",
    "a real municipality": "/municipalities/gwangsan/",
    "cases of one": CASES,
    "case": CASE,
    "data of one": "/municipalities/garam/data/",
    "a dataset": "/municipalities/garam/data/ilmaru-sangdam/",
    "a dataset, further down": "/municipalities/garam/data/ilmaru-sangdam/?row=20",
    "changes of a table": "/municipalities/garam/data/ilmaru-sangdam/v2/changes/",
    "news of one": "/municipalities/garam/news/",
    "cases": "/cases/",
    "cases of a tag": "/cases/?tag=돌봄",
    "data": "/data/",
    "search": "/search/?q=돌봄+일자리",
    "search without hits": "/search/?q=없는낱말뭉치",
    "search that begins": "/search/",
    "search of one kind": "/search/?q=돌봄&kind=page&region=X0001",
    "search that says too much": f"/search/?q={'돌봄+' * 400}",
    "bills": "/bills/",
    "bill": "/bills/sjsa/",
    "version": "/bills/sjsa/v0.3/",
    "provision": "/bills/sjsa/v0.3/art_15__para_2__item_1/",
    "article with notes": "/bills/sjsa/v0.3/art_13/",
    "history of a clause": "/bills/sjsa/v0.3/art_17/history/",
    "three columns": "/bills/sjsa/v0.3/columns/",
    "positions": "/bills/sjsa/positions/",
    "positions of a past day": "/bills/sjsa/positions/?on=2026-08-01",
    "opinions": "/bills/sjsa/opinions/",
    "opinions of a past day": "/bills/sjsa/opinions/?on=2026-08-01",
    "opinions to look at again": "/bills/sjsa/opinions/?clause=art_21&state=stale",
    "clause with opinions": "/bills/sjsa/v0.3/art_21/",
    "form for an opinion": "/bills/sjsa/v0.3/opinions/new/?clause=art_21",
    "opinion that was sent": "/bills/sjsa/opinions/sent/",
    "council resolutions": "/bills/sjsa/resolutions/",
    "council resolutions of a past day": "/bills/sjsa/resolutions/?on=2026-08-01",
    "road of a bill": "/bills/sjsa/road/",
    "statements": "/statements/",
    "statements of a past day": "/statements/?on=2026-08-01",
    "case book": "/case-book/",
    "briefing": "/municipalities/garam/briefing/",
    "briefing of a real municipality": "/municipalities/gwangsan/briefing/",
    "municipality on a past day": "/municipalities/garam/?on=2026-08-01",
    "home on a past day": "/?on=2026-08-01",
    "form for following": "/follow/?kind=bill&key=sjsa",
    "reasons": "/bills/sjsa/v0.3/reasons/",
    "clause with reasons": "/bills/sjsa/v0.3/art_17/",
    "trails": "/trail/",
    "trail": "/trail/garam-green/3/",
    "trail back": "/trail/bills/sjsa/v0.3/art_17/",
    "provision that is gone": "/bills/sjsa/v0.2/art_26/",
    "choosing two versions": "/bills/compare/",
    "choosing two versions of a bill": "/bills/sjsa/compare/",
    "comparison": "/bills/sjsa/compare/v0.2...v0.3/",
    "comparison in one column": "/bills/sjsa/compare/v0.2...v0.3/?view=inline",
    "comparison of one kind, backwards": "/bills/sjsa/compare/v0.3...v0.2/?kind=number",
    "comparison of three": "/bills/sjsa/compare/v0.2...v0.3...v0.2/",
    "version against itself": "/bills/sjsa/compare/v0.3...v0.3/",
    "models": "/models/",
    "model": "/models/garam-care-coordinator/",
    "model of a real municipality": "/models/gwangsan-energy/",
    "pilots": "/pilots/",
    "pilot": "/pilots/garam-care-2026/",
    "pilot that ended": "/pilots/garam-youth-rent-2025/",
    "pilot of a real municipality": "/pilots/gwangsan-village-2026/",
    "spread": "/spread/",
    "spread of a place": "/spread/garam/",
    "spread of an adopter": "/spread/nuri/",
    "methods": "/methods/",
    "dialogue": "/dialogue/",
    "body": "/dialogue/garam/",
    "body on a past day": "/dialogue/garam/?on=2025-10-21",
    "dialogue event": "/dialogue/garam/events/3/",
    "meetings": "/meetings/",
    "meetings of a body": "/meetings/garam/",
    "meeting": "/meetings/garam/4/",
    "questions": "/questions/",
    "questions without an answer": "/questions/?state=unanswered",
    "paper": "/questions/garam-green/",
    "core question": "/questions/garam-green/core/3/",
    "question": "/questions/garam-green/15/",
    "answers of one kind of people": "/questions/garam-green/15/?type=worker",
    "question that is left out": "/questions/garam-green/61/",
    "news": "/news/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}

#: Kinds whose addresses hold a key of the database: the list that leads there, and the link on it.
FOUND = {
    "piece of news": ("/municipalities/garam/news/", r"/municipalities/garam/news/[-a-z0-9]+/"),
    "similar cases": ("/cases/", r"/search/similar/case/\d+/"),
    "opinion": ("/bills/sjsa/opinions/", r"/bills/sjsa/opinions/\d+/"),
    "form against an opinion": (
        "/bills/sjsa/opinions/",
        r"/bills/sjsa/opinions/\d+/suspension/",
    ),
    "council resolution": ("/bills/sjsa/resolutions/", r"/bills/sjsa/resolutions/\d+/"),
    "statement": ("/statements/", r"/statements/\d+/"),
    "document of a position": ("/bills/sjsa/positions/", r"/bills/sjsa/positions/\d+/document/"),
    "feed of a case": (CASE, r"/feeds/cases/\d+/"),
    "calendar of a division": ("/meetings/garam/", r"/meetings/garam/divisions/\d+\.ics"),
}
FOUND_FILES = {"document of a position", "feed of a case", "calendar of a division"}

FILES = [
    "/municipalities/onyu/data/maeul-bus/v1.csv",
    "/municipalities/garam/data/ilmaru-sangdam/v2.ris",
    "/search/suggest/?q=돌",
    "/search/export.csv?q=돌봄",
    "/search/export.json?q=돌봄",
    "/api/v1/search?q=돌봄",
    "/api/v1/openapi.json",
    "/bills/sjsa/v0.3/export.txt",
    "/bills/sjsa/v0.3/export.json",
    "/bills/sjsa/v0.3/export.docx",
    "/bills/sjsa/v0.3/export.xml",
    "/bills/sjsa/v0.3/legislation.jsonld",
    "/bills/sjsa/v0.3/art_15__para_2/legislation.jsonld",
    "/municipalities/garam/organization.jsonld",
    "/organization.jsonld",
    "/bills/sjsa/positions/export.csv",
    "/bills/sjsa/opinions/export.csv",
    "/bills/sjsa/resolutions/template.docx",
    "/bills/sjsa/compare/v0.2...v0.3.json",
    "/feeds/bills/sjsa/",
    "/feeds/bills/sjsa/art_21/",
    "/feeds/bills/sjsa/v0.3/art_21/",
    "/feeds/municipalities/garam/",
    "/feeds/search/?q=돌봄",
    "/feeds/cases/",
    "/feeds/news/",
    "/feeds/bills/",
    "/meetings.ics",
    "/meetings/garam.ics",
    "/meetings/garam/1.ics",
    "/embed/v1/municipalities/garam/",
    "/embed/municipalities/garam/",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz/live",
]

#: Kinds of PAGES with a form: the one thing that sets a cookie, against forged posts.
FORMS = frozenset(
    {"application", "form for an opinion", "form for following", "form against an opinion"}
)

_OFF = "404 unless 시민 공감 is switched on: tests/cms/test_support.py"
#: What is no more, or asks for too much, says so.
STATUS = {"provision that is gone": 404, "search that says too much": 400}

#: Names of addresses that have no example above, and why.
WITHOUT = {
    "follow_confirm": "a letter's own address: tests/cms/test_follows.py",
    "follow_end": "a letter's own address: tests/cms/test_follows.py",
    "opinion_confirm": "a letter's own address: tests/cms/test_opinions.py",
    "suspension_asked": "what a form leads to: tests/cms/test_suspensions.py",
    "suspension_confirm": "a letter's own address: tests/cms/test_suspensions.py",
    "opinion_own": "a letter's own address: tests/cms/test_opinions.py",
    "invitation": "a letter's own address: tests/cms/test_people.py",
    "join_confirm": "a letter's own address: tests/cms/test_joining.py",
    "review": "an address for one reader: tests/cms/test_reviews.py",
    "ready": "says what the machine lacks: tests/cms/test_views.py",
    "newest_provision": "leads to the version: tests/cms/test_bills.py",
    "edition": "the demo has none until its secretariat makes one: tests/cms/test_case_book.py",
    "edition_file": "the same",
    "briefing_file": "printed: tests/cms/test_case_book.py",
    "packet": "made by the worker: tests/cms/test_packets.py",
    "original": "the demo's versions were not brought from files: tests/cms/test_originals.py",
    "resolution_document": "the demo's resolutions have none: tests/cms/test_resolutions.py",
    "statement_document": "the demo's statements have none: tests/cms/test_coordination.py",
    "support": _OFF,
    "support_give": _OFF,
    "support_asked": _OFF,
    "support_ask_end": _OFF,
    "support_confirm": _OFF,
    "support_end": _OFF,
    "meeting_document": "the demo's meetings have none: tests/cms/test_gatherings.py",
}


def found(kind: str, read: Callable[[str], str]) -> str:
    """The address of a kind of FOUND; `read` gives the HTML of an address."""
    listing, pattern = FOUND[kind]
    link = re.search(rf'href="({pattern})"', read(listing))
    if link is None:
        raise LookupError(f"{listing}: no link like {pattern}")
    return unescape(link[1])
