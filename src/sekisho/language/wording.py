"""The words of the prose reader: every connective, form and sentence, English and Japanese, as tables.

Nothing here decides anything; `prose` does the composing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sekisho.language.nodes import Operator
from sekisho.language.vocabulary import Bilingual

CONNECTIVES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "and": "and", "or": "or",
        "light or": "either {0} or {1}",
        "pair and": "both {0}", "pair or": "either {0}",
        "heavy and": "all of the following apply: {0}", "heavy or": "any of the following applies: {0}",
        "outline and": "all of these:", "outline or": "any of these:",
        "always": "in every case", "never": "in no case", "definition": "the law's definition is met",
        "denied": "it is not the case that {0}", "yes": "yes", "no": "no", "none": "none", "unknown": "not known",
    },
    "ja": {
        "and": "及び", "and of and": "並びに", "or": "又は", "inner or": "若しくは",
        "then and": "かつ", "then or": "又は",
        "light and": "{0}のいずれにも該当する", "light or": "{0}のいずれかに該当する",
        "outline and": "次のいずれにも該当すること", "outline or": "次のいずれかに該当すること",
        "always": "すべての場合", "never": "いかなる場合にも該当しない", "definition": "法令上の定義に該当する",
        "denied": "{0}とはいえない", "yes": "はい", "no": "いいえ", "none": "なし", "unknown": "不明",
    },
}  # fmt: skip
"""Every connective, by language."""

FORMS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "is": "{0} is {1}", "is not": "{0} is not {1}",
        "same": "{0} is {1}", "not same": "{0} is not {1}",
        "in": "{0} is {1}", "not in": "{0} is none of {1}", "not in two": "{0} is neither {1} nor {2}",
        "has": "{0} includes {1}", "has not": "{0} does not include {1}",
        "has or": "{0} includes {1}", "has and": "{0} includes {1}",
        "has not or": "{0} does not include all of {1}", "has not and": "{0} includes none of {1}",
        "none": "there is no {0}", "some": "there is {0}",
        "stateless": "{0} belongs to no state", "of a state": "{0} belongs to a state",
        "number =": "{0} is {1}", "number <>": "{0} is not {1}", "number <": "{0} is less than {1}",
        "number <=": "{0} is at most {1}", "number >": "{0} is more than {1}", "number >=": "{0} is at least {1}",
        "date =": "{0} is {1}", "date <>": "{0} is not {1}", "date <": "{0} is before {1}",
        "date <=": "{0} is on or before {1}", "date >": "{0} is after {1}", "date >=": "{0} is on or after {1}",
        "between": "{0} lies between {1} and {2}, both included",
        "not between": "{0} does not lie between {1} and {2}, both included",
    },
    "ja": {
        "is": "{0}が{1}である", "is not": "{0}が{1}でない",
        "same": "{0}が{1}と同一である", "not same": "{0}が{1}と異なる",
        "in": "{0}が{1}のいずれかである", "not in": "{0}が{1}のいずれでもない",
        "has": "{0}に{1}が含まれる", "has not": "{0}に{1}が含まれない",
        "has or": "{0}に{1}のいずれかが含まれる", "has and": "{0}に{1}のいずれもが含まれる",
        "has not or": "{0}に{1}のいずれかが含まれない", "has not and": "{0}に{1}のいずれも含まれない",
        "none": "{0}がない", "some": "{0}がある",
        "number =": "{0}が{1}である", "number <>": "{0}が{1}でない", "number <": "{0}が{1}未満である",
        "number <=": "{0}が{1}以下である", "number >": "{0}が{1}を超える", "number >=": "{0}が{1}以上である",
        "date =": "{0}が{1}である", "date <>": "{0}が{1}でない", "date <": "{0}が{1}より前である",
        "date <=": "{0}が{1}以前である", "date >": "{0}が{1}より後である", "date >=": "{0}が{1}以後である",
        "between": "{0}が{1}から{2}までの間にある", "not between": "{0}が{1}から{2}までの間にない",
    },
}  # fmt: skip
"""How a literal reads, by language; {0} is the label of the fact."""

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "condition": " if {0}", "always": " in every case",
        "prohibits": "Bars the transfer ({label}){when}.",
        "refrains": "The transfer is to be refrained from, unless the government makes an exception,{when}.",
        "permits": "Opens the transfer ({label}){when}.",
        "lifts": "Lifts {label}{when}.", "lifts that": "that bar",
        "requires": "Requires {label}: met when {met}{by}.", "by": " (by {0})",
        "requires if": "Where {when}, requires {label}: met when {met}{by}.",
        "defines": "“{label}”: {when}.",
        "leaves": "Leaves aside {label}.{reason}", "leaves if": "Where {when}, leaves aside {label}.{reason}",
        "reason": " {0}.",
    },
    "ja": {
        "condition": "{0}場合は、", "always": "すべての場合において、",
        "prohibits": "{when}移転を認めない(「{label}」)。",
        "refrains": "{when}政府が例外を設けない限り、移転を慎む。",
        "permits": "{when}「{label}」として移転を認め得る。",
        "lifts": "{when}{label}を適用しない。", "lifts that": "当該禁止",
        "requires": "「{label}」を要する。{met}ときに満たされる。{by}", "by": "主体は、{0}である。",
        "requires if": "{when}場合は、「{label}」を要する。{met}ときに満たされる。{by}",
        "defines": "「{label}」とは、{when}場合をいう。",
        "leaves": "「{label}」については、ここでは判定しない。{reason}", "reason": "{0}。",
        "leaves if": "{when}場合における「{label}」については、ここでは判定しない。{reason}",
    },
}  # fmt: skip
"""What a provision says, by effect; `if` is the form of an effect that puts its condition first."""

RESTRAINT = ("refrain", "慎")
"""A prohibition whose label says this is a restraint: its text has no negation."""

ROLES: Mapping[str, Bilingual] = {
    "destination": Bilingual("the destination", "仕向国"),
    "recipient": Bilingual("the recipient's state", "移転先国"),
    "end_user": Bilingual("the end user's state", "最終需要者の国"),
}
"""How the clauses name the states of which the same is asked, by the first part of the fact's name."""

