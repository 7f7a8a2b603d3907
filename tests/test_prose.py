"""The prose reader: every provision reads in English and Japanese, exactly, and without a raw name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.corpus import Corpus, Provision, load
from sekisho.language import prose
from sekisho.language.expression import (
    FALSE,
    LITERALS,
    NONE,
    TRUE,
    And,
    Compare,
    Constant,
    FactTerm,
    Has,
    Holds,
    KnownNone,
    Node,
    Not,
    Or,
    Reference,
    Within,
    parse,
    walk,
)
from sekisho.language.prose import Words
from sekisho.language.vocabulary import Bilingual, Fact, Vocabulary

LANGUAGES = ("en", "ja")
CORPUS: Corpus = load()
FACTS = CORPUS.vocabulary.facts


def state_name(code: str, language: str) -> str:
    row = CORPUS.world.states[code][-1]
    return row["name_ja" if language == "ja" else "name"]


DEFINITIONS = {p.label: (p.holds, p.fails) for p in CORPUS.provisions.values() if p.effect == "defines"}
WORDS = Words(CORPUS.vocabulary, DEFINITIONS, state_name)


def words_for(provision: Provision) -> Words:
    """The words on the days of a provision: a definition's name may stand for another text on other days."""
    then = {
        p.label: (p.holds, p.fails)
        for p in CORPUS.provisions.values()
        if p.effect == "defines" and p.in_force.overlaps(provision.in_force)
    }
    return Words(CORPUS.vocabulary, then, state_name)


def sentence(provision: Provision, language: str) -> str:
    japanese = language == "ja"
    label = provision.title_ja if japanese else provision.title if provision.effect == "defines" else provision.label
    return prose.sentence(
        provision.effect, words_for(provision), language, label="" if provision.effect == "lifts" else label,
        when=provision.when, met=provision.met, by=provision.by_ja if japanese else provision.by,
    )  # fmt: skip


def said(condition: str, language: str = "en", negated: bool = False) -> str:
    return prose.clause(parse(condition, FACTS), WORDS, language, negated)


def raw_names(text: str) -> list[str]:
    """What betrays a raw name: a dotted fact, a definition's name, an underscore."""
    dotted = [name for name in FACTS if "." in name and name in text]
    return dotted + re.findall(r"\w*_\w*|\w+\.(?:state|kind)\b", text)


# ---- every provision -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("provision", CORPUS.provisions.values(), ids=lambda p: p.id)
def test_every_provision_reads_without_raw_names(provision: Provision, language: str) -> None:
    words = words_for(provision)
    texts = [sentence(provision, language)]
    for node in (provision.when, provision.met):
        if node is not None:
            texts += [prose.clause(node, words, language), prose.clause(node, words, language, negated=True)]
            texts += [text for _, text in prose.lines(node, words, language)]
    for text in texts:
        assert text.strip() == text and text
        assert not raw_names(text)
        assert "  " not in text and "{" not in text and prose.SLOT not in text


@pytest.mark.parametrize("provision", CORPUS.provisions.values(), ids=lambda p: p.id)
def test_every_provision_ends_as_a_sentence(provision: Provision) -> None:
    assert sentence(provision, "en").endswith(".")
    assert sentence(provision, "ja").endswith("。")
    assert not re.search(r"[a-z]{3}", sentence(provision, "ja"))


def japanese_clauses() -> Iterator[str]:
    pairs = [(fact.holds, fact.fails) for fact in FACTS.values()] + list(DEFINITIONS.values())
    yield from (side.ja for pair in pairs for side in pair if side is not None)


