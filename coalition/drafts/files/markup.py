"""XML that nobody trusts: no DTD, no entity, no address is followed, and it ends at a bound."""

from __future__ import annotations

from lxml import etree

from coalition.drafts.files.archive import DAMAGED
from coalition.drafts.files.law_file import FileRefused

#: A law of 1,000 articles has some 5,000 paragraphs, and 한글 writes about 25 attributes for each (it keeps
#: the place of every line). At these bounds the tree takes some 100 MB.
MOST_TAGS = 500_000
MOST_ATTRIBUTES = 400_000
_TOO_LARGE = "문서가 너무 큽니다. 법문만 남겨 다시 저장해 주세요."
_HAS_DTD = "문서 안에 DOCTYPE 선언이 있습니다. 한글이나 워드가 만든 문서가 아닙니다."

Element = etree._Element  # noqa: SLF001 (lxml has no public name for the type of its elements)


def read_xml(data: bytes) -> Element:
    """The root of an XML part.

    Raises FileRefused on a document type (where entities would be declared), on broken XML, on
    nesting deeper than 256 and on more elements than any document has.
    """
    # Counted as bytes: what is built in memory is built before anybody could look at it.
    if data.count(b"=") > MOST_ATTRIBUTES or data.count(b"<") > MOST_TAGS:
        raise FileRefused(_TOO_LARGE)
    if b"<!DOCTYPE" in data:
        raise FileRefused(_HAS_DTD)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise FileRefused(DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:  # written in another encoding
        raise FileRefused(_HAS_DTD)
    return root


def name(element: Element) -> str:
    """The name without its namespace: OOXML and OWPML each have several for the same words."""
    tag = element.tag
    return str(tag).rpartition("}")[2]


def value(element: Element | None, attribute: str) -> str:
    """An attribute by its name without namespace; empty when it is absent."""
    if element is None:
        return ""
    for key, text in element.attrib.items():
        if str(key).rpartition("}")[2] == attribute:
            return str(text)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along the names of `path`, each a child of the one before."""
    for step in path:
        if element is None:
            return None
        element = next((each for each in element if name(each) == step), None)
    return element


def integer(written: str, default: int) -> int:
    """A whole number as written in an attribute, kept within bounds that no document exceeds."""
    digits = written.strip()
    if not digits.lstrip("-").isdecimal() or len(digits) > 10:
        return default
    return max(-1, min(int(digits), 100_000))


def whole_text(element: Element) -> str:
    """All text below, in order."""
    return "".join(str(piece) for piece in element.itertext())
