"""Rules of the dialogue that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import append_only, refuse_insert


def _of_a_real_body(body: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM dialogue_body b JOIN members_municipality m "  # noqa: S608 (a column)
        f"ON m.id = b.municipality_id WHERE b.id = {body} AND NOT m.fictional)"
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
]
