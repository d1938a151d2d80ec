from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "coalition.dialogue"
    label = "dialogue"
    verbose_name = "사회적 대화"

    def ready(self) -> None:
        from coalition.dialogue.triggers import DIALOGUE_TRIGGERS
        from coalition.record import triggers

        triggers.register(*DIALOGUE_TRIGGERS)
