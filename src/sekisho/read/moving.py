"""Who is who in a move: Y goes from X to Z, lands at Z's port, joins Z's navy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.read.chunks import Chunk, Item, Party
from sekisho.read.counting import SETS
from sekisho.read.deals import Deals, Roles
from sekisho.read.frames import Frame
from sekisho.read.wordlists import word_list

_MOVING_OF_ITSELF, _FLYING = frozenset({"ML9"}), frozenset({"ML10"})
"""Lists of what goes somewhere without being given: ships; and aircraft, which land."""
_ENTERING = frozenset({"enter service", "go into service", "come into service", "enter operation"})
_SERVICES = frozenset({"armed_forces", "coast_guard", "police"})
_JOINING = frozenset({"join", "commission into", "induct into", "accept into"})
_LOADED = frozenset({"carry", "bear", "transport"})
_RETIRING = frozenset({"retire", "phase", "phase out", "withdraw", "replace", "decommission", "get rid of", "give up", "shed"})
_PORTS = word_list("ports")
_STORES = _PORTS | word_list("stocks") | {"factories", "factory", "yards", "yard", "plants", "barracks", "works"}
_A_YEAR = 365


class Moves(Deals):
    """The pattern of what goes, comes, lands or leaves."""

    def agreed(self, frame: Frame) -> Roles | None:
        """`Eight submarines were also agreed`: more of what was told of before; `Z and X have agreed on six submarines`."""
        also = {"also", "too"} & (frame.words | frame.chunk.words) and frame.chunk.form == "passive" and not frame.noun
        if also and self.context.last is not None and frame.subject is not None and frame.subject.kind == "item":
            return Roles(*self.context.last, self.things([frame.subject]))
        by_name = frame.verb is not None and frame.verb.lemma.startswith("agree") and not (frame.noun or frame.chunk.negative)
        things = [
            chunk for chunk in (*frame.phrase("on"), *frame.objects) if (chunk.quantity or 0) > 1 and chunk.kind == "item"
        ]
        two = [] if frame.subject is None or not by_name else [
            party for chunk in (frame.subject, *frame.phrase("with")) if chunk.kind == "party" for party in chunk.parties
        ]  # fmt: skip
        if not things or len(two) != 2 or two[0].state == two[1].state:
            return None
        roles = Roles(items=self.things(things))
        self.divide(roles, two, 1 if frame.phrase("with") else 0)
        return roles

    def go(self, frame: Frame) -> Roles | None:
        """Y from X arrives in Z, is to go to Z."""
        if frame.subject is None:
            return None
        ahead = frame.chunk.form == "future" and frame.subject.kind == "number" and not frame.phrase("to", "in", "for")
        lemma = frame.verb.lemma if frame.verb is not None else ""
        alone = (
            (frame.subject.kind == "item" or frame.subject.word in SETS)
            and frame.chunk.form in ("future", "arranged")
            and not frame.objects
        )
        alone = alone and all(word == "from" for word, chunk in frame.phrases if chunk.kind in ("party", "pronoun"))
        near = self._following(frame, (self.exporters, self.recipients))
        if lemma == "follow" and alone and near is not None:
            return Roles(*near, self.things([frame.subject]))  # *thirty guns will follow*
        if lemma == "follow" and frame.chunk.form == "passive" and self.context.last is not None:
            items = self.things([chunk for chunk in frame.phrase("by") if chunk.kind in ("item", "number")])
            pointing = frame.subject.kind == "pronoun" or any(item.pointing for item in self.things([frame.subject]))
            return Roles(*self.context.last, items) if items and pointing else None  # *they will be followed by ten guns*
        if lemma == "follow" or ahead:
            return self._rest(frame.subject, near)
        items, loaded = self._moved(frame, frame.subject)
        if not items:
            return None
        roles = Roles(items=items, exporters=self._sent_by(frame, frame.subject, items, lemma))
        if lemma == "come" and frame.chunk.word == "come" and not frame.chunk.auxiliaries and items[0].pointing:
            return None  # *The interceptors come from army stocks*: told as it is, not as it was
        if lemma == "come" and not frame.phrase("to", "in", "for"):
            before = self.context.owners(items[0]) if items[0].pointing and "had" in frame.chunk.words else []
            had: Sequence[Party] = self._others(before, roles.exporters)  # *X gave Z tanks. They had come from W*
            had = had or (self.context.taking if items[0].pointing or frame.chunk.form == "perfect" else [])
            had = had or (self.context.wanted_by(items[0]) if items[0].pointing else [])
            taking = self._given_on(frame) or self._owner(frame, frame.subject) or self.recipients or had
            roles.recipients = self._others(taking, roles.exporters)
            return roles if roles.exporters and roles.recipients else None
        if self._on_the_way(frame, roles):
            return None
        if lemma == "leave" and frame.chunk.negative and frame.subject.kind == "item" and not frame.phrase("to", "for"):
            roles.recipients = self._others(self._awaiting(frame.subject), roles.exporters)
            return roles if roles.exporters and roles.recipients else None
        goals = self._goals(frame, lemma)
        self._reach(frame, frame.subject, roles, goals, lemma)
        if self._goes_by_itself(frame, roles, lemma, loaded):
            return None
        told = bool(frame.phrase("from")) or (frame.subject.kind == "event" and frame.by == "that" and bool(roles.exporters))
        known = any(chunk.kind in ("party", "pronoun") for chunk in frame.phrase("to", "in"))
        if not roles.recipients and not goals and not known and told:
            self._received(frame, roles)
        if not roles.recipients and not goals and not known and told and items[0].pointing:
            roles.recipients = self._others(self.context.wanted_by(items[0]), roles.exporters)
        told = told or any(
            other.by == "reduced" and other.sense == "give" and other.gap is frame.subject for other in self.frames
        )
        if not roles.recipients and told and frame.subject.kind == "item" and self.context.last is not None and not any(
            chunk.kind == "party" for chunk in (*frame.objects, *frame.phrase("to", "in", "at", "for"))
        ):  # fmt: skip
            taking = self._others(self.context.last[1], roles.exporters)
            roles.recipients = [replace(party, form="assumed") for party in taking]  # *Uniforms from W are due to arrive*
        self._so_many_came(frame, roles)
        given = self._told_given(frame) if not roles.recipients and frame.chunk.form in ("past", "perfect") else None
        if given is not None and not roles.exporters:
            roles.exporters = [party for chunk in given.phrase("from") for party in self.parties(chunk, given)]
        return roles if roles.recipients or (given is not None and roles.exporters) else None

    def _so_many_came(self, frame: Frame, roles: Roles) -> None:
        """`X has sold Z 300 rifles. 150 had reached it in 2017`: so many of the same, from who gave the others."""
        last, subject = self.context.last, frame.subject
        if last is None or roles.exporters or subject is None or subject.kind != "number" or frame.phrase("from"):
            return
        if roles.recipients and {party.state for party in roles.recipients} == {party.state for party in last[1]}:
            roles.exporters = [replace(party, form="assumed") for party in last[0]]

    def _following(
        self, frame: Frame, here: tuple[Sequence[Party], Sequence[Party]]
    ) -> tuple[Sequence[Party], Sequence[Party]] | None:
        """Between whom what follows goes: as what was told before, or to the same from another: *six will follow from X*."""
        near = here if here[0] and here[1] else self.context.last
        others = [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        return (others, self._others(near[1], others)) if others and near is not None else near

    def _rest(self, subject: Chunk, last: tuple[Sequence[Party], Sequence[Party]] | None) -> Roles | None:
        """`ten more will follow`: the rest of what was told of before."""
        items = self.things([subject])
        return Roles(*last, items) if last is not None and subject.kind == "number" and items else None

    @staticmethod
    def _others(parties: Sequence[Party], own: Sequence[Party]) -> list[Party]:
        states = {party.state for party in own}
        return [party for party in parties if party.state not in states]

    def _moved(self, frame: Frame, subject: Chunk) -> tuple[list[Item], bool]:
        """What has moved, and whether it was carried: by a load told of, or by what a ship or plane carries."""
        items = self.things([subject])
        if subject.kind == "event":
            load = next((other for other in self.frames if other.chunk is subject), None)
            items = items or (self.things(load.phrase("of")) if load is not None else [])
            towards = [chunk for chunk in load.phrase("for", "to") if chunk.kind == "party"] if load is not None else []
            frame.phrases += [("for", chunk) for chunk in towards if not frame.phrase("for", "to")]
        loaded = self._load(frame)
        return loaded or items, bool(loaded) and loaded != items

    def _load(self, frame: Frame) -> list[Item]:
        """`a ship with shells for Z docked`, `a plane carrying rifles landed`: what has come is the load."""
        loaded = self.things([chunk for chunk in frame.phrase("with") if chunk.kind == "item"])
        for other in self.frames:
            if other.verb is not None and other.verb.lemma in _LOADED and other.subject is frame.subject:
                loaded = loaded or self.things([chunk for chunk in other.objects if chunk.kind == "item"])
                frame.phrases += [("from", chunk) for chunk in other.phrase("from") if not frame.phrase("from")]
                frame.phrases += [("for", chunk) for chunk in other.phrase("for") if not frame.phrase("for")]
        return loaded

    def _sent_by(self, frame: Frame, subject: Chunk, items: Sequence[Item], lemma: str) -> Sequence[Party]:
        """Whence: the place that is left, where it comes from, who made it, whose it was."""
        left = (
            [party for chunk in frame.objects if chunk.kind == "party" for party in chunk.parties] if lemma == "leave" else []
        )
        stores = [chunk for chunk in frame.objects if lemma == "leave" and chunk.kind == "other" and chunk.words & _STORES]
        left = left or [party for chunk in stores for party in chunk.possessor[:1]]  # *have left North Korean ports*
        found: Sequence[Party] = left or [party for chunk in frame.phrase("from") for party in self.parties(chunk, frame)]
        whose = [item for item in (*items[:1], *subject.items[:1]) if not (item.made and item.pointing)]
        found = found or [item.owner or item.maker for item in whose if item.maker is not None]
        if not found and frame.phrase("for"):
            found = subject.possessor
        if not found and subject.kind in ("number", "pronoun") and frame.phrase("to"):
            found = self._retired_by(items)
        if not found and frame.by == "which" and frame.gap is not None and frame.gap is not subject and subject.kind == "item":
            found = frame.gap.parties  # *Z, whose howitzers have gone to W*
        if not found and items[0].pointing and frame.phrase("to"):
            found = self.context.owners(items[0])
        return found

    @staticmethod
    def _goals(frame: Frame, lemma: str) -> list[Chunk]:
        """The phrases that say where to."""
        reached = frame.objects if lemma == "reach" else []
        if lemma in _JOINING:
            reached = [chunk for chunk in frame.objects if any(party.kind in _SERVICES for party in chunk.parties)]
        served = [chunk for chunk in frame.phrase("with") if all(party.kind != "company" for party in chunk.parties)]
        served = served if lemma in _ENTERING else []
        return [chunk for chunk in (*reached, *served, *frame.phrase("to", "in", "for")) if chunk.kind in ("party", "pronoun")]

    def _reach(self, frame: Frame, subject: Chunk, roles: Roles, goals: Sequence[Chunk], lemma: str) -> None:
        """Whither: the goals told; else whose port it is, for whom the things are bound, whose they are."""
        if goals:
            roles.recipients = [party for chunk in goals for party in self._whom(chunk, frame, roles.exporters)]
            if not roles.recipients:
                roles.recipients = list(self.recipients)
                roles.exporters = roles.exporters or list(self.exporters)
            return
        came = (*frame.phrase("to", "in", "at", "into"), *(frame.objects if lemma == "reach" else ()))
        ports = [chunk for chunk in came if chunk.kind == "other" and chunk.words & _PORTS]
        beside = [party for chunk in frame.phrase("near", "outside") if ports for party in chunk.parties]
        roles.recipients = [party for chunk in ports for party in chunk.possessor] or beside or list(self._bound_for(frame))
        roles.recipients = roles.recipients or self._helped(frame)
        if not roles.recipients and frame.phrase("from"):
            roles.recipients = self._others(self._owner(frame, subject), roles.exporters)

    def _on_the_way(self, frame: Frame, roles: Roles) -> bool:
        """`The tanks arrived by rail from Dar es Salaam`: whether a town that things come through is not whose they were."""
        last = self.context.last
        pointing = (
            bool(roles.items) and all(item.pointing or item.definite for item in roles.items) and bool(frame.phrase("from"))
        )
        if last is None or not pointing or not all(party.form == "capital" for party in roles.exporters):
            return False
        sides = {party.state for side in last for party in side}
        owners = {party.state for party in self.context.owners(roles.items[0])}
        return bool(roles.exporters) and bool(owners) and not sides & {party.state for party in roles.exporters}

    def _goes_by_itself(self, frame: Frame, roles: Roles, lemma: str, loaded: bool) -> bool:
        """Whether ships, or aircraft that land, only go somewhere and are not said to be for somebody."""
        if lemma in ("arrive", "land") and any(item.thing.id == "class:transport-aircraft" for item in roles.items):
            return True
        if lemma not in _JOINING and self._of_forces(frame, roles):
            return True
        meant = any(chunk.kind == "party" for chunk in frame.phrase("for")) or bool(self._bound_for(frame))
        meant = meant or self._told_given(frame) is not None
        served = [chunk for chunk in frame.phrase("to") if any(party.kind in _SERVICES for party in chunk.parties)]
        if _in_a_year(frame) and roles.exporters and roles.recipients and any(chunk.parties for chunk in frame.phrase("from")):
            return False  # *Three submarines reached Z from X in 1971*
        if (meant and (roles.exporters or frame.teller is not None)) or lemma in _JOINING or loaded or (
            lemma == "pass" and bool(served)
        ):  # fmt: skip
            return False
        own = _MOVING_OF_ITSELF | (_FLYING if lemma == "land" else frozenset())
        return any(item.thing.lists in own for item in roles.items)

    def _of_forces(self, frame: Frame, roles: Roles) -> bool:
        """`aircraft of the Z marines arrived`, `the Z navy's jets landed`: whether the forces that have them only move them."""
        subject = frame.subject
        if subject is None or self._told_given(frame) is not None or any(item.pointing for item in roles.items):
            return False
        owners = [item.maker for item in roles.items if item.maker is not None and subject.form == "owned"]
        owners += [party for party in subject.possessor if party.form != "adjective" or party.kind]
        taken = {party.state for party in roles.recipients}
        return any(party.kind == "armed_forces" and party.state not in taken for party in owners)

    def _helped(self, frame: Frame) -> list[Party]:
        """`helicopters arrived to help Z's forces fight`: whom they are to help."""
        helping = [other for other in self.frames if other.parent is frame and other.by == "to" and other.verb is not None]
        helped = [other for other in helping if other.verb is not None and other.verb.lemma in ("help", "aid", "assist")]
        return [party for other in helped for chunk in other.objects for party in chunk.parties]

    def _owner(self, frame: Frame, subject: Chunk) -> Sequence[Party]:
        """`90 of its Yugoslav tanks are to come from X`: whose the things are, not who made them."""
        if subject.possessive_word not in ("its", "their"):
            return subject.possessor if "made" not in subject.words else subject.possessor[:-1]
        return self.parties(Chunk("pronoun", subject.start, subject.end, "it"), frame)

    def _retired_by(self, items: Sequence[Item]) -> Sequence[Party]:
        """`The Dutch are retiring their F-16s; 24 are going to Z`: whose the things are that go elsewhere."""
        for other in self.frames:
            told = other.verb is not None and other.verb.lemma in _RETIRING and not other.noun and other.chunk.form != "passive"
            named = {item.thing.id for chunk in other.objects for item in chunk.items} if told else set()
            if any(item.thing.id in named for item in items):
                return self.actor(other)
        return []

    def _given_on(self, frame: Frame) -> Sequence[Party]:
        """`sold Z vehicles that had come from X`: who gives things on had them from where they came."""
        for other in self.frames if frame.by == "which" else ():
            if other.sense == "give" and not other.noun and any(frame.gap is chunk for chunk in other.objects):
                return self.actor(other)
        return []

    def _awaiting(self, things: Chunk) -> Sequence[Party]:
        """`The jets that Z had been waiting for will not leave X`: who ordered, awaits or wants the things."""
        for other in self.frames:
            told = other.by in ("which", "reduced") and other.gap is things and not other.noun
            if told and other.sense in ("await", "order", "get", "want", "ask"):
                return self.actor(other)
        return [party for chunk in (things,) for item in chunk.items for party in ([item.goal] if item.goal else [])]

    def _bound_for(self, frame: Frame) -> Sequence[Party]:
        """`jets bound for Z have left`: for whom the things are."""
        for other in self.frames:
            if other.by == "reduced" and other.sense == "go" and other.gap is not None and other.gap is frame.subject:
                return [party for chunk in other.objects if chunk.kind == "party" for party in chunk.parties]
            if (
                other.by == "reduced"
                and other.sense in ("order", "get")
                and other.gap is not None
                and other.gap is frame.subject
            ):
                return self.actor(other)  # *the jets ordered by Z left X*
            if other.by == "reduced" and other.sense == "make" and other.gap is not None and other.gap is frame.subject:
                return [party for chunk in other.phrase("for") if chunk.kind == "party" for party in chunk.parties]
        return []

    def _told_given(self, frame: Frame) -> Frame | None:
        """`trainers shipped from X reached a base`: what tells that the things that came were given."""
        return next(
            (other for other in self.frames if other.by == "reduced" and other.gap is frame.subject and other.sense == "give"),
            None,
        )


def _in_a_year(frame: Frame) -> bool:
    """`in 1971`: whether only a year says when things came, as reports tell what has long been with who got it."""
    days = [day.unit.day for day in frame.days if day.unit is not None and day.unit.day is not None]
    return any(day.first is not None and day.end is not None and (day.end - day.first).days >= _A_YEAR for day in days)
