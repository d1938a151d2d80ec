"""Rules of what was tried that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import Trigger, append_only, refuse_insert


def _sourced(table: str, column: str, message: str) -> Trigger:
    """No row of a real municipality without a Source (docs/architecture.md, Fiction and fact)."""
    return refuse_insert(
        f"{table}_source",
        table,
        when=(
            "NEW.source_id IS NULL AND EXISTS (SELECT 1 FROM members_municipality m "  # noqa: S608 (our own names)
            f"WHERE m.id = NEW.{column} AND NOT m.fictional)"
        ),
        message=message,
    )


PRACTICE_TRIGGERS = [
    *append_only("practice_pilotevent", "시범 사업 기록은 고치거나 지울 수 없습니다"),
    *append_only("practice_pilotplan", "실행계획은 고치거나 지울 수 없습니다. 새 판을 쓰세요"),
    *append_only("practice_adoptionevent", "도입 기록은 고치거나 지울 수 없습니다"),
    *append_only("practice_adoptionoutcome", "도입 결과는 고치거나 지울 수 없습니다"),
    *append_only("practice_zoneitem", "특구 점검 기록은 고치거나 지울 수 없습니다"),
    _sourced(
        "practice_jobmodel", "municipality_id", "실제 지방정부의 모델에는 출처가 있어야 합니다"
    ),
    _sourced(
        "practice_pilot", "municipality_id", "실제 지방정부의 시범 사업에는 출처가 있어야 합니다"
    ),
    _sourced("practice_adoption", "adopter_id", "실제 지방정부의 도입에는 출처가 있어야 합니다"),
    _sourced(
        "practice_barrier", "municipality_id", "실제 지방정부의 장애에는 출처가 있어야 합니다"
    ),
    _sourced(
        "practice_zoneitem", "municipality_id", "실제 지방정부의 점검에는 출처가 있어야 합니다"
    ),
]
