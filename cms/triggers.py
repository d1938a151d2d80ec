"""What was brought in as a 자료 판 is not changed: not by a form, not by the ORM, not by SQL.

It can go with its page, which is why deleting is not refused.
"""

from __future__ import annotations

from coalition.record.triggers import Trigger, append_only

CMS_TRIGGERS: list[Trigger] = [
    trigger
    for table in ("cms_resource", "cms_resourcerow")
    for trigger in append_only(table, "들인 자료 판은 고칠 수 없습니다. 새 판을 들이세요")
    if trigger.name.endswith("_no_update")
]
