import django.db.models.deletion
from django.db import migrations, models

from factcheck.audit.immutability import CREATE_FUNCTION, DROP_FUNCTION, refuse_changes

# Runs when the event's transaction commits, so that the lock on the chain's head is held for a
# moment only and after every row lock. SECURITY DEFINER: the application role cannot write links.
CREATE_CHAIN = """
CREATE FUNCTION audit_link_event() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head audit_link%ROWTYPE;
    next_number bigint;
    head_digest text;
    canonical text;
BEGIN
    PERFORM pg_advisory_xact_lock(20200101, 1);
    SELECT * INTO head FROM audit_link ORDER BY number DESC LIMIT 1;
    next_number := coalesce(head.number, 0) + 1;
    head_digest := coalesce(head.digest, repeat('0', 64));
    canonical := jsonb_build_array(
        next_number, NEW.id,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.actor_id, NEW.actor_name, NEW.action, NEW.target_type, NEW.target_id, NEW.data
    )::text;
    INSERT INTO audit_link (number, event_id, previous_digest, digest) VALUES (
        next_number, NEW.id, head_digest,
        encode(sha256(convert_to(head_digest || E'\\n' || canonical, 'UTF8')), 'hex')
    );
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_event_link AFTER INSERT ON audit_event
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_event();
"""
DROP_CHAIN = """
DROP TRIGGER audit_event_link ON audit_event;
DROP FUNCTION audit_link_event();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(default="", max_length=150)),
                ("action", models.CharField(max_length=60)),
                ("target_type", models.CharField(max_length=60)),
                ("target_id", models.CharField(max_length=64)),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["target_type", "target_id", "id"], name="audit_event_target")
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous_digest", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="audit.event",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="audit_link_numbers_start_at_one",
                    )
                ],
            },
        ),
        migrations.RunSQL(CREATE_FUNCTION, DROP_FUNCTION),
        refuse_changes("audit_event"),
        refuse_changes("audit_link"),
        migrations.RunSQL(CREATE_CHAIN, DROP_CHAIN),
    ]
