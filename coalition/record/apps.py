from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "coalition.record"
    label = "record"
    verbose_name = "기록"

    def ready(self) -> None:
        from coalition.record import triggers

        checks.register(triggers.check_triggers, checks.Tags.database)
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="record.triggers")
        triggers.register(*triggers.RECORD_TRIGGERS)
