from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "coalition.evidence"
    label = "evidence"
    verbose_name = "평가와 근거"

    def ready(self) -> None:
        from coalition.evidence.triggers import EVIDENCE_TRIGGERS
        from coalition.record import triggers

        triggers.register(*EVIDENCE_TRIGGERS)
