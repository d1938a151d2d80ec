"""의견: what a citizen or an institution says of a clause, what the secretariat did with it, and the reply.

The address stands with the Person and nowhere else; a name only with a separate consent, as a Person of its own
that can be erased alone. What was said, moderated and replied is dated and never rewritten, so that any past
day can be told; only who wrote it may take the words back.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan

from coalition.drafts.models import Provision, Version
from coalition.record.models import Person

LONGEST = 3000


class AuthorKind(models.TextChoices):
    """Who speaks."""

    CITIZEN = "citizen", "시민"
    INSTITUTION = "institution", "기관"


class Opinion(models.Model):
    """One opinion on a 조 or 항 of the version that was looked at; without a provision on the whole bill.

    Written, then confirmed by mail; `on` is the day from which it is told. What was never confirmed is deleted.
    """

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="opinions", verbose_name="보고 쓴 판"
    )
    provision = models.ForeignKey(
        Provision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name="조문",
    )
    uid = models.UUIDField("조문의 정체", null=True, blank=True, db_index=True)
    author_kind = models.CharField("누구로서", max_length=12, choices=AuthorKind.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="opinions", verbose_name="쓴 사람"
    )
    signature = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_opinions",
        verbose_name="밝힌 이름",
    )
    of_age = models.BooleanField("만 14세 이상", default=False)
    text = models.TextField("의견", max_length=LONGEST, blank=True)
    written_at = models.DateTimeField("쓴 때", auto_now_add=True)
    confirmed_at = models.DateTimeField("확인한 때", null=True, blank=True)
    on = models.DateField("받은 날", null=True, blank=True)
    withdrawn_on = models.DateField("거둔 날", null=True, blank=True)

    class Meta:
        verbose_name = "의견"
        verbose_name_plural = "의견"
        ordering = ("pk",)
        indexes = [models.Index(fields=("version", "on"), name="opinion_as_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(author_kind__in=AuthorKind.values),
                name="an opinion has a known kind of author",
            ),
            models.CheckConstraint(
                condition=Q(of_age=True), name="who gives an opinion is fourteen or older"
            ),
            models.CheckConstraint(
                condition=Q(provision__isnull=True, uid__isnull=True)
                | Q(provision__isnull=False, uid__isnull=False),
                name="an opinion on a clause has its identity",
            ),
            models.CheckConstraint(
                condition=Q(text="", withdrawn_on__isnull=False)
                | (~Q(text="") & Q(withdrawn_on__isnull=True)),
                name="an opinion says something until it is withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, on__isnull=True)
                | Q(confirmed_at__isnull=False, on__isnull=False),
                name="an opinion is told from its confirmation",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | Q(on__isnull=False, withdrawn_on__gte=F("on")),
                name="only a confirmed opinion is withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"의견 {self.pk}"


class ModerationKind(models.TextChoices):
    """What the secretariat did. `held` is written at confirmation, when the gate warned."""

    HELD = "held", "살펴보는 중"
    HIDDEN = "hidden", "가림"
    SUSPENDED = "suspended", "임시조치"
    SHOWN = "shown", "보임"


class OpinionModeration(models.Model):
    """One step of moderation, append-only: of several the last one counts. The reason is public, who asked is not.

    임시조치 (「정보통신망 이용촉진 및 정보보호 등에 관한 법률」 제44조의2) ends by itself after `until`.
    """

    opinion = models.ForeignKey(
        Opinion, models.PROTECT, related_name="moderations", verbose_name="의견"
    )
    kind = models.CharField("무엇", max_length=12, choices=ModerationKind.choices)
    reason = models.CharField("까닭", max_length=300, blank=True)
    until = models.DateField("언제까지", null=True, blank=True)
    asker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="청한 사람"
    )
    on = models.DateField("한 날")
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="한 사람",
    )
    moderated_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "의견 살피기"
        verbose_name_plural = "의견 살피기"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ModerationKind.values),
                name="a moderation is of a known kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="shown") | Q(GreaterThan(Length(Trim("reason")), 0)),
                name="an opinion is not hidden without a reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="suspended", until__isnull=False, until__gt=F("on"))
                | (~Q(kind="suspended") & Q(until__isnull=True)),
                name="a suspension and nothing else has an end",
            ),
            models.UniqueConstraint(
                fields=("opinion",),
                condition=Q(kind="suspended"),
                name="an opinion is suspended once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion} {self.get_kind_display()}"


class Verdict(models.TextChoices):
    """What became of an opinion."""

    ACCEPTED = "accepted", "반영"
    PARTLY = "partly", "일부 반영"
    DECLINED = "declined", "미반영"


class OpinionReply(models.Model):
    """The reply, which is the only way to close an opinion: a verdict and its reason, or none at all.

    Append-only: a correction is a later row that `replaces` this one.
    """

    opinion = models.ForeignKey(
        Opinion, models.PROTECT, related_name="replies", verbose_name="의견"
    )
    verdict = models.CharField("답변", max_length=12, choices=Verdict.choices)
    reason = models.TextField("까닭", max_length=LONGEST)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    on = models.DateField("답한 날")
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="답한 사람",
    )
    replied_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "의견의 답변"
        verbose_name_plural = "의견의 답변"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="a reply has a known verdict"
            ),
            models.CheckConstraint(
                condition=GreaterThan(Length(Trim("reason")), 0),
                name="an opinion is not closed without a reason",
            ),
            models.UniqueConstraint(
                fields=("opinion",),
                condition=Q(replaces__isnull=True),
                name="an opinion has one reply that corrections replace",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion} {self.get_verdict_display()}"


class Sending(models.Model):
    """A public form was sent, counted for a day: mail address and network address are keyed hashes."""

    email = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "보낸 횟수"
        verbose_name_plural = "보낸 횟수"
        indexes = [
            models.Index(fields=("email", "at"), name="sending_of_email"),
            models.Index(fields=("address", "at"), name="sending_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
