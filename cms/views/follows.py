"""알림 받기: asked for by anybody, proven by mail, ended without a login. Never cached."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.queries.follows import topic_of
from cms.views.email import EmailForm, status_of_sending
from coalition.advocacy.actions import ask_follow, confirm_follow, end_follows
from coalition.advocacy.following import Topic, confirmed_by, ended_by
from coalition.record.logins import address_of_client
from coalition.record.models import Person


class FollowForm(EmailForm):
    """An address and a consent."""

    consent = forms.BooleanField(
        label="알림을 보내는 데에만 이 주소를 쓰고, 그만 받으면 지우는 데 동의합니다.",
        error_messages={"required": "동의해야 알림을 보낼 수 있습니다."},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """`/follow/?kind=&key=`: the form; a post sends the mail that asks whether it was they."""
    try:
        topic = _topic(request)
    except ValidationError as error:
        return render(request, "400.html", {"reason": " ".join(error.messages)}, status=400)
    form, status = FollowForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            sent_from = address_of_client(request)
            status = status_of_sending(form, ask_follow, topic=topic, sent_from=sent_from)
        if status == 200:
            # The same words whether the address is known or not.
            return render(request, "records/follow_asked.html", {"topic": topic})
    context = {"topic": topic, "form": form}
    return render(request, "records/follow_form.html", context, status=status)


def _topic(request: HttpRequest) -> Topic:
    asked = request.POST if request.method == "POST" else request.GET
    topic = topic_of(asked.get("kind", ""), asked.get("key", ""))
    if topic is None:
        raise Http404("알림을 받을 것을 찾지 못했습니다.")
    return topic


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """`/follow/confirm/<token>/`: a page with a button; only the button confirms."""
    found = confirmed_by(token)
    if found is None:
        raise Http404("이미 지났거나 잘못된 확인 주소입니다. 다시 청해 주세요.")
    done = request.method == "POST"
    if done:
        confirm_follow(follow=found, by=None)
    return render(request, "records/follow_confirm.html", {"follow": found, "done": done})


@never_cache
@csrf_exempt  # a mail program posts here (RFC 8058); the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """`/follow/end/<token>/`: what is followed, each with a button, and one for all."""
    person = ended_by(token)
    if person is None:
        raise Http404("잘못된 주소입니다.")
    done = request.method == "POST"
    if done:
        _end(request, person)
    context = {
        "follows": list(person.follows.filter(ended_at__isnull=True)),
        "done": done,
        "token": token,
    }
    return render(request, "records/follow_end.html", context)


def _end(request: HttpRequest, person: Person) -> None:
    key = request.POST.get("follow", "")
    only = None
    if key:
        found = person.follows.filter(pk=int(key)) if key.isdecimal() and len(key) < 18 else None
        only = found.first() if found is not None else None
        if only is None:
            raise Http404("받고 있지 않은 알림입니다.")
    end_follows(person=person, only=only, by=None)
