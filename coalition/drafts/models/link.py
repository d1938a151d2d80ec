"""ClauseLink: why a clause is there, and what speaks against it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from coalition.drafts.models.provision import Provision
from coalition.members.models import Municipality


class LinkTarget(models.TextChoices):
    """The allow list: what a clause may be tied to. Which table each is, coalition.drafts.targets knows."""

    CASE = "case", "사례"
    FINDING = "finding", "근거"
    BARRIER = "barrier", "장애"
    QUESTION = "question", "질문"


class LinkKind(models.TextChoices):
    """What the target says of the clause. The order of the ledger; objections are no footnote."""

    NEED = "need", "필요성"
    EFFECT = "effect", "효과"
    DESIGN = "design", "설계 근거"
    CAUTION = "caution", "주의"
    OBJECTION = "objection", "반론"
    CITIZEN = "citizen", "시민 질문"


class Relation(models.TextChoices):
    """What the clause would do to a barrier."""

    RESOLVES = "resolves", "해소"
    EASES = "eases", "완화"
    UNRELATED = "unrelated", "무관"
    WORSENS = "worsens", "악화"


class LinkState(models.TextChoices):
    """What somebody did to a link. 재확인 필요 is none of these: it is worked out from the texts."""

    PROPOSED = "proposed", "제안"
    SECONDED = "seconded", "한 사람이 동의"
    CONFIRMED = "confirmed", "확정"
    DECLINED = "declined", "반려"
    WITHDRAWN = "withdrawn", "거둠"


class ClauseLink(models.Model):
    """A clause of one version ↔ a case, finding, barrier or question. Append-only.

    It hangs on the uid and on the provision whose text was looked at; what became of it are its LinkSteps, and
    whether it still holds for a later text is worked out (coalition.drafts.links), never copied.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="links")
    uid = models.UUIDField("정체", db_index=True)
    target = models.CharField("무엇과", max_length=8, choices=LinkTarget.choices)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField("그것의 번호")
    kind = models.CharField("갈래", max_length=9, choices=LinkKind.choices)
    relation = models.CharField("장애와의 관계", max_length=9, choices=Relation.choices, blank=True)
    note = models.CharField("까닭", max_length=300)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clause_links",
        verbose_name="어느 지방정부의 것",
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="이은 사람"
    )
    linked_at = models.DateTimeField("이은 때", auto_now_add=True)

    class Meta:
        verbose_name = "조문 연결"
        verbose_name_plural = "조문 연결"
        ordering = ("provision", "kind", "pk")
        indexes = [models.Index(fields=("target", "object_id"), name="drafts_link_target")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LinkKind.values), name="a link has a known kind"
            ),
            models.CheckConstraint(
                condition=Q(target="barrier", relation__in=Relation.values)
                | Q(target__in=["case", "finding", "question"], relation=""),
                name="a barrier and nothing else has its relation to the clause",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="a link says why"),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.get_kind_display()}"

    @property
    def agreements_needed(self) -> int:
        """How many others have to say yes: a barrier says what a law would have changed, so two."""
        return 2 if self.target == LinkTarget.BARRIER else 1


class LinkStep(models.Model):
    """What somebody did to a link, for which text. Append-only; the newest counts.

    Two people: whoever linked never confirms (a trigger), and nobody is counted twice for one text.
    """

    link = models.ForeignKey(ClauseLink, models.PROTECT, related_name="steps")
    state = models.CharField("무엇을", max_length=9, choices=LinkState.choices)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="+")
    note = models.CharField("까닭", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="누가"
    )
    # Said in public in place of a name, as it was on that day.
    office = models.CharField("어느 자리에서", max_length=80)
    at = models.DateTimeField("언제", auto_now_add=True)

    class Meta:
        verbose_name = "조문 연결의 걸음"
        verbose_name_plural = "조문 연결의 걸음"
        ordering = ("link", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LinkState.values), name="a link's step has a known state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(note=""),
                name="a link is refused with a reason",
            ),
            models.UniqueConstraint(
                fields=("link", "by", "provision"),
                condition=Q(state__in=["seconded", "confirmed"]),
                name="nobody agrees twice to one link and text",
            ),
            models.UniqueConstraint(
                fields=("link",), condition=Q(state="proposed"), name="a link is proposed once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link} {self.get_state_display()}"
