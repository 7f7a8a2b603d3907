"""A law file that breaks a rule of its format is refused with file, line, what is wrong and the mend; all mistakes at once.

Each entry spoils the tiny corpus under `fixtures/tiny` in one place. A line is given by a text that stands on it.
"""

from functools import partial

import pytest

from helpers import built, line_of, mistakes, tiny
from sekisho.errors import LawError

RULES, EXCEPTIONS, REGIME = "law/tiny/rules.md", "law/tiny/exceptions.md", "law/tiny/regime.yaml"
EMBARGO = "when: recipient.embargo\n"
PARTNERS = "permits: partners\ntitle_ja: 協力国\nin_force: 2010-01-01/..\n"
RELIEF = "when: HAS(purpose, 'relief')\n"
AGAIN = """
## {title} {{#{slug}}}

```yaml
{block}
title_ja: 再
{interval}source: https://example.org/again
confidence: high
```
"""
END = "by_ja: 大臣\nsource: https://example.org/rules\nconfidence: high\n```\n"


def more(title: str, slug: str, block: str, interval: str = "") -> str:
    """The end of the rules with one provision after it."""
    return END + AGAIN.format(title=title, slug=slug, block=block, interval=f"in_force: {interval}\n" if interval else "")


HOLDS = "holds: {en: it is, ja: である}\nfails: {en: it is not, ja: でない}"

