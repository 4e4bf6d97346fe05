"""Versions of the scale are prepared as drafts; ratings have a class and labels in languages.

A scale that was current, its ratings and their labels never change (SQLSTATE FC001).
"""

from django.db import migrations, models
from django.db.models import deletion

GUARDS = """
CREATE FUNCTION claims_guard_scale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.is_draft THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a scale that was current is never deleted' USING ERRCODE = 'FC001';
    END IF;
    IF (to_jsonb(NEW) - 'is_current') IS DISTINCT FROM (to_jsonb(OLD) - 'is_current') THEN
        RAISE EXCEPTION 'a scale that was current never changes' USING ERRCODE = 'FC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_ratingscale_guard BEFORE UPDATE OR DELETE ON claims_ratingscale
    FOR EACH ROW EXECUTE FUNCTION claims_guard_scale();

CREATE FUNCTION claims_guard_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Holds the scale against becoming current until this transaction ends.
    PERFORM 1 FROM claims_ratingscale
        WHERE id IN (NEW.scale_id, OLD.scale_id) AND NOT is_draft FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'the ratings of a scale that was current never change'
            USING ERRCODE = 'FC001';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER claims_rating_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_rating
    FOR EACH ROW EXECUTE FUNCTION claims_guard_rating();

CREATE FUNCTION claims_guard_rating_label() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM claims_ratingscale WHERE id = OLD.scale_id AND NOT is_draft FOR SHARE
    ) THEN
        RAISE EXCEPTION 'the labels of a scale that was current are added to, never changed'
            USING ERRCODE = 'FC001';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM claims_rating rating JOIN claims_ratingscale scale ON scale.id = rating.scale_id
        WHERE rating.id = NEW.rating_id AND scale.id = NEW.scale_id
          AND scale.language <> NEW.language
    ) THEN
        RAISE EXCEPTION 'a label belongs to its rating''s scale and is in a further language'
            USING ERRCODE = 'FC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_ratinglabel_guard BEFORE INSERT OR UPDATE OR DELETE ON claims_ratinglabel
    FOR EACH ROW EXECUTE FUNCTION claims_guard_rating_label();
"""
UNGUARD = """
DROP TRIGGER claims_ratinglabel_guard ON claims_ratinglabel;
DROP FUNCTION claims_guard_rating_label();
DROP TRIGGER claims_rating_guard ON claims_rating;
DROP FUNCTION claims_guard_rating();
DROP TRIGGER claims_ratingscale_guard ON claims_ratingscale;
DROP FUNCTION claims_guard_scale();
"""
# The old trigger refuses every change, so it makes way before the classes are filled in.
THAW = "DROP TRIGGER claims_rating_immutable ON claims_rating;"
FREEZE = """
CREATE TRIGGER claims_rating_immutable BEFORE UPDATE OR DELETE ON claims_rating
    FOR EACH ROW EXECUTE FUNCTION factcheck_refuse_change();
"""
# The top quarter of the order is true, its last place false, what is between mixed.
CLASSES = """
UPDATE claims_rating SET bucket = CASE
    WHEN value IS NULL THEN CASE WHEN code LIKE 'unpro%' THEN 'unproven' ELSE 'other' END
    WHEN value = 1 THEN 'false'
    WHEN value >= 0.75 * (SELECT max(r.value) FROM claims_rating r
                          WHERE r.scale_id = claims_rating.scale_id) THEN 'true'
    ELSE 'mixed' END
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_draft_guards")]
    operations = [
        migrations.RunSQL(THAW, FREEZE),
        migrations.CreateModel(
            name='RatingLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=3)),
                ('label', models.CharField(max_length=60)),
                ('meaning', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'ordering': ['language'],
            },
        ),
        migrations.AddField(
            model_name='rating',
            name='bucket',
            field=models.CharField(choices=[('true', 'true'), ('mixed', 'mixed'), ('false', 'false'), ('unproven', 'unproven'), ('other', 'other')], default='other', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ratingscale',
            name='is_draft',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='ratingscale',
            name='language',
            field=models.CharField(default='en', max_length=3),
        ),
        migrations.AddField(
            model_name='ratingscale',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='ratinglabel',
            name='rating',
            field=models.ForeignKey(on_delete=deletion.CASCADE, related_name='labels', to='claims.rating'),
        ),
        migrations.AddField(
            model_name='ratinglabel',
            name='scale',
            field=models.ForeignKey(on_delete=deletion.PROTECT, related_name='+', to='claims.ratingscale'),
        ),
        migrations.RunSQL(CLASSES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('scale', 'label'), name='claims_rating_label_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('scale', 'value'), name='claims_rating_value_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bucket__in', ('unproven', 'other')), ('value', None)), models.Q(('bucket__in', ('false', 'mixed', 'true')), ('value__gte', 1)), _connector='OR'), name='claims_rating_bucket_agrees_with_order'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('code__gt', ''), ('label__gt', '')), name='claims_rating_label_given'),
        ),
        migrations.AddConstraint(
            model_name='ratingscale',
            constraint=models.UniqueConstraint(condition=models.Q(('is_draft', True)), fields=('is_draft',), name='claims_scale_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='ratingscale',
            constraint=models.CheckConstraint(condition=models.Q(('is_draft', False), ('is_current', False), _connector='OR'), name='claims_scale_draft_is_not_current'),
        ),
        migrations.AddConstraint(
            model_name='ratingscale',
            constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}$')), name='claims_scale_language_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='ratinglabel',
            constraint=models.UniqueConstraint(fields=('rating', 'language'), name='claims_ratinglabel_language_once'),
        ),
        migrations.AddConstraint(
            model_name='ratinglabel',
            constraint=models.UniqueConstraint(fields=('scale', 'language', 'label'), name='claims_ratinglabel_label_once'),
        ),
        migrations.AddConstraint(
            model_name='ratinglabel',
            constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}$'), ('label__gt', '')), name='claims_ratinglabel_given'),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
