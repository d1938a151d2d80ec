"""Addresses of finding; they stand before those of records and pages."""

from django.urls import URLPattern, path

from search import api, export, feeds, similar, views

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
    path("search/export.csv", export.as_csv, name="search_csv"),
    path("search/export.json", export.as_json, name="search_json"),
    path("search/similar/<slug:kind>/<path:key>/", similar.similar, name="similar"),
    path("feeds/search/", feeds.search_feed, name="search_feed"),
    path("cases/", views.cases, name="cases"),
    path("data/", views.data, name="data"),
    path("api/v1/search", api.search, name="api_search"),
    path("api/v1/openapi.json", api.description, name="openapi"),
]
