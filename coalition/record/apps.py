from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "coalition.record"
    label = "record"
    verbose_name = "기록"

    def ready(self) -> None:
        from coalition.record import triggers
        from coalition.record.jobs import Job, register_job
        from coalition.record.mail import send_due

        checks.register(triggers.check_triggers, checks.Tags.database)
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="record.triggers")
        triggers.register(*triggers.RECORD_TRIGGERS)
        register_job(Job("mail", send_due))
