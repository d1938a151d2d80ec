"""Rules of membership that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import append_only, refuse_insert

MEMBERS_TRIGGERS = [
    *append_only("members_membership", "참여 기록은 고치거나 지울 수 없습니다"),
    *append_only("members_succession", "행정구역의 승계 기록은 고치거나 지울 수 없습니다"),
    *append_only("members_task", "할 일은 고치거나 지울 수 없습니다. 걸음을 적으세요"),
    *append_only("members_taskstep", "할 일의 걸음은 고치거나 지울 수 없습니다. 새로 적으세요"),
    *append_only("members_notice", "지방정부 알림은 고치거나 지울 수 없습니다. 새로 알리세요"),
    *append_only("members_noticedocument", "지방정부 알림의 문서는 고치거나 지울 수 없습니다"),
    *append_only("members_contactpost", "연락처는 고치거나 지울 수 없습니다. 새로 적으세요"),
    refuse_insert(
        "members_contactpost_proof",
        "members_contactpost",
        when=(
            "NEW.source_id IS NULL AND EXISTS (SELECT 1 FROM members_municipality m "
            "WHERE m.id = NEW.municipality_id AND NOT m.fictional)"
        ),
        message="실제 지방정부의 연락처에는 출처가 있어야 합니다",
    ),
    refuse_insert(
        "members_contactpost_own",
        "members_contactpost",
        when=(
            "NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM members_contactpost c "
            "WHERE c.id = NEW.replaces_id AND c.municipality_id = NEW.municipality_id)"
        ),
        message="다른 지방정부의 연락처를 갈음할 수 없습니다",
    ),
    *append_only("members_termopening", "민선 기를 연 기록은 고치거나 지울 수 없습니다"),
    *append_only("members_carriedsuccession", "옮긴 승계의 기록은 고치거나 지울 수 없습니다"),
    # 「제주특별자치도 설치 및 국제자유도시 조성을 위한 특별법」: 행정시 is no local government.
    refuse_insert(
        "members_membership_can_join",
        "members_membership",
        when=(
            "EXISTS (SELECT 1 FROM members_municipality m "
            "WHERE m.id = NEW.municipality_id AND NOT m.can_join)"
        ),
        message="참여할 수 없는 행정구역입니다",
    ),
    refuse_insert(
        "members_appointment_one_desk",
        "members_appointment",
        when=(
            "EXISTS (SELECT 1 FROM members_appointment a WHERE a.user_id = NEW.user_id "
            "AND a.until IS NULL AND a.municipality_id <> NEW.municipality_id)"
        ),
        message="한 사람은 한 지방정부의 일만 맡습니다",
    ),
    refuse_insert(
        "members_appointment_after_leaving",
        "members_appointment",
        when=(
            "(SELECT s.state FROM members_membership s WHERE s.municipality_id = NEW.municipality_id "
            "ORDER BY s.\"on\" DESC, s.id DESC LIMIT 1) = 'left'"
        ),
        message="탈퇴한 지방정부에는 담당을 둘 수 없습니다",
    ),
]
