"""The accounts of the desk. A citizen has none: see Person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """Somebody who works here: an officer of a municipality, or the secretariat.

    An account belongs to a post, not to a person (mission E10): it is deactivated at a hand-over and
    never deleted, because Events point to it.
    """

    post = models.CharField("부서와 직위", max_length=120, blank=True)

    class Meta:
        verbose_name = "사용자"
        verbose_name_plural = "사용자"

    def get_full_name(self) -> str:
        """Family name first and without a blank, as Korean names are written."""
        return f"{self.last_name}{self.first_name}".strip()

    def get_short_name(self) -> str:
        return self.get_full_name() or self.username

    def __str__(self) -> str:
        return self.get_full_name() or self.username
