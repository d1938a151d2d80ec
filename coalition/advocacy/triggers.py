"""Rules of the ledgers that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import Trigger, append_only, refuse_insert

_LEDGER = "입장은 고치거나 지울 수 없습니다. 새로 등록하세요"

_REFUSED = "USING ERRCODE = 'integrity_constraint_violation'"


def _refuse(verb: str, table: str, rule: str, when: str, message: str) -> Trigger:
    """No UPDATE (or DELETE) of a row for which `when` holds."""
    row = "OLD" if verb == "DELETE" else "NEW"
    return Trigger(
        name=f"{table}_{rule}",
        table=table,
        sqlite=(
            f"BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ),
        postgresql=f"IF {when} THEN RAISE EXCEPTION '{message}' {_REFUSED}; END IF; RETURN {row};",
        timing=f"BEFORE {verb}",
    )


def _of_confirmed(table: str, message: str) -> Trigger:
    return refuse_insert(
        f"{table}_confirmed",
        table,
        when=(
            "EXISTS (SELECT 1 FROM advocacy_opinion o "
            "WHERE o.id = NEW.opinion_id AND o.confirmed_at IS NULL)"
        ),
        message=message,
    )


_KEPT = ("version_id", "provision_id", "uid", "author_kind", "person_id")
_CHANGED = " OR ".join(
    [f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _KEPT]
    + ["(NEW.text <> OLD.text AND NEW.text <> '')"]
    + [
        f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in ("confirmed_at", '"on"', "withdrawn_on")
    ]
)

OPINION_TRIGGERS = [
    _refuse(
        "UPDATE",
        "advocacy_opinion",
        "words",
        _CHANGED,
        "의견은 고칠 수 없고 쓴 사람이 거둘 수만 있습니다",
    ),
    _refuse(
        "DELETE",
        "advocacy_opinion",
        "stays",
        "OLD.confirmed_at IS NOT NULL",
        "확인된 의견은 지울 수 없습니다",
    ),
    refuse_insert(
        "advocacy_opinion_clause",
        "advocacy_opinion",
        when=(
            "NEW.provision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM drafts_provision p "
            "WHERE p.id = NEW.provision_id AND p.version_id = NEW.version_id)"
        ),
        message="의견의 조문은 그 판에 있어야 합니다",
    ),
    refuse_insert(
        "advocacy_opinion_version",
        "advocacy_opinion",
        when=(
            "EXISTS (SELECT 1 FROM drafts_version v "
            "WHERE v.id = NEW.version_id AND v.published_at IS NULL)"
        ),
        message="발행되지 않은 판에는 의견을 받지 않습니다",
    ),
    *append_only("advocacy_opinionmoderation", "의견을 살핀 기록은 고치거나 지울 수 없습니다"),
    _of_confirmed("advocacy_opinionmoderation", "확인되지 않은 의견은 살피지 않습니다"),
    *append_only("advocacy_opinionreply", "답변은 고치거나 지울 수 없습니다. 새로 쓰세요"),
    _of_confirmed("advocacy_opinionreply", "확인되지 않은 의견에는 답하지 않습니다"),
    refuse_insert(
        "advocacy_opinionreply_own",
        "advocacy_opinionreply",
        when=(
            "NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM advocacy_opinionreply r "
            "WHERE r.id = NEW.replaces_id AND r.opinion_id = NEW.opinion_id)"
        ),
        message="다른 의견의 답변을 갈음할 수 없습니다",
    ),
]

_ASKED = ("opinion_id", "person_id", "right")
_ANSWERED = ("outcome", "answer", "moderation_id", "answered_at", "answered_by_id")
_CHANGED_REQUEST = " OR ".join(
    [f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in _ASKED]
    + ["(NEW.claim <> OLD.claim AND NEW.claim <> '')"]
    + [
        f"(OLD.answered_at IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in _ANSWERED
    ]
    + [
        f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
        for name in ("confirmed_at", "forgotten_on")
    ]
)

SUSPENSION_TRIGGERS = [
    _refuse(
        "UPDATE",
        "advocacy_suspensionrequest",
        "words",
        _CHANGED_REQUEST,
        "임시조치 요청과 그 답은 고칠 수 없습니다",
    ),
    _refuse(
        "DELETE",
        "advocacy_suspensionrequest",
        "stays",
        "OLD.confirmed_at IS NOT NULL",
        "확인된 임시조치 요청은 지울 수 없습니다",
    ),
    _of_confirmed("advocacy_suspensionrequest", "실리지 않은 의견에는 임시조치를 청하지 않습니다"),
]

ADVOCACY_TRIGGERS = [
    *OPINION_TRIGGERS,
    *SUSPENSION_TRIGGERS,
    *append_only("advocacy_position", _LEDGER),
    *append_only("advocacy_positionverification", "입장의 확인은 고치거나 지울 수 없습니다"),
    refuse_insert(
        "advocacy_position_proof",
        "advocacy_position",
        when=(
            "NEW.source_id IS NULL AND NEW.document_id IS NULL AND NOT NEW.withdrawn AND EXISTS "
            "(SELECT 1 FROM members_municipality m WHERE m.id = NEW.municipality_id AND NOT m.fictional)"
        ),
        message="실제 지방정부의 입장에는 문서나 출처가 있어야 합니다",
    ),
    refuse_insert(
        "advocacy_position_clause",
        "advocacy_position",
        when=(
            "NEW.provision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM drafts_provision p "
            "WHERE p.id = NEW.provision_id AND p.version_id = NEW.version_id)"
        ),
        message="입장의 조문은 그 판에 있어야 합니다",
    ),
    refuse_insert(
        "advocacy_position_version",
        "advocacy_position",
        when=(
            "EXISTS (SELECT 1 FROM drafts_version v "
            "WHERE v.id = NEW.version_id AND v.published_at IS NULL)"
        ),
        message="발행되지 않은 판에는 입장을 등록할 수 없습니다",
    ),
    refuse_insert(
        "advocacy_position_own",
        "advocacy_position",
        when=(
            "NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM advocacy_position p "
            "WHERE p.id = NEW.replaces_id AND p.municipality_id = NEW.municipality_id)"
        ),
        message="다른 지방정부의 입장을 갈음할 수 없습니다",
    ),
    refuse_insert(
        "advocacy_position_verified_document",
        "advocacy_positionverification",
        when=(
            "NEW.accepted AND EXISTS (SELECT 1 FROM advocacy_position p "
            "WHERE p.id = NEW.position_id AND p.document_id IS NULL)"
        ),
        message="문서가 없는 입장은 확인할 수 없습니다",
    ),
    *append_only("advocacy_councilresolution", "의회 결의는 고치거나 지울 수 없습니다"),
    *append_only(
        "advocacy_resolutionstep", "의회 결의의 걸음은 고치거나 지울 수 없습니다. 새로 적으세요"
    ),
    *append_only("advocacy_stepverification", "의회 결의의 확인은 고치거나 지울 수 없습니다"),
    refuse_insert(
        "advocacy_resolutionstep_proof",
        "advocacy_resolutionstep",
        when=(
            "NEW.source_id IS NULL AND NEW.document_id IS NULL AND EXISTS (SELECT 1 FROM "
            "advocacy_councilresolution r JOIN members_municipality m ON m.id = r.municipality_id "
            "WHERE r.id = NEW.resolution_id AND NOT m.fictional)"
        ),
        message="실제 지방의회의 걸음에는 문서나 출처가 있어야 합니다",
    ),
    refuse_insert(
        "advocacy_resolutionstep_own",
        "advocacy_resolutionstep",
        when=(
            "NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM advocacy_resolutionstep s "
            "WHERE s.id = NEW.replaces_id AND s.resolution_id = NEW.resolution_id)"
        ),
        message="다른 의회 결의의 걸음을 갈음할 수 없습니다",
    ),
    refuse_insert(
        "advocacy_stepverification_document",
        "advocacy_stepverification",
        when=(
            "NEW.accepted AND EXISTS (SELECT 1 FROM advocacy_resolutionstep s "
            "WHERE s.id = NEW.step_id AND s.document_id IS NULL)"
        ),
        message="문서가 없는 걸음은 확인할 수 없습니다",
    ),
    *append_only("advocacy_assemblybill", "의안은 고치거나 지울 수 없습니다"),
    *append_only("advocacy_roadstep", "법안의 걸음은 고치거나 지울 수 없습니다. 새로 적으세요"),
    *append_only("advocacy_tasklink", "국정과제 고리는 고치거나 지울 수 없습니다. 새로 적으세요"),
    *append_only("advocacy_statement", "공동 성명의 글은 고치거나 지울 수 없습니다"),
    *append_only("advocacy_statementstep", "공동 성명의 걸음은 고치거나 지울 수 없습니다"),
    *append_only("advocacy_statementjoin", "함께한 기록은 고치거나 지울 수 없습니다"),
    refuse_insert(
        "advocacy_statementjoin_member",
        "advocacy_statementjoin",
        when=(
            "NOT NEW.withdrawn AND COALESCE((SELECT m.state FROM members_membership m "
            'WHERE m.municipality_id = NEW.municipality_id AND m."on" <= NEW."on" '
            "ORDER BY m.\"on\" DESC, m.id DESC LIMIT 1), '') <> 'approved'"
        ),
        message="참여하고 있는 지방정부만 공동 성명에 함께할 수 있습니다",
    ),
    refuse_insert(
        "advocacy_statementjoin_proof",
        "advocacy_statementjoin",
        when=(
            "NEW.source_id IS NULL AND NEW.document_id IS NULL AND EXISTS "
            "(SELECT 1 FROM members_municipality m WHERE m.id = NEW.municipality_id AND NOT m.fictional)"
        ),
        message="실제 지방정부가 함께하려면 문서나 출처가 있어야 합니다",
    ),
    refuse_insert(
        "advocacy_statementjoin_fiction",
        "advocacy_statementjoin",
        when=(
            "(SELECT s.fictional FROM advocacy_statement s WHERE s.id = NEW.statement_id) <> "
            "(SELECT m.fictional FROM members_municipality m WHERE m.id = NEW.municipality_id)"
        ),
        message="가상 지방정부는 시연용 성명에만 함께합니다",
    ),
    refuse_insert(
        "advocacy_statementjoin_own",
        "advocacy_statementjoin",
        when=(
            "NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM advocacy_statementjoin j "
            "WHERE j.id = NEW.replaces_id AND j.municipality_id = NEW.municipality_id "
            "AND j.statement_id = NEW.statement_id)"
        ),
        message="다른 지방정부의 이름을 갈음할 수 없습니다",
    ),
]
