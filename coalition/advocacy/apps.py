from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "coalition.advocacy"
    label = "advocacy"
    verbose_name = "연대"

    def ready(self) -> None:
        from coalition.advocacy.triggers import ADVOCACY_TRIGGERS
        from coalition.record import triggers

        triggers.register(*ADVOCACY_TRIGGERS)