@pytest.mark.parametrize("text", sorted(set(japanese_clauses())))
def test_every_japanese_clause_can_go_on_and_be_a_noun(text: str) -> None:
    """A clause ends in a plain verb, so that …り、かつ and …こと can follow it."""
    assert re.search(r"(ない|なかった|[うくすつるたむぶ])$", text)
    assert not prose._continued(text).endswith(("であり", "たり")) or text.endswith(("である", "たる"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda f: f.name)
def test_every_fact_becomes_a_question(fact: Fact, language: str) -> None:
    asked = prose.question(fact, language)
    assert asked.endswith("?" if language == "en" else "。") and not raw_names(asked)


@pytest.mark.parametrize("always", CORPUS.always, ids=lambda entry: entry[0].id)
def test_what_always_holds_reads(always: tuple[object, Node]) -> None:
    for language in LANGUAGES:
        assert not raw_names(prose.clause(always[1], WORDS, language))


# ---- how it sounds ---------------------------------------------------------------------------------------------------

GOLDEN = [
    ("item.kind = 'technology'", "the item is technology", "装備が技術である"),
    ("NOT item.kind = 'technology'", "the item is not technology", "装備が技術でない"),
    ("recipient.state = 'USA'", "the recipient's state is the United States", "移転先国が米国である"),
    (
        "recipient.kind IN ('company', 'individual')",
        "the recipient is a company or a private person",
        "移転先が企業又は個人のいずれかである",
    ),
    (
        "recipient.kind NOT IN ('company', 'individual', 'police')",
        "the recipient is none of a company, a private person and a foreign police force",
        "移転先が企業、個人及び外国の警察のいずれでもない",
    ),
    (
        "item.licensor = recipient.state",
        "the licensor state is the recipient's state",
        "ライセンス元国が移転先国と同一である",
    ),
    ("KNOWN_NONE(item.licensor)", "there is no licensor state", "ライセンス元国がない"),
    ("NOT KNOWN_NONE(item.licensor)", "there is a licensor state", "ライセンス元国がある"),
    ("KNOWN_NONE(recipient.state)", "the recipient belongs to no state", "移転先国がない"),
    (
        "item.weapons_on_board IN ('none', 'beyond')",
        "there is no armament on board, or the armament on board is more than its task and its self-protection need",
        "搭載される武器がないか、又は、搭載される武器が本来業務の実施及び自己防護の必要を超えるものである",
    ),
    (
        "NOT HAS(purpose, 'anti_piracy')",
        "the purpose claimed does not include action against piracy",
        "移転の目的に海賊対処が含まれない",
    ),
    (
        "HAS(purpose, 'anti_terror') OR HAS(purpose, 'anti_piracy')",
        "the purpose claimed includes action against terrorism or action against piracy",
        "移転の目的にテロ対策又は海賊対処のいずれかが含まれる",
    ),
    (
        "NOT (HAS(purpose, 'anti_terror') OR HAS(purpose, 'anti_piracy'))",
        "the purpose claimed includes none of action against terrorism and action against piracy",
        "移転の目的にテロ対策及び海賊対処のいずれも含まれない",
    ),
    (
        "NOT assurance.licensor_request",
        "the licensor state has not asked for the transfer",
        "ライセンス元国からの要請がない",
    ),
    (
        "item.kind = 'technology' AND (assurance.licensor_request OR step.licence)",
        "the item is technology, and either the licensor state has asked for the transfer "
        "or the Minister of Economy, Trade and Industry has granted the licence",
        "装備が技術であり、かつ、ライセンス元国からの要請があること又は経済産業大臣の許可があることのいずれかに該当する",
    ),
    (
        "destination.party_to_international_conflict OR recipient.party_to_international_conflict",
        "the destination or the recipient's state is party to an international conflict, "
        "in the sense of the Principles of 1967",
        "仕向国又は移転先国が国際紛争の当事国に当たる",
    ),
    (
        "NOT (destination.communist_bloc OR recipient.communist_bloc OR end_user.communist_bloc)",
        "none of the destination, the recipient's state and the end user's state belongs to the communist bloc",
        "仕向国、移転先国及び最終需要者の国のいずれも共産圏諸国に当たらない",
    ),
    (
        "NOT (destination.combat OR recipient.combat OR end_user.combat)",
        "combat is not judged to be actually under way in the destination, the recipient's state or the end user's state",
        "仕向国、移転先国及び最終需要者の国のいずれにおいても武力紛争の一環として現に戦闘が行われているとは判断されない",
    ),
    (
        "recipient.transfer_agreement AND destination.transfer_agreement",
        "an agreement on the transfer of defence equipment and technology with each of "
        "the recipient's state and the destination is in force",
        "移転先国及び仕向国のそれぞれとの防衛装備品・技術移転協定が発効している",
    ),
    (
        "item.kind = 'part' OR (item.ammunition AND (step.council OR step.cabinet OR step.approval))",
        "(1) the item is a part; or (2) both (a) the item is ammunition; and (b) any of the following applies: "
        "(i) the National Security Council has deliberated and agreed; (ii) the Cabinet has decided for this transfer; "
        "or (iii) the Minister of Economy, Trade and Industry has approved the export",
        "(1)装備が部品であるか、又は、(2)(イ)弾薬であること及び(ロ)(i)国家安全保障会議で審議され認められたこと、"
        "(ii)この移転について閣議決定があること又は(iii)経済産業大臣の輸出承認があることのいずれかに該当することの"
        "いずれにも該当する",
    ),
    ("TRUE", "in every case", "すべての場合"),
    ("FALSE", "in no case", "いかなる場合にも該当しない"),
]


@pytest.mark.parametrize(("condition", "english", "japanese"), GOLDEN, ids=[entry[0] for entry in GOLDEN])
def test_how_a_condition_reads(condition: str, english: str, japanese: str) -> None:
    assert said(condition) == english
    assert said(condition, "ja") == japanese


def test_a_denied_condition_is_denied_at_its_literals() -> None:
    assert said("item.ammunition AND step.licence", negated=True) == (
        "the item is not ammunition or the Minister of Economy, Trade and Industry has refused the licence"
    )
    assert said("item.ammunition AND step.licence", "ja", negated=True) == "弾薬でないか、又は、経済産業大臣が不許可とした"


def test_a_long_condition_as_an_outline() -> None:
    node = parse("item.ammunition AND (item.kind = 'part' OR item.weapon)", FACTS)
    assert prose.lines(node, WORDS, "en") == [
        (0, "all of these:"),
        (1, "the item is ammunition"),
        (1, "any of these:"),
        (2, "the item is a part"),
        (2, "the item itself is a weapon in the sense of the Self-Defense Forces Act, ammunition included"),
    ]
    assert prose.lines(node, WORDS, "ja") == [
        (0, "次のいずれにも該当すること"),
        (1, "弾薬であること"),
        (1, "次のいずれかに該当すること"),
        (2, "装備が部品であること"),
        (2, "自衛隊法上の武器(弾薬を含む。)に当たること"),
    ]
    assert prose.lines(TRUE, WORDS, "ja") == [(0, "すべての場合")]


def test_the_effects_as_sentences() -> None:
    when = parse("item.ammunition", FACTS)
    met = parse("step.cabinet", FACTS)
    assert prose.sentence("prohibits", WORDS, "en", label="ammunition", when=when) == (
        "Bars the transfer (ammunition) if the item is ammunition."
    )
    assert prose.sentence("prohibits", WORDS, "ja", label="弾薬", when=when) == "弾薬である場合は、移転を認めない(「弾薬」)。"
    assert prose.sentence("prohibits", WORDS, "en", label="export from which the government refrains", when=when) == (
        "The transfer is to be refrained from, unless the government makes an exception, if the item is ammunition."
    )
    assert prose.sentence("lifts", WORDS, "en", when=TRUE) == "Lifts that bar."
    assert prose.sentence("permits", WORDS, "en", label="all", when=TRUE) == "Opens the transfer (all) in every case."
    assert prose.sentence("permits", WORDS, "ja", label="全部") == "すべての場合において、「全部」として移転を認め得る。"
    assert prose.sentence("requires", WORDS, "en", label="Cabinet decision", when=when, met=met, by="Cabinet") == (
        "Where the item is ammunition, requires a Cabinet decision: "
        "met when the Cabinet has decided for this transfer (by the Cabinet)."
    )
    assert prose.sentence("requires", WORDS, "ja", label="閣議決定", met=met, by="内閣") == (
        "「閣議決定」を要する。この移転について閣議決定があるときに満たされる。主体は、内閣である。"
    )
    assert (
        prose.sentence("leaves", WORDS, "en", label="the count", reason="not a fact.") == "Leaves aside the count. Not a fact."
    )
    assert prose.sentence("defines", WORDS, "ja", label="弾薬類", when=when) == "「弾薬類」とは、弾薬である場合をいう。"


def own(name: str, kind: str, english: str, japanese: str, unit: str = "") -> Fact:
    return Fact(name, kind, "described", "unknown", Bilingual(english, japanese), Bilingual("?", "。"), unit=unit)  # type: ignore[arg-type]


PRICE = own("number.x", "number", "the price", "価額", "yen")
ENTRY = own("day.x", "date", "the day of entry", "発効日")
OWN = Vocabulary({fact.name: fact for fact in (PRICE, ENTRY)})


@pytest.mark.parametrize(
    ("condition", "english", "japanese"),
    [
        ("number.x >= 1000", "the price is at least 1,000 yen", "価額が1,000 yen以上である"),
        ("NOT 1000 < number.x", "the price is at most 1,000 yen", "価額が1,000 yen以下である"),
        (
            "day.x < DATE '2023-12-22'",
            "the day of entry is before 22 December 2023",
            "発効日が2023年12月22日より前である",
        ),
        (
            "NOT day.x < DATE '2023-12-22'",
            "the day of entry is on or after 22 December 2023",
            "発効日が2023年12月22日以後である",
        ),
        (
            "number.x BETWEEN 1 AND 2", "the price lies between 1 yen and 2 yen, both included",
            "価額が1 yenから2 yenまでの間にある",
        ),
    ],
)  # fmt: skip
def test_numbers_and_days(condition: str, english: str, japanese: str) -> None:
    words = Words(OWN, {}, state_name)
    assert prose.clause(parse(condition), words, "en") == english
    assert prose.clause(parse(condition), words, "ja") == japanese


def test_values_for_showing() -> None:
    purpose, arms, state = FACTS["purpose"], FACTS["item.arms"], FACTS["recipient.state"]
    assert prose.value_text(purpose, {"anti_piracy", "peace_operations"}, WORDS, "en") == (
        "action against piracy and international peace operations"
    )
    assert prose.value_text(purpose, frozenset(), WORDS, "ja") == "なし"
    assert [prose.value_text(arms, value, WORDS, "ja") for value in (True, False, None)] == ["はい", "いいえ", "不明"]
    assert prose.value_text(state, NONE, WORDS, "en") == "none"
    assert prose.value_text(state, "JPN", WORDS, "en") == "Japan"
    assert prose.value_text(OWN.facts["day.x"], dt.date(2023, 12, 22), WORDS, "ja") == "2023年12月22日"


def test_a_definition_speaks_with_its_own_clause_and_never_its_name() -> None:
    words = Words(CORPUS.vocabulary, {"odd_name": (Bilingual("it is odd", "奇である"), None)}, state_name)
    assert prose.clause(Reference("odd_name"), words, "en") == "it is odd"
    assert prose.clause(Not(Reference("odd_name")), words, "en") == "it is not the case that it is odd"
    assert prose.clause(Not(Reference("odd_name")), words, "ja") == "奇であるとはいえない"
    with pytest.raises(KeyError):
        prose.clause(Reference("unknown_name"), words, "en")


# ---- any condition at all --------------------------------------------------------------------------------------------

BOOLEANS = [name for name, fact in FACTS.items() if fact.type == "boolean"]
TEXTS = [name for name, fact in FACTS.items() if fact.type == "text"]
SETS = [name for name, fact in FACTS.items() if fact.type == "set"]
STATES = [name for name, fact in FACTS.items() if fact.type == "state"]
CODES = sorted(CORPUS.world.states)


def values_of(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(FACTS[name].values))


LITERAL: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from(BOOLEANS).map(Holds),
    st.sampled_from(sorted(DEFINITIONS)).map(Reference),
    st.sampled_from(STATES).map(KnownNone),
    st.sampled_from(SETS).flatmap(lambda name: values_of(name).map(lambda value: Has(name, value))),
    st.sampled_from(TEXTS).flatmap(
        lambda name: st.tuples(values_of(name), st.sampled_from(["=", "<>"])).map(
            lambda drawn: Compare(FactTerm(name), drawn[1], Constant(drawn[0]))  # type: ignore[arg-type]
        )
    ),
    st.sampled_from(TEXTS).flatmap(
        lambda name: st.lists(values_of(name), min_size=1, max_size=4, unique=True).map(
            lambda values: Within(FactTerm(name), tuple(values))
        )
    ),
    st.tuples(st.sampled_from(STATES), st.sampled_from(CODES)).map(
        lambda drawn: Compare(Constant(drawn[1]), "=", FactTerm(drawn[0]))
    ),
    st.tuples(st.sampled_from(STATES), st.sampled_from(STATES)).map(
        lambda drawn: Compare(FactTerm(drawn[0]), "<>", FactTerm(drawn[1]))
    ),
)
TREE: st.SearchStrategy[Node] = st.recursive(
    LITERAL,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=14,
)


