from django.urls import path

from sources.views import (
    comparing,
    exports,
    files,
    looking,
    outside,
    pages,
    publishers,
    reading,
    renderings,
    watches,
)

app_name = "sources"

urlpatterns = [
    path("", pages.sources, name="sources"),
    path("publishers/", publishers.publisher_list, name="publishers"),
    path("publishers/add/", publishers.publisher_add, name="publisher_add"),
    path("publishers/<uuid:pk>/", publishers.publisher, name="publisher"),
    path("publishers/<uuid:pk>/name/", publishers.publisher_rename, name="publisher_rename"),
    path("publishers/<uuid:pk>/owner/", publishers.publisher_owner, name="publisher_owner"),
    path("publishers/<uuid:pk>/domains/", publishers.domain_add, name="domain_add"),
    path("publishers/<uuid:pk>/domains/drop/", publishers.domain_drop, name="domain_drop"),
    path(
        "publishers/<uuid:pk>/part/<int:spelling>/", publishers.spelling_part, name="spelling_part"
    ),
    path("publishers/<uuid:pk>/merge/", publishers.publisher_merge, name="publisher_merge"),
    path("publishers/<uuid:pk>/remove/", publishers.publisher_remove, name="publisher_remove"),
    path("<uuid:pk>/publisher/", publishers.source_publisher, name="source_publisher"),
    path("upload/", files.source_upload, name="upload"),
    path("<uuid:pk>/", pages.source, name="source"),
    path("<uuid:pk>/row/", pages.source_row, name="source_row"),
    path("<uuid:pk>/fetch/", pages.source_fetch, name="source_fetch"),
    path("<uuid:pk>/checks/", watches.source_checks, name="source_checks"),
    path("<uuid:pk>/check/", watches.source_check, name="source_check"),
    path("<uuid:pk>/pause/", watches.source_pause, name="source_pause"),
    path("<uuid:pk>/resume/", watches.source_resume, name="source_resume"),
    path("requests/<uuid:pk>/retry/", pages.request_retry, name="request_retry"),
    path("<uuid:pk>/compare/", comparing.compare, name="compare"),
    path("captures/<uuid:pk>/", looking.capture, name="capture"),
    path("captures/<uuid:pk>/page/", looking.capture_page, name="capture_page"),
    path("captures/<uuid:pk>/integrity/", looking.capture_integrity, name="capture_integrity"),
    path("captures/<uuid:pk>/body/", looking.capture_body, name="capture_body"),
    path("captures/<uuid:pk>/warc/", looking.capture_warc, name="capture_warc"),
    path("captures/<uuid:pk>/text/", looking.capture_text, name="capture_text"),
    path("<uuid:pk>/details/", files.source_detail, name="source_detail"),
    path("captures/<uuid:pk>/read/", reading.capture_read, name="capture_read"),
    path("captures/<uuid:pk>/picture/", reading.capture_picture, name="capture_picture"),
    path("readings/<uuid:pk>/retry/", reading.reading_retry, name="reading_retry"),
    path("captures/<uuid:pk>/rendering/", renderings.rendering_panel, name="rendering_panel"),
    path("captures/<uuid:pk>/render/", renderings.rendering_ask, name="rendering_ask"),
    path("renderings/<uuid:pk>/retry/", renderings.rendering_retry, name="rendering_retry"),
    path("renderings/<uuid:pk>/picture/", renderings.rendering_picture, name="rendering_picture"),
    path(
        "renderings/<uuid:pk>/document/", renderings.rendering_document, name="rendering_document"
    ),
    path("<uuid:pk>/replicas/", outside.replica_ask, name="replica_ask"),
    path("<uuid:pk>/replicas/list/", outside.replicas, name="replicas"),
    path("replicas/<uuid:pk>/retry/", outside.replica_retry, name="replica_retry"),
    path("stamps/", outside.stamps, name="stamps"),
    path("stamps/<uuid:pk>/retry/", outside.stamp_retry, name="stamp_retry"),
    path("stamps/<uuid:pk>/token/", outside.stamp_token, name="stamp_token"),
    path("<uuid:pk>/wacz/", exports.source_wacz, name="source_wacz"),
    path("captures/<uuid:pk>/wacz/", exports.capture_wacz, name="capture_wacz"),
]
