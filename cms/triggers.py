"""What the database itself keeps for the desk.

What was brought in as a 자료 판 is not changed: not by a form, not by the ORM, not by SQL. It can go with its
page, which is why deleting is not refused.

What Wagtail's tables show to readers renews the content version (cms.cache), whatever door it was changed by:
Wagtail sends some of its signals outside the transaction, and for pictures, files and settings none of ours.
"""

from __future__ import annotations

from coalition.record.triggers import Trigger, append_only, renews

# An autosave writes to the page's row too, and shows nobody anything.
_SEEN_OF_A_PAGE = (
    "OLD.live <> NEW.live OR OLD.url_path <> NEW.url_path OR OLD.path <> NEW.path OR OLD.title <> NEW.title"
    " OR COALESCE(OLD.live_revision_id, 0) <> COALESCE(NEW.live_revision_id, 0)"
)

_PRINTED = "낸 사례집은 고치거나 지울 수 없습니다. 새 판을 내세요"
_FIXED = [
    *append_only("cms_casebookedition", _PRINTED),
    *append_only("cms_casebookchapter", _PRINTED),
    *(
        trigger
        for table in ("cms_resource", "cms_resourcerow")
        for trigger in append_only(table, "들인 자료 판은 고칠 수 없습니다. 새 판을 들이세요")
        if trigger.name.endswith("_no_update")
    ),
]

CMS_TRIGGERS: list[Trigger] = [
    *_FIXED,
    *renews("wagtailcore_page", when=_SEEN_OF_A_PAGE),
    *renews("wagtailcore_pageviewrestriction"),
    *renews("wagtailcore_collectionviewrestriction"),
    *renews("wagtailcore_site"),
    *renews("cms_operator"),
    *renews("cms_hubimage", ("UPDATE", "DELETE")),
    *renews("cms_hubdocument", ("UPDATE", "DELETE")),
]
