"""The day of a register's row: exact, or the first and the last day on which it may have been."""

from __future__ import annotations

from sekisho.sweep.quoting import name

EARLIEST, LATEST = 1900, 2199
"""Years. A day outside is a slip of the pen."""

FROM, TO = "#from", "#to"
_YEARS = frozenset(f"{sign}{size}" for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"))


def day_bounds(place: str, type_: str) -> tuple[str, str]:
    """The first and the last day of a column of days, months or years, by its type."""
    if type_ == "DATE" or type_.startswith("TIMESTAMP"):
        first = last = f"CAST({place} AS DATE)"
    elif type_ in _YEARS:
        year = f"CASE WHEN {place} BETWEEN {EARLIEST} AND {LATEST} THEN CAST({place} AS INTEGER) END"
        first, last = f"make_date({year}, 1, 1)", f"make_date({year}, 12, 31)"
    else:
        word = f"trim(CAST({place} AS VARCHAR))"
        year = f"regexp_full_match({word}, '[0-9]{{4}}')"
        month = f"regexp_full_match({word}, '[0-9]{{4}}-[0-9]{{2}}')"
        exact = f"regexp_full_match({word}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([ T].*)?')"
        first = (
            f"CASE WHEN {exact} THEN TRY_CAST({word}[1:10] AS DATE) WHEN {year} THEN TRY_CAST({word} || '-01-01' AS DATE) "
            f"WHEN {month} THEN TRY_CAST({word} || '-01' AS DATE) END"
        )
        last = (
            f"CASE WHEN {exact} THEN TRY_CAST({word}[1:10] AS DATE) WHEN {year} THEN TRY_CAST({word} || '-12-31' AS DATE) "
            f"WHEN {month} THEN last_day(TRY_CAST({word} || '-01' AS DATE)) END"
        )
    return first, last


def day_reason(place: str) -> str:
    """Why a row has no day, NULL if it has one."""
    shown = f"left(CAST({place} AS VARCHAR), 40)"
    return (
        f"CASE WHEN {place} IS NULL OR trim(CAST({place} AS VARCHAR)) = '' THEN 'the row has no date' "
        f"WHEN {name(FROM)} IS NULL OR {name(TO)} IS NULL THEN "
        f"'the date ''' || {shown} || ''' is no day, month or year' "
        f"WHEN year({name(FROM)}) NOT BETWEEN {EARLIEST} AND {LATEST} THEN "
        f"'the date ''' || {shown} || ''' lies outside {EARLIEST} to {LATEST}' "
        f"WHEN {name(FROM)} > {name(TO)} THEN 'the first day lies after the last' END"
    )
