"""초안 판: the exact text of a bill at one moment."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from coalition.drafts.models.bill import Bill
from coalition.particles import topic

validate_no = RegexValidator(r"^\d+(\.\d+)*$", "판 번호는 0.4처럼 숫자와 점으로 씁니다.")


class Version(models.Model):
    """Source text with its date and number. Published means unchangeable, through every door.

    The sha256 of a published version covers the one before it (coalition.drafts.chain), so that a
    changed byte anywhere in the past is named by `verify_drafts`. A mistake is mended by a new version.
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="versions", verbose_name="법안")
    no = models.CharField("판 번호", max_length=20, validators=[validate_no])
    date = models.DateField("판의 날짜", help_text="이 날부터 이 판이 연대의 초안입니다.")
    summary = models.TextField("이 판에서 바뀐 것", blank=True)
    source_text = models.TextField("법문")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="쓴 사람",
    )
    created_at = models.DateTimeField("쓰기 시작한 때", auto_now_add=True)
    changed_at = models.DateTimeField("고친 때", auto_now=True)
    # Set together, once, by actions.publish_version.
    order = models.PositiveIntegerField("발행 차례", null=True, blank=True, editable=False)
    published_at = models.DateTimeField("발행한 때", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="발행한 사람",
    )
    prev_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "초안 판"
        verbose_name_plural = "초안 판"
        ordering = ("bill", models.F("order").desc(nulls_first=True), "-pk")
        constraints = [
            models.UniqueConstraint(fields=("bill", "no"), name="a version number is used once"),
            models.UniqueConstraint(
                fields=("bill", "order"), name="versions are published one after another"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, order__isnull=True, sha256="")
                | (
                    Q(published_at__isnull=False, order__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(source_text="")
                ),
                name="a published version has its hash and its place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bill.name} v{self.no}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Refuse what the database would refuse too, with words that an editor understands."""
        if self.pk and Version.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise ValidationError(
                f"{topic(f'v{self.no}')} 발행되어 고칠 수 없습니다. 새 판을 만드세요."
            )
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
