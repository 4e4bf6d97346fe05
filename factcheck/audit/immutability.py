"""Triggers that refuse a change, for use in migrations."""

from django.db import migrations

# SQLSTATE of every refusal by a trigger of ours, so that callers can tell it from other errors.
REFUSED_SQLSTATE = "FC001"

CREATE_FUNCTION = f"""
CREATE FUNCTION factcheck_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % refused: its rows never change', TG_OP, TG_TABLE_NAME
        USING ERRCODE = '{REFUSED_SQLSTATE}';
END $$;
"""
DROP_FUNCTION = "DROP FUNCTION factcheck_refuse_change();"


def refuse_changes(
    table: str, *, operations: tuple[str, ...] = ("UPDATE", "DELETE", "TRUNCATE")
) -> migrations.RunSQL:
    """Return the migration step that makes `table` append-only, for raw SQL too."""
    rows = [operation for operation in operations if operation != "TRUNCATE"]
    forward, back = [], []
    if rows:
        forward.append(
            f"CREATE TRIGGER {table}_immutable BEFORE {' OR '.join(rows)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION factcheck_refuse_change();"
        )
        back.append(f"DROP TRIGGER {table}_immutable ON {table};")
    if "TRUNCATE" in operations:
        forward.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse_change();"
        )
        back.append(f"DROP TRIGGER {table}_no_truncate ON {table};")
    return migrations.RunSQL("\n".join(forward), "\n".join(back))
