from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "coalition.practice"
    label = "practice"
    verbose_name = "모델과 시범"

    def ready(self) -> None:
        from coalition.practice.triggers import PRACTICE_TRIGGERS
        from coalition.record import triggers

        triggers.register(*PRACTICE_TRIGGERS)
