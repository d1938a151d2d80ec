"""Writes about bills and about what is tied to their clauses."""

from coalition.drafts.actions.bills import (
    EditConflict,
    PublicationRefused,
    attach_original,
    discard_version,
    draft_version,
    open_bill,
    place_counterpart,
    publish_version,
    reconfirm_lineage,
    revise_version,
    take_counterpart_away,
    write_note,
)
from coalition.drafts.actions.links import (
    confirm_link,
    decline_link,
    propose_link,
    withdraw_link,
)

__all__ = [
    "EditConflict",
    "PublicationRefused",
    "attach_original",
    "confirm_link",
    "decline_link",
    "discard_version",
    "draft_version",
    "open_bill",
    "place_counterpart",
    "propose_link",
    "publish_version",
    "reconfirm_lineage",
    "revise_version",
    "take_counterpart_away",
    "withdraw_link",
    "write_note",
]
