from django.urls import path

from sources.views import pages, renderings

app_name = "sources"

urlpatterns = [
    path("", pages.sources, name="sources"),
    path("<uuid:pk>/", pages.source, name="source"),
    path("<uuid:pk>/row/", pages.source_row, name="source_row"),
    path("<uuid:pk>/fetch/", pages.source_fetch, name="source_fetch"),
    path("requests/<uuid:pk>/retry/", pages.request_retry, name="request_retry"),
    path("captures/<uuid:pk>/", pages.capture, name="capture"),
    path("captures/<uuid:pk>/body/", pages.capture_body, name="capture_body"),
    path("captures/<uuid:pk>/warc/", pages.capture_warc, name="capture_warc"),
    path("captures/<uuid:pk>/rendering/", renderings.rendering_panel, name="rendering_panel"),
    path("captures/<uuid:pk>/render/", renderings.rendering_ask, name="rendering_ask"),
    path("renderings/<uuid:pk>/retry/", renderings.rendering_retry, name="rendering_retry"),
    path("renderings/<uuid:pk>/picture/", renderings.rendering_picture, name="rendering_picture"),
    path(
        "renderings/<uuid:pk>/document/", renderings.rendering_document, name="rendering_document"
    ),
]
