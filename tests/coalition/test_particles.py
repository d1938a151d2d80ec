"""A particle follows the sound that stands before it."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from coalition.particles import object_, subject, topic, towards, with_


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (topic("조례"), "조례는"),
        (topic("법률"), "법률은"),
        (object_("v0.2"), "v0.2를"),
        (object_("v0.3"), "v0.3을"),
        (subject("제16조(평가)"), "제16조(평가)가"),
        (subject("‘돌봄’"), "‘돌봄’이"),
        (with_("「지방자치법」"), "「지방자치법」과"),
        (towards("다솔구"), "다솔구로"),
        (towards("교육"), "교육으로"),
        (towards("서울"), "서울로"),
        (towards("v0.1"), "v0.1로"),
        (topic("GIS"), "GIS는"),
        (topic(""), "는"),
    ],
)
def test_the_particle_is_the_one_that_a_reader_would_say(said: str, right: str) -> None:
    assert said == right


def test_a_template_writes_the_particle_behind_a_link() -> None:
    template = Template('{% load hub %}<a>{{ name }}</a>{{ name|particle:"과" }}')

    assert template.render(Context({"name": "돌봄"})) == "<a>돌봄</a>과"
