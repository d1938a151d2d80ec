"""The floor: who did what, and from where it is known."""

from coalition.record.models.attachment import Attachment
from coalition.record.models.content_version import ContentVersion
from coalition.record.models.event import Cursor, Event
from coalition.record.models.lease import Lease
from coalition.record.models.login import FailedLogin
from coalition.record.models.mail import MailOut
from coalition.record.models.person import Person
from coalition.record.models.source import Source
from coalition.record.models.user import User

__all__ = [
    "Attachment",
    "ContentVersion",
    "Cursor",
    "Event",
    "FailedLogin",
    "Lease",
    "MailOut",
    "Person",
    "Source",
    "User",
]
