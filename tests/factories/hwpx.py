"""한글 documents (.hwpx) with the parts, names and order that 한글 writes (OWPML 2011, version 1.5)."""

from __future__ import annotations

from html import escape

from tests.factories.archives import packed

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://www.hancom.co.kr/hwpml/2011/{word}"'
    for prefix, word in (
        ("hp", "paragraph"), ("hs", "section"), ("hc", "core"), ("hh", "head"),
    )
)  # fmt: skip
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
_SECTION = """<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" outlineShapeIDRef="1"
 memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0"><hp:grid lineGrid="0" charGrid="0"/>
<hp:pagePr landscape="WIDELY" width="59528" height="84186" gutterType="LEFT_ONLY"><hp:margin header="4252"
 footer="4252" gutter="0" left="8504" right="8504" top="5668" bottom="4252"/></hp:pagePr></hp:secPr>
<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/></hp:ctrl>"""
_SEGMENT = """<hp:linesegarray><hp:lineseg textpos="0" vertpos="0" vertsize="1000" textheight="1000"
 baseline="850" spacing="600" horzpos="0" horzsize="42520" flags="393216"/></hp:linesegarray>"""

#: 문단 모양 (paraPr): 0 none, 1 to 3 the levels of 번호 1, 4 개요, 5 글머리표, 6 an unknown 번호.
HEADINGS = (
    ("NONE", 0, 0), ("NUMBER", 1, 0), ("NUMBER", 1, 1), ("NUMBER", 1, 2), ("OUTLINE", 0, 0),
    ("BULLET", 1, 0), ("NUMBER", 9, 0),
)  # fmt: skip
LAW_NUMBERING = (("제^1조", "DIGIT"), ("^2", "CIRCLED_DIGIT"), ("^3.", "DIGIT"))


def paragraph(text: str = "", *, shape: int = 0, inside: str = "", before: str = "") -> str:
    """`inside` is XML in the paragraph's <hp:t>, or behind it when it is an object of its own."""
    content = f"<hp:t>{escape(text, quote=False)}{inside}</hp:t>" if text or inside else "<hp:t/>"
    return (
        f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0">'
        f'<hp:run charPrIDRef="0">{before}{content}</hp:run>{_SEGMENT}</hp:p>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table as an object of a paragraph; the cells are texts."""
    written = ""
    for y, cells in enumerate(rows):
        written += "<hp:tr>"
        for x, text in enumerate(cells):
            inside = "".join(paragraph(line) for line in text.split("\n"))
            written += (
                '<hp:tc name="" header="0" hasMargin="0" protect="0" editable="0" dirty="0" borderFillIDRef="1">'
                f'<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER">{inside}'
                f'</hp:subList><hp:cellAddr colAddr="{x}" rowAddr="{y}"/><hp:cellSpan colSpan="1" rowSpan="1"/>'
                '<hp:cellSz width="1000" height="282"/></hp:tc>'
            )
        written += "</hp:tr>"
    return (
        f'<hp:tbl id="1" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" rowCnt="{len(rows)}" '
        f'colCnt="{max(map(len, rows))}"><hp:sz width="42000" height="1000"/>{written}</hp:tbl>'
    )


def footnote(text: str) -> str:
    auto = '<hp:ctrl><hp:autoNum num="1" numType="FOOTNOTE"/></hp:ctrl>'
    return (
        '<hp:ctrl><hp:footNote number="1"><hp:subList id="" textDirection="HORIZONTAL">'
        f"{paragraph(text, before=auto)}</hp:subList></hp:footNote></hp:ctrl>"
    )


def _header(numbering: tuple[tuple[str, str], ...]) -> str:
    heads = "".join(
        f'<hh:paraHead start="1" level="{level}" align="LEFT" useInstWidth="1" autoIndent="1" numFormat="{kind}" '
        f'charPrIDRef="4294967295" checkable="0">{written}</hh:paraHead>'
        for level, (written, kind) in enumerate(numbering, 1)
    )
    shapes = "".join(
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0"><hh:align horizontal="JUSTIFY" vertical="BASELINE"/>'
        f'<hh:heading type="{kind}" idRef="{ref}" level="{level}"/></hh:paraPr>'
        for number, (kind, ref, level) in enumerate(HEADINGS)
    )
    return (
        f'{_XML}<hh:head {_NAMESPACES} version="1.5" secCnt="1"><hh:beginNum page="1" footnote="1"/><hh:refList>'
        f'<hh:numberings itemCnt="1"><hh:numbering id="1" start="0">{heads}</hh:numbering></hh:numberings>'
        f'<hh:paraProperties itemCnt="{len(HEADINGS)}">{shapes}</hh:paraProperties></hh:refList></hh:head>'
    )


def parts(
    *sections: str, numbering: tuple[tuple[str, str], ...] = LAW_NUMBERING
) -> dict[str, bytes | str]:
    """The parts of a package whose sections hold these paragraphs."""
    items = "".join(
        f'<opf:item id="section{n}" href="Contents/section{n}.xml" media-type="application/xml"/>'
        for n in range(len(sections))
    )
    spine = "".join(f'<opf:itemref idref="section{n}" linear="yes"/>' for n in range(len(sections)))
    made: dict[str, bytes | str] = {
        "mimetype": "application/hwp+zip",
        "version.xml": f'{_XML}<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version" '
        'tagetApplication="WORDPROCESSOR" major="5" minor="1" micro="1" buildNumber="0" os="1" xmlVersion="1.5"/>',
        "Contents/header.xml": _header(numbering),
    }
    for number, section in enumerate(sections):
        first = paragraph().replace(
            '<hp:run charPrIDRef="0">', f'<hp:run charPrIDRef="0">{_SECTION}'
        )
        made[f"Contents/section{number}.xml"] = (
            f"{_XML}<hs:sec {_NAMESPACES}>{section or first}</hs:sec>"
        )
    made |= {
        "Preview/PrvText.txt": "미리 보기",
        "settings.xml": f'{_XML}<ha:HWPApplicationSetting xmlns:ha="http://www.hancom.co.kr/hwpml/2011/app"/>',
        "Contents/content.hpf": f'{_XML}<opf:package xmlns:opf="http://www.idpf.org/2007/opf/" version="" id="">'
        '<opf:metadata><opf:title/><opf:language>ko</opf:language></opf:metadata><opf:manifest><opf:item id="header" '
        f'href="Contents/header.xml" media-type="application/xml"/>{items}</opf:manifest><opf:spine>'
        f'<opf:itemref idref="header" linear="yes"/>{spine}</opf:spine></opf:package>',
        "META-INF/container.xml": f'{_XML}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf" '
        'media-type="application/hwpml-package+xml"/></ocf:rootfiles></ocf:container>',
        "META-INF/manifest.xml": f"{_XML}<odf:manifest "
        'xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }
    return made


def with_section_settings(section: str) -> str:
    """The first paragraph of a real section carries its settings."""
    return section.replace(
        '<hp:run charPrIDRef="0">',
        f'<hp:run charPrIDRef="0">{_SECTION}</hp:run><hp:run charPrIDRef="0">',
        1,
    )


def make_hwpx(*paragraphs: str, numbering: tuple[tuple[str, str], ...] = LAW_NUMBERING) -> bytes:
    """A document of one section; strings that are no XML become paragraphs."""
    written = "".join(each if each.startswith("<hp:p ") else paragraph(each) for each in paragraphs)
    return packed(parts(with_section_settings(written), numbering=numbering))
