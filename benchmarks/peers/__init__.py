"""The peers: each is given the same plan and the same facts, and answers verdict and every provision's values."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from benchmarks.plan import Plan

Truth: TypeAlias = bool | None
Outcome: TypeAlias = tuple[str, dict[tuple[str, str], Truth]]
"""A verdict, and the value of each (provision, aspect)."""


@dataclass(frozen=True)
class Peer:
    """An engine ready to answer: `answer` is timed, `read` turns what it gave into an outcome and is not."""

    answer: Callable[[dict[str, object]], Any]
    read: Callable[[Any], Outcome]


Maker: TypeAlias = Callable[[Plan], Peer]

MODULES: Mapping[str, tuple[str, str]] = {
    "plain Python functions": ("plain", ""),
    "CEL (Rust)": ("cel", "common-expression-language"),
    "GoRules Zen": ("zen", "zen-engine"),
    "GoRules Zen, with trace": ("zen_trace", "zen-engine"),
    "OPA's Rego (rego-cpp)": ("rego", "regopy"),
}
"""Every peer by name: its module here, and the package it needs."""


class MissingPeerError(Exception):
    """A peer's package is not installed."""


def maker(name: str) -> Maker:
    """What makes a peer from a plan. Raises `MissingPeerError` if its package is not installed."""
    module, package = MODULES[name]
    try:
        found: Maker = importlib.import_module(f"benchmarks.peers.{module}").make
    except ImportError as flaw:
        raise MissingPeerError(f"{name} is MISSING: pip install {package} ({flaw})") from flaw
    return found


VERDICT_RAILS = (
    ("outside", "governs", "f", True),
    ("undetermined", "governs", "t", False),
    ("prohibited", "allowed", "f", True),
    ("undetermined", "allowed", "t", False),
    ("permitted", "settled", "t", True),
)
"""The verdict in order: it is the first whose step's rail has the value; else `conditional`."""
