"""Idempotency keys, and the order in which the views read the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_SQLITE = (
    """
    CREATE TRIGGER record_keys_once BEFORE INSERT ON record_keys
    WHEN EXISTS (SELECT 1 FROM record_keys WHERE actor = new.actor AND key = new.key)
    BEGIN SELECT raise(ABORT, 'a key stands for one request'); END
    """,
    """
    CREATE TRIGGER record_keys_update BEFORE UPDATE ON record_keys
    BEGIN SELECT raise(ABORT, 'a key is never changed'); END
    """,
    """
    CREATE TRIGGER record_keys_delete BEFORE DELETE ON record_keys
    BEGIN SELECT raise(ABORT, 'a key is never removed'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE TRIGGER record_keys_never BEFORE UPDATE OR DELETE OR TRUNCATE ON record_keys
    FOR EACH STATEMENT EXECUTE FUNCTION record_never()
    """,
)


def upgrade() -> None:
    """Make the table of keys and the indices."""
    op.create_index("ix_record_entries_kind_sequence", "record_entries", ["kind", "sequence"])
    op.create_index("ix_record_entries_subject_sequence", "record_entries", ["subject", "sequence"])
    op.create_table(
        "record_keys",
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("request", sa.String(71), nullable=False),
        sa.Column("sequence", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name="pk_record_keys"),
        sa.ForeignKeyConstraint(["sequence"], ["record_entries.sequence"], name="fk_record_keys_sequence"),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement))
