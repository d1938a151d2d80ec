"""Who gets in at the desk's door without a group: an 입장 등록자, by a dated appointment alone (decision 3).

담당자 and 결재자 come in by their groups. What an 입장 등록자 meets inside is `cms.desk_views.OFFICER_VIEWS`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from coalition.members.access import Access
from coalition.members.models import Role

_DOOR = frozenset({"wagtailadmin.access_admin"})


class AppointmentBackend(BaseBackend):
    """Authenticates nobody; it opens the door while the appointment lasts."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not Access.of(user_obj).holds_anywhere(Role.POSITION_OFFICER):
            return set()
        return set(_DOOR)
