"""임시조치 요청: somebody says that an opinion violates their rights and asks that it be taken out of sight
(「정보통신망 이용촉진 및 정보보호 등에 관한 법률」 제44조의2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan

from coalition.advocacy.models.opinion import Opinion, OpinionModeration
from coalition.record.models import Person


class ViolatedRight(models.TextChoices):
    """Which right the asker names."""

    PRIVACY = "privacy", "사생활 침해"
    HONOUR = "honour", "명예훼손"
    OTHER = "other", "그 밖의 권리 침해"


class SuspensionOutcome(models.TextChoices):
    """What the secretariat did."""

    SUSPENDED = "suspended", "임시조치"
    HIDDEN = "hidden", "가림"
    DECLINED = "declined", "조치하지 않음"


class SuspensionRequest(models.Model):
    """Asked, proven by mail, answered once. It is read by the secretariat and by nobody else.

    The asker's address stands with the Person alone. What they claim is theirs too: it is emptied with the
    address, and what remains is that there was a request and what became of it.
    """

    LONGEST = 2000

    opinion = models.ForeignKey(
        Opinion, models.PROTECT, related_name="suspension_requests", verbose_name="의견"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="suspension_requests", verbose_name="청한 사람"
    )
    right = models.CharField("어떤 권리", max_length=12, choices=ViolatedRight.choices)
    claim = models.TextField("침해를 설명하는 글", max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField("청한 때", auto_now_add=True)
    confirmed_at = models.DateTimeField("확인한 때", null=True, blank=True)
    outcome = models.CharField(
        "어떻게 했나", max_length=12, choices=SuspensionOutcome.choices, blank=True
    )
    answer = models.TextField("답", max_length=LONGEST, blank=True)
    moderation = models.ForeignKey(
        OpinionModeration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="한 일",
    )
    answered_at = models.DateTimeField("답한 때", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="답한 사람",
    )
    forgotten_on = models.DateField("지운 날", null=True, blank=True)

    class Meta:
        verbose_name = "임시조치 요청"
        verbose_name_plural = "임시조치 요청"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(right__in=ViolatedRight.values),
                name="a suspension is asked for a known right",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_on__isnull=False, claim="")
                | Q(GreaterThan(Length(Trim("claim")), 0), forgotten_on__isnull=True),
                name="a suspension is asked for with a reason until it is forgotten",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_at__isnull=True)
                | Q(
                    GreaterThan(Length(Trim("answer")), 0),
                    outcome__in=SuspensionOutcome.values,
                    answered_at__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="a confirmed suspension request is answered with a reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", "declined"), moderation__isnull=True)
                | Q(outcome__in=("suspended", "hidden"), moderation__isnull=False),
                name="a granted suspension request names what was done",
            ),
        ]

    def __str__(self) -> str:
        return f"임시조치 요청 {self.pk}"
