from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AdvocacyConfig(AppConfig):
    name = "coalition.advocacy"
    label = "advocacy"
    verbose_name = "연대"

    def ready(self) -> None:
        from coalition.advocacy.stages import lay_after_migrate
        from coalition.advocacy.triggers import ADVOCACY_TRIGGERS
        from coalition.record import triggers

        triggers.register(*ADVOCACY_TRIGGERS)
        post_migrate.connect(lay_after_migrate, sender=self, dispatch_uid="advocacy.stages")
