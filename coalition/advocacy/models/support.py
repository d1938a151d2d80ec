"""공감: a citizen stands behind a bill. Off unless switched on; nobody is named, and no address is kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coalition.drafts.models import Bill
from coalition.members.models import Region
from coalition.record.models import Person


class Support(models.Model):
    """One address behind one bill: asked, confirmed by mail, ended.

    Until it is confirmed the address stands with `person`; from then on there is only its keyed hash, which
    tells that it is the same address and nothing else. When it ends (taken back, or kept long enough) the hash
    and the region go too: two days remain, so that the count of a past day stays what it was.
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="supports", verbose_name="법안")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="supports", verbose_name="확인할 사람"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name="시도"
    )
    address_hash = models.CharField("주소의 해시", max_length=64, blank=True)
    asked_on = models.DateField("청한 날")
    confirmed_on = models.DateField("확인한 날", null=True)
    retain_until = models.DateField("보관 기한", null=True)
    ended_on = models.DateField("끝난 날", null=True)

    class Meta:
        verbose_name = "공감"
        verbose_name_plural = "공감"
        ordering = ("pk",)
        indexes = [models.Index(fields=("retain_until",), name="supports_to_forget")]
        constraints = [
            models.UniqueConstraint(
                fields=("bill", "address_hash"),
                condition=~Q(address_hash=""),
                name="an address supports a bill once",
            ),
            models.UniqueConstraint(
                fields=("bill", "person"), name="a person asks to support a bill once"
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_on__isnull=True,
                    person__isnull=False,
                    address_hash="",
                    retain_until__isnull=True,
                    ended_on__isnull=True,
                )
                | Q(confirmed_on__isnull=False, person__isnull=True, retain_until__isnull=False),
                name="a confirmed support keeps no address",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False, address_hash="", region__isnull=True)
                | Q(ended_on__isnull=True, confirmed_on__isnull=True)
                | (Q(ended_on__isnull=True, confirmed_on__isnull=False) & ~Q(address_hash="")),
                name="an ended support keeps nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"공감 {self.pk}"
