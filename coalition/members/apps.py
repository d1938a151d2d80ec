from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "coalition.members"
    label = "members"
    verbose_name = "지방정부"

    def ready(self) -> None:
        from coalition.members.triggers import MEMBERS_TRIGGERS
        from coalition.record import triggers

        triggers.register(*MEMBERS_TRIGGERS)
