"""Rules of the ledgers that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import append_only, refuse_insert

_LEDGER = "입장은 고치거나 지울 수 없습니다. 새로 등록하세요"

ADVOCACY_TRIGGERS = [
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
]
