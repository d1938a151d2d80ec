"""`lint`: the faults of structure (S1–S4) and the drafting rules (L…) that a machine can check.

What needs a reader's judgement (L7, most of L8 and L10, L19) is a checklist elsewhere; L17 waits for
amending bills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from coalition.drafts.text.diagnostics import Diagnostic, Level, in_order
from coalition.drafts.text.lint import (
    citing,
    general,
    institutions,
    numbering,
    sentences,
    supplement,
    wording,
)
from coalition.drafts.text.lint.draft import Draft, draft_of
from coalition.drafts.text.lint.rules import RULES, Rule
from coalition.drafts.text.parse import Parsed
from coalition.pause import collector_paused

__all__ = ["RULES", "Rule", "lint"]

_CHECKS: tuple[Callable[[Draft], Iterator[Diagnostic]], ...] = (
    numbering.broken,
    numbering.marking,
    numbering.branches,
    sentences.forms,
    general.sequence,
    general.purpose,
    general.definitions,
    general.relations,
    institutions.delegation,
    institutions.committees,
    institutions.plans,
    institutions.finance,
    citing.spelling,
    citing.acts,
    citing.all_or_one,
    supplement.layout,
    supplement.effect,
    wording.plain_words,
    wording.signs,
)


def lint(parsed: Parsed, law: bool = False) -> list[Diagnostic]:
    """All findings about a text in the order of its lines, those of `parse` included.

    With `law` the text is an enacted Act: faults of structure are warnings, and rules that only a
    new draft can follow are left out.
    """
    with collector_paused():
        draft = draft_of(parsed, law=law)
        found = [_of_reading(diagnostic, law=law) for diagnostic in parsed.diagnostics]
        for check in _CHECKS:
            found.extend(check(draft))
        return in_order(found)


def _of_reading(diagnostic: Diagnostic, *, law: bool) -> Diagnostic:
    if law and diagnostic.code.startswith("S"):
        return replace(diagnostic, level=Level.WARNING)
    return diagnostic
