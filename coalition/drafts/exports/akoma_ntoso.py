"""Akoma Ntoso 3.0 (OASIS LegalDocML): the tree in the words that other parliaments' programs know.

항 is `paragraph`, 호 `subparagraph`, 목 `point`, 세목 `indent`, as in the official English of Korean law; 부칙, 별표
and notes have no word of their own and are `hcontainer` with a name. The text of all elements in order is the
source but for white space; eIds are those of the hub's addresses.
"""

from __future__ import annotations

from lxml import etree

from coalition.drafts.exports.edition import Edition, writable
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import Node

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
HUB = "urn:coalition-hub:version:1"
_ELEMENTS = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection",
    "article": "article", "paragraph": "paragraph", "item": "subparagraph", "subitem": "point",
    "subsubitem": "indent",
}  # fmt: skip
_OPENING = "(（【〔"
_CLOSING = ")）】〕"

Element = etree._Element  # noqa: SLF001 (lxml has no public name for the type of its elements)


def write(edition: Edition) -> bytes:
    root = etree.Element(_tag("akomaNtoso"), nsmap={None: AKN, "hub": HUB})  # type: ignore[dict-item]
    bill = _add(root, "bill", name="bill", contains="originalVersion")
    _describe(_add(bill, "meta"), edition)
    tree = parse(writable(edition.source)).tree
    before = [line for line in (tree.lead + tree.body).split("\n") if line.strip()]
    if before:
        preface = _add(bill, "preface")
        _add(_add(preface, "p"), "docTitle", before[0].strip())
        for line in before[1:]:
            _add(preface, "p", line.strip())
    _add_tree(_add(bill, "body"), tree)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return bytes(written)


def _add_tree(body: Element, tree: Node) -> None:
    """All nodes below the bill, without recursion."""
    pending = [(child, body) for child in reversed(tree.children)]
    while pending:
        node, parent = pending.pop()
        element = _add_node(parent, node)
        pending += [(child, element) for child in reversed(node.children)]
    if not len(body):
        _add(_add(_add(body, "hcontainer", name="empty", eId="empty"), "content"), "p")


def _add_node(parent: Element, node: Node) -> Element:
    known = _ELEMENTS.get(node.kind)
    element = (
        _add(parent, known, eId=node.eid)
        if known
        else _add(parent, "hcontainer", name=node.kind, eId=node.eid)
    )
    number, heading = _head(node)
    lines = [line.strip() for line in node.body.split("\n") if line.strip()]
    if not heading and node.title and lines and lines[0].split() == node.title.split():
        heading = lines.pop(0)  # 제1장 총칙: the tree keeps the name of a chapter in its body
    if number:
        _add(element, "num", number)
    if heading:
        _add(element, "heading", heading)
    if lines or not node.children:
        text = _add(element, "intro" if node.children else "content")
        for line in lines or [""]:
            _add(text, "p", line)
    return element


def _head(node: Node) -> tuple[str, str]:
    """제1조(목적) → 제1조 and (목적): the brackets belong to the heading, no sign is lost."""
    head = " ".join(node.lead.split())
    at = head.rfind(node.title) if node.title else -1
    if at <= 0:
        return head, ""
    if head[at - 1] in _OPENING and head.endswith(tuple(_CLOSING)):
        at -= 1
    return head[:at].strip(), head[at:].strip()


def _describe(meta: Element, edition: Edition) -> None:
    """The three levels of FRBR: the bill, this version in Korean, this file."""
    work = f"/akn/kr/bill/{edition.begun.isoformat()}/{edition.bill}"
    day = edition.date.isoformat()
    expression = f"{work}/kor@{day}"
    identification = _add(meta, "identification", source="#hub")
    level = _add(identification, "FRBRWork")
    _identify(level, f"{work}/!main", work, edition.begun.isoformat(), "begun")
    _add(level, "FRBRcountry", value="kr")
    _add(level, "FRBRprescriptive", value="false")
    _add(level, "FRBRauthoritative", value="false")
    level = _add(identification, "FRBRExpression")
    _identify(level, f"{expression}/!main", expression, day, "version")
    _add(level, "FRBRversionNumber", value=edition.no)
    _add(level, "FRBRlanguage", language="kor")
    level = _add(identification, "FRBRManifestation")
    _identify(level, f"{expression}/!main.xml", f"{expression}.akn", day, "version")
    _add(level, "FRBRformat", value="application/akn+xml")
    references = _add(meta, "references", source="#hub")
    _add(
        references,
        "TLCOrganization",
        eId="hub",
        href="/ontology/organization/kr/coalition-hub",
        showAs="지속가능 일자리 연대 허브",
    )
    proprietary = _add(meta, "proprietary", source="#hub")
    etree.SubElement(
        proprietary,
        f"{{{HUB}}}version",
        {
            "title": writable(edition.title),
            "no": edition.no,
            "date": day,
            "sha256": edition.sha256,
            "previousSha256": edition.previous_sha256,
            "address": edition.address,
            "fictional": "true" if edition.fictional else "false",
            "notice": edition.notice,
        },
    )


def _identify(level: Element, this: str, uri: str, date: str, name: str) -> None:
    _add(level, "FRBRthis", value=this)
    _add(level, "FRBRuri", value=uri)
    _add(level, "FRBRdate", date=date, name=name)
    _add(level, "FRBRauthor", href="#hub")


def _tag(name: str) -> str:
    return f"{{{AKN}}}{name}"


def _add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    element = etree.SubElement(parent, _tag(tag), attributes)
    element.text = text
    return element
