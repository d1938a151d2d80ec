"""What happens when the last approval is given.

Kept apart from cms.workflows: Wagtail imports this function while its own models are being made.
"""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved (WAGTAIL_FINISH_WORKFLOW_ACTION).

    The right to do so is the task's, not a page permission: a member of the secretariat who approves a
    colleague's page could not publish it otherwise.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
