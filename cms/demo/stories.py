"""Cases and news from data/demo, as pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image, ImageDraw
from wagtail.models import Page

from cms.models import (
    CaseBarrier,
    CaseIndexPage,
    CaseNumber,
    CasePage,
    HomePage,
    HubImage,
    MunicipalityPage,
    NewsIndexPage,
    NewsPage,
    Tag,
)
from coalition.dialogue.queries import divisions
from coalition.record.models import User

OPTIONAL_FIELDS = {"target", "target_note", "budget", "budget_note", "approach", "in_case_book"}
CASE_FIELDS = ("summary", "result_line", "phase", "problem", "result", "limits")


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def moment_of(day: str) -> dt.datetime:
    """Nine in the morning of that day in Seoul."""
    return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9)))


def publish_as_of(page: Page, day: str, by: User) -> None:
    """Publish as of a day of the past: the demo has to look the same whenever it is seeded."""
    page.save_revision(user=by).publish()
    moment = moment_of(day)
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=moment, last_published_at=moment
    )


def _below(parent: Page) -> Page:
    """The parent read anew: treebeard keeps the count of children in memory."""
    return parent.__class__.objects.get(pk=parent.pk)


def make_case(told: dict[str, Any], by: User) -> None:
    """One case, unless a case of that title is there."""
    root = MunicipalityPage.objects.get(slug=told["municipality"])
    index = CaseIndexPage.objects.child_of(root).get()
    if CasePage.objects.child_of(index).filter(title=told["title"]).exists():
        return
    division = (
        divisions()
        .filter(body__municipality=root.municipality, name=told["division"] or "")
        .first()
    )
    page = CasePage(
        title=told["title"],
        owner=by,
        division=division,
        period_from=_day(told["period_from"]),
        period_to=_day(told["period_to"]),
        process=[("step", step) for step in told["process"]],
        differences=[("difference", row) for row in told["differences"]],
        **{field: told[field] for field in CASE_FIELDS},
    )
    for field in OPTIONAL_FIELDS & told.keys():
        setattr(page, field, told[field])
    page.dialogue = [("dialogue", asked) for asked in told.get("dialogue", ())]
    page.conditions = [("condition", one) for one in told.get("conditions", ())]
    page.story = page._meta.get_field("story").stream_block.to_python(
        [_block(kind, value) for kind, value in told["story"]]
    )
    page.barriers = [
        CaseBarrier(sort_order=order, **barrier)
        for order, barrier in enumerate(told.get("barriers", ()))
    ]
    page.numbers = [
        CaseNumber(sort_order=order, **number) for order, number in enumerate(told["numbers"])
    ]
    page = _below(index).add_child(instance=page)
    page.tags.set(Tag.objects.filter(name__in=told["tags"]))
    if told.get("photo"):
        page.photo = make_drawing(told["photo"], root)
    publish_as_of(page, told["published_on"], by)


def make_news(told: dict[str, Any], by: User) -> None:
    """One piece of news, of a municipality or of the coalition."""
    root: Page = (
        MunicipalityPage.objects.get(slug=told["municipality"])
        if told["municipality"]
        else HomePage.objects.get()
    )
    index = NewsIndexPage.objects.child_of(root).get()
    if NewsPage.objects.child_of(index).filter(title=told["title"]).exists():
        return
    page = NewsPage(title=told["title"], owner=by, summary=told["summary"], date=_day(told["date"]))
    page.body = page._meta.get_field("body").stream_block.to_python(
        [_block(kind, value) for kind, value in told["body"]]
    )
    publish_as_of(_below(index).add_child(instance=page), told["date"], by)


def _block(kind: str, value: Any) -> dict[str, Any]:
    """A block of data/demo in the form that a StreamField stores."""
    if kind == "table":
        columns, rows = value["columns"], value["rows"]
        value = {
            "caption": value["caption"],
            "source": value.get("source", ""),
            "table": {
                "columns": columns,
                # A float of JSON would become 3.100000000000000088 in a DecimalBlock.
                "rows": [{"values": [str(cell) for cell in row]} for row in rows],
                "caption": "",
            },
        }
    return {"type": kind, "value": value}


def make_drawing(told: dict[str, str], root: MunicipalityPage) -> HubImage:
    """A plain drawing in place of a photograph: nobody is shown, and it says that it is drawn."""
    found = HubImage.objects.filter(title=told["title"], collection=root.collection).first()
    if found is not None:
        return found
    seed = hashlib.sha256(told["title"].encode()).digest()
    picture = Image.new("RGB", (1200, 675), "#e9f0f9")
    pen = ImageDraw.Draw(picture)
    for i in range(0, 24, 2):
        left, height = 60 + i * 46, 80 + seed[i] * 2
        pen.rectangle(
            (left, 600 - height, left + 66, 600), fill="#1a4a8a" if seed[i + 1] % 3 else "#93bcf2"
        )
    pen.line((40, 600, 1160, 600), fill="#1b1f24", width=4)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    name = f"demo-{seed.hex()[:12]}.png"
    return HubImage.objects.create(
        title=told["title"],
        description=told["description"],
        credit="연대 허브 시연용 그림",
        licence="own",
        collection=root.collection,
        file=ImageFile(io.BytesIO(stream.getvalue()), name=name),
    )
