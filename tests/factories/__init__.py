"""Makers of test content: each gives a saved thing with only what the test did not say filled in."""

from tests.factories.bills import make_bill, make_version
from tests.factories.datasets import make_dataset
from tests.factories.pages import make_case, make_news, publish
from tests.factories.questions import make_answer, make_paper, make_question

__all__ = [
    "make_answer",
    "make_bill",
    "make_case",
    "make_dataset",
    "make_news",
    "make_paper",
    "make_question",
    "make_version",
    "publish",
]
