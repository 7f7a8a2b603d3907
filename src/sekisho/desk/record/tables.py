"""The tables of the record as the code sees them. The migrations make them; a test holds the two to one another."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""The number of an entry: SQLite counts its rows by a plain integer of 64 bits."""
METADATA = MetaData(naming_convention=NAMES)
VERSIONS = "record_version"
"""The table in which the migrations keep the revision."""

ENTRIES = Table(
    "record_entries", METADATA,
    Column("sequence", NUMBER, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("time", String(27), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", String(71), nullable=False, unique=True),
    Column("hash", String(71), nullable=False, unique=True),
    Index(None, "kind", "sequence"),
    Index(None, "subject", "sequence"),
)  # fmt: skip
"""The log: one row an entry, never changed."""

KEYS = Table(
    "record_keys", METADATA,
    Column("actor", String(200), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request", String(71), nullable=False),
    Column("sequence", NUMBER, ForeignKey(ENTRIES.c.sequence), nullable=False),
)  # fmt: skip
"""Idempotency keys: which request each stood for, and the entry that it made."""
