"""Makers of test content: each gives a saved thing with only what the test did not say filled in."""

from tests.factories.bills import make_bill, make_version
from tests.factories.pages import make_case, make_news, publish

__all__ = ["make_bill", "make_case", "make_news", "make_version", "publish"]
