"""The stages that every installation begins with. Their names are data: the secretariat may change them.

Laid after every migrate and only where one is missing, so that an emptied or restored database has them.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from coalition.advocacy.models import ResolutionStage, RoadStage

RESOLUTION_STAGES = (
    ("proposed", "발의", False),
    ("committee", "상임위", False),
    ("passed", "본회의 의결", False),
    ("sent", "이송", False),
    ("replied", "회신", False),
    ("rejected", "부결", True),
    ("withdrawn", "철회", True),
)


#: After 초안 the order of 「국회법」: 제79조(발의), 제81조(소관위), 제86조(법사위), 제98조(이송); 헌법 제53조(공포).
ROAD_STAGES = (
    ("draft", "초안", False),
    ("introduced", "발의", False),
    ("committee", "소관위", False),
    ("judiciary", "법사위", False),
    ("plenary", "본회의", False),
    ("sent", "이송", False),
    ("promulgated", "공포", False),
    ("absorbed", "대안반영폐기", True),
    ("withdrawn", "철회", True),
    ("rejected", "부결", True),
    ("expired", "임기만료폐기", True),
)


def lay_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate for this app."""
    needed = {ResolutionStage._meta.db_table, RoadStage._meta.db_table}
    if needed <= set(connections[using].introspection.table_names()):
        lay_stages(using)


def lay_stages(using: str) -> None:
    for model, stages in ((ResolutionStage, RESOLUTION_STAGES), (RoadStage, ROAD_STAGES)):
        for order, (key, name, ends) in enumerate(stages, start=1):
            model.objects.using(using).get_or_create(
                key=key, defaults={"name": name, "order": order, "ends": ends}
            )
