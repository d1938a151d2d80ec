"""Others look at a page: an outside reviewer by a link that expires, the 사무국 for the joint case book.

Neither publishes: a municipality's page goes out by its own approval (docs/architecture.md, decision 6).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page


class ReviewLink(models.Model):
    """A way for somebody without an account to read one draft, until a day. The token is not kept."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="review_links", verbose_name="쪽")
    token_hash = models.CharField("열쇠의 해시", max_length=64, unique=True)
    reader = models.CharField(
        "누구에게", max_length=60, help_text="기관이나 역할. 보기: 노동연구원 검토자"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="만든 사람"
    )
    made_at = models.DateTimeField("만든 때", default=timezone.now)
    expires_at = models.DateTimeField("끝나는 때")
    revoked_at = models.DateTimeField("거둔 때", null=True, blank=True)

    class Meta:
        verbose_name = "검토 링크"
        verbose_name_plural = "검토 링크"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a review link ends after it begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} ({self.expires_at:%Y-%m-%d}까지)"

    @property
    def is_open(self) -> bool:
        """Whether it still shows anything."""
        return self.revoked_at is None and timezone.now() < self.expires_at


class CaseBookState(models.TextChoices):
    """사무국 확인: what became of a case that was offered to the joint case book."""

    WAITING = "waiting", "확인을 기다림"
    TAKEN = "taken", "실음"
    DECLINED = "declined", "싣지 않음"


class CaseBookEntry(models.Model):
    """공동 사례집: one offer of one published text, and what the 사무국 decided, with its reason."""

    page = models.ForeignKey(
        "cms.CasePage", models.CASCADE, related_name="case_book_entries", verbose_name="사례"
    )
    revision = models.PositiveBigIntegerField("공개된 글", help_text="어느 글을 보고 정했는지")
    offered_at = models.DateTimeField("낸 때", default=timezone.now)
    state = models.CharField(
        "상태", max_length=10, choices=CaseBookState.choices, default=CaseBookState.WAITING
    )
    reason = models.CharField("까닭", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="확인한 사람",
    )
    decided_at = models.DateTimeField("확인한 때", null=True, blank=True)

    class Meta:
        verbose_name = "사례집 확인"
        verbose_name_plural = "사례집 확인"
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state="waiting"),
                name="a case waits once for the case book",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | Q(~Q(state="waiting"), decided_by__isnull=False, decided_at__isnull=False),
                name="a case book decision names who and when",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="a case that is not taken is told why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.get_state_display()}"
