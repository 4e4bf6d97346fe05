"""What the database holds of corrections, withdrawals and the change sequence, for raw SQL too.

Every public state leaves its number in the change sequence by the end of its transaction: a
correction or a withdrawal that partners would not hear of cannot be committed.
"""

from django.db import migrations

from factcheck.audit.immutability import refuse_changes

# Publications until now, each by the number that it has.
HISTORY = """
INSERT INTO claims_change (seq, verdict_id, version_id, kind, note, approver, at)
SELECT p.seq, p.verdict_id, p.version_id, 'published', '', coalesce((
    SELECT string_agg(coalesce(nullif(u.name, ''), u.username), ', ' ORDER BY a.at, a.id)
    FROM claims_approval a
    JOIN accounts_user u ON u.id = a.editor_id
    JOIN claims_verdictversion v ON v.id = a.version_id AND v.digest = a.digest
    WHERE a.version_id = p.version_id
), ''), p.updated_at
FROM claims_published p;
"""

LATER_VERSIONS = """
CREATE FUNCTION claims_guard_later_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earlier record;
    sealed jsonb;
BEGIN
    IF NEW.state = 'abandoned' AND NOT EXISTS (
        SELECT 1 FROM claims_abandonment WHERE version_id = NEW.id AND at = NEW.updated_at
    ) THEN
        RAISE EXCEPTION 'a draft is given up by somebody, with a reason' USING ERRCODE = 'FC002';
    END IF;
    IF NEW.state = 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM claims_withdrawal
        WHERE version_id = NEW.id AND confirmed_at IS NOT NULL AND cancelled_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a verdict is withdrawn by two editors' USING ERRCODE = 'FC002';
    END IF;
    IF NEW.state = 'superseded' AND EXISTS (
        SELECT 1 FROM claims_withdrawal
        WHERE version_id = NEW.id AND confirmed_at IS NULL AND cancelled_at IS NULL
    ) THEN
        RAISE EXCEPTION 'its withdrawal is proposed; that is decided first' USING ERRCODE = 'FC002';
    END IF;
    IF NEW.state NOT IN ('in_review', 'published') THEN
        RETURN NEW;
    END IF;
    SELECT number, state, manifest -> 'rating' AS rating INTO earlier
    FROM claims_verdictversion
    WHERE verdict_id = NEW.verdict_id AND id <> NEW.id
      AND state IN ('published', 'superseded', 'withdrawn')
    ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        IF NEW.correction_kind <> '' THEN
            RAISE EXCEPTION 'there is nothing to correct' USING ERRCODE = 'FC002';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.correction_kind = '' OR NEW.correction_note = '' THEN
        RAISE EXCEPTION 'a later version says what it changes, and why' USING ERRCODE = 'FC002';
    END IF;
    sealed := NEW.manifest -> 'correction';
    IF NEW.number <= earlier.number
       OR (sealed ->> 'replaces')::bigint IS DISTINCT FROM earlier.number
       OR (sealed ->> 'after_withdrawal')::boolean IS DISTINCT FROM (earlier.state = 'withdrawn')
       OR sealed ->> 'kind' IS DISTINCT FROM NEW.correction_kind
       OR sealed ->> 'note' IS DISTINCT FROM NEW.correction_note THEN
        RAISE EXCEPTION 'the version was not made to replace the one before readers'
            USING ERRCODE = 'FC002';
    END IF;
    IF NEW.correction_kind <> 'verdict_change'
       AND (NEW.manifest #>> '{rating,scale}', NEW.manifest #>> '{rating,code}')
           IS DISTINCT FROM (earlier.rating ->> 'scale', earlier.rating ->> 'code') THEN
        RAISE EXCEPTION 'another rating is a change of the verdict' USING ERRCODE = 'FC002';
    END IF;
    IF earlier.state = 'withdrawn' AND NEW.correction_kind IN ('typo', 'clarification') THEN
        RAISE EXCEPTION 'after a withdrawal a verdict is corrected or changed'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_version_later_guard BEFORE UPDATE OF state ON claims_verdictversion
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION claims_guard_later_version();

-- At the end of the transaction: what readers see has its number, and nothing vanished.
CREATE FUNCTION claims_require_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version record;
    wanted text;
BEGIN
    SELECT * INTO version FROM claims_verdictversion WHERE id = NEW.id;
    IF version.state = 'superseded' AND NOT EXISTS (
        SELECT 1 FROM claims_verdictversion later
        WHERE later.verdict_id = version.verdict_id AND later.number > version.number
          AND later.state IN ('published', 'superseded', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'a version is superseded by a later one only' USING ERRCODE = 'FC002';
    END IF;
    wanted := CASE
        WHEN version.state = 'withdrawn' THEN 'withdrawal'
        WHEN version.correction_kind = '' THEN 'published'
        ELSE version.correction_kind
    END;
    IF NOT EXISTS (
        SELECT 1 FROM claims_change WHERE version_id = version.id AND kind = wanted
    ) THEN
        RAISE EXCEPTION 'partners were not told of this version' USING ERRCODE = 'FC002';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claims_version_told AFTER UPDATE ON claims_verdictversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state IS DISTINCT FROM OLD.state
          AND NEW.state IN ('published', 'superseded', 'withdrawn'))
    EXECUTE FUNCTION claims_require_told();

CREATE FUNCTION claims_require_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_published WHERE verdict_id = NEW.verdict_id AND seq >= NEW.seq
    ) OR NOT EXISTS (SELECT 1 FROM claims_changecounter WHERE value >= NEW.seq) THEN
        RAISE EXCEPTION 'a change is what partners read under its number' USING ERRCODE = 'FC002';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claims_change_shown AFTER INSERT ON claims_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims_require_shown();

CREATE OR REPLACE FUNCTION claims_guard_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM claims_verdictversion
        WHERE id = NEW.version_id AND verdict_id = NEW.verdict_id
          AND state IN ('published', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'partners see published versions only' USING ERRCODE = 'FC002';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.seq <= OLD.seq THEN
        RAISE EXCEPTION 'a publication''s number only rises' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
"""

