"""A difference in words and as data: `sekisho diff`, its JSON, and the series in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sekisho.corpus import Corpus
from sekisho.language import prose
from sekisho.language.nodes import TRUE, Node, show
from sekisho.prove.comparison import TURNS
from sekisho.prove.diff import Changed, Difference
from sekisho.render.data import case_data
from sekisho.render.terminal import STYLES
from sekisho.render.words import state_name

SCHEMA = 1

HEADS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "opened": "Opened", "no longer opened": "No longer opened", "barred": "Barred", "no longer barred": "No longer barred",
        "required": "Required", "no longer required": "No longer required",
    },
    "ja": {
        "opened": "新たに認められ得るもの", "no longer opened": "認められ得る場合でなくなるもの",
        "barred": "新たに禁止されるもの", "no longer barred": "禁止されなくなるもの",
        "required": "新たに求められること", "no longer required": "求められなくなること",
    },
}  # fmt: skip
"""What each change is called."""

_GIVEN: Mapping[str, Mapping[str, str]] = {
    "en": {
        "opened": "no head opened {before}",
        "no longer opened": "no head opens {after}",
        "barred": "were not barred {before}",
        "no longer barred": "were barred {before}, and not by a prohibition that is the same on both sides",
        "required": "are open on both sides and of which it was not required {before}",
        "no longer required": "are open on both sides and of which it is not required {after}",
    },
    "ja": {
        "opened": "{before}にはいずれの場合にも当たらなかった移転",
        "no longer opened": "{after}にはいずれの場合にも当たらない移転",
        "barred": "{before}には禁止されていなかった移転",
        "no longer barred": "{before}には禁止されており、双方に共通の禁止規定には当たらない移転",
        "required": "双方で認められ得る移転であって、{before}には求められていなかったもの",
        "no longer required": "双方で認められ得る移転であって、{after}には求められないもの",
    },
}
_SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "on": "on {}", "now": "by the law as it stands", "draft": "by the draft",
        "of": "of transfers that {}", "governed": "the regime governs and that {}",
        "every": "every one of them", "by": "by", "before": "before", "nothing": "nothing",
        "otherwise": "by what the regime says where nothing speaks",
        "equal": "No transfer is decided differently: proven.",
        "unproven": "Not proven within {:g} s: nothing is said about what differs.",
        "complete": "{} in which a transfer is decided differently; every such transfer is in one of them, and none can be "
                    "left out or said more shortly: proven.",
        "requirements": "What is required of transfers that are open on both sides",
        "no requirements": "Nothing else is required of a transfer that is open on both sides: proven.",
        "example": "for example", "recorded": "recorded", "unmet": "No state met it on {}. It would be", "class": "class",
        "classes": "classes", "world": "The world is taken as it stood on {}.", "whose": "by",
    },
    "ja": {
        "on": "{}", "now": "現行法", "draft": "改正案", "of": "{}", "governed": "{}", "every": "その全て",
        "by": "根拠", "before": "従前", "nothing": "なし",
        "otherwise": "根拠: 規定のない場合の扱い",
        "equal": "結論の異なる移転はない(証明済み)。",
        "unproven": "{:g}秒以内に証明できなかったため、差異については何も言えない。",
        "complete": "結論の異なる移転は次の{}のいずれかに当たり、これより少なくも短くもできない(証明済み)。",
        "requirements": "双方で認められ得る移転に求められること",
        "no requirements": "双方で認められ得る移転に求められることに差異はない(証明済み)。",
        "example": "例", "recorded": "記録された事例", "unmet": "{}にこれに当たる国はない。仮の例", "class": "類型",
        "classes": "類型", "world": "事実は{}現在のものとする。", "whose": "主体",
    },
}  # fmt: skip


class Telling:
    """Tells one difference in a language, `en` or `ja`."""

    def __init__(self, difference: Difference, language: str = "en") -> None:
        self.difference, self.language, self._said = difference, language, _SAID[language]
        self.corpus: Corpus = difference.after.corpus
        clauses = {name: (p.holds, p.fails) for law in difference.laws for name, p in law.definitions.items()}
        self._words = prose.Words(self.corpus.vocabulary, clauses, lambda code, spoken: state_name(self.corpus, code, spoken))

    @property
    def sides(self) -> tuple[str, str]:
        """What the two laws are called within a sentence."""
        before, after = self.difference.before, self.difference.after
        if before.decider is not after.decider:
            return self._said["now"], self._said["draft"]
        return self._said["on"].format(before.day), self._said["on"].format(after.day)

    @property
    def title(self) -> str:
        """The regime and the two sides."""
        found = self.difference
        regime = self.corpus.regimes[found.after.regime]
        name = regime.title_ja if self.language == "ja" else regime.title
        if found.before.decider is not found.after.decider:
            return f"{name}: {found.before.day}, {self._said['now']} → {found.after.day}, {self._said['draft']}"
        return f"{name}: {found.before.day} → {found.after.day}"

    def summary(self) -> str:
        """What is proven, in a sentence or two."""
        found, said = self.difference, self._said
        world = f" {said['world'].format(found.world)}" if found.world is not None else ""
        if not found.proven:
            return said["unproven"].format(found.seconds)
        if found.equal:
            return said["equal"] + world
        count = len(found.turns)
        number = (
            f"{count} {said['class'] if count == 1 else said['classes']}"
            if self.language == "en"
            else f"{count}{said['class']}"
        )
        return said["complete"].format(number) + world

    def given(self, change: str) -> str:
        """Of which transfers the classes of a change speak."""
        before, after = self.sides
        text = _GIVEN[self.language][change].format(before=before, after=after)
        if self.difference.governed and self.language == "en":
            text = self._said["governed"].format(text)
        form = self._said["of"]
        return form.format(text)

    def condition(self, node: Node) -> str:
        """A class's condition in words."""
        return self._said["every"] if node == TRUE else prose.clause(node, self._words, self.language)

    def example(self, changed: Changed) -> str:
        """A class's witness in words."""
        witness, said = changed.witness, self._said
        if witness.precedent:
            case = witness.case
            title = case.title_ja if self.language == "ja" and case.title_ja else case.title
            return f"{said['recorded']}, {case.date}: {title} [{witness.precedent}]"
        facts = "; ".join(f"{name}: {_value(value)}" for name, value in case_data(witness.case).items())
        lead = said["example"] if witness.met else said["unmet"].format(self.difference.after.day)
        return f"{lead}: {facts}"

    def provisions(self, changed: Changed) -> str:
        """The provisions responsible."""
        said = self._said
        if not (changed.provisions.before or changed.provisions.after):
            return said["otherwise"]
        before, after = (", ".join(names) or said["nothing"] for names in (changed.provisions.before, changed.provisions.after))
        return f"{said['by']} {after} ({said['before']}: {before})"

    # ---- the terminal --------------------------------------------------------------------------

    def text(self) -> RenderableType:
        """For a terminal."""
        parts: list[RenderableType] = [Text(self.title, style="bold"), Text(self.summary())]
        number = 0
        for change, entries in by_change(self.difference.turns):
            parts.append(Text.assemble("\n", (HEADS[self.language][change], "bold"), f", {self.given(change)}"))
            for entry in entries:
                number += 1
                parts.append(Padding(self._class(number, entry), (0, 0, 0, 2), expand=False))
        if self.difference.proven:
            parts += self._requirements()
        return Group(*parts)

    def _requirements(self) -> Iterable[RenderableType]:
        entries = self.difference.requirements
        if not entries:
            yield Text(f"\n{self._said['no requirements']}")
            return
        yield Text(f"\n{self._said['requirements']}", style="bold")
        for (change, requirement, by), group in by_requirement(entries):
            whose = f" ({self._said['whose']} {by})"
            yield Text(f"{HEADS[self.language][change]}: {requirement}{whose}")
            for entry in group:
                yield Padding(self._class(0, entry), (0, 0, 0, 2), expand=False)

    def _class(self, number: int, changed: Changed) -> RenderableType:
        verdicts = Text.assemble(
            (changed.before, STYLES[changed.before]), " → ", (changed.after, STYLES[changed.after]),  # type: ignore[index]
            "  ", (self.provisions(changed), "dim"),
        )  # fmt: skip
        lead = f"{number}. " if number else "• "
        return Group(Text(f"{lead}{self.condition(changed.condition)}"), Padding(verdicts, (0, 0, 0, 3), expand=False),
                     Padding(Text(self.example(changed), style="italic"), (0, 0, 0, 3), expand=False))  # fmt: skip

    # ---- Markdown ------------------------------------------------------------------------------

    def markdown(self) -> str:
        """A section of a page, without its heading."""
        lines = [f"{self.summary()}\n"]
        number = 0
        for change, entries in by_change(self.difference.turns):
            lines.append(f"**{HEADS[self.language][change]}**, {self.given(change)}:\n")
            for entry in entries:
                number += 1
                lines.append(f"{number}. {self.condition(entry.condition)}  ")
                lines.append(f"   *{entry.before} → {entry.after}*, {_code(self.provisions(entry))}  ")
                lines.append(f"   {self.example(entry)}")
            lines.append("")
        if self.difference.requirements:
            lines.append(f"{self._said['requirements']}:\n")
            for (change, requirement, by), group in by_requirement(self.difference.requirements):
                lines.append(f"- **{HEADS[self.language][change]}**: {requirement} ({self._said['whose']} {by})")
                lines += [f"  - {self.condition(entry.condition)}" for entry in group]
            lines.append("")
        return "\n".join(lines).rstrip() + "\n"


