"""What the pages show: one function per page class, each with a number of queries that rows don't change."""

from cms.queries.cases import case_details, cases_below, newest_cases
from cms.queries.datasets import dataset_details, datasets_below
from cms.queries.home import home_details
from cms.queries.municipalities import membership_overview, municipality_details
from cms.queries.news import newest_news, news_below

__all__ = [
    "case_details",
    "cases_below",
    "dataset_details",
    "datasets_below",
    "home_details",
    "membership_overview",
    "municipality_details",
    "newest_cases",
    "newest_news",
    "news_below",
]
