"""The log, which nothing may change: triggers refuse it, in whatever way it is tried."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_SQLITE = (
    """
    CREATE TRIGGER record_entries_follow BEFORE INSERT ON record_entries
    WHEN new.sequence IS NOT coalesce((SELECT max(sequence) FROM record_entries), 0) + 1
        OR new.previous IS NOT coalesce(
            (SELECT hash FROM record_entries ORDER BY sequence DESC LIMIT 1), 'sha256:' || printf('%064d', 0))
        OR EXISTS (SELECT 1 FROM record_entries WHERE id = new.id OR hash = new.hash)
    BEGIN SELECT raise(ABORT, 'an entry follows the newest one'); END
    """,
    """
    CREATE TRIGGER record_entries_update BEFORE UPDATE ON record_entries
    BEGIN SELECT raise(ABORT, 'an entry of the log is never changed'); END
    """,
    """
    CREATE TRIGGER record_entries_delete BEFORE DELETE ON record_entries
    BEGIN SELECT raise(ABORT, 'an entry of the log is never removed'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION record_entries_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF new.sequence IS DISTINCT FROM coalesce((SELECT max(sequence) FROM record_entries), 0) + 1
            OR new.previous IS DISTINCT FROM coalesce(
                (SELECT hash FROM record_entries ORDER BY sequence DESC LIMIT 1), 'sha256:' || repeat('0', 64))
        THEN
            RAISE EXCEPTION 'an entry follows the newest one';
        END IF;
        RETURN new;
    END $$
    """,
    """
    CREATE FUNCTION record_never() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'an entry of the log is never changed or removed'; END $$
    """,
    """
    CREATE TRIGGER record_entries_follow BEFORE INSERT ON record_entries
    FOR EACH ROW EXECUTE FUNCTION record_entries_follow()
    """,
    """
    CREATE TRIGGER record_entries_never BEFORE UPDATE OR DELETE OR TRUNCATE ON record_entries
    FOR EACH STATEMENT EXECUTE FUNCTION record_never()
    """,
)


def upgrade() -> None:
    """Make the log."""
    op.create_table(
        "record_entries",
        sa.Column("sequence", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("time", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(71), nullable=False),
        sa.Column("hash", sa.String(71), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_record_entries"),
        sa.UniqueConstraint("id", name="uq_record_entries_id"),
        sa.UniqueConstraint("previous", name="uq_record_entries_previous"),
        sa.UniqueConstraint("hash", name="uq_record_entries_hash"),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))