def _code(text: str) -> str:
    """Ids of provisions as code."""
    return " ".join(f"`{w.rstrip(',)')}`{w[len(w.rstrip(',)')) :]}" if "#" in w else w for w in text.split(" "))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, list) else str(value)


def by_change(entries: Sequence[Changed]) -> Iterable[tuple[str, list[Changed]]]:
    """Classes by what changes, in the order in which it is told."""
    for change in TURNS:
        found = [entry for entry in entries if entry.change == change]
        if found:
            yield change, found


def by_requirement(entries: Sequence[Changed]) -> Iterable[tuple[tuple[str, str, str], list[Changed]]]:
    """Classes by change, requirement and whose act it is."""
    groups: dict[tuple[str, str, str], list[Changed]] = {}
    for entry in entries:
        groups.setdefault((entry.change, entry.requirement, entry.by), []).append(entry)
    return groups.items()


# ---- JSON --------------------------------------------------------------------------------------


def data(difference: Difference) -> dict[str, Any]:
    """The shape of `diff --json`, documented in docs/decide-json.md."""
    spoken = {language: Telling(difference, language) for language in ("en", "ja")}
    changes = dict.fromkeys(entry.change for entry in (*difference.turns, *difference.requirements))
    return {
        "schema": SCHEMA,
        "regime": difference.after.regime,
        "before": difference.before.day.isoformat(),
        "after": difference.after.day.isoformat(),
        "draft": difference.before.decider is not difference.after.decider,
        "world": difference.world.isoformat() if difference.world is not None else None,
        "law_version": difference.before.corpus.law_version,
        "proven": difference.proven,
        "seconds": f"{difference.seconds:g}",
        "equal": difference.equal,
        "summary": spoken["en"].summary(),
        "given": {change: {language: telling.given(change) for language, telling in spoken.items()} for change in changes},
        "classes": [_class_data(entry, spoken) for entry in difference.turns],
        "requirements": [
            _class_data(entry, spoken) | {"requirement": entry.requirement, "by": entry.by} for entry in difference.requirements
        ],
    }


def _class_data(changed: Changed, spoken: Mapping[str, Telling]) -> dict[str, Any]:
    case = case_data(changed.witness.case)
    return {
        "change": changed.change,
        "condition": show(changed.condition),
        "text": {language: telling.condition(changed.condition) for language, telling in spoken.items()},
        "before": changed.before,
        "after": changed.after,
        "provisions": {"before": list(changed.provisions.before), "after": list(changed.provisions.after)},
        "witness": case if changed.witness.met else {},
        "precedent": changed.witness.precedent or None,
        "met": changed.witness.met,
        "would_be": {} if changed.witness.met else case,
    }
