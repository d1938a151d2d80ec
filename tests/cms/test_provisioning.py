"""A municipality gets its place in one step, exactly as it should be, or not at all."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import Collection, GroupPagePermission, Page

from cms import actions
from cms.actions import assert_provisioned, provision_municipality
from cms.models import MunicipalityPage
from coalition.members.actions import enter_fictional
from coalition.members.models import Municipality

pytestmark = pytest.mark.django_db


def test_a_municipality_gets_root_lists_collection_and_two_groups(garam: Any) -> None:
    page = MunicipalityPage.objects.get(municipality=garam)

    assert page.url_path == "/home/municipalities/garam/"
    assert page.live
    assert set(Page.objects.child_of(page).live().values_list("slug", flat=True)) == {
        "cases",
        "data",
        "news",
    }
    assert page.collection.name == "가상도 가람시"
    assert garam.editors.name == "가상도 가람시 담당자"
    assert garam.approvers.name == "가상도 가람시 결재자"


def test_provisioning_again_changes_nothing(garam: Any) -> None:
    before = (Page.objects.count(), Collection.objects.count(), GroupPagePermission.objects.count())

    provision_municipality(municipality=garam, by=None)

    after = (Page.objects.count(), Collection.objects.count(), GroupPagePermission.objects.count())
    assert after == before


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    municipality = enter_fictional(code="X0009", name="새터시", slug="saeteo", by=None)
    before = (Page.objects.count(), Collection.objects.count())

    def fail(page: MunicipalityPage) -> None:
        raise AssertionError("빠진 것이 있습니다")

    monkeypatch.setattr(actions, "assert_provisioned", fail)
    with pytest.raises(AssertionError):
        provision_municipality(municipality=municipality, by=None)

    municipality.refresh_from_db()
    assert (Page.objects.count(), Collection.objects.count()) == before
    assert municipality.editors is None


def test_a_right_too_many_is_noticed(garam: Any) -> None:
    page = MunicipalityPage.objects.get(municipality=garam)
    granted = GroupPagePermission.objects.filter(group=garam.approvers).first()
    assert granted is not None
    granted.pk, granted.group = None, garam.editors
    granted.permission = GroupPagePermission.objects.get(
        group=garam.approvers, permission__codename="publish_page"
    ).permission
    granted.save()

    with pytest.raises(AssertionError, match="담당자"):
        assert_provisioned(page)


def test_an_administrative_city_gets_no_place() -> None:
    call_command("import_municipalities", stdout=StringIO())

    with pytest.raises(ValidationError, match="참여할 수 없는"):
        provision_municipality(municipality=Municipality.objects.get(name="서귀포시"), by=None)


def test_the_command_makes_a_fictional_municipality_and_refuses_an_unknown_code() -> None:
    out = StringIO()

    call_command("provision_municipality", "X0007", "--name", "새별군", "--fictional", stdout=out)

    assert "/home/municipalities/saebyeolgun/" in out.getvalue()
    with pytest.raises(CommandError, match="명부에 없는 코드"):
        call_command("provision_municipality", "99999")
