from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AdvocacyConfig(AppConfig):
    name = "coalition.advocacy"
    label = "advocacy"
    verbose_name = "연대"

    def ready(self) -> None:
        from coalition.advocacy.following import unsubscribe_headers
        from coalition.advocacy.retention import forget_authors
        from coalition.advocacy.stages import lay_after_migrate
        from coalition.advocacy.supporters import forget_supporters
        from coalition.advocacy.telling import forget_followers, tell_followers
        from coalition.advocacy.triggers import ADVOCACY_TRIGGERS
        from coalition.record import triggers
        from coalition.record.jobs import Job, register_job
        from coalition.record.mail import register_headers

        triggers.register(*ADVOCACY_TRIGGERS)
        register_headers(unsubscribe_headers)
        register_job(Job("follows", tell_followers))
        register_job(Job("forget-followers", forget_followers))
        register_job(Job("forget-supporters", forget_supporters))
        register_job(Job("forget-authors", forget_authors))
        post_migrate.connect(lay_after_migrate, sender=self, dispatch_uid="advocacy.stages")
