from collections.abc import Iterator

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


def _workbook_lines(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """For every importer: openpyxl is loaded when the first workbook comes."""
    from cms.workbooks import workbook_lines

    return workbook_lines(raw)


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "누리집"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms import cases, checks, events  # noqa: F401 (registered by being imported)
        from cms.applications import forget_applications, write_application_mails
        from cms.background import publish_scheduled, run_wagtail_tasks
        from cms.board import advocacy, drafts, members, pages, record, register
        from cms.follows import tell_followers_of_pages
        from cms.foundation import found_after_migrate
        from cms.invitations import write_invitations
        from cms.labels import name_fields
        from cms.models import HubImage
        from cms.notices import silence_wagtail, write_notices
        from cms.renditions import make_after_upload
        from cms.targets import BARRIERS, CASES, FINDINGS
        from cms.tenancy import HubPagePolicy
        from cms.terms import write_term_mails
        from cms.triggers import CMS_TRIGGERS
        from cms.uploading import work_uploads
        from coalition.drafts.targets import allow
        from coalition.record import triggers
        from coalition.record.jobs import Job, register_job
        from coalition.record.tables import register_reader

        triggers.register(*CMS_TRIGGERS)
        allow(CASES)
        allow(BARRIERS)
        allow(FINDINGS)
        register("글과 사례", pages.TILES)
        register("시민의 글", record.DIALOGUE_TILES)
        register("조문과 근거", drafts.TILES)
        register("입장과 결의", advocacy.TILES)
        register("지방정부와 할 일", members.TILES)
        register("메일", record.MAIL_TILES)
        register_permission_policy(Page, HubPagePolicy(Page))
        post_migrate.connect(found_after_migrate, sender=self, dispatch_uid="cms.foundation")
        post_save.connect(make_after_upload, sender=HubImage, dispatch_uid="cms.renditions")
        events.connect()
        cases.connect()
        name_fields()
        silence_wagtail()
        register_reader(b"PK\x03\x04", _workbook_lines)
        register_job(Job("wagtail-tasks", run_wagtail_tasks))
        register_job(Job("scheduled", publish_scheduled))
        register_job(Job("notices", write_notices))
        register_job(Job("uploads", work_uploads))
        register_job(Job("invitations", write_invitations))
        register_job(Job("applications", write_application_mails))
        register_job(Job("forget-applications", forget_applications))
        register_job(Job("terms", write_term_mails))
        register_job(Job("page-follows", tell_followers_of_pages))