# file, what stands there, what is put there, the text on the line of the mistake (None: not known), the mistake, the mend
ONE_MISTAKE = {
    "interval of one day": (
        RULES, PARTNERS, PARTNERS.replace("2010-01-01/..", "2010-01-01"),
        "in_force: 2010-01-01", "`in_force: 2010-01-01` is not an interval.",
        "Write 2014-04-01/2023-12-22 (the end excluded)",
    ),
    "interval with inclusive words": (
        RULES, PARTNERS, PARTNERS.replace("/..", " to 2020-01-01"),
        "in_force: 2010-01-01 to", "is not an interval.", "the end excluded",
    ),
    "interval that is empty": (
        RULES, PARTNERS, PARTNERS.replace("/..", "/2010-01-01"),
        "2010-01-01/2010-01-01", "is not an interval.", "the end excluded",
    ),
    "interval that runs backwards": (
        RULES, PARTNERS, PARTNERS.replace("/..", "/2009-01-01"),
        "2010-01-01/2009-01-01", "is not an interval.", "",
    ),
    "interval on a day that is none": (
        RULES, PARTNERS, PARTNERS.replace("/..", "/2011-02-30"),
        "2011-02-30", "is not an interval.", "",
    ),
    "interval outside the instrument's": (
        EXCEPTIONS, RELIEF, RELIEF + "in_force: 2005-01-01/2021-01-01\n",
        "/2021-01-01", "the interval 2005-01-01/2021-01-01 is not inside the instrument's, 2005-01-01/2020-01-01.",
        "Shorten it.",
    ),
    "front matter with a broken interval": (
        EXCEPTIONS, "in_force: 2005-01-01/2020-01-01\n", "in_force: 2005/2020\n",
        "---", "`in_force: 2005/2020` is not an interval.", "",
    ),
    "instrument checked on no day": (
        EXCEPTIONS, "checked: 2026-01-01", "checked: lately",
        "---", "`checked` is not a day.", "Write the day",
    ),
    "id twice": (
        RULES, END, more("Again", "embargo", "prohibits: again\nwhen: item.arms"),
        "## Again", "t.rules#embargo: the id 't.rules#embargo' is used twice, first at tiny/rules.md:28.",
        "An id is never reused",
    ),
    "instrument id twice": (
        RULES, "id: t.rules", "id: t.exceptions",
        "---", "the instrument id 't.exceptions' is used twice.", "",
    ),
    "no source": (
        EXCEPTIONS, "source: https://example.org/exceptions\n", "",
        "lifts:", "a block that lifts needs `source`.", "Add it.",
    ),
    "no confidence": (
        EXCEPTIONS, "exceptions\nconfidence: high\n", "exceptions\n",
        "lifts:", "a block that lifts needs `confidence`.", "Add it.",
    ),
    "no Japanese title": (EXCEPTIONS, "title_ja: 救援\n", "", "lifts:", "a block that lifts needs `title_ja`.", "Add it."),
    "bad confidence": (
        EXCEPTIONS, "confidence: high", "confidence: certain",
        "confidence: certain", "the confidence 'certain' is none of high, medium, low.", "",
    ),
    "source that is no address": (
        EXCEPTIONS, "https://example.org/exceptions", "a friend",
        "source: a friend", "`source` is neither an address nor 'none found'.", "Cite a page.",
    ),
    "confident without a source": (
        EXCEPTIONS, "source: https://example.org/exceptions", "source: none found",
        "confidence: high", "without a source the confidence is low.", "Write `confidence: low`.",
    ),
    "unknown fact": (
        RULES, EMBARGO, "when: recipient.embrago\n",
        "embrago", "the fact 'recipient.embrago' is not in the vocabulary.", "Did you mean 'recipient.embargo'?",
    ),
    "unknown definition": (
        RULES, "AND arms_transfer", "AND arms_transfr",
        "## 3 Partners", "'arms_transfr' is neither a fact nor a definition.", "Did you mean 'arms_transfer'?",
    ),
    "text as a boolean": (
        RULES, EMBARGO, "when: item.kind\n",
        "when: item.kind", "'item.kind' is a text, not a boolean.", "Compare it with a value.",
    ),
    "boolean compared": (
        RULES, EMBARGO, "when: item.arms = 'yes'\n",
        "when: item.arms", "'item.arms' is a boolean and cannot be compared.", "Name the fact itself.",
    ),
    "set compared": (
        RULES, EMBARGO, "when: purpose = 'relief'\n",
        "when: purpose", "'purpose' is a set and cannot be compared.", "Use HAS.",
    ),
    "HAS of a text": (
        RULES, EMBARGO, "when: HAS(item.kind, 'part')\n",
        "when: HAS", "'item.kind' is a text, not a set.", "HAS takes a set.",
    ),
    "KNOWN_NONE of a text": (
        RULES, EMBARGO, "when: KNOWN_NONE(item.kind)\n",
        "when: KNOWN", "'item.kind' is a text, not a state.", "",
    ),
    "order of texts": (
        RULES, EMBARGO, "when: item.kind < 'part'\n",
        "when: item.kind", "'item.kind' is a text: it has no order.", "Use = or <>.",
    ),
    "number compared with a text": (
        RULES, EMBARGO, "when: item.value > 'much'\n",
        "when: item.value", "'item.value' is a number; 'much' is not.", "",
    ),
    "day compared with a text": (
        RULES, EMBARGO, "when: item.made > '2020-01-01'\n",
        "when: item.made", "'item.made' is a day;", "Write DATE '2014-04-01'.",
    ),
    "day that is none": (
        RULES, EMBARGO, "when: item.made > DATE '2020-02-30'\n",
        "when: item.made", "'2020-02-30' is not a day.", "Write DATE",
    ),
    "facts of different types": (
        RULES, EMBARGO, "when: item.kind = recipient.state\n",
        "when: item.kind", "different types: item.kind is a text, recipient.state is a state.", "",
    ),
    "two values compared": (RULES, EMBARGO, "when: 1 = 1\n", "when: 1", "says nothing about a transfer.", "Name a fact."),
    "unknown value of a text": (
        RULES, EMBARGO, "when: item.kind = 'prat'\n",
        "prat", "'prat' is not a value of 'item.kind'.", "Did you mean 'part'?",
    ),
    "unknown value of a set": (
        RULES, EMBARGO, "when: HAS(purpose, 'releif')\n",
        "releif", "'releif' is not a value of 'purpose'.", "Did you mean 'relief'?",
    ),
    "unknown state": (
        RULES, EMBARGO, "when: recipient.state = 'AAB'\n",
        "AAB", "'AAB' is not the code of a state.", "Did you mean 'AAA'?",
    ),
    "unknown state in a list": (
        RULES, EMBARGO, "when: recipient.state IN ('AAA', 'ZZZ')\n",
        "ZZZ", "'ZZZ' is not the code of a state.", "",
    ),
    "lift of nothing": (
        EXCEPTIONS, "[t.rules#embargo]", "[t.rules#embrago]",
        "## Relief", "'t.rules#embrago' is no provision that prohibits.", "Did you mean 't.rules#embargo'?",
    ),
    "lift of a head": (
        EXCEPTIONS, "[t.rules#embargo]", "[t.rules#partners]",
        "## Relief", "'t.rules#partners' is no provision that prohibits.", "",
    ),
    "lift of a whole unknown instrument": (
        EXCEPTIONS, "[t.rules#embargo]", "['t.ruls#*']",
        "## Relief", "'t.ruls#*' is no provision that prohibits.", "",
    ),
    "lift of what is no id": (
        EXCEPTIONS, "[t.rules#embargo]", "[embargo]",
        "lifts: [embargo]", "`lifts` is not a list of provisions.", "Write [jp.",
    ),
    "requirement for nothing": (
        RULES, "for: [t.rules#partners]", "for: [t.rules#partner]",
        "## 4 The licence", "is no provision that permits or lifts.", "Did you mean 't.rules#partners'?",
    ),
    "requirement for ever idle": (
        RULES, "in_force: 2010-01-01/..\nfor: [t.rules#partners]", "in_force: 2021-01-01/..\nfor: [t.exceptions#relief]",
        "## 4 The licence", "'t.exceptions#relief' is in force on no day of 2021-01-01/..: it is idle for ever.",
        "Name the version in force, or shorten the list.",
    ),
    "following nothing": (
        RULES, PARTNERS, PARTNERS + "follows: t.rules#before\n",
        "## 3 Partners", "it follows the unknown provision 't.rules#before'.", "",
    ),
    "unknown key": (
        RULES, EMBARGO, EMBARGO + "unles: item.arms\n",
        "unles:", "a block that prohibits has no key `unles`.", "",
    ),
    "key of another effect": (
        RULES, EMBARGO, EMBARGO + "met: step.licence\n",
        "met: step.licence", "a block that prohibits has no key `met`.", "",
    ),
    "key twice": (
        RULES, EMBARGO, EMBARGO + "when: item.arms\n",
        "when: item.arms", "the key 'when' is given twice.", "Keep one of them.",
    ),
    "two effects": (
        RULES, EMBARGO, EMBARGO + "permits: all\n",
        "prohibits:", "a block has exactly one effect; this one has prohibits and permits.", "Keep one of prohibits",
    ),
    "no effect": (
        RULES, "prohibits: embargoed destination\n", "",
        "title_ja: 禁輸対象国", "a block has exactly one effect; this one has none.", "Keep one of prohibits",
    ),
    "no condition": (RULES, EMBARGO, "", "prohibits:", "a block that prohibits needs `when`.", "Add it."),
    "condition that is no text": (
        RULES, EMBARGO, "when: [recipient.embargo]\n",
        "when: [", "`when` is not a condition.", "Write an expression over facts.",
    ),
    "no slug": (
        RULES, "## 2 The embargo {#embargo}", "## 2 The embargo",
        "## 2 The embargo", "the heading '2 The embargo' has no slug.", "End it with {#a-slug}",
    ),
    "slug with capitals": (
        RULES, "{#embargo}", "{#Embargo}",
        "## 2 The embargo", "has no slug.", "small letters, digits, hyphens.",
    ),
    "slug and no block": (
        RULES, "## 2 The embargo {#embargo}", "## 1a Forgotten {#forgotten}\n\nProse.\n\n## 2 The embargo {#embargo}",
        "## 1a Forgotten", "the heading '1a Forgotten {#forgotten}' has a slug and no block.", "Open one with ```yaml",
    ),
    "block in another fence": (
        RULES, "```yaml\nprohibits:", "```yml\nprohibits:",
        "## 2 The embargo", "has a slug and no block.", "Open one with ```yaml",
    ),
    "two blocks under a heading": (
        RULES, "## 3 Partners", "```yaml\nleaves: x\n```\n\n## 3 Partners",
        "leaves: x", "a heading has more than one block.", "Give each block a heading of its own.",
    ),
    "block under the title": (
        RULES, "One bar,", "```yaml\nleaves: x\n```\n\nOne bar,",
        "# The tiny rules", "a block stands under no heading of its own.", "Give it a heading",
    ),
    "block that is a list": (RULES, "prohibits: embargoed destination", "- prohibits", None, "not readable as YAML", ""),
    "broken block": (RULES, EMBARGO, 'when: "recipient.embargo\n', None, "not readable as YAML", "Check the indentation."),
    "anchor in a block": (
        RULES, EMBARGO, "when: &a recipient.embargo\n",
        "when: &a", "anchors and aliases are not accepted.", "Write the value out.",
    ),
    "no front matter": (
        EXCEPTIONS, "---\nid: t.exceptions", "id: t.exceptions",
        "id: t.exceptions", "the file has no front matter.", "Begin it with '---' and the keys",
    ),
    "front matter without a form": (EXCEPTIONS, "form: statement\n", "", "---", "the front matter has no `form`.", "Add it."),
    "front matter with an unknown key": (
        EXCEPTIONS, "form: statement", "form: statement\nforms: two",
        "forms: two", "the front matter has the unknown key `forms`.", "Did you mean 'form'?",
    ),
    "front matter that is broken": (
        EXCEPTIONS, "form: statement", "form: [statement",
        "in_force:", "not readable as YAML", "",
    ),
    "clause in one language": (
        RULES, "holds: {en: arms are transferred, ja: 武器の移転である}", "holds: {en: arms are transferred}",
        "holds:", "`holds` is not a clause in two languages.", "Write {en: …, ja: …}.",
    ),
    "definition with a dot": (
        RULES, "defines: arms_transfer", "defines: arms.transfer",
        "defines:", "'arms.transfer' is not a name for a definition.", "without a dot",
    ),
    "definition that loops": (
        RULES, END, more("Again", "again", f"defines: again\nas: again OR item.arms\n{HOLDS}"),
        "## Again", "the definitions loop: again → again.", "Break the circle.",
    ),
    "definitions that overlap": (
        RULES, END, more("Again", "again", f"defines: arms_transfer\nas: NOT item.arms\n{HOLDS}", "2015-01-01/.."),
        "## Again", "'arms_transfer' is defined twice on some day, first at tiny/rules.md:14.",
        "End the earlier version on the day the later one begins.",
    ),
    "definition not in force on each day": (
        RULES, END,
        more("Again", "cheap", f"defines: cheap\nas: item.value < 100\n{HOLDS}", "2012-01-01/2014-01-01")
        + AGAIN.format(title="Cheap", slug="cheap-head", block="permits: x\nwhen: cheap", interval="in_force: 2012-01-01/..\n"),
        "## Cheap", "the definition 'cheap' is not in force on each day of 2012-01-01/...",
        "Define it for those days or shorten the interval.",
    ),
    "regime naming an unknown instrument": (
        REGIME, "  - t.exceptions\n", "  - t.exceptions\n  - t.rule\n",
        None, "the regime names the unknown instrument 't.rule'.", "Did you mean 't.rules'?",
    ),
    "regime silent on some days": (
        REGIME, "{in_force: 2000-01-01/2010-01-01, says: permitted}", "{in_force: 2000-01-01/2009-01-01, says: permitted}",
        "otherwise:", "`otherwise` does not cover each day from the first day on exactly once.", "",
    ),
    "regime saying two things": (
        REGIME, "2000-01-01/2010-01-01", "2000-01-01/2011-01-01",
        "otherwise:", "`otherwise` does not cover each day", "",
    ),
    "regime that ends": (
        REGIME, "2010-01-01/..", "2010-01-01/2020-01-01",
        "otherwise:", "`otherwise` does not cover each day", "",
    ),
    "regime before its first day": (
        REGIME, "first_day: 2000-01-01", "first_day: 2001-01-01",
        "otherwise:", "`otherwise` does not cover each day", "",
    ),
    "regime saying neither": (
        REGIME, "says: prohibited", "says: perhaps",
        "says: perhaps", "says neither permitted nor prohibited.", "Write {in_force: …, says: …}.",
    ),
    "regime without a title": (REGIME, "title: The tiny regime\n", "", "id: tiny", "the regime has no `title`.", "Add it."),
    "regime with an unknown key": (
        REGIME, "first_day:", "last_day: 2030-01-01\nfirst_day:",
        "last_day", "the regime has the unknown key `last_day`.", "Did you mean 'first_day'?",
    ),
    "regime governing by what is not defined": (
        REGIME, "governs: arms_transfer", "governs: arms_transfers",
        None, "`governs` uses 'arms_transfers', which is not defined on each day", "",
    ),
    "regime with no first day": (
        REGIME, "first_day: 2000-01-01", "first_day: early",
        "first_day: early", "`first_day` is not a day.", "Write 1967-04-21.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_one_mistake(name: str, tmp_path) -> None:
    file, old, new, on, what, mend = ONE_MISTAKE[name]
    folder = tiny(tmp_path, (file, old, new))
    (mistake,) = mistakes(LawError, partial(built, folder))
    assert mistake.file == file.removeprefix("law/")
    assert what in mistake.what
    assert mend in mistake.mend
    if on is not None:
        assert mistake.line == line_of(folder / file, on)


def test_a_file_that_no_regime_lists(tmp_path) -> None:
    folder = tiny(tmp_path, (REGIME, "  - t.exceptions\n", ""))
    (mistake,) = mistakes(LawError, partial(built, folder))
    assert str(mistake) == (
        "tiny/exceptions.md: no regime lists the instrument 't.exceptions'. Add it to `instruments` of a regime.yaml."
    )


REFUSED = {
    "NULL": "item.kind = NULL",
    "IS NULL": "item.kind IS NULL",
    "IS NOT NULL": "item.kind IS NOT NULL",
    "IS TRUE": "item.arms IS TRUE",
    "IS NOT FALSE": "item.arms IS NOT FALSE",
    "IS DISTINCT FROM": "item.kind IS DISTINCT FROM 'part'",
    "NULL in a list": "item.kind IN ('part', NULL)",
    "CASE": "CASE WHEN item.arms THEN item.arms ELSE recipient.partner END",
    "IF": "IF(item.arms, recipient.partner, item.arms)",
    "IIF": "IIF(item.arms, recipient.partner, item.arms)",
    "COALESCE": "COALESCE(item.arms, recipient.partner)",
    "IFNULL": "IFNULL(item.arms, recipient.partner)",
    "NULLIF": "NULLIF(item.kind, 'part') = 'part'",
    "GREATEST": "GREATEST(item.value, 3) > 2",
    "LEAST": "LEAST(item.value, 3) > 2",
    "row equality": "(item.kind, recipient.state) = ('part', 'AAA')",
    "rows in a list": "(item.kind, recipient.state) IN (('part', 'AAA'))",
    "list equality": "purpose = ['relief']",
    "list_contains": "list_contains(purpose, 'relief')",
    "subquery": "item.kind IN (SELECT kind FROM items)",
    "EXISTS": "EXISTS (SELECT 1)",
    "scalar subquery": "item.value > (SELECT 1)",
    "ANY": "item.kind = ANY(['part'])",
    "arithmetic": "item.value + 1 > 2",
    "LIKE": "item.kind LIKE 'p%'",
    "pattern": "item.kind ~ 'p.*'",
    "bitwise": "item.value & 1 = 1",
    "XOR": "XOR(item.arms, recipient.partner)",
    "cast": "CAST(item.value AS VARCHAR) = '1'",
    "double colon": "item.value::INT = 1",
    "clock": "item.made < CURRENT_DATE",
    "interval": "item.made < DATE '2020-01-01' + INTERVAL 1 DAY",
    "lambda": "x -> x",
    "star": "*",
    "statement": "SELECT 1",
    "two statements": "item.arms; recipient.partner",
    "destruction": "DROP TABLE items",
    "assignment": "SET x = 1",
    "alias": "item.arms AS a",
    "comment for the rest": "item.arms -- AND recipient.partner",
    "comment in between": "item.arms /* OR */ AND recipient.partner",
    "comment of a template": "item.arms {# OR #} AND recipient.partner",
    "double quotation marks": '"item.arms"',
    "equality of conditions": "(item.kind = 'part') = item.arms",
    "unknown function": "NEAR(recipient.state, 'AAA')",
    "HAS with too much": "HAS(purpose, 'relief', 'training')",
    "HAS with a number": "HAS(purpose, 1)",
    "two equals": "item.kind == 'part' == 'part'",
    "an unfinished text": "item.kind = 'part",
    "an open bracket": "(item.arms AND recipient.partner",
    "nothing": "()",
    "deep nesting": "NOT " * 4_000 + "item.arms",
    "a long chain": "item.arms" + " AND item.arms" * 1_200,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_language_is_closed(name: str, tmp_path) -> None:
    text = REFUSED[name]
    folder = tiny(tmp_path, (RULES, EMBARGO, f"when: |-\n  {text}\n"))
    (mistake,) = mistakes(LawError, partial(built, folder))
    assert mistake.file == "tiny/rules.md"
    assert mistake.line in (line_of(folder / RULES, "when: |-"), line_of(folder / RULES, "when: |-") + 1)
    assert mistake.what.startswith("`when`: ")
    assert mistake.mend


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("date >= DATE '2020-01-01'", "the fact 'date' is not for conditions.", "Use `in_force`: intervals carry the days."),
        (
            "recipient.state = 'none'",
            "the literal 'none' is not for the state 'recipient.state'.",
            "KNOWN_NONE(recipient.state)",
        ),
        ("recipient.state IN ('AAA', 'none')", "the literal 'none' is not for the state", "Write KNOWN_NONE"),
        ("item.kind = NULL", "NULL is not in the condition language.", "It has AND, OR, NOT"),
        ("item.arms IS TRUE", "IS is not in the condition language.", ""),
        ("CASE WHEN item.arms THEN TRUE END", "CASE is not in the condition language.", ""),
        ("COALESCE(item.arms, TRUE)", "COALESCE is not in the condition language.", ""),
        ("NEAR(recipient.state, 'AAA')", "the function NEAR with 2 arguments is not in the language.", "The functions are HAS"),
    ],
)
def test_what_is_refused_is_named(text: str, what: str, mend: str, tmp_path) -> None:
    folder = tiny(tmp_path, (RULES, EMBARGO, f'when: "{text}"\n'))
    (mistake,) = mistakes(LawError, partial(built, folder))
    assert what in mistake.what
    assert mend in mistake.mend


def test_all_mistakes_of_all_files_are_told_together(tmp_path) -> None:
    folder = tiny(
        tmp_path,
        (RULES, EMBARGO, "when: recipient.embrago\n"),
        (RULES, PARTNERS, PARTNERS.replace("2010-01-01/..", "2010")),
        (RULES, "recipient.partner\n", "item.kind = 'prat' OR recipient.state = 'QQ'\n"),
        (RULES, "confidence: medium", "confidence: fair"),
        (RULES, "by: the minister\n", ""),
        (EXCEPTIONS, "title_ja: 救援\n", ""),
        (EXCEPTIONS, "reason: The text names no figure.\n", "resaon: The text names no figure.\n"),
        (REGIME, "title: The tiny regime\n", ""),
    )
    found = mistakes(LawError, partial(built, folder))
    assert [(mistake.file, mistake.field) for mistake in found] == [
        ("tiny/exceptions.md", "title_ja"), ("tiny/exceptions.md", "resaon"), ("tiny/exceptions.md", "reason"),
        ("tiny/regime.yaml", "title"),
        ("tiny/rules.md", "when"), ("tiny/rules.md", "in_force"), ("tiny/rules.md", "confidence"), ("tiny/rules.md", "when"),
        ("tiny/rules.md", "when"), ("tiny/rules.md", "by"),
    ]  # fmt: skip


def test_all_mistakes_between_files_are_told_together(tmp_path) -> None:
    folder = tiny(
        tmp_path,
        (EXCEPTIONS, "[t.rules#embargo]", "[t.rules#embrago, t.rules#partners]"),
        (RULES, "AND arms_transfer", "AND arms_transfr"),
        (REGIME, "  - t.exceptions\n", "  - t.exceptions\n  - t.gone\n"),
    )
    assert len(mistakes(LawError, partial(built, folder))) == 4


def test_a_law_file_of_another_encoding(tmp_path) -> None:
    folder = tiny(tmp_path)
    (folder / RULES).write_bytes((folder / RULES).read_text("utf-8").encode("euc-jp"))
    (mistake,) = mistakes(LawError, partial(built, folder))
    assert "is not UTF-8" in mistake.what


def test_an_unclosed_block_swallows_nothing_silently(tmp_path) -> None:
    folder = tiny(tmp_path, (RULES, "confidence: medium\n```\n", "confidence: medium\n"))
    assert mistakes(LawError, partial(built, folder))
