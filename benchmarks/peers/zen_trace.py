"""Peer: GoRules Zen, with its trace of every expression."""

from __future__ import annotations

from benchmarks.peers import Peer
from benchmarks.peers.zen import make as plain
from benchmarks.plan import Plan


def make(plan: Plan) -> Peer:
    """The peer of a plan."""
    return plain(plan, trace=True)
