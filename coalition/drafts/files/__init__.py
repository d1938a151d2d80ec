"""Law text from the files that people send: .txt, .docx, .hwpx, and HTML pasted from 한글. No Django.

What comes out is plain law text for `coalition.drafts.text` and a list of what the file held beyond plain
text: automatic numbers, tracked changes, footnotes, tables. Nothing is dropped without a word.
"""

from coalition.drafts.files.html import text_of_html
from coalition.drafts.files.law_file import FileRefused, LawFile, Note
from coalition.drafts.files.prose import Heading, Paragraph, Prose, Table
from coalition.drafts.files.reading import prose_of_html, read_law_file, read_prose_file

__all__ = [
    "FileRefused",
    "Heading",
    "LawFile",
    "Note",
    "Paragraph",
    "Prose",
    "Table",
    "prose_of_html",
    "read_law_file",
    "read_prose_file",
    "text_of_html",
]
