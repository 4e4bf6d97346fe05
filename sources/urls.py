from django.urls import path

from sources.views import exports, outside, pages

app_name = "sources"

urlpatterns = [
    path("", pages.sources, name="sources"),
    path("<uuid:pk>/", pages.source, name="source"),
    path("<uuid:pk>/row/", pages.source_row, name="source_row"),
    path("<uuid:pk>/fetch/", pages.source_fetch, name="source_fetch"),
    path("<uuid:pk>/replicas/", outside.replica_ask, name="replica_ask"),
    path("<uuid:pk>/replicas/list/", outside.replicas, name="replicas"),
    path("replicas/<uuid:pk>/retry/", outside.replica_retry, name="replica_retry"),
    path("stamps/", outside.stamps, name="stamps"),
    path("stamps/<uuid:pk>/retry/", outside.stamp_retry, name="stamp_retry"),
    path("stamps/<uuid:pk>/token/", outside.stamp_token, name="stamp_token"),
    path("requests/<uuid:pk>/retry/", pages.request_retry, name="request_retry"),
    path("captures/<uuid:pk>/", pages.capture, name="capture"),
    path("captures/<uuid:pk>/body/", pages.capture_body, name="capture_body"),
    path("<uuid:pk>/wacz/", exports.source_wacz, name="source_wacz"),
    path("captures/<uuid:pk>/wacz/", exports.capture_wacz, name="capture_wacz"),
    path("captures/<uuid:pk>/warc/", pages.capture_warc, name="capture_warc"),
]
