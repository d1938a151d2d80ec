"""Two people edit one page: the second sees both texts and chooses; both stay in the page's history.

Wagtail 8 stops an autosave over a newer version and warns in the browser; a save by button it lets through,
and the first text is then only in the history, where nobody looks. Here the button is stopped too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from cms.menu import Footer
from cms.publication import say_what_was_left_out
from cms.workflows import DECIDED, say_why_it_came_back

# What the form says about the text it was made from; the answer to a conflict is made from the newest.
_GROUND = ("loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id", "keep")


@dataclass(frozen=True, slots=True)
class Row:
    """One field that the two texts tell differently."""

    label: str
    theirs: SafeString
    mine: SafeString


class HubEditView(EditView):
    """Wagtail's edit view that never lets one person's save pass over another's unseen."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        # One writer of this page at a time: between asking for the newest revision and writing the next
        # nobody else writes one.
        with transaction.atomic():
            Page.objects.select_for_update().filter(pk=page_id).first()
            return super().dispatch(request, page_id, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (
            not self._somebody_else_saved()
            or self.expects_json_response
            or self.locked_for_user
            or self.page.alias_of_id
            or self.is_cancelling_workflow
        ):
            if request.POST.get("keep") == "theirs":
                return self._keep_theirs()
            return super().post(request, *args, **kwargs)
        return self._show_both()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        say_why_it_came_back(request, self.page)
        return super().get(request, *args, **kwargs)

    def add_save_confirmation_message(self) -> None:
        decided = DECIDED.get(getattr(self, "workflow_action", None) or "")
        if decided is None:
            super().add_save_confirmation_message()
        else:
            title = self.page.get_admin_display_title()
            messages.success(self.request, decided.format(title=title))

    def form_valid(self, form: Any) -> HttpResponse:
        say_what_was_left_out(self.request, form)
        return super().form_valid(form)

    def get_action_menu(self) -> Footer:
        return Footer(
            self.request,
            view="edit",
            page=self.page,
            lock=self.lock,
            locked_for_user=self.locked_for_user,
        )

    def _somebody_else_saved(self) -> bool:
        """Whether another person wrote since this form was loaded.

        One's own autosave is often on its way when the button is pressed: that is no conflict.
        """
        if not self.is_out_of_date:
            return False
        ground = self.request.POST.get("overwrite_revision_id") or self.request.POST.get(
            "loaded_revision_id", ""
        )
        if not (ground.isascii() and ground.isdecimal() and len(ground) < 19):
            return True
        me = self.request.user
        since = self.page.revisions.filter(pk__gt=int(ground))
        return self.latest_revision.user_id != me.pk or since.exclude(user=me).exists()

    def _mine(self) -> Any:
        """The page as this person's form tells it; half-filled is enough to be looked at."""
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.form.defer_required_fields()
        return self.form.save(commit=False) if self.form.is_valid() else self.form.instance

    def _show_both(self) -> HttpResponse:
        theirs = self.latest_revision.as_object()
        fields = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in _GROUND and name != "csrfmiddlewaretoken"
            for value in values
        ]
        context = {
            "page": self.real_page_record,
            "theirs": self.latest_revision,
            "created_at": self.latest_revision_created_at,
            "rows": list(self._rows(theirs, self._mine())),
            "fields": fields,
            "action_url": self.get_edit_url(),
        }
        return render(self.request, "admin/pages/conflict.html", context, status=409)

    def _rows(self, theirs: Any, mine: Any) -> Iterator[Row]:
        panel = self.edit_handler.get_bound_panel(instance=mine, request=self.request, form=None)
        for compare in panel.get_comparison():
            found = compare(theirs, mine)
            if not found.has_changed():
                continue
            if found.is_field:
                yield _row(found.field_label(), found.htmldiff())
                continue
            for child in found.get_child_comparisons():
                for one in child.get_field_comparisons():
                    label = f"{found.field_label()} – {one.field_label()}"
                    if child.is_addition or child.is_deletion:
                        text = BeautifulSoup(one.htmldiff(), "html.parser").get_text()
                        yield Row(
                            label,
                            _marked("del", text) if child.is_deletion else SafeString(""),
                            _marked("ins", text) if child.is_addition else SafeString(""),
                        )
                    elif one.has_changed():
                        yield _row(label, one.htmldiff())

    def _keep_theirs(self) -> HttpResponse:
        """What I typed goes into the history, and the newest text stays what it was."""
        kept, mine = self.latest_revision, self._mine()
        if self.form.is_valid() and not self.locked_for_user:
            mine.save_revision(user=self.request.user, log_action=True, clean=False)
            kept.as_object().save_revision(
                user=self.request.user, log_action=True, previous_revision=kept, clean=False
            )
            messages.success(
                self.request, "먼저 저장된 글을 그대로 두었습니다. 내가 쓴 글은 ‘이력’에 있습니다."
            )
        else:
            messages.error(self.request, "내가 쓴 글에 오류가 있어 이력에 남기지 못했습니다.")
        return redirect(self.get_edit_url())


def _row(label: str, diff: str) -> Row:
    """Wagtail's one marked text taken apart: what they have at the left, what I have at the right."""
    return Row(
        label, _side(diff, drop="addition", tag="del"), _side(diff, drop="deletion", tag="ins")
    )


def _side(diff: str, *, drop: str, tag: str) -> SafeString:
    text = BeautifulSoup(diff, "html.parser")
    for gone in text.select(f".{drop}"):
        gone.decompose()
    for marked in text.select(".addition, .deletion"):
        assert isinstance(marked, Tag)  # noqa: S101 (for the type checker)
        marked.name, marked.attrs = tag, {}
    return mark_safe(str(text))  # noqa: S308 (Wagtail's comparison escapes what people wrote)


def _marked(tag: str, text: str) -> SafeString:
    marked = BeautifulSoup("", "html.parser").new_tag(tag)
    marked.string = text
    return mark_safe(str(marked))  # noqa: S308 (escaped by the tag)
