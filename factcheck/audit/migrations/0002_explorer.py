import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

# What a verification found is written down for good: later chains are held against it.
SETTLE = """
CREATE TRIGGER audit_verification_settled BEFORE UPDATE OR DELETE ON audit_verification
FOR EACH ROW WHEN (OLD.state IN ('done', 'failed')) EXECUTE FUNCTION factcheck_refuse_change();
"""
UNSETTLE = "DROP TRIGGER audit_verification_settled ON audit_verification;"


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('queued', 'waiting'), ('running', 'being computed'), ('done', 'done'), ('failed', 'given up')], default='queued', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('lease_token', models.UUIDField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('links', models.BigIntegerField(null=True)),
                ('head', models.CharField(default='', max_length=64)),
                ('fault_count', models.PositiveIntegerField(null=True)),
                ('faults', models.JSONField(default=list)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='event',
            name='audit_event_target',
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['target_type', 'target_id', 'at', 'id'], name='audit_event_target'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('id__gt', 0)), fields=['at', 'id'], name='audit_event_time'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('id__gt', -1)), fields=['action', 'at', 'id'], name='audit_event_action'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('actor_id__isnull', False), ('id__gt', -1)), fields=['actor_id', 'at', 'id'], name='audit_event_person'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('actor_id__isnull', False)), fields=['actor_id', 'action', 'at', 'id'], name='audit_event_person_action'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('actor_id__isnull', True), ('id__gt', -1)), fields=['at', 'id'], name='audit_event_machine'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('actor_id__isnull', True)), fields=['action', 'at', 'id'], name='audit_event_machine_action'),
        ),
        migrations.AddField(
            model_name='verification',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['-asked_at'], name='audit_verification_newest'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='audit_verification_state_known'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.UniqueConstraint(models.Value(1), condition=models.Q(('state__in', ('queued', 'running'))), name='audit_verification_one_open'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', False), ('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_token__isnull', True), ('lease_until__isnull', True)), _connector='OR'), name='audit_verification_leased_while_running'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('fault_count__isnull', False), ('finished_at__isnull', False), ('head__regex', '^[0-9a-f]{64}$'), ('links__isnull', False)), _connector='OR'), name='audit_verification_done_whole'),
        ),
        migrations.RunSQL(SETTLE, UNSETTLE),
    ]
