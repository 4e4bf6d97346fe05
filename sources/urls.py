from django.urls import path

from sources.views import files, pages, reading

app_name = "sources"

urlpatterns = [
    path("", pages.sources, name="sources"),
    path("upload/", files.source_upload, name="upload"),
    path("<uuid:pk>/", pages.source, name="source"),
    path("<uuid:pk>/row/", pages.source_row, name="source_row"),
    path("<uuid:pk>/fetch/", pages.source_fetch, name="source_fetch"),
    path("<uuid:pk>/details/", files.source_detail, name="source_detail"),
    path("requests/<uuid:pk>/retry/", pages.request_retry, name="request_retry"),
    path("captures/<uuid:pk>/", pages.capture, name="capture"),
    path("captures/<uuid:pk>/read/", reading.capture_read, name="capture_read"),
    path("captures/<uuid:pk>/picture/", reading.capture_picture, name="capture_picture"),
    path("readings/<uuid:pk>/retry/", reading.reading_retry, name="reading_retry"),
    path("captures/<uuid:pk>/body/", pages.capture_body, name="capture_body"),
    path("captures/<uuid:pk>/warc/", pages.capture_warc, name="capture_warc"),
]
