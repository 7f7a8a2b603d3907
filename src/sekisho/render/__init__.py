"""Renderings of an answer: as JSON others may rely on, and as text for a terminal. Both read the same typed decision."""
