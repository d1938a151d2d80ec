"""The one door: who may do what to which municipality's things.

Nothing else decides about rights. The desk (cms.tenancy) asks here and turns the answer into what
Wagtail understands; a refusal is a 404 for a stranger and a 403 for a colleague.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from coalition.members.models import (
    Appointment,
    Deputation,
    Membership,
    MembershipState,
    Municipality,
    Role,
)
from coalition.record.models import User

SECRETARIAT = "사무국"
SECRETARIAT_LEAD = "사무국장"


@dataclass
class Access:
    """What one user may do. Made once per request: `Access.of(request.user)`."""

    user: User | AnonymousUser

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Access:
        """The same Access for the same user object, so that a request asks the database once."""
        known: Access | None = getattr(user, "_access", None)
        if known is None:
            known = cls(user)
            user._access = known  # type: ignore[union-attr]  # noqa: SLF001 (a cache on the request's own user)
        return known

    @cached_property
    def _groups(self) -> frozenset[str]:
        if not self.user.is_authenticated:
            return frozenset()
        return frozenset(self.user.groups.values_list("name", flat=True))

    @cached_property
    def _roles(self) -> dict[int, frozenset[str]]:
        """Roles by municipality, open appointments only."""
        if not self.user.is_authenticated:
            return {}
        held: dict[int, set[str]] = {}
        rows = Appointment.objects.filter(user=self.user, until__isnull=True)
        for municipality_id, role in rows.values_list("municipality_id", "role"):
            held.setdefault(municipality_id, set()).add(role)
        return {key: frozenset(roles) for key, roles in held.items()}

    @cached_property
    def deputised_slugs(self) -> frozenset[str]:
        """Addresses of the municipalities that named the secretariat their deputy; empty for others."""
        if not self.is_secretariat:
            return frozenset()
        rows = Deputation.objects.filter(until__isnull=True)
        return frozenset(rows.values_list("municipality__slug", flat=True))

    @property
    def is_superuser(self) -> bool:
        return bool(self.user.is_active and self.user.is_superuser)

    @property
    def is_secretariat(self) -> bool:
        """사무국 or its lead. A superuser keeps the machine and is not the secretariat."""
        return bool(self._groups & {SECRETARIAT, SECRETARIAT_LEAD})

    @property
    def is_secretariat_lead(self) -> bool:
        return SECRETARIAT_LEAD in self._groups

    @cached_property
    def municipality(self) -> Municipality | None:
        """The one municipality for which this user works, if any (a trigger keeps it one)."""
        key = next(iter(self._roles), None)
        return Municipality.objects.select_related("region").filter(pk=key).first() if key else None

    @property
    def serves_a_municipality(self) -> bool:
        return bool(self._roles)

    @property
    def writes_for_a_municipality(self) -> bool:
        """Whether the user is 담당자 or 결재자 somewhere. An 입장 등록자 alone states positions and looks after no
        pages."""
        return self.holds_anywhere(Role.EDITOR) or self.holds_anywhere(Role.APPROVER)

    def holds_anywhere(self, role: Role) -> bool:
        """Whether the user has this post at some municipality."""
        return any(role in roles for roles in self._roles.values())

    def _holds(self, municipality: Municipality, *roles: Role) -> bool:
        return bool(self._roles.get(municipality.pk, frozenset()) & {*roles})

    def _deputises(self, municipality: Municipality) -> bool:
        return municipality.slug in self.deputised_slugs

    def may_view(self, municipality: Municipality) -> bool:
        """See what is not public: its own people, and the secretariat."""
        return self.may_keep_hub or self._holds(municipality, Role.EDITOR, Role.APPROVER)

    def may_edit(self, municipality: Municipality) -> bool:
        """Write and upload."""
        return (
            self.is_superuser
            or self._holds(municipality, Role.EDITOR, Role.APPROVER)
            or self._deputises(municipality)
        )

    def may_approve(self, municipality: Municipality) -> bool:
        """Say yes or no to what was submitted, publish and take down."""
        return (
            self.is_superuser
            or self._holds(municipality, Role.APPROVER)
            or self._deputises(municipality)
        )

    def may_appoint(self, municipality: Municipality) -> bool:
        """Invite to posts of this municipality, hand them over and take them back."""
        return self.may_keep_hub or self._holds(municipality, Role.APPROVER)

    def may_state_position(self, municipality: Municipality) -> bool:
        """File a position of this municipality on the bill: only by dated appointment."""
        return self._holds(municipality, Role.POSITION_OFFICER)

    @cached_property
    def takes_part(self) -> bool:
        """Whether the user works for a municipality that is a member today."""
        place = self.municipality
        if place is None:
            return False
        steps = Membership.objects.filter(municipality=place, on__lte=timezone.localdate())
        last = steps.order_by("-on", "-pk").values_list("state", flat=True).first()
        return last == MembershipState.APPROVED

    @property
    def may_read_notices(self) -> bool:
        """What is told to members: whoever holds a post at one, and the secretariat."""
        return self.may_keep_hub or self.takes_part

    def may_keep_tasks(self, municipality: Municipality | None) -> bool:
        """See and step tasks of this municipality (None: of the secretariat), and give new ones."""
        if self.may_keep_hub:
            return True
        return municipality is not None and self._holds(
            municipality, Role.EDITOR, Role.APPROVER, Role.POSITION_OFFICER
        )

    def may_keep_contacts(self, municipality: Municipality) -> bool:
        """Say which posts of this municipality answer."""
        return self.may_keep_hub or self.may_edit(municipality)

    def may_keep_body(self, municipality: Municipality) -> bool:
        """Say of this municipality's 일자리회 who sits in it and which divisions it has."""
        return self.may_keep_hub or self.may_edit(municipality)

    def may_join_statement(self, municipality: Municipality) -> bool:
        """Put the municipality's name under a joint statement: it is a position, and filed like one."""
        return self.may_state_position(municipality)

    @property
    def may_keep_hub(self) -> bool:
        """Work at the secretariat's desks, and see what no municipality keeps."""
        return self.is_superuser or self.is_secretariat

    @property
    def may_keep_bills(self) -> bool:
        """Write and publish versions of the draft law."""
        return self.may_keep_hub

    def may_propose_link(self, municipality: Municipality | None) -> bool:
        """Tie a thing of this municipality (None: of nobody's) to a clause. Others review it."""
        if self.may_keep_bills:
            return True
        return municipality is not None and self.may_edit(municipality)

    @property
    def may_review_links(self) -> bool:
        """Confirm and decline links of others; the action refuses one's own."""
        return self.may_keep_bills
