"""The rules of the desk, held by the database itself, for raw SQL too.

SQLSTATE FC001: a row that never changes. FC002: a rule of the verdict's workflow. FC003: a quote
that is not the text it claims to quote.
"""

from django.db import migrations

from factcheck.audit.immutability import refuse_changes

VERSION_GUARD = """
CREATE FUNCTION claims_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
        ('draft', 'in_review'), ('in_review', 'draft'), ('in_review', 'approved'),
        ('approved', 'draft'), ('approved', 'published')
    ) THEN
        RAISE EXCEPTION 'a verdict version does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'FC002';
    END IF;
    IF (NEW.rating_id, NEW.summary, NEW.reasoning)
       IS DISTINCT FROM (OLD.rating_id, OLD.summary, OLD.reasoning) THEN
        RAISE EXCEPTION 'a verdict''s words change in drafts only' USING ERRCODE = 'FC002';
    END IF;
    IF OLD.state <> 'draft' AND NEW.state <> 'draft'
       AND (NEW.manifest, NEW.digest, NEW.submitted_by_id, NEW.submitted_at) IS DISTINCT FROM
           (OLD.manifest, OLD.digest, OLD.submitted_by_id, OLD.submitted_at) THEN
        RAISE EXCEPTION 'a sealed manifest never changes' USING ERRCODE = 'FC001';
    END IF;
    IF NEW.state IN ('approved', 'published') AND NOT EXISTS (
        SELECT 1 FROM claims_approval a
        WHERE a.version_id = NEW.id AND a.digest = NEW.digest AND NOT EXISTS (
            SELECT 1 FROM claims_versioncontributor c
            WHERE c.version_id = NEW.id AND c.person_id = a.editor_id
        )
    ) THEN
        RAISE EXCEPTION 'no approval by a second person holds for this version'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_version_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_verdictversion
    FOR EACH ROW EXECUTE FUNCTION claims_guard_version();
"""

APPROVAL_GUARD = """
CREATE FUNCTION claims_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version record;
BEGIN
    -- Holds the version against a change of state until this transaction ends.
    SELECT state, digest INTO version FROM claims_verdictversion
        WHERE id = NEW.version_id FOR SHARE;
    IF version.state IS DISTINCT FROM 'in_review' OR version.digest <> NEW.digest THEN
        RAISE EXCEPTION 'an approval names the digest of a version in review'
            USING ERRCODE = 'FC002';
    END IF;
    IF EXISTS (
        SELECT 1 FROM claims_versioncontributor
        WHERE version_id = NEW.version_id AND person_id = NEW.editor_id
    ) THEN
        RAISE EXCEPTION 'nobody approves their own work' USING ERRCODE = 'FC002';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_user WHERE id = NEW.editor_id AND role = 'editor' AND is_active
    ) THEN
        RAISE EXCEPTION 'only an editor approves' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_approval_guard BEFORE INSERT ON claims_approval
    FOR EACH ROW EXECUTE FUNCTION claims_guard_approval();

CREATE FUNCTION claims_guard_contributor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_verdictversion WHERE id = NEW.version_id AND state = 'draft' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'people contribute to drafts only' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_contributor_guard BEFORE INSERT ON claims_versioncontributor
    FOR EACH ROW EXECUTE FUNCTION claims_guard_contributor();
"""

QUOTE_GUARDS = """
CREATE FUNCTION claims_guard_appearance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_articlerevision
        WHERE id = NEW.revision_id
          AND substr(text, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact
    ) THEN
        RAISE EXCEPTION 'the passage is not the article''s text at that place'
            USING ERRCODE = 'FC003';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_appearance_guard BEFORE INSERT OR UPDATE ON claims_appearance
    FOR EACH ROW EXECUTE FUNCTION claims_guard_appearance();

CREATE FUNCTION claims_guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'evidence is removed by marking it' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'INSERT' THEN
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
    IF NEW.removed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM claims_verdictversion version
        JOIN claims_verdict verdict ON verdict.id = version.verdict_id
        WHERE verdict.claim_id = OLD.claim_id AND version.state <> 'draft'
          AND version.manifest -> 'evidence' @> jsonb_build_array(
              jsonb_build_object('id', OLD.id::text))
    ) THEN
        RAISE EXCEPTION 'a submitted verdict rests on this evidence' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_evidence_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_guard_evidence();
"""

PUBLICATION_GUARDS = """
CREATE FUNCTION claims_guard_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_verdictversion
        WHERE id = NEW.version_id AND verdict_id = NEW.verdict_id AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'partners see published versions only' USING ERRCODE = 'FC002';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.seq <= OLD.seq THEN
        RAISE EXCEPTION 'a publication''s number only rises' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_published_guard BEFORE INSERT OR UPDATE ON claims_published
    FOR EACH ROW EXECUTE FUNCTION claims_guard_published();

CREATE FUNCTION claims_guard_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.value <> OLD.value + 1 THEN
        RAISE EXCEPTION 'the change sequence has no holes' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_changecounter_guard BEFORE UPDATE ON claims_changecounter
    FOR EACH ROW EXECUTE FUNCTION claims_guard_counter();
INSERT INTO claims_changecounter (id, value) VALUES (1, 0);
"""

UNDO = """
DROP FUNCTION claims_guard_version, claims_guard_approval, claims_guard_contributor,
    claims_guard_appearance, claims_guard_evidence, claims_guard_published,
    claims_guard_counter CASCADE;
DELETE FROM claims_changecounter;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [
        migrations.RunSQL(
            VERSION_GUARD + APPROVAL_GUARD + QUOTE_GUARDS + PUBLICATION_GUARDS, UNDO
        ),
        refuse_changes("claims_articlerevision"),
        refuse_changes("claims_approval"),
        refuse_changes("claims_changesrequest"),
        refuse_changes("claims_versioncontributor"),
        refuse_changes("claims_verdictversion", operations=("TRUNCATE",)),
        refuse_changes("claims_evidence", operations=("TRUNCATE",)),
        refuse_changes("claims_published", operations=("DELETE", "TRUNCATE")),
        refuse_changes("claims_changecounter", operations=("DELETE", "TRUNCATE")),
        refuse_changes("claims_rating"),
    ]
