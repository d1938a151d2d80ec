"""The blocks of a document as the preview shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.safestring import mark_safe

from cms.bringing import Brought


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block: `kind` heading, paragraph or table."""

    kind: str
    text: str = ""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def shown_blocks(brought: Brought) -> list[ShownBlock]:
    """In order. The rich text was made by cms.bringing, which escapes every word."""
    shown = []
    for block in brought.story:
        value = block["value"]
        if block["type"] == "table":
            table = value["table"]
            shown.append(
                ShownBlock(
                    "table",
                    value["caption"],
                    [column["heading"] for column in table["columns"]],
                    [row["values"] for row in table["rows"]],
                )
            )
        elif block["type"] == "paragraph":
            shown.append(ShownBlock("paragraph", mark_safe(value)))  # noqa: S308 (escaped in cms.bringing)
        else:
            shown.append(ShownBlock(block["type"], value))
    return shown
