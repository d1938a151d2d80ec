from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "coalition.drafts"
    label = "drafts"
    verbose_name = "법안"

    def ready(self) -> None:
        from coalition.drafts.chain import breaches_of_all
        from coalition.drafts.exporting import prepare_exports
        from coalition.drafts.targets import QUESTIONS, allow
        from coalition.drafts.triggers import DRAFTS_TRIGGERS
        from coalition.record import triggers
        from coalition.record.backups.restoring import register_proof
        from coalition.record.jobs import Job, register_job

        triggers.register(*DRAFTS_TRIGGERS)
        allow(QUESTIONS)
        register_proof("chain", breaches_of_all)
        register_job(Job("exports", prepare_exports))
