"""A published version as a file: TXT, JSON, DOCX, PDF, Akoma Ntoso. No Django in here.

Each is a pure function of an `Edition`: the same edition gives the same bytes (the PDF alone may differ with
the fonts of the machine), each says version and hash, and each is opened again in a test and compared with
the source. There is no HWPX export: that it opens in 한글 can't be shown here (design/drafts.md).
"""

from coalition.drafts.exports.edition import Edition
from coalition.drafts.exports.formats import FORMATS, Format

__all__ = ["FORMATS", "Edition", "Format"]
