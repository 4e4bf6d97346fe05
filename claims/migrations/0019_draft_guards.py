"""Drafts keep their words under their blocks, and what is logged of a draft never changes.

Only drafts are touched: a sealed version keeps its one text, as its manifest has it. SQLSTATE
FC001: a row that never changes. FC002: a rule of the workflow.
"""

from django.db import migrations

from factcheck.audit.immutability import refuse_changes

DRAFTS = """
UPDATE claims_verdictversion SET what_we_found = reasoning, reasoning = ''
    WHERE state = 'draft' AND reasoning <> '';
INSERT INTO claims_draftrevision (version_id, number, content, page, by_id, at)
    SELECT id, revision, jsonb_build_object(
        'rating', coalesce(rating_id::text, ''), 'summary', summary,
        'what_is_claimed', '', 'what_we_found', what_we_found, 'what_we_do_not_know', '',
        'conclusion', '', 'sole_source_reason', '', 'considered', '', 'holds_as_of', '',
        'look_again_on', ''
    ), '', created_by_id, updated_at
    FROM claims_verdictversion WHERE state = 'draft';
"""
UNDO_DRAFTS = """
UPDATE claims_verdictversion SET reasoning = what_we_found
    WHERE state = 'draft' AND reasoning = '';
"""

# The function of 0002 lets people contribute to drafts only; the same holds for what they save
# and declare.
GUARDS = """
CREATE TRIGGER claims_draftrevision_guard BEFORE INSERT ON claims_draftrevision
    FOR EACH ROW EXECUTE FUNCTION claims_guard_contributor();
CREATE TRIGGER claims_declaration_guard BEFORE INSERT OR UPDATE ON claims_declaration
    FOR EACH ROW EXECUTE FUNCTION claims_guard_contributor();

CREATE FUNCTION claims_guard_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_replyentry WHERE id = NEW.corrects_id AND claim_id = NEW.claim_id
    ) THEN
        RAISE EXCEPTION 'an entry corrects one of the same claim' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_reply_guard BEFORE INSERT ON claims_replyentry
    FOR EACH ROW EXECUTE FUNCTION claims_guard_reply();
"""
UNDO_GUARDS = """
DROP TRIGGER claims_draftrevision_guard ON claims_draftrevision;
DROP TRIGGER claims_declaration_guard ON claims_declaration;
DROP FUNCTION claims_guard_reply CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0018_drafting")]

    operations = [
        migrations.RunSQL(DRAFTS, UNDO_DRAFTS),
        migrations.RunSQL(GUARDS, UNDO_GUARDS),
        refuse_changes("claims_draftrevision"),
        refuse_changes("claims_blockrequest"),
        refuse_changes("claims_replyentry"),
        refuse_changes("claims_declaration", operations=("DELETE", "TRUNCATE")),
    ]
