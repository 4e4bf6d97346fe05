"""Verdicts live on after their publication: a later version, a withdrawal, a version given up.

The guards of the version, of evidence and of calculations are made anew. What a person writes in
a draft is every column that the workflow does not set, so that a new one is guarded from its first
day. SQLSTATE FC001: a row that never changes. FC002: a rule of the workflow. FC003: a false quote.
"""

from django.db import migrations, models

VERSION_GUARD = """
CREATE FUNCTION claims_approvals(version claims_verdictversion) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT a.editor_id) FROM claims_approval a
    WHERE a.version_id = version.id AND a.digest = version.digest AND NOT EXISTS (
        SELECT 1 FROM claims_versioncontributor c
        WHERE c.version_id = version.id AND c.person_id = a.editor_id
    )
$$;

-- Whether enough people stand behind the version. A later migration may know further ways.
CREATE FUNCTION claims_may_be_published(version claims_verdictversion) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT claims_approvals(version) >= version.approvals_required
$$;

CREATE OR REPLACE FUNCTION claims_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What the workflow sets; every other column is the draft's content.
    workflow text[] := ARRAY[
        'state', 'revision', 'updated_at', 'manifest', 'digest', 'submitted_by_id', 'submitted_at',
        'approvals_required', 'published_by_id', 'published_at'
    ];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a verdict version is never deleted' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'a verdict version starts as a draft' USING ERRCODE = 'FC002';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.verdict_id, NEW.number, NEW.created_by_id, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.verdict_id, OLD.number, OLD.created_by_id, OLD.created_at) THEN
        RAISE EXCEPTION 'what a verdict version is never changes' USING ERRCODE = 'FC001';
    END IF;
    IF NEW.state = OLD.state THEN
        IF OLD.state <> 'draft' AND NEW IS DISTINCT FROM OLD THEN
            RAISE EXCEPTION 'a submitted verdict version never changes' USING ERRCODE = 'FC001';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'in_review'), ('draft', 'abandoned'), ('abandoned', 'draft'),
        ('in_review', 'draft'), ('in_review', 'approved'), ('in_review', 'published'),
        ('approved', 'draft'), ('approved', 'published'),
        ('published', 'superseded'), ('published', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'a verdict version does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'FC002';
    END IF;
    IF (to_jsonb(NEW) - workflow) IS DISTINCT FROM (to_jsonb(OLD) - workflow) THEN
        RAISE EXCEPTION 'a verdict''s words change in drafts only' USING ERRCODE = 'FC002';
    END IF;
    IF OLD.state <> 'draft' AND NEW.state <> 'draft'
       AND (NEW.manifest, NEW.digest, NEW.submitted_by_id, NEW.submitted_at, NEW.approvals_required)
           IS DISTINCT FROM
           (OLD.manifest, OLD.digest, OLD.submitted_by_id, OLD.submitted_at, OLD.approvals_required)
    THEN
        RAISE EXCEPTION 'a sealed manifest never changes' USING ERRCODE = 'FC001';
    END IF;
    IF OLD.published_at IS NOT NULL AND (NEW.published_at, NEW.published_by_id)
       IS DISTINCT FROM (OLD.published_at, OLD.published_by_id) THEN
        RAISE EXCEPTION 'when and by whom a version was published never changes'
            USING ERRCODE = 'FC001';
    END IF;
    IF NEW.state = 'approved' AND claims_approvals(NEW) < NEW.approvals_required
       OR NEW.state = 'published' AND NOT claims_may_be_published(NEW) THEN
        RAISE EXCEPTION 'no approval by a second person holds for this version'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
"""

# While a later version is in the making, its people may take off what the earlier one rests on:
# the earlier manifest keeps the quote, and the row keeps its place in the archive.
RESTS_ON = """
CREATE FUNCTION claims_rests_on(claim uuid, part text, item anyelement) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT version.state <> 'draft' AND version.manifest -> part @> jsonb_build_array(
            jsonb_build_object('id', item::text))
        FROM claims_verdictversion version
        JOIN claims_verdict verdict ON verdict.id = version.verdict_id
        WHERE verdict.claim_id = claim AND version.state <> 'abandoned'
        ORDER BY version.number DESC LIMIT 1
    ), false)
$$;
"""

