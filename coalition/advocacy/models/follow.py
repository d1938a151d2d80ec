"""알림 받기: somebody wants to hear of a thing. The address stands with the Person and nowhere else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coalition.drafts.models import Bill, Provision
from coalition.members.models import Municipality
from coalition.record.models import Person

#: A search is kept as the parameters of its address. An index entry of PostgreSQL holds no more than this.
LONGEST_KEY = 2000


class FollowKind(models.TextChoices):
    """What can be followed."""

    CLAUSE = "clause", "조문"
    BILL = "bill", "법안"
    CASE = "case", "사례"
    MUNICIPALITY = "municipality", "지방정부"
    SEARCH = "query", "검색"


class Follow(models.Model):
    """One thing followed by one person: asked, confirmed by mail, ended.

    `key` names the thing within its kind, `label` and `address` are what a mail says of it.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="follows", verbose_name="받는 사람"
    )
    kind = models.CharField("무엇", max_length=12, choices=FollowKind.choices)
    key = models.CharField("열쇠", max_length=LONGEST_KEY)
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, blank=True, related_name="follows")
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="follows"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="follows"
    )
    label = models.CharField("이름", max_length=200)
    address = models.CharField("주소", max_length=LONGEST_KEY + 100)
    asked_at = models.DateTimeField("청한 때", auto_now_add=True)
    confirmed_at = models.DateTimeField("확인한 때", null=True, blank=True)
    ended_at = models.DateTimeField("그만둔 때", null=True, blank=True)

    class Meta:
        verbose_name = "알림 받기"
        verbose_name_plural = "알림 받기"
        ordering = ("pk",)
        indexes = [models.Index(fields=("kind", "key"), name="follows_of_a_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=("person", "kind", "key"),
                condition=Q(ended_at__isnull=True),
                name="a thing is followed once by a person",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FollowKind.values), name="a follow has a known kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind="clause") | Q(provision__isnull=False, bill__isnull=False),
                name="a followed clause is a provision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"
