"""docs/sipri-japan.md: what the register of SIPRI records Japan to have supplied, under the rule of its day.

`python -m tests.generated_sipri REGISTER` writes it; tests/test_sweep.py holds it to be up to date where the register is.
The register is not ours to give on: rows are named by their number and year, with our verdict and our reason.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from sekisho.decide import Decider, decider
from sekisho.sweep import Options, open_register, sweep

PAGE = Path(__file__).resolve().parent.parent / "docs" / "sipri-japan.md"
HEAD = """\
<!-- Written by `python -m tests.generated_sipri REGISTER`. Change that, not this. -->

# Japan as a supplier in the register of SIPRI

The Trade Register of the SIPRI Arms Transfers Database, as generated on 23 October 2025, has {count} rows with Japan as the
supplier. Below is each of them under the regime `japan`, on the days of its year of order, as `sekisho sweep` decides it:
{verdicts}.

The register is copyrighted by SIPRI and its terms limit reprinting, so its columns are not repeated here: a row is
named by its number, counted from the first line after the header, and its year. Whoever has the file sees the rest with
the same command, and SIPRI's site gives the register free of charge: <https://www.sipri.org/databases/armstransfers>.

```console
$ sekisho sweep trade-register.csv -o outcomes.csv --regime japan
```

A verdict here says what the text asks of what the register tells, and not whether a transfer was lawful. The register
dates an order by its year, does not say whether a thing was *arms* as Japan's government uses the word, and knows nothing
of findings, licences and assurances. Much is therefore undetermined, and nothing was tuned to make it less.

"""


def page(register: Path, own: Decider) -> str:
    """The text of the page."""
    rows = list(_rows(register, own))
    counts = Counter(row["japan.verdict"] for row in rows)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    lines = ["| row | ordered | verdict | why |", "| --- | --- | --- | --- |"]
    lines += [f"| {row['row']} | {row['date_from'].year} | {row['japan.verdict']} | {_why(row, own)} |" for row in rows]
    return HEAD.format(count=len(rows), verdicts=verdicts) + "\n".join(lines) + "\n"


def _rows(register: Path, own: Decider) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        opened = open_register(connection, register, own.corpus)
        query = f'SELECT row FROM "{opened.relation}" WHERE "in.supplier" = \'Japan\' ORDER BY row'
        wanted = {row for (row,) in connection.execute(query).fetchall()}
    table = sweep(register, options=Options(regimes=("japan",)), law=own)
    assert isinstance(table, pa.Table)
    return [row for row in table.to_pylist() if row["row"] in wanted]


def _why(row: dict[str, Any], own: Decider) -> str:
    """One line on why."""
    verdict, first = row["japan.verdict"], own.corpus.regimes["japan"].first_day
    item = "" if row["item_note"] in ("catalogue", "description") else f" ({row['item_note']})"
    if row["japan.turns_on"] is not None:
        return f"the verdict turns on {row['japan.turns_on']}, within the year of order"
    if verdict == "outside":
        return f"before the regime's first day, {first}" if row["date_to"] < first else "not arms or arms technology" + item
    if verdict == "undetermined":
        facts = own.corpus.vocabulary.facts
        return "not told by the register: " + "; ".join(facts[name].label.en for name in row["japan.missing"]) + item
    if not row["japan.provisions"]:
        return "arms, and no bar of that day's text applies"
    named = ", ".join(f"`{name}`" for name in row["japan.provisions"])
    return f"barred by {named}" if verdict == "prohibited" else f"open under, and still asked for: {named}"


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1]), decider()), "utf-8")
