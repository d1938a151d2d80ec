from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "검색"

    def ready(self) -> None:
        from wagtail.models import Page

        from cms.models import HubDocument
        from coalition.advocacy.searches import Searches, register_searches
        from coalition.advocacy.telling import register_teller
        from coalition.record import triggers
        from coalition.record.jobs import Job, register_job
        from coalition.record.models import Event
        from search import files, results
        from search.desk import write_patiently
        from search.fruitless import count_noted
        from search.mirror import sync_patiently
        from search.projection import hide_at_once, project_unread
        from search.retokenising import retokenise
        from search.saved import read_saved
        from search.triggers import SEARCH_TRIGGERS, mend_after_migrate
        from search.watching import begin, tell, watch_searches

        triggers.register(*SEARCH_TRIGGERS)
        post_migrate.connect(mend_after_migrate, sender=self, dispatch_uid="search.index")
        post_migrate.connect(results.forget, sender=self, dispatch_uid="search.results")
        post_save.connect(hide_at_once, sender=Event, dispatch_uid="search.hide")
        post_save.connect(files.mark_changed, sender=HubDocument, dispatch_uid="search.file")
        post_delete.connect(files.hide_deleted, sender=HubDocument, dispatch_uid="search.no_file")
        post_delete.connect(files.hide_orphans, sender=Page, dispatch_uid="search.no_page")
        register_searches(Searches(read=read_saved, begin=begin))
        register_teller("search.found", tell)
        register_job(Job("search", project_unread))
        register_job(Job("watches", watch_searches))
        register_job(Job("desk", write_patiently))
        register_job(Job("documents", files.read_documents))
        register_job(Job("mirror", sync_patiently))
        register_job(Job("fruitless", count_noted))
        register_job(Job("retokenise", retokenise))
