"""Rules of the dialogue that the database keeps (coalition.record.triggers says how)."""

from coalition.record.triggers import append_only

DIALOGUE_TRIGGERS = [
    *append_only("dialogue_questionstep", "질문의 걸음은 고치거나 지울 수 없습니다"),
]
