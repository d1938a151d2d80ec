"""Addresses of finding; they stand before those of records and pages."""

from django.urls import URLPattern, path

from search import api, views

urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
    path("cases/", views.cases, name="cases"),
    path("data/", views.data, name="data"),
    path("api/v1/search", api.search, name="api_search"),
    path("api/v1/openapi.json", api.description, name="openapi"),
]
