"""Published law text can't be changed: not by a form, not by the ORM, not by SQL.

`restore` is the one door past these triggers, and it verifies the chain at its end.
"""

from __future__ import annotations

from coalition.record.triggers import Trigger, append_only, refuse_insert

_PUBLISHED = "발행된 판은 고치거나 지울 수 없습니다"


def _refuse(name: str, table: str, *, event: str, when: str, message: str = _PUBLISHED) -> Trigger:
    """Refuse `event` on rows for which `when` holds; `when` is SQL for both databases."""
    kept = "OLD" if event == "DELETE" else "NEW"
    return Trigger(
        name=name,
        table=table,
        sqlite=f"BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END",
        postgresql=(
            f"IF {when} THEN RAISE EXCEPTION '{message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept};"
        ),
        timing=f"BEFORE {event}",
    )


def _is_published(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM drafts_version v "  # noqa: S608 (row is OLD or NEW)
        f"WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL)"
    )


def _no_truncate(table: str) -> Trigger:
    return next(t for t in append_only(table, _PUBLISHED) if t.name.endswith("_no_truncate"))


DRAFTS_TRIGGERS = [
    _refuse(
        "drafts_version_no_update",
        "drafts_version",
        event="UPDATE",
        when="OLD.published_at IS NOT NULL",
    ),
    _refuse(
        "drafts_version_no_delete",
        "drafts_version",
        event="DELETE",
        when="OLD.published_at IS NOT NULL",
    ),
    # A version comes into the world unpublished: only actions.publish_version parses and chains it.
    _refuse(
        "drafts_version_begins_unpublished",
        "drafts_version",
        event="INSERT",
        when="NEW.published_at IS NOT NULL",
        message="판은 발행하지 않은 채로 만듭니다",
    ),
    *(
        _refuse(
            f"drafts_provision_no_{event.lower()}",
            "drafts_provision",
            event=event,
            when=(
                f"{_is_published('OLD')} OR {_is_published('NEW')}"
                if event == "UPDATE"
                else _is_published("NEW" if event == "INSERT" else "OLD")
            ),
        )
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
    _refuse(
        "drafts_bill_address",
        "drafts_bill",
        event="UPDATE",
        when=(
            "OLD.slug <> NEW.slug AND EXISTS (SELECT 1 FROM drafts_version v "
            "WHERE v.bill_id = OLD.id AND v.published_at IS NOT NULL)"
        ),
        message="발행된 판이 있는 법안의 주소는 바꿀 수 없습니다",
    ),
    _no_truncate("drafts_version"),
    _no_truncate("drafts_provision"),
    *append_only("drafts_lineage", "조문의 이어짐은 고치거나 지울 수 없습니다"),
    *append_only("drafts_forebear", "조문의 이어짐은 고치거나 지울 수 없습니다"),
    *append_only("drafts_provisionnote", "조문 풀이는 고치거나 지울 수 없습니다. 새로 쓰세요"),
    *append_only("drafts_counterpart", "나란히 볼 글은 고치거나 지울 수 없습니다. 새로 넣으세요"),
    refuse_insert(
        "drafts_counterpart_source",
        "drafts_counterpart",
        when=(
            "NEW.source_id IS NULL AND EXISTS (SELECT 1 FROM members_municipality m "
            "WHERE m.id = NEW.municipality_id AND NOT m.fictional)"
        ),
        message="실제 지방정부의 조례에는 출처가 있어야 합니다",
    ),
    *append_only(
        "drafts_clauselink", "조문 연결은 고치거나 지울 수 없습니다. 거두고 새로 이으세요"
    ),
    *append_only("drafts_linkstep", "조문 연결의 기록은 고치거나 지울 수 없습니다"),
    refuse_insert(
        "drafts_linkstep_two_people",
        "drafts_linkstep",
        when=(
            "NEW.state IN ('seconded', 'confirmed') AND EXISTS (SELECT 1 FROM drafts_clauselink l "
            "WHERE l.id = NEW.link_id AND l.linked_by_id = NEW.by_id)"
        ),
        message="이은 사람은 자기 연결을 확정할 수 없습니다",
    ),
    refuse_insert(
        "drafts_linkstep_two_reviewers",
        "drafts_linkstep",
        when=(
            "NEW.state = 'confirmed' AND EXISTS (SELECT 1 FROM drafts_clauselink l "
            "WHERE l.id = NEW.link_id AND l.target = 'barrier') AND NOT EXISTS (SELECT 1 "
            "FROM drafts_linkstep s WHERE s.link_id = NEW.link_id AND s.state = 'seconded' "
            "AND s.provision_id = NEW.provision_id AND s.by_id <> NEW.by_id)"
        ),
        message="장애와의 관계는 두 사람이 동의해야 확정됩니다",
    ),
    refuse_insert(
        "drafts_linkstep_after_its_end",
        "drafts_linkstep",
        when=(
            "EXISTS (SELECT 1 FROM drafts_linkstep s WHERE s.link_id = NEW.link_id "
            "AND s.state IN ('declined', 'withdrawn'))"
        ),
        message="반려하거나 거둔 연결에는 아무것도 더할 수 없습니다",
    ),
]
