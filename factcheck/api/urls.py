from django.urls import path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from factcheck.api import bundles, problems, views

app_name = "api"

urlpatterns = [
    path("verdicts/", views.VerdictList.as_view(), name="verdicts"),
    path("verdicts/<uuid:verdict_id>/", views.VerdictDetail.as_view(), name="verdict"),
    path("verdicts/<uuid:verdict_id>/bundle/", bundles.VerdictBundle.as_view(), name="bundle"),
    path("articles/<uuid:article_id>/coverage/", views.ArticleCoverage.as_view(), name="coverage"),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path(
        "console/",
        SpectacularSwaggerSplitView.as_view(url_name="api:openapi"),
        name="console",
    ),
    re_path(r"^.*$", problems.not_found),
]
