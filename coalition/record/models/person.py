"""The only place of a citizen's personal data. Ledgers point here; erasure empties it."""

from __future__ import annotations

from django.db import models


class Person(models.Model):
    """A citizen who wrote to us, for one stated purpose and for a limited time.

    「개인정보 보호법」 제21조: what is no longer needed is destroyed; `retain_until` says when.
    """

    name = models.CharField("이름", max_length=100, blank=True)
    email = models.EmailField("이메일", blank=True)
    phone = models.CharField("전화", max_length=40, blank=True)
    purpose = models.CharField("받은 까닭", max_length=200)
    consented_at = models.DateTimeField("동의한 때")
    retain_until = models.DateField("보관 기한")
    erased_at = models.DateTimeField("지운 때", null=True, blank=True)

    class Meta:
        verbose_name = "개인정보"
        verbose_name_plural = "개인정보"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(name="", email="", phone=""),
                name="an erased person is empty",
            ),
        ]

    def __str__(self) -> str:
        return f"개인정보 {self.pk}"
