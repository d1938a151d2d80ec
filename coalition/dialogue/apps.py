from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "coalition.dialogue"
    label = "dialogue"
    verbose_name = "사회적 대화"