DECISIONS = """
CREATE FUNCTION claims_require_editor(person bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM accounts_user WHERE id = person AND role = 'editor' AND is_active
    ) THEN
        RAISE EXCEPTION 'only an editor decides this' USING ERRCODE = 'FC002';
    END IF;
END $$;

CREATE FUNCTION claims_guard_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.confirmed_at IS NOT NULL OR NEW.cancelled_at IS NOT NULL THEN
            RAISE EXCEPTION 'a withdrawal is proposed first' USING ERRCODE = 'FC002';
        END IF;
        PERFORM claims_require_editor(NEW.proposed_by_id);
    ELSE
        IF OLD.confirmed_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL
           OR (NEW.id, NEW.version_id, NEW.reason, NEW.proposed_by_id, NEW.proposed_at)
              IS DISTINCT FROM
              (OLD.id, OLD.version_id, OLD.reason, OLD.proposed_by_id, OLD.proposed_at) THEN
            RAISE EXCEPTION 'a withdrawal is confirmed or cancelled once and never changes'
                USING ERRCODE = 'FC001';
        END IF;
        IF NEW.confirmed_at IS NOT NULL THEN
            PERFORM claims_require_editor(NEW.confirmed_by_id);
        END IF;
    END IF;
    PERFORM 1 FROM claims_verdictversion WHERE id = NEW.version_id AND state = 'published'
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what is not before readers cannot be withdrawn' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_withdrawal_guard BEFORE INSERT OR UPDATE ON claims_withdrawal
    FOR EACH ROW EXECUTE FUNCTION claims_guard_withdrawal();

CREATE FUNCTION claims_guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.closed_at IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM claims_verdictversion
            WHERE verdict_id = NEW.verdict_id AND state = 'published'
        ) THEN
            RAISE EXCEPTION 'a published verdict is marked, and the mark is closed later'
                USING ERRCODE = 'FC002';
        END IF;
        PERFORM claims_require_editor(NEW.opened_by_id);
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL
       OR (NEW.id, NEW.verdict_id, NEW.reason, NEW.opened_by_id, NEW.opened_at)
          IS DISTINCT FROM
          (OLD.id, OLD.verdict_id, OLD.reason, OLD.opened_by_id, OLD.opened_at) THEN
        RAISE EXCEPTION 'a mark is closed once and never changes' USING ERRCODE = 'FC001';
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        PERFORM claims_require_editor(NEW.closed_by_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_review_guard BEFORE INSERT OR UPDATE ON claims_reviewmark
    FOR EACH ROW EXECUTE FUNCTION claims_guard_review();
"""


class Migration(migrations.Migration):

    dependencies = [("claims", "0025_corrections"), ('accounts', '0001_initial')]

    operations = [
        migrations.RunSQL(HISTORY + LATER_VERSIONS + DECISIONS),
        refuse_changes('claims_change'),
        refuse_changes('claims_abandonment'),
        refuse_changes('claims_withdrawal', operations=('DELETE', 'TRUNCATE')),
        refuse_changes('claims_reviewmark', operations=('DELETE', 'TRUNCATE')),
    ]