def marks(literal: Node, language: str) -> list[str]:
    """What must appear of a literal: the label and the values, or the last words of a clause, whichever its sign."""
    if isinstance(literal, Holds):
        sides = (FACTS[literal.fact].holds, FACTS[literal.fact].fails)
        return [side.in_(language) for side in sides if side]
    if isinstance(literal, Reference):
        return [side.in_(language) for side in DEFINITIONS[literal.name] if side]
    return []


def plain(text: str) -> str:
    """Text with the joints of Japanese nouns levelled, which change with the depth of the list."""
    return text.replace("若しくは", "又は").replace("並びに", "及び")


def names(literal: Node, text: str, language: str) -> bool:
    """Whether a text names a literal: a clause of it (or the end of one told of several states), or label and values."""
    clauses = marks(literal, language)
    if clauses:
        size = 12 if language == "en" else 5
        forms = [form for clause in clauses for form in (clause, prose._continued(clause))]
        return any(form[-size:] in text for form in forms)
    terms = [literal.left, literal.right] if isinstance(literal, Compare) else []
    facts = [term.name for term in terms if isinstance(term, FactTerm)]
    facts += [literal.left.name] if isinstance(literal, Within) else []
    facts += [literal.fact] if isinstance(literal, Has | KnownNone) else []
    values = [str(term.value) for term in terms if isinstance(term, Constant)]
    values += [str(value) for value in literal.values] if isinstance(literal, Within) else []
    values += [literal.value] if isinstance(literal, Has) else []
    owner = FACTS[facts[0]]
    shown = [prose._value(owner, value, WORDS, language) for value in values if value != NONE]
    labels = [FACTS[name].label.in_(language) for name in facts]
    bare = [re.sub("^the (kind of )?|'s state$", "", label).removesuffix("の種別") for label in labels]
    return all(plain(part) in plain(text) for part in [*bare, *shown])


