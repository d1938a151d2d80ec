"""What is proposed: bills, their versions as exact text, and the provisions parsed from it."""

from coalition.drafts.models.bill import Bill
from coalition.drafts.models.counterpart import Counterpart, CounterpartKind
from coalition.drafts.models.link import (
    ClauseLink,
    LinkKind,
    LinkState,
    LinkStep,
    LinkTarget,
    Relation,
)
from coalition.drafts.models.note import NoteKind, ProvisionNote
from coalition.drafts.models.original import Original
from coalition.drafts.models.provision import Carriage, Forebear, Lineage, Provision
from coalition.drafts.models.version import Version

__all__ = [
    "Bill",
    "Carriage",
    "ClauseLink",
    "Counterpart",
    "CounterpartKind",
    "Forebear",
    "Lineage",
    "LinkKind",
    "LinkState",
    "LinkStep",
    "LinkTarget",
    "NoteKind",
    "Original",
    "Provision",
    "ProvisionNote",
    "Relation",
    "Version",
]
