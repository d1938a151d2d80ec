"""The 일자리회, its divisions and who sat in it: each with its days, so that any past day can be read again.

Days are half-open: `valid_to` and `until` are the first day after. What no source says is left empty.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coalition.members.models import Municipality
from coalition.record.models import Source


def _ends_after(begins: str, ends: str) -> Q:
    return (
        Q(**{f"{begins}__isnull": True})
        | Q(**{f"{ends}__isnull": True})
        | Q(**{f"{begins}__lt": F(ends)})
    )


class Body(models.Model):
    """일자리회: a municipality's standing body of social dialogue."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="bodies", verbose_name="지방정부"
    )
    name = models.CharField("이름", max_length=100)
    slug = models.SlugField("주소", max_length=60, unique=True)
    summary = models.CharField("무엇을 하는가", max_length=300, blank=True)
    valid_from = models.DateField("생긴 날", null=True, blank=True)
    valid_to = models.DateField("없어진 날", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    # 설치 근거: the ordinance, as it names itself, and where that can be read.
    basis = models.CharField("설치 근거", max_length=200, blank=True)
    basis_on = models.DateField("근거의 날", null=True, blank=True)
    basis_note = models.CharField("근거가 정하는 것", max_length=300, blank=True)
    basis_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="근거의 출처"
    )

    class Meta:
        verbose_name = "일자리회"
        verbose_name_plural = "일자리회"
        ordering = ("municipality__code", "name")
        constraints = [
            models.CheckConstraint(
                condition=_ends_after("valid_from", "valid_to"),
                name="a body ends after it begins",
                violation_error_message="없어진 날은 생긴 날보다 뒤의 날이어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyTerm(models.Model):
    """제N기 of a body: for how long its seats are given."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name="일자리회")
    number = models.PositiveSmallIntegerField("기")
    begins = models.DateField("시작하는 날")
    ends = models.DateField("끝나는 날", help_text="그날까지입니다.")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "일자리회의 기"
        verbose_name_plural = "일자리회의 기"
        ordering = ("body", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "number"),
                name="a term of a body has its number once",
                violation_error_message="같은 번호의 기가 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends")),
                name="a term of a body ends after it begins",
                violation_error_message="기는 시작한 날보다 뒤에 끝나야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} 제{self.number}기"


class Division(models.Model):
    """분과: a part of a body, from when to when as far as a source says. `valid_to` is exclusive."""

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="divisions", verbose_name="일자리회"
    )
    name = models.CharField("이름", max_length=40)
    order = models.PositiveSmallIntegerField("차례", default=0)
    valid_from = models.DateField("생긴 날", null=True, blank=True)
    valid_to = models.DateField("없어진 날", null=True, blank=True)
    note = models.CharField("날짜에 대하여", max_length=200, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "분과"
        verbose_name_plural = "분과"
        ordering = ("body", "order", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "name", "valid_from"), name="a division begins once"
            ),
            models.UniqueConstraint(
                fields=("body", "name"),
                condition=Q(valid_from__isnull=True),
                name="a division of unknown beginning stands once",
            ),
            models.CheckConstraint(
                condition=_ends_after("valid_from", "valid_to"),
                name="a division ends after it begins",
                violation_error_message="분과가 없어진 날은 생긴 날보다 뒤의 날이어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LineageKind(models.TextChoices):
    """What a reorganisation made of a division. 미확인 where no source says it."""

    SUCCEEDED = "succeeded", "승계"
    MERGED = "merged", "통합"
    SPLIT = "split", "분리"
    NEW = "new", "신설"
    UNKNOWN = "unknown", "미확인"


class DivisionLineage(models.Model):
    """One line from a division to the one that took its place. Append-only.

    신설 has no division before it. 미확인 may lack either side: that a division ended is known, where its
    work went is not. Once a source says it, a line is added; the 미확인 one stays and is not shown any more.
    """

    before = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successions",
        verbose_name="앞 분과",
    )
    after = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="origins",
        verbose_name="뒤 분과",
    )
    kind = models.CharField("이어짐", max_length=10, choices=LineageKind.choices)
    note = models.CharField("덧붙임", max_length=200, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "분과의 이어짐"
        verbose_name_plural = "분과의 이어짐"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LineageKind.values), name="a division lineage has a known kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=LineageKind.NEW, before__isnull=True, after__isnull=False)
                | Q(kind=LineageKind.UNKNOWN) & (Q(before__isnull=False) | Q(after__isnull=False))
                | Q(
                    kind__in=(LineageKind.SUCCEEDED, LineageKind.MERGED, LineageKind.SPLIT),
                    before__isnull=False,
                    after__isnull=False,
                ),
                name="a division lineage names its divisions",
            ),
            models.UniqueConstraint(
                fields=("before", "after", "kind"), name="two divisions are related once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before or '없음'} → {self.after or '모름'} ({self.get_kind_display()})"


class Sector(models.TextChoices):
    """Whom a seat speaks for."""

    CITIZEN = "citizen", "시민"
    LABOUR = "labour", "노동"
    BUSINESS = "business", "기업"
    EXPERT = "expert", "전문가"
    CIVIC = "civic", "시민단체"
    COUNCIL = "council", "의회"
    OFFICE = "office", "행정"


class SeatRole(models.TextChoices):
    """What the seat does in the body."""

    CO_CHAIR_CIVIL = "civil-chair", "민간 공동위원장"
    CO_CHAIR_OFFICE = "office-chair", "행정 공동위원장"
    CONVENER = "convener", "분과장"
    SECRETARY = "secretary", "간사"
    MEMBER = "member", "위원"


class Seat(models.Model):
    """A seat in a body, held by one person for a time.

    Who holds it is not asked: a sector and a role are enough. `name` is kept for holders of a public
    office (`post`, with its Source) and for invented people; a citizen's name never stands here.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name="일자리회")
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="분과"
    )
    sector = models.CharField("부문", max_length=10, choices=Sector.choices)
    role = models.CharField(
        "맡은 일", max_length=12, choices=SeatRole.choices, default=SeatRole.MEMBER
    )
    name = models.CharField("이름", max_length=40, blank=True)
    post = models.CharField("공직", max_length=100, blank=True)
    since = models.DateField("맡은 날")
    until = models.DateField("놓은 날", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "위원 자리"
        verbose_name_plural = "위원 자리"
        ordering = ("body", "since", "pk")
        indexes = [models.Index(fields=("body", "since"), name="seats_as_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sector__in=Sector.values), name="a seat has a known sector"
            ),
            models.CheckConstraint(
                condition=Q(role__in=SeatRole.values), name="a seat has a known role"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")),
                name="a seat is left after it is taken",
                violation_error_message="놓은 날은 맡은 날보다 뒤의 날이어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_sector_display()} {self.get_role_display()}"
