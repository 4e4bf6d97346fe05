"""What the application's own database role may do, granted after every migration.

The owner migrates; the application role reads and writes rows but has no UPDATE, DELETE or
TRUNCATE on append-only tables, and cannot write the audit chain's links at all. Append-only
tables are found by their trigger, so that a new one needs no entry here; a trigger with a condition
guards some of the rows only.
"""

from django.conf import settings
from django.db import connection
from psycopg import sql

# tgtype holds a trigger's events as bits: 8 is DELETE, 16 is UPDATE (PostgreSQL's pg_trigger.h).
APPEND_ONLY = """
SELECT c.relname, bool_or(t.tgtype & 16 > 0), bool_or(t.tgtype & 8 > 0) FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE p.proname = 'factcheck_refuse_change' AND n.nspname = current_schema()
    AND t.tgqual IS NULL
GROUP BY c.relname
"""
READ_ONLY = ("audit_link", "django_migrations")


def grant_application_role(**_: object) -> None:
    """Grant the role named by FACTCHECK_APP_ROLE what it needs; without one, do nothing."""
    if not settings.APP_ROLE:
        return
    role = sql.Identifier(settings.APP_ROLE)
    everything = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}"
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(everything).format(role))
        cursor.execute(
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role)
        )
        cursor.execute(APPEND_ONLY)
        for table, refuses_update, refuses_delete in cursor.fetchall():
            for verb, refused in (("UPDATE", refuses_update), ("DELETE", refuses_delete)):
                if refused:
                    revoke = sql.SQL("REVOKE {} ON {} FROM {}")
                    cursor.execute(revoke.format(sql.SQL(verb), sql.Identifier(table), role))
        existing = set(connection.introspection.table_names(cursor))
        for table in READ_ONLY:
            if table in existing:
                revoke = sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}")
                cursor.execute(revoke.format(sql.Identifier(table), role))
