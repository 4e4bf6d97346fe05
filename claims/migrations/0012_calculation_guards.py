"""Calculations are what was quoted and computed: they never change, and are removed by marking."""

from django.db import migrations

from factcheck.audit.immutability import refuse_changes

NUMBER_GUARD = """
CREATE FUNCTION claims_guard_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made record;
BEGIN
    -- Holds the calculation and its claim against change until this transaction ends.
    SELECT calculation.claim_id, calculation.size, claim.article_id INTO made
        FROM claims_calculation calculation
        JOIN claims_claim claim ON claim.id = calculation.claim_id
        WHERE calculation.id = NEW.calculation_id FOR SHARE OF calculation;
    IF NEW.position >= made.size THEN
        RAISE EXCEPTION 'a calculation has no more numbers than it was made of'
            USING ERRCODE = 'FC001';
    END IF;
    IF NEW.evidence_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_evidence
        WHERE id = NEW.evidence_id AND claim_id = made.claim_id AND removed_at IS NULL
          AND substr(exact, NEW.start + 1, NEW."end" - NEW.start) = NEW.text
    ) THEN
        RAISE EXCEPTION 'the number does not stand in the quote at that place'
            USING ERRCODE = 'FC003';
    END IF;
    IF NEW.revision_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_articlerevision
        WHERE id = NEW.revision_id AND article_id = made.article_id
          AND substr(text, NEW.start + 1, NEW."end" - NEW.start) = NEW.text
    ) THEN
        RAISE EXCEPTION 'the number does not stand in the article at that place'
            USING ERRCODE = 'FC003';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_calculationnumber_guard BEFORE INSERT ON claims_calculationnumber
    FOR EACH ROW EXECUTE FUNCTION claims_guard_number();
"""

CALCULATION_GUARD = """
CREATE FUNCTION claims_guard_calculation() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.removed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM claims_verdictversion version
        JOIN claims_verdict verdict ON verdict.id = version.verdict_id
        WHERE verdict.claim_id = OLD.claim_id AND version.state <> 'draft'
          AND version.manifest -> 'calculations' @> jsonb_build_array(
              jsonb_build_object('id', OLD.id::text))
    ) THEN
        RAISE EXCEPTION 'a submitted verdict rests on this calculation' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_calculation_guard BEFORE UPDATE OR DELETE ON claims_calculation
    FOR EACH ROW EXECUTE FUNCTION claims_guard_calculation();

CREATE FUNCTION claims_guard_calculation_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM claims_calculationnumber WHERE calculation_id = NEW.id) <> NEW.size
    THEN
        RAISE EXCEPTION 'a calculation comes with all its numbers' USING ERRCODE = 'FC002';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claims_calculation_whole AFTER INSERT ON claims_calculation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION claims_guard_calculation_whole();
"""

# Beside claims_guard_evidence: a quote stays for as long as a sum uses a number of it.
EVIDENCE_GUARD = """
CREATE FUNCTION claims_guard_calculated_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.removed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM claims_calculationnumber number
        JOIN claims_calculation calculation ON calculation.id = number.calculation_id
        WHERE number.evidence_id = OLD.id AND calculation.removed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a calculation uses a number of this quote' USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_evidence_calculated BEFORE UPDATE ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_guard_calculated_evidence();
"""

UNDO = """
DROP FUNCTION claims_guard_number, claims_guard_calculation, claims_guard_calculation_whole,
    claims_guard_calculated_evidence CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_calculations")]

    operations = [
        migrations.RunSQL(NUMBER_GUARD + CALCULATION_GUARD + EVIDENCE_GUARD, UNDO),
        refuse_changes("claims_calculation", operations=("TRUNCATE",)),
        refuse_changes("claims_calculationnumber"),
    ]
