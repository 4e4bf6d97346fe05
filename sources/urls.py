from django.urls import path

from sources.views import pages, watches

app_name = "sources"

urlpatterns = [
    path("", pages.sources, name="sources"),
    path("<uuid:pk>/", pages.source, name="source"),
    path("<uuid:pk>/row/", pages.source_row, name="source_row"),
    path("<uuid:pk>/fetch/", pages.source_fetch, name="source_fetch"),
    path("<uuid:pk>/checks/", watches.source_checks, name="source_checks"),
    path("<uuid:pk>/check/", watches.source_check, name="source_check"),
    path("<uuid:pk>/pause/", watches.source_pause, name="source_pause"),
    path("<uuid:pk>/resume/", watches.source_resume, name="source_resume"),
    path("requests/<uuid:pk>/retry/", pages.request_retry, name="request_retry"),
    path("captures/<uuid:pk>/", pages.capture, name="capture"),
    path("captures/<uuid:pk>/body/", pages.capture_body, name="capture_body"),
    path("captures/<uuid:pk>/warc/", pages.capture_warc, name="capture_warc"),
]
