"""Runs the migrations on the connection that the record hands over, within its transaction."""

from __future__ import annotations

from alembic import context

from sekisho.desk.record.tables import METADATA, VERSIONS

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSIONS,
    transactional_ddl=True,
)
context.run_migrations()
