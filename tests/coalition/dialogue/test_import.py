"""Tables of questions and answers come in whole or not at all; what names a person stays outside."""

from __future__ import annotations

import datetime as dt
import json
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from coalition.dialogue import imports
from coalition.dialogue.actions import (
    complete_deidentification_review,
    found_body,
    withhold_answer,
)
from coalition.dialogue.models import Answer, CoreQuestion, Paper, Question
from coalition.dialogue.papers import public_answers, public_questions
from coalition.record.models import Event, Source
from tests.coalition.record.test_privacy import registration

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
QUESTIONS = """번호,질문,핵심질문,분과,접수일,출처
1,돌봄은 누가 하나요?,2,돌봄,2026-03-02,대화마당
2,버스는 왜 일찍 끊기나요?,,,,
"""
ANSWERS = """번호,질문번호,응답자유형,답변
1,1,시민,이웃이 합니다.
2,1,노동자,밤에는 아무도 없습니다.
3,2,기업,통근 버스를 같이 쓰겠습니다.
"""


def run(command: str, file: Path, paper: str, *options: str) -> tuple[dict[str, Any], int, str]:
    """The summary, the exit code and what was said beside."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(
            command, str(file), "--paper", paper, "--json", *options, stdout=out, stderr=err
        )
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return json.loads(out.getvalue()), code, err.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def write(content: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


@pytest.fixture
def body(garam: Any) -> Any:
    return found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄", "청년"], since=DAY, source=None, by=None,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_questions_and_answers_come_in(table: Any, body: Any, encoding: str) -> None:
    first, code, _ = run("import_questions", table(QUESTIONS, encoding), "garam-green")
    second, _, _ = run("import_answers", table(ANSWERS, encoding), "garam-green")

    assert (first, code) == ({"added": 2, "changed": 0, "unchanged": 0, "rejected": []}, 0)
    assert second["added"] == 3
    paper = Paper.objects.get()
    assert (paper.key, paper.kind, paper.body, paper.fictional) == (
        "garam-green",
        "green",
        body,
        True,
    )
    question = Question.objects.get(number=1)
    assert (question.core_question.number, question.core_question.text) == (2, "")
    assert (question.division.name, question.received_on, question.origin) == (
        "돌봄",
        DAY,
        "대화마당",
    )
    assert set(public_questions()) == set(Question.objects.all())
    assert not public_answers().exists()
    assert [e.verb for e in Event.objects.filter(verb__endswith="s.imported")] == [
        "questions.imported",
        "answers.imported",
    ]


def test_importing_again_changes_nothing_and_a_changed_row_alone_is_changed(
    table: Any, body: Any
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")

    again, _, _ = run("import_questions", table(QUESTIONS), "garam-green")
    changed, _, _ = run("import_questions", table(QUESTIONS.replace("일찍", "빨리")), "garam-green")

    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert (changed["added"], changed["changed"], changed["unchanged"]) == (0, 1, 1)
    assert "빨리" in Question.objects.get(number=2).text


def test_a_dry_run_writes_nothing(table: Any) -> None:
    summary, code, _ = run("import_questions", table(QUESTIONS), "some-green", "--dry-run")

    assert (summary["added"], code) == (2, 0)
    assert not Paper.objects.exists()
    assert not Event.objects.filter(verb="questions.imported").exists()


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (
            "번호,질문번호,응답자유형,답변\n1,1,시민,가\n2,1,외계인,나\n",
            3,
            "응답자유형",
            "시민, 노동자",
        ),
        ("번호,질문번호,응답자유형,답변\n1,1,,가\n", 2, "응답자유형", "시민"),
        ("번호,질문번호,응답자유형,답변\n1,9,시민,가\n", 2, "질문번호", "9번 질문이 없습니다"),
        ("번호,질문번호,응답자유형,답변\n1,1,시민,\n", 2, "답변", "비어"),
        ("번호,질문번호,응답자유형,답변\n1,1,시민,가\n1,1,시민,나\n", 3, "번호", "행 2에 이미"),
        ("번호,질문번호,응답자유형,답변\n일,1,시민,가\n", 2, "번호", "정수"),
        ("번호,질문번호,응답자유형,답변,비고\n1,1,시민,가,나\n", 1, "비고", "모르는 열"),
        ("번호,질문번호,응답자유형,답변,분과\n1,1,시민,가,없음\n", 2, "분과", "없는 분과"),
        (f"번호,질문번호,응답자유형,답변\n1,1,시민,{'가' * 10_001}\n", 2, "답변", "10,000자까지"),
    ],
)
def test_a_faulty_table_is_refused_with_its_place_and_nothing_is_written(
    table: Any, body: Any, content: str, line: int, column: str, message: str
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")

    summary, code, _ = run("import_answers", table(content), "garam-green")

    assert code == 2
    (fault,) = summary["rejected"]
    assert (fault["line"], fault["column"]) == (line, column)
    assert message in fault["message"]
    assert not Answer.objects.exists()


def test_the_fault_is_told_in_words(table: Any, body: Any) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")
    err = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command(
            "import_answers", str(table(ANSWERS.replace("시민", "왕"))), "--paper", "garam-green",
            stdout=StringIO(), stderr=err,
        )  # fmt: skip

    assert stopped.value.code == 2
    assert "행 2, 열 '응답자유형': 시민, 노동자, 기업, 전문가" in err.getvalue()


def test_an_unknown_column_may_be_ignored(table: Any) -> None:
    content = "번호,질문,비고\n1,가?,나\n"

    assert run("import_questions", table(content), "a-green")[1] == 2
    assert run("import_questions", table(content), "a-green", "--ignore-extra")[0]["added"] == 1


@pytest.mark.parametrize("key", ["Garam", "a_b", "가람", "a" * 61, "a-", "a/b"])
def test_a_key_that_cannot_stand_in_an_address_is_refused(table: Any, key: str) -> None:
    summary, code, _ = run("import_questions", table(QUESTIONS), f"{key}")

    assert code == 2
    assert "--paper" in summary["rejected"][0]["message"]
    assert not Paper.objects.exists()


def test_a_number_that_identifies_refuses_the_file_and_is_never_repeated(
    table: Any, body: Any, caplog: pytest.LogCaptureFixture
) -> None:
    number = registration(dt.date(1980, 1, 1), 1, 12345)
    run("import_questions", table(QUESTIONS), "garam-green")

    summary, code, said = run(
        "import_answers",
        table(ANSWERS.replace("이웃이", f"제 번호는 {number} 이웃이")),
        "garam-green",
    )

    assert code == 2
    (fault,) = summary["rejected"]
    assert (fault["line"], fault["column"]) == (2, "답변")
    assert fault["message"].startswith("주민등록번호로 보이는 글이 있습니다")
    everything = json.dumps(summary, ensure_ascii=False) + said + caplog.text
    assert number[7:] not in everything
    assert not Answer.objects.exists()


def test_a_question_with_a_telephone_number_waits_for_the_review(
    table: Any, body: Any, secretariat: Any
) -> None:
    content = QUESTIONS.replace("누가 하나요?", "누가 하나요? 010-1234-5678")
    out, err = StringIO(), StringIO()

    call_command(
        "import_questions", str(table(content)), "--paper", "garam-green", stdout=out, stderr=err
    )
    waiting = Question.objects.get(number=1)

    assert "행 2, 열 '질문': 휴대전화 번호로 보이는 글" in err.getvalue()
    assert "1234" not in err.getvalue()
    assert waiting not in public_questions()
    complete_deidentification_review(questions=[waiting.pk], by=secretariat)
    assert waiting in public_questions()


def test_an_answer_is_public_after_its_review_and_a_changed_text_is_reviewed_again(
    table: Any, body: Any, secretariat: Any
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")
    run("import_answers", table(ANSWERS), "garam-green")
    pks = list(Answer.objects.values_list("pk", flat=True))

    assert complete_deidentification_review(answers=pks, by=secretariat) == 3
    assert public_answers().count() == 3
    run("import_answers", table(ANSWERS.replace("밤에는", "새벽에는")), "garam-green")

    assert set(public_answers().values_list("number", flat=True)) == {1, 3}


def test_a_withheld_answer_is_gone_and_stays_out_of_later_reviews(
    table: Any, body: Any, secretariat: Any
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")
    run("import_answers", table(ANSWERS), "garam-green")
    pks = list(Answer.objects.values_list("pk", flat=True))
    complete_deidentification_review(answers=pks, by=secretariat)

    withhold_answer(answer=Answer.objects.get(number=2), because="이름이 있다", by=secretariat)
    run("import_answers", table(ANSWERS), "garam-green")

    assert set(public_answers().values_list("number", flat=True)) == {1, 3}


def test_core_questions_get_their_text_from_a_table_of_their_own(table: Any, body: Any) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")

    summary, _, _ = run(
        "import_core_questions",
        table("번호,핵심질문,분과\n1,일은 충분한가,청년\n2,누가 돌보나,돌봄 분과\n"),
        "garam-green",
    )

    assert (summary["added"], summary["changed"]) == (1, 1)
    assert CoreQuestion.objects.get(number=2).text == "누가 돌보나"
    assert CoreQuestion.objects.get(number=2).division.name == "돌봄"


def test_a_white_paper_answers_the_questions_of_the_green_paper_beside_it(
    table: Any, body: Any
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")

    summary, code, _ = run("import_answers", table(ANSWERS), "garam-white")

    assert (summary["added"], code) == (3, 0)
    answer = Answer.objects.get(number=1)
    assert (answer.paper.key, answer.paper.kind) == ("garam-white", "white")
    assert answer.question.paper.key == "garam-green"


def test_a_real_body_takes_nothing_without_a_source(table: Any) -> None:
    from coalition.members.models import Municipality

    call_command("import_municipalities", stdout=StringIO())
    gwangsan = Municipality.objects.get(slug="gwangsan")
    source = Source.objects.create(title="기사", publisher="신문", published_on=DAY)
    found_body(
        municipality=gwangsan, name="광산구 일자리회", slug="gwangsan", summary="",
        divisions=[], since=None, source=source, by=None,
    )  # fmt: skip

    without, code, _ = run(
        "import_questions", table(QUESTIONS.replace("돌봄,", ",")), "gwangsan-green"
    )
    assert code == 2
    assert [f["column"] for f in without["rejected"]] == ["출처"]
    _, code, _ = run(
        "import_questions", table(QUESTIONS), "gwangsan-green",
        "--source-title", "녹서", "--source-publisher", "광산구", "--source-date", "2025-03-01",
    )  # fmt: skip
    assert code == 0
    assert all(q.source == Paper.objects.get().source for q in Question.objects.all())


class Killed(BaseException):
    """What no handler of the import catches."""


def test_an_import_that_dies_halfway_leaves_nothing_and_begins_anew(
    table: Any, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")
    file = table(ANSWERS)
    manager, written = type(Answer._default_manager), []
    whole = manager.bulk_create

    def dying(self: Any, rows: list[Any], *args: Any, **kwargs: Any) -> Any:
        if written:
            raise Killed
        written.extend(rows)
        return whole(self, rows, *args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(imports, "_AT_ONCE", 2)
        broken.setattr(manager, "bulk_create", dying)
        with pytest.raises(Killed):
            run("import_answers", file, "garam-green")

    assert len(written) == 2
    assert not Answer.objects.exists()
    assert not Event.objects.filter(verb="answers.imported").exists()
    assert run("import_answers", file, "garam-green")[0]["added"] == 3


def test_ten_thousand_answers_come_in_within_a_minute_and_again_without_a_change(
    table: Any, body: Any
) -> None:
    run("import_questions", table(QUESTIONS), "garam-green")
    lines = [
        f'{n},{1 + n % 2},시민,"{n}번째로 말합니다. 새벽 버스가 없어서 일을 그만두었습니다."'
        for n in range(1, 10_546)
    ]
    file = table("번호,질문번호,응답자유형,답변\n" + "\n".join(lines) + "\n")

    begin = time.monotonic()
    first, _, _ = run("import_answers", file, "garam-green")
    took = time.monotonic() - begin
    second, _, _ = run("import_answers", file, "garam-green")

    assert first["added"] == 10_545
    assert second["unchanged"] == 10_545
    assert took < 60
