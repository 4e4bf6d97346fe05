from django.urls import path

from claims.views import (
    approval,
    article,
    article_work,
    articles,
    claim,
    claim_work,
    drafting,
    ledger,
    queue,
    reshaping,
    revisions,
    verdict,
)

app_name = "claims"

urlpatterns = [
    path("articles/", articles.articles, name="articles"),
    path("articles/new/", articles.article_new, name="article_new"),
    path("articles/<uuid:pk>/", article.article, name="article"),
    path("articles/<uuid:pk>/state/", article.article_state, name="article_state"),
    path("articles/<uuid:pk>/split/", article_work.article_split, name="article_split"),
    path("articles/<uuid:pk>/retry/", article_work.article_retry, name="article_retry"),
    path("articles/<uuid:pk>/claims/", article_work.article_claims, name="article_claims"),
    path("articles/<uuid:pk>/coverage/", ledger.article_coverage, name="article_coverage"),
    path("articles/<uuid:pk>/revise/", revisions.article_revise, name="article_revise"),
    path(
        "articles/<uuid:pk>/revisions/<int:number>/",
        revisions.article_revision,
        name="article_revision",
    ),
    path("articles/<uuid:pk>/sources/", article_work.article_sources, name="article_sources"),
    path(
        "articles/<uuid:pk>/sources/rows/", article.article_source_rows, name="article_source_rows"
    ),
    path("articles/<uuid:pk>/fit/", reshaping.article_fit, name="article_fit"),
    path("articles/<uuid:pk>/cut/", reshaping.article_cut, name="article_cut"),
    path("articles/<uuid:pk>/merge/", reshaping.article_merge, name="article_merge"),
    path("articles/<uuid:pk>/undo/", reshaping.article_undo, name="article_undo"),
    path("numbers/<int:pk>/decide/", reshaping.number_decide, name="number_decide"),
    path("sentences/<int:pk>/decide/", article_work.sentence_decide, name="sentence_decide"),
    path("claims/", queue.queue, name="queue"),
    path("claims/<uuid:pk>/", claim.claim, name="claim"),
    path("claims/<uuid:pk>/dismiss/", claim_work.claim_dismiss, name="claim_dismiss"),
    path("claims/<uuid:pk>/accept/", reshaping.claim_accept, name="claim_accept"),
    path("claims/<uuid:pk>/restore/", claim_work.claim_restore, name="claim_restore"),
    path("claims/<uuid:pk>/reword/", claim_work.claim_reword, name="claim_reword"),
    path("claims/<uuid:pk>/sources/", claim_work.claim_sources, name="claim_sources"),
    path("claims/<uuid:pk>/sources/rows/", claim.claim_source_rows, name="claim_source_rows"),
    path("claims/<uuid:pk>/evidence/", claim_work.claim_evidence, name="claim_evidence"),
    path("claims/<uuid:pk>/verdict/", drafting.claim_verdict, name="claim_verdict"),
    path("evidence/<uuid:pk>/remove/", claim_work.evidence_remove, name="evidence_remove"),
    path("approvals/", queue.approvals, name="approvals"),
    path("versions/<uuid:pk>/", approval.approval, name="approval"),
    path("versions/<uuid:pk>/approve/", approval.version_approve, name="version_approve"),
    path("versions/<uuid:pk>/publish/", approval.version_publish, name="version_publish"),
    path("versions/<uuid:pk>/send-back/", approval.version_send_back, name="version_send_back"),
    path("versions/<uuid:pk>/recall/", claim_work.version_recall, name="version_recall"),
    path("verdicts/<uuid:pk>/", verdict.verdict, name="verdict"),
]
