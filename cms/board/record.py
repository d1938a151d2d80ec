"""Tiles of the floor and of what citizens wrote: mails that did not go out, texts that wait for 비식별 검토."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.board.tiles import Entry, Look, Tile
from coalition.dialogue.papers import waiting_answers, waiting_questions
from coalition.record.models import MailOut


def _failed(look: Look) -> Any:
    failed = MailOut.objects.filter(given_up_at__isnull=False, sent_at__isnull=True)
    return failed.defer("text").order_by("given_up_at", "pk")


def _mail_entries(rows: Sequence[MailOut]) -> list[Entry]:
    return [
        Entry(
            row.subject,
            reverse("mail_desk:index"),
            f"{row.error} ({row.attempts}번)",
            timezone.localdate(row.given_up_at),
        )
        for row in rows
    ]


def _answers(look: Look) -> Any:
    return waiting_answers().select_related("paper", "question__paper").order_by("paper", "number")


def _questions(look: Look) -> Any:
    return waiting_questions().select_related("paper").order_by("paper", "number")


def _text_entries(kind: str, label: str) -> Any:
    """The texts themselves are not shown here: they wait for somebody who looks for personal data in them."""
    address = f"{reverse('deidentification:index')}?kind={kind}"
    return lambda rows: [Entry(f"{row.paper} {label} {row.number}번", address) for row in rows]


MAIL_TILES = (
    Tile(
        "mails",
        "보내지 못한 메일",
        "까닭을 보고 다시 보냅니다.",
        _failed,
        _mail_entries,
    ),
)
DIALOGUE_TILES = (
    Tile(
        "answers",
        "비식별을 기다리는 답변",
        "가져온 답변은 검토를 마쳐야 공개됩니다.",
        _answers,
        lambda rows: _text_entries("answers", "답변")(rows),
    ),
    Tile(
        "questions",
        "비식별을 기다리는 질문",
        "개인정보로 보이는 글이 있어 멈춘 질문입니다.",
        _questions,
        lambda rows: _text_entries("questions", "질문")(rows),
    ),
)
