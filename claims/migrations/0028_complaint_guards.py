"""Two people for each report of an error, and a claimant's link that is used once, in raw SQL too.

SQLSTATE FC001: a row that never changes. FC002: a rule of the workflow.
"""

from django.db import migrations

from factcheck.audit.immutability import refuse_changes

COMPLAINT_GUARD = """
CREATE FUNCTION claims_is_involved(person bigint, version uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM claims_versioncontributor c WHERE c.version_id = version AND c.person_id = person
    ) OR EXISTS (
        SELECT 1 FROM claims_approval a WHERE a.version_id = version AND a.editor_id = person
    );
$$;

CREATE FUNCTION claims_guard_complaint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a report of an error is never deleted' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'received' THEN
            RAISE EXCEPTION 'a report starts as received' USING ERRCODE = 'FC002';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM claims_verdictversion WHERE id = NEW.version_id
                AND verdict_id = NEW.verdict_id
                AND state IN ('published', 'superseded', 'withdrawn')
        ) THEN
            RAISE EXCEPTION 'a report is about a version that readers have seen'
                USING ERRCODE = 'FC002';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.reference, NEW.verdict_id, NEW.version_id, NEW.digest, NEW.what, NEW."where",
        NEW.source_url, NEW.received_at, NEW.due_on)
       IS DISTINCT FROM
       (OLD.id, OLD.reference, OLD.verdict_id, OLD.version_id, OLD.digest, OLD.what, OLD."where",
        OLD.source_url, OLD.received_at, OLD.due_on)
       OR NEW.name NOT IN (OLD.name, '') OR NEW.email NOT IN (OLD.email, '') THEN
        RAISE EXCEPTION 'what a reader reported never changes' USING ERRCODE = 'FC001';
    END IF;
    IF OLD.decided_at IS NOT NULL AND
       (NEW.state, NEW.first_by_id, NEW.first_at, NEW.recommendation, NEW.reason,
        NEW.recommended_at, NEW.duplicate_of_id, NEW.decided_by_id, NEW.decided_at, NEW.answer)
       IS DISTINCT FROM
       (OLD.state, OLD.first_by_id, OLD.first_at, OLD.recommendation, OLD.reason,
        OLD.recommended_at, OLD.duplicate_of_id, OLD.decided_by_id, OLD.decided_at, OLD.answer) THEN
        RAISE EXCEPTION 'a decided report never changes' USING ERRCODE = 'FC001';
    END IF;
    IF NEW.duplicate_of_id IS DISTINCT FROM OLD.duplicate_of_id AND NEW.duplicate_of_id IS NOT NULL
       AND NOT EXISTS (
            SELECT 1 FROM claims_complaint WHERE id = NEW.duplicate_of_id AND id <> NEW.id
                AND verdict_id = NEW.verdict_id
    ) THEN
        RAISE EXCEPTION 'a report repeats another one on the same verdict' USING ERRCODE = 'FC002';
    END IF;
    IF NEW.state = OLD.state THEN
        IF OLD.state = 'second_look' AND (NEW.first_by_id, NEW.recommendation, NEW.reason)
           IS DISTINCT FROM (OLD.first_by_id, OLD.recommendation, OLD.reason) THEN
            RAISE EXCEPTION 'a recommendation is taken back before it changes'
                USING ERRCODE = 'FC002';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('received', 'first_look'), ('first_look', 'received'), ('first_look', 'second_look'),
        ('second_look', 'first_look'), ('second_look', 'upheld'), ('second_look', 'rejected'),
        ('second_look', 'duplicate')
    ) THEN
        RAISE EXCEPTION 'a report does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'FC002';
    END IF;
    IF OLD.state <> 'received' AND NEW.state <> 'received'
       AND NEW.first_by_id IS DISTINCT FROM OLD.first_by_id THEN
        RAISE EXCEPTION 'the first person stays the first' USING ERRCODE = 'FC002';
    END IF;
    IF NEW.decided_at IS NOT NULL THEN
        IF (NEW.recommendation, NEW.reason) IS DISTINCT FROM (OLD.recommendation, OLD.reason) THEN
            RAISE EXCEPTION 'a decision leaves the recommendation' USING ERRCODE = 'FC002';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM accounts_user
            WHERE id = NEW.decided_by_id AND role = 'editor' AND is_active
        ) THEN
            RAISE EXCEPTION 'only an editor decides a report' USING ERRCODE = 'FC002';
        END IF;
        IF claims_is_involved(NEW.decided_by_id, NEW.version_id) AND EXISTS (
            SELECT 1 FROM accounts_user u
            WHERE u.role = 'editor' AND u.is_active AND u.id <> NEW.first_by_id
                AND NOT claims_is_involved(u.id, NEW.version_id)
        ) THEN
            RAISE EXCEPTION 'an editor who did not work on the verdict decides'
                USING ERRCODE = 'FC002';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_complaint_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_complaint
    FOR EACH ROW EXECUTE FUNCTION claims_guard_complaint();
"""

LINK_GUARD = """
CREATE FUNCTION claims_guard_replylink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a claimant''s link is never deleted' USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.used_at IS NOT NULL OR NEW.revoked_at IS NOT NULL THEN
            RAISE EXCEPTION 'a claimant''s link starts open' USING ERRCODE = 'FC002';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.claim_id, NEW.digest, NEW.asks, NEW.made_by_id, NEW.made_at, NEW.expires_at)
       IS DISTINCT FROM
       (OLD.id, OLD.claim_id, OLD.digest, OLD.asks, OLD.made_by_id, OLD.made_at, OLD.expires_at)
       OR (OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL) AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a claimant''s link never changes' USING ERRCODE = 'FC001';
    END IF;
    IF NEW.entry_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_replyentry WHERE id = NEW.entry_id AND claim_id = NEW.claim_id
            AND kind = 'answered' AND by_id IS NULL
    ) THEN
        RAISE EXCEPTION 'a link leads to an answer of the claimant' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_replylink_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_replylink
    FOR EACH ROW EXECUTE FUNCTION claims_guard_replylink();
"""

UNDO = """
DROP FUNCTION claims_guard_complaint CASCADE;
DROP FUNCTION claims_guard_replylink CASCADE;
DROP FUNCTION claims_is_involved;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0027_complaints")]

    operations = [
        migrations.RunSQL(COMPLAINT_GUARD + LINK_GUARD, UNDO),
        refuse_changes("claims_complaint", operations=("TRUNCATE",)),
        refuse_changes("claims_replylink", operations=("TRUNCATE",)),
    ]
