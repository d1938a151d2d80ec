"""Rules of the dialogue that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import Trigger, append_only, refuse_insert


def _of_a_real_body(body: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM dialogue_body b JOIN members_municipality m "  # noqa: S608 (a column)
        f"ON m.id = b.municipality_id WHERE b.id = {body} AND NOT m.fictional)"
    )


_CONFIRMED = "회의록이 확정된 회의는 고치거나 지울 수 없습니다"
_KEPT = "OLD.confirmed_at IS NOT NULL"


def _locked(name: str, table: str, event: str, when: str) -> Trigger:
    """Refuse `event` where `when` holds: SQL that both databases read, with OLD or NEW."""
    kept = "OLD" if event == "DELETE" else "NEW"
    return Trigger(
        name=name,
        table=table,
        sqlite=f"BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{_CONFIRMED}'); END",
        postgresql=(
            f"IF {when} THEN RAISE EXCEPTION '{_CONFIRMED}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept};"
        ),
        timing=f"BEFORE {event}",
    )


def _is_confirmed(meeting: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM dialogue_minutes m "  # noqa: S608 (a column)
        f"WHERE m.meeting_id = {meeting} AND m.confirmed_at IS NOT NULL)"
    )


def _locked_with_minutes(table: str, column: str) -> list[Trigger]:
    """Rows of a meeting whose minutes are confirmed stay as they are, and no row comes to them."""
    conditions = {
        "INSERT": _is_confirmed(f"NEW.{column}"),
        "UPDATE": f"{_is_confirmed(f'OLD.{column}')} OR {_is_confirmed(f'NEW.{column}')}",
        "DELETE": _is_confirmed(f"OLD.{column}"),
    }
    return [
        _locked(f"{table}_locked_{event.lower()}", table, event, when)
        for event, when in conditions.items()
        if not (event == "INSERT" and column == "id")
    ]


def _own_division(table: str) -> Trigger:
    return refuse_insert(
        f"{table}_own_division",
        table,
        when=(
            "EXISTS (SELECT 1 FROM dialogue_division d "
            "WHERE d.id = NEW.division_id AND d.body_id <> NEW.body_id)"
        ),
        message="다른 일자리회의 분과입니다",
    )


DIALOGUE_TRIGGERS = [
    *append_only("dialogue_questionstep", "질문의 걸음은 고치거나 지울 수 없습니다"),
    *append_only("dialogue_divisionlineage", "분과의 이어짐은 고치거나 지울 수 없습니다"),
    refuse_insert(
        "dialogue_divisionlineage_one_body",
        "dialogue_divisionlineage",
        when=(
            "EXISTS (SELECT 1 FROM dialogue_division a, dialogue_division b "
            "WHERE a.id = NEW.before_id AND b.id = NEW.after_id AND a.body_id <> b.body_id)"
        ),
        message="한 일자리회의 분과끼리만 이어집니다",
    ),
    # 「개인정보 보호법」 제15조: no citizen's name; an office holder's is public with its Source.
    refuse_insert(
        "dialogue_seat_name",
        "dialogue_seat",
        when=(
            "NEW.name <> '' AND (NEW.post = '' OR NEW.source_id IS NULL) AND "
            f"{_of_a_real_body('NEW.body_id')}"
        ),
        message="실제 위원의 이름은 공직과 출처가 있을 때만 적습니다",
    ),
    *(_own_division(f"dialogue_{table}") for table in ("seat", "meeting", "dialogueevent")),
    _locked("dialogue_minutes_locked_update", "dialogue_minutes", "UPDATE", _KEPT),
    _locked("dialogue_minutes_locked_delete", "dialogue_minutes", "DELETE", _KEPT),
    *_locked_with_minutes("dialogue_meeting", "id"),
    *_locked_with_minutes("dialogue_agendaitem", "meeting_id"),
    *_locked_with_minutes("dialogue_decision", "meeting_id"),
    *append_only("dialogue_followup", "후속은 고치거나 지울 수 없습니다. 새로 적으세요"),
    *append_only(
        "dialogue_meetingdocument", "회의 문서는 바꾸거나 지울 수 없습니다. 새로 올리세요"
    ),
]
