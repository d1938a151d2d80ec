"""The completeness meter above a case's form: how much is told, and a link to what is still empty."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class CompletenessPanel(Panel):
    """Counted by the server for the saved draft; static/js/case-form.js counts on while somebody types."""

    class BoundPanel(Panel.BoundPanel):
        """The meter of one case."""

        template_name = "admin/cases/completeness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from cms.queries.beginnings import beginnings
            from cms.queries.completeness import completeness

            is_new = self.instance.pk is None
            return {
                **super().get_context_data(parent_context),
                "completeness": completeness(self.instance),
                "beginnings": beginnings() if is_new else [],
                "begun": self.request.GET.get("begin", "") if self.request else "",
            }
