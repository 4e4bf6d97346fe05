"""How a verdict goes out, held by the database: alone in an emergency, at a time, after a third yes.

SQLSTATE FC001: a row that never changes. FC002: a rule of the workflow.
"""

from django.db import migrations

from factcheck.audit.immutability import refuse_changes

EMERGENCY = """
CREATE FUNCTION claims_guard_emergency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_verdictversion
        WHERE id = NEW.version_id AND state = 'in_review' AND digest = NEW.digest FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an emergency names the digest of a version in review'
            USING ERRCODE = 'FC002';
    END IF;
    PERFORM 1 FROM accounts_user
        WHERE id = NEW.editor_id AND role = 'editor' AND is_active AND may_publish_alone;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only an editor to whom it was granted publishes alone'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_emergency_guard BEFORE INSERT ON claims_emergency
    FOR EACH ROW EXECUTE FUNCTION claims_guard_emergency();

CREATE OR REPLACE FUNCTION claims_may_be_published(version claims_verdictversion) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT claims_approvals(version) >= version.approvals_required OR EXISTS (
        SELECT 1 FROM claims_emergency e
        WHERE e.version_id = version.id AND e.digest = version.digest
    )
$$;

-- An approval may come afterwards for what was published in an emergency.
CREATE OR REPLACE FUNCTION claims_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version record;
BEGIN
    -- Holds the version against a change of state until this transaction ends.
    SELECT state, digest INTO version FROM claims_verdictversion
        WHERE id = NEW.version_id FOR SHARE;
    IF NOT FOUND OR version.digest <> NEW.digest OR NOT (
        version.state = 'in_review' OR version.state = 'published' AND EXISTS (
            SELECT 1 FROM claims_emergency WHERE version_id = NEW.version_id
        )
    ) THEN
        RAISE EXCEPTION 'an approval names the digest of a version in review'
            USING ERRCODE = 'FC002';
    END IF;
    IF EXISTS (
        SELECT 1 FROM claims_versioncontributor
        WHERE version_id = NEW.version_id AND person_id = NEW.editor_id
    ) OR EXISTS (
        SELECT 1 FROM claims_emergency
        WHERE version_id = NEW.version_id AND editor_id = NEW.editor_id
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
"""

SCHEDULE = """
CREATE FUNCTION claims_guard_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version record;
    row claims_schedule := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    SELECT state, digest INTO version FROM claims_verdictversion
        WHERE id = row.version_id FOR SHARE;
    IF version.state IN ('published', 'superseded', 'withdrawn') THEN
        RAISE EXCEPTION 'what is published is scheduled no more' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.problem = ''
       AND (version.state <> 'approved' OR version.digest <> NEW.digest) THEN
        RAISE EXCEPTION 'only an approved version is scheduled, by its digest'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN row;
END $$;
CREATE TRIGGER claims_schedule_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_schedule
    FOR EACH ROW EXECUTE FUNCTION claims_guard_schedule();

CREATE FUNCTION claims_guard_embargo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND OLD.state <> 'published' AND EXISTS (
        SELECT 1 FROM claims_embargo
        WHERE verdict_id = NEW.verdict_id AND until > NEW.published_at
    ) THEN
        RAISE EXCEPTION 'the verdict is under embargo' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_version_embargo BEFORE UPDATE ON claims_verdictversion
    FOR EACH ROW EXECUTE FUNCTION claims_guard_embargo();
"""

STAKES = """
CREATE FUNCTION claims_guard_stakes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' AND NEW.state = 'in_review' AND NEW.approvals_required < (
        SELECT coalesce(max(stake.approvals_required), 1)
        FROM claims_claimstake carried
        JOIN claims_stake stake ON stake.id = carried.stake_id
        JOIN claims_verdict verdict ON verdict.claim_id = carried.claim_id
        WHERE verdict.id = NEW.verdict_id
    ) THEN
        RAISE EXCEPTION 'the claim''s tags ask for more approvals' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_version_stakes BEFORE UPDATE ON claims_verdictversion
    FOR EACH ROW EXECUTE FUNCTION claims_guard_stakes();

CREATE FUNCTION claims_guard_claimstake() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row claims_claimstake := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM claims_verdictversion version
        JOIN claims_verdict verdict ON verdict.id = version.verdict_id
        WHERE verdict.claim_id = row.claim_id AND version.state IN ('in_review', 'approved')
    ) THEN
        RAISE EXCEPTION 'a submitted verdict rests on the claim''s tags' USING ERRCODE = 'FC002';
    END IF;
    RETURN row;
END $$;
CREATE TRIGGER claims_claimstake_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_claimstake
    FOR EACH ROW EXECUTE FUNCTION claims_guard_claimstake();
"""

OPINIONS = """
CREATE FUNCTION claims_guard_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a second opinion is kept' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'asked' THEN
            RAISE EXCEPTION 'a second opinion is asked for first' USING ERRCODE = 'FC002';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.verdict_id, NEW.asked_by_id, NEW.asked_of_id, NEW.asked_at) IS DISTINCT FROM
       (OLD.verdict_id, OLD.asked_by_id, OLD.asked_of_id, OLD.asked_at)
       OR OLD.state <> 'asked' AND (NEW.state, NEW.rating_id, NEW.reasoning, NEW.ended_at)
          IS DISTINCT FROM (OLD.state, OLD.rating_id, OLD.reasoning, OLD.ended_at) THEN
        RAISE EXCEPTION 'a second opinion that was given never changes' USING ERRCODE = 'FC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_opinion_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_secondopinion
    FOR EACH ROW EXECUTE FUNCTION claims_guard_opinion();

CREATE FUNCTION claims_guard_opinions_heard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest claims_secondopinion;
BEGIN
    IF NEW.state <> 'approved' OR OLD.state = 'approved' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO newest FROM claims_secondopinion
        WHERE verdict_id = NEW.verdict_id AND state <> 'cancelled'
        ORDER BY asked_at DESC, id DESC LIMIT 1;
    IF newest.state = 'asked' THEN
        RAISE EXCEPTION 'a second opinion is awaited' USING ERRCODE = 'FC002';
    END IF;
    IF newest.rating_id <> NEW.rating_id
       AND NOT (newest.ruling = 'first' AND newest.ruled_digest = NEW.digest) THEN
        RAISE EXCEPTION 'two people differ, and nobody has decided between them'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_version_opinions BEFORE UPDATE ON claims_verdictversion
    FOR EACH ROW EXECUTE FUNCTION claims_guard_opinions_heard();
"""

UNDO = """
DROP FUNCTION claims_guard_emergency, claims_guard_schedule, claims_guard_embargo,
    claims_guard_stakes, claims_guard_claimstake, claims_guard_opinion,
    claims_guard_opinions_heard CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_releases"), ("accounts", "0002_may_publish_alone")]

    operations = [
        migrations.RunSQL(EMERGENCY + SCHEDULE + STAKES + OPINIONS, UNDO),
        refuse_changes("claims_emergency"),
        refuse_changes("claims_secondopinion", operations=("TRUNCATE",)),
    ]