SLOT = "\0"

JOINED = re.compile("[,;:]| or | and |又は|若しくは|及び|並びに|のいずれ")
"""Marks of a clause that joins things itself, so that a group of such clauses is numbered."""

OFFICES = re.compile("(Economy, |International )Trade and Industry")
"""Names whose comma and *and* join nothing."""

COUNTED = re.compile(r"(finding|licence|decision|Cabinet decision|agreement|undertaking|arrangement|framework)\b")
"""Heads of an English label that take *a* in a sentence; the others go without an article."""

COMPLEMENT: Mapping[Operator, Operator] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRROR: Mapping[Operator, Operator] = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

WITH_ARTICLE = re.compile(
    r"^(United|Soviet|Czech|Dominican|Central African|Democratic|Republic of|Federal|Federated|Syrian|State of)\b(?!a)"
    r"|(Islands|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Republic|Union|Emirates|Vatican|Holy See)$"
)
"""Names of states that take the article in an English sentence."""

CONTINUED: Sequence[tuple[str, str]] = (
    ("でない", "でなく"), ("がない", "がなく"), ("もない", "もなく"), ("はない", "はなく"), ("にない", "になく"),
    ("ていない", "ておらず"), ("属しない", "属さず"), ("しなかった", "せず"), ("なかった", "ず"), ("しない", "せず"),
    ("ない", "ず"), ("ている", "ており"), ("属する", "属し"), ("する", "し"), ("足りる", "足り"), ("れる", "れ"),
    ("える", "え"), ("める", "め"), ("ける", "け"), ("てる", "て"), ("べる", "べ"), ("せる", "せ"), ("じる", "じ"),
    ("る", "り"), ("う", "い"), ("く", "き"), ("す", "し"), ("つ", "ち"), ("む", "み"), ("た", ""),
)  # fmt: skip
"""The form in which a Japanese clause goes on to the next, by its ending; the first that fits counts."""

NUMERALS: Mapping[str, Sequence[str]] = {
    "en": (
        "1 2 3 4 5 6 7 8 9",
        "a b c d e f g h i j k l m n o p q r s t",
        "i ii iii iv v vi vii viii ix x",
        "A B C D E F G H",
        "I II III IV V VI VII VIII",
    ),
    "ja": (
        "1 2 3 4 5 6 7 8 9",
        "イ ロ ハ ニ ホ ヘ ト チ リ ヌ ル ヲ ワ カ ヨ タ",
        "i ii iii iv v vi vii viii ix x",
        "A B C D E F G H",
        "a b c d e f g h",
    ),
}
"""The marks of numbered parts, by depth; beyond the fifth depth they begin anew."""
