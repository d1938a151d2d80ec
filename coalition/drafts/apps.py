from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "coalition.drafts"
    label = "drafts"
    verbose_name = "법안"

    def ready(self) -> None:
        from coalition.drafts.triggers import DRAFTS_TRIGGERS
        from coalition.record import triggers

        triggers.register(*DRAFTS_TRIGGERS)
