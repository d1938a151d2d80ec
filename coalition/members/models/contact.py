"""연락처: which post of a municipality answers for what, by the telephone and mail of its office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.members.models.municipality import Municipality
from coalition.record.models import Source


class ContactPost(models.Model):
    """A post and never a person. Append-only: a change is a later row that `replaces` this one."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="contact_posts", verbose_name="지방정부"
    )
    post = models.CharField("부서", max_length=60)
    duty = models.CharField("맡은 일", max_length=120, blank=True)
    telephone = models.CharField("사무실 전화", max_length=14)
    email = models.EmailField("부서 전자우편", max_length=120, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn = models.BooleanField("거둠", default=False)
    on = models.DateField("적은 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="적은 사람",
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "연락처"
        verbose_name_plural = "연락처"
        ordering = ("municipality", "pk")
        indexes = [models.Index(fields=("municipality", "on"), name="contact_as_of")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(post="") & ~Q(telephone=""), name="a contact post can be called"
            ),
            # Numbers of offices begin with an area code (02–064) or have none; 01x are people's own.
            models.CheckConstraint(
                condition=~Q(telephone__startswith="01") & ~Q(telephone__startswith="+"),
                name="a contact post has no mobile number",
                violation_error_message="휴대전화 번호는 적을 수 없습니다. 사무실 전화를 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(replaces__isnull=False),
                name="only an entered contact is withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.post}"
