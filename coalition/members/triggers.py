"""Rules of membership that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import append_only, refuse_insert

MEMBERS_TRIGGERS = [
    *append_only("members_membership", "참여 기록은 고치거나 지울 수 없습니다"),
    *append_only("members_succession", "행정구역의 승계 기록은 고치거나 지울 수 없습니다"),
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
]