@given(TREE, st.booleans(), st.sampled_from(LANGUAGES))
def test_any_condition_reads_and_names_every_literal(node: Node, negated: bool, language: str) -> None:
    texts = [prose.clause(node, WORDS, language, negated)]
    if not negated:
        texts.append("\n".join(text for _, text in prose.lines(node, WORDS, language)))
    for text in texts:
        assert text and not raw_names(text) and prose.SLOT not in text
        for part in walk(node):
            if isinstance(part, (*LITERALS, Reference)):
                assert names(part, text, language), part


@given(TREE, st.sampled_from(LANGUAGES))
def test_denying_twice_says_the_same(node: Node, language: str) -> None:
    once = prose.clause(node, WORDS, language)
    assert prose.clause(Not(Not(node)), WORDS, language) == once
    assert prose.clause(Not(node), WORDS, language, negated=True) == once
    assert prose.clause(Not(node), WORDS, language) == prose.clause(node, WORDS, language, negated=True)


@given(TREE, st.sampled_from(LANGUAGES))
def test_constants_are_carried_out(node: Node, language: str) -> None:
    once = prose.clause(node, WORDS, language)
    assert prose.clause(And((TRUE, node)), WORDS, language) == once
    assert prose.clause(Or((FALSE, node)), WORDS, language) == once
    assert prose.clause(Or((TRUE, node)), WORDS, language) == prose.clause(TRUE, WORDS, language)
