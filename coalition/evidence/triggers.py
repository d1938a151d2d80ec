"""Rules of what was found that the database keeps (coalition.record.triggers says how)."""

from __future__ import annotations

from coalition.record.triggers import Trigger, append_only, refuse_insert

_MESSAGE = "측정은 고칠 수 없습니다. 거두고 새로 적으세요"
_KEPT = (
    "pilot_id", "indicator_id", "respondents", "side", "wave", "comparison", "assignment", "on",
    "n", "invited", "value", "low", "high", "method", "source_id",
)  # fmt: skip


def _changed() -> str:
    """SQL of both databases: a column of what was measured is another one now."""
    return " OR ".join(
        f'NOT (OLD."{c}" = NEW."{c}" OR (OLD."{c}" IS NULL AND NEW."{c}" IS NULL))' for c in _KEPT
    )


def _refused_change() -> Trigger:
    when = f"{_changed()} OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)"
    refused = (
        f"IF ({when}) IS NOT FALSE THEN RAISE EXCEPTION '{_MESSAGE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;"
    )
    return Trigger(
        name="evidence_measurement_stays",
        table="evidence_measurement",
        sqlite=(
            f"BEFORE UPDATE ON evidence_measurement WHEN ({when}) IS NOT 0 "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        ),
        postgresql=refused,
        timing="BEFORE UPDATE",
    )


def _source_of_a_pilot(table: str, through: str) -> Trigger:
    return refuse_insert(
        f"{table}_source",
        table,
        when=(
            "NEW.source_id IS NULL AND EXISTS (SELECT 1 FROM members_municipality m "  # noqa: S608 (our own names)
            f"{through} AND NOT m.fictional)"
        ),
        message="실제 지방정부의 측정과 근거에는 출처가 있어야 합니다",
    )


EVIDENCE_TRIGGERS = [
    _refused_change(),
    *(
        trigger
        for trigger in append_only("evidence_measurement", _MESSAGE)
        if not trigger.name.endswith("_no_update")
    ),
    *append_only("evidence_measurementcell", _MESSAGE),
    _source_of_a_pilot(
        "evidence_measurement",
        "JOIN practice_pilot p ON p.municipality_id = m.id WHERE p.id = NEW.pilot_id",
    ),
    _source_of_a_pilot("evidence_finding", "WHERE m.id = NEW.municipality_id"),
]