EVIDENCE_GUARD = """
CREATE OR REPLACE FUNCTION claims_guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'evidence is removed by marking it' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.table_id IS NOT NULL THEN
            IF NOT EXISTS (
                SELECT 1 FROM sources_extractedtable t
                JOIN sources_extractedtext x ON x.id = t.extracted_id
                WHERE t.id = NEW.table_id AND t.extracted_id = NEW.extracted_id
                  AND t.sha256 = NEW.table_sha256 AND x.sha256 = NEW.text_sha256
                  AND t.rows -> NEW."row" ->> NEW."column" = NEW.exact
            ) THEN
                RAISE EXCEPTION 'the quote is not the cell of the archived table'
                    USING ERRCODE = 'FC003';
            END IF;
            RETURN NEW;
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM sources_extractedtext
            WHERE id = NEW.extracted_id AND sha256 = NEW.text_sha256
              AND substr(text, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact
        ) THEN
            RAISE EXCEPTION 'the quote is not the archived text at that place'
                USING ERRCODE = 'FC003';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.removed_at IS NOT NULL
       OR (to_jsonb(NEW) - 'removed_at' - 'removed_by_id')
          IS DISTINCT FROM (to_jsonb(OLD) - 'removed_at' - 'removed_by_id') THEN
        RAISE EXCEPTION 'evidence never changes; it is removed and attached anew'
            USING ERRCODE = 'FC001';
    END IF;
    IF NEW.removed_at IS NOT NULL AND claims_rests_on(OLD.claim_id, 'evidence', OLD.id) THEN
        RAISE EXCEPTION 'a submitted verdict rests on this evidence' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
"""

CALCULATION_GUARD = """
CREATE OR REPLACE FUNCTION claims_guard_calculation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a calculation is removed by marking it' USING ERRCODE = 'FC001';
    END IF;
    IF OLD.removed_at IS NOT NULL
       OR (to_jsonb(NEW) - 'removed_at' - 'removed_by_id')
          IS DISTINCT FROM (to_jsonb(OLD) - 'removed_at' - 'removed_by_id') THEN
        RAISE EXCEPTION 'a calculation never changes; it is removed and attached anew'
            USING ERRCODE = 'FC001';
    END IF;
    IF NEW.removed_at IS NOT NULL AND claims_rests_on(OLD.claim_id, 'calculations', OLD.id) THEN
        RAISE EXCEPTION 'a submitted verdict rests on this calculation' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_suggestions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='verdictversion',
            name='claims_version_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='verdictversion',
            name='claims_version_sealed_whole',
        ),
        migrations.RemoveConstraint(
            model_name='verdictversion',
            name='claims_version_published_by_somebody',
        ),
        migrations.AddField(
            model_name='verdictversion',
            name='approvals_required',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='verdictversion',
            name='correction_kind',
            field=models.CharField(blank=True, choices=[('typo', 'typing error'), ('clarification', 'clarification'), ('correction', 'correction'), ('verdict_change', 'change of the verdict')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='verdictversion',
            name='correction_note',
            field=models.CharField(blank=True, default='', max_length=1000),
        ),
        migrations.AlterField(
            model_name='verdictversion',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('approved', 'approved'), ('published', 'published'), ('superseded', 'replaced by a later version'), ('withdrawn', 'withdrawn'), ('abandoned', 'given up')], default='draft', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='verdictversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'approved', 'published', 'superseded', 'withdrawn', 'abandoned'])), name='claims_version_state_known'),
        ),
        migrations.AddConstraint(
            model_name='verdictversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('manifest', None), ('state__in', ('draft', 'abandoned'))), models.Q(('manifest__isnull', False), ('rating__isnull', False), ('state__in', ('in_review', 'approved', 'published', 'superseded', 'withdrawn')), ('submitted_at__isnull', False), ('submitted_by__isnull', False), models.Q(('digest', ''), _negated=True), models.Q(('summary', ''), _negated=True), models.Q(('reasoning', ''), _negated=True)), _connector='OR'), name='claims_version_sealed_whole'),
        ),
        migrations.AddConstraint(
            model_name='verdictversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published', 'superseded', 'withdrawn')), _negated=True), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='claims_version_published_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='verdictversion',
            constraint=models.CheckConstraint(condition=models.Q(('correction_kind__in', ['', 'typo', 'clarification', 'correction', 'verdict_change'])), name='claims_version_correction_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='verdictversion',
            constraint=models.CheckConstraint(condition=models.Q(('approvals_required__gte', 1)), name='claims_version_approvals_required'),
        ),
        migrations.RunSQL(VERSION_GUARD + RESTS_ON + EVIDENCE_GUARD + CALCULATION_GUARD),
    ]
