"""Failed logins of the last hours, counted and not named: account and address are keyed hashes."""

from __future__ import annotations

from django.db import models


class FailedLogin(models.Model):
    """One failure. What was typed for a name may be a password, and an address is a person's: neither is kept."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "로그인 실패"
        verbose_name_plural = "로그인 실패"
        indexes = [
            models.Index(fields=("account", "at"), name="failed_login_of_account"),
            models.Index(fields=("address", "at"), name="failed_login_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
