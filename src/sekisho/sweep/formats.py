"""The registers whose shape is known, by their headers, and what their columns mean.

    sipri    the trade register of the SIPRI Arms Transfers Database: the export as it comes (a preamble, three unnamed
             columns of "?" marks, lists of years) and a clean table of it
    unroca   the United Nations Register of Conventional Arms: a row a report of an item, with its category

The day of a row is what the register dates. SIPRI dates the order, which is nearest to the decision; the years of
delivery are kept beside it and never decide. UNROCA dates the year of the transfer and tells no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Format:
    """A known shape: each header to our name for the column, and each fact or role to that name."""

    id: str
    names: Mapping[str, str]
    needed: tuple[str, ...]
    roles: Mapping[str, str]
    unnamed: Mapping[str, str] = field(default_factory=dict)

    def named(self, cells: Sequence[str]) -> list[str] | None:
        """Our names for the columns of a header, None if it is not a header of this format."""
        names: list[str] = []
        for cell in cells:
            last = names[-1] if names else ""
            known = self.names.get(cell.strip().casefold(), "") if cell.strip() else self.unnamed.get(last, "")
            names.append(known or cell.strip() or f"column {len(names) + 1}")
        return names if set(self.needed) <= set(names) else None


_SIPRI_EXPORT = {
    "recipient": "recipient", "supplier": "supplier", "year of order": "order_year", "number ordered": "number_ordered",
    "weapon designation": "weapon_designation", "weapon description": "weapon_description",
    "number delivered": "number_delivered", "year(s) of delivery": "delivery_years", "status": "status",
    "comments": "comments", "sipri tiv per unit": "tiv_per_unit", "sipri tiv for total order": "tiv_total_order",
    "sipri tiv of delivered weapons": "tiv_delivered",
}  # fmt: skip

SIPRI = Format(
    "sipri",
    names=_SIPRI_EXPORT | {known: known for known in _SIPRI_EXPORT.values()} | {
        f"{known}_uncertain": f"{known}_uncertain" for known in ("order_year", "number_ordered", "number_delivered")
    },
    needed=("recipient", "supplier", "order_year", "weapon_designation", "weapon_description"),
    roles={
        "key": "row", "exporter": "supplier", "recipient": "recipient", "date": "order_year",
        "uncertain_order": "order_year_uncertain", "item": "weapon_designation", "item.description": "weapon_description",
    },
    unnamed={known: f"{known}_uncertain" for known in ("order_year", "number_ordered", "number_delivered")},
)  # fmt: skip

UNROCA = Format(
    "unroca",
    names={
        header: known
        for known, headers in {
            "year": ("year", "calendar year", "year of transfer"),
            "category": ("category", "unroca category", "category (i-vii)", "register category"),
            "exporter": ("exporter", "exporter state", "exporter state(s)", "exporting state", "exporting country"),
            "importer": (
                "importer", "importer state", "final importer state", "final importer state(s)", "importing state",
                "importing country",
            ),
            "number_of_items": ("number of items", "number"),
            "state_of_origin": ("state of origin", "state of origin (if not exporter)"),
            "intermediate_location": ("intermediate location", "intermediate location (if any)"),
            "description": ("description of item", "description of items", "description"),
            "comments": ("comments", "comments on the transfer"),
        }.items()
        for header in headers
    },
    needed=("year", "category", "exporter", "importer"),
    roles={
        "exporter": "exporter", "recipient": "importer", "date": "year", "item": "description", "item.description": "category",
    },
)  # fmt: skip

FORMATS: Mapping[str, Format] = {form.id: form for form in (SIPRI, UNROCA)}


def detect(headers: Sequence[str]) -> Format | None:
    """The known format that a header is of, None if it is of none."""
    return next((form for form in FORMATS.values() if form.named(headers) is not None), None)


def known_header(cells: Sequence[str]) -> list[str] | None:
    """Our names for the columns if the cells are the header of a known format: tells a header from a preamble."""
    form = detect(cells)
    return form.named(cells) if form else None
