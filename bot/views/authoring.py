"""What making and changing cadences is answered with: a saved version, a rule, what somebody else did meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from bot.services import rules
from bot.services.authoring import Saved
from bot.services.cards import Done
from bot.services.errors import Overtaken
from bot.services.versions import Crowd
from bot.storage.records import CadenceRule, Member
from bot.views import cadence_deeds, ids, words
from bot.views.blocks import Message, actions, button, context, escape, message, section
from bot.views.cadence_forms import dates_of
from cadences import library, shorthand
from cadences.words import capital
from language import say, say_n

MOVES_SHOWN = 10
RULES_SHOWN = 45


def saved(result: Saved) -> Message:
    """The version is kept: who moved and who stays, Undo."""
    cadence, name = result.cadence, library.name(result.cadence)
    line = say(
        "✓ Saved {name} ({cadence}, version {version}, {whose}).",
        name=name,
        cadence=cadence.key,
        version=cadence.version,
        whose=say("the team’s") if result.is_teams else say("yours"),
    )
    moves = [f"{words.who(each.prospect.name, each.prospect.company)}: {dates_of(each)}" for each in result.crowd.moved]
    told = [line, *_crowd(result.crowd, cadence.version), *moves[:MOVES_SHOWN]]
    if len(moves) > MOVES_SHOWN:
        told.append(say("… and {count} more", count=len(moves) - MOVES_SHOWN))
    undo = button(say("Undo"), ids.UNDO, result.change.id, spoken=say("Undo saving {cadence}", cadence=cadence.key))
    spoken = say("Show the cadence {name}", name=name)
    show = button(say("Show"), ids.CADENCE_SHOW, ids.cadence_word(cadence.key), spoken=spoken)
    hint = say("Put somebody on it: {command}", command=f"{ids.COMMAND} cadence start acme {cadence.key}")
    blocks = [section(escape(line), undo), *(context(escape(each)) for each in told[1:]), actions([show])]
    return message(" ".join([*told, hint]), [*blocks, context(escape(hint))])


def overtaken(error: Overtaken, viewer: Member, now: datetime) -> tuple[str, ...]:
    """What stands above the fields when somebody saved another version meanwhile: theirs, in full."""
    theirs = say("Theirs: {steps}", steps="; ".join(shorthand.write(error.theirs.steps).splitlines()))
    return _faster(error, viewer, now), theirs, say("Below is yours. Saving it now takes the place of theirs.")


def _faster(error: Overtaken, viewer: Member, now: datetime) -> str:
    who, version = error.by.name if error.by else say("The program"), error.theirs.version
    if error.at is None:
        return say(
            "{who} saved version {version}, while you were at it. Nothing was overwritten.", who=who, version=version
        )
    return say(
        "{who} saved version {version} at {at}, while you were at it. Nothing was overwritten.",
        who=who,
        version=version,
        at=words.moment(error.at, viewer, now),
    )


def ruled(result: Done, whom: str) -> Message:
    """A rule was made or removed, for whom if that is worth saying; Undo."""
    deed = cadence_deeds.deed(result.change.facts)
    said = capital(_for(deed, whom))
    undo = button(say("Undo"), ids.UNDO, result.change.id, spoken=say("Undo: {deed}", deed=deed))
    return message(f"✓ {said}.", [section(escape(f"✓ {said}."), undo)])


def rules_listed(found: Sequence[CadenceRule], viewer: Member, currency: str) -> Message:
    """Every rule, the first that fits is suggested; with buttons that remove them for who manages."""
    hint = f"{ids.COMMAND} cadence rule persistent value>50k industry software source referral"
    if not found:
        text = say("There are no rules yet, so no cadence is suggested. A manager makes one: {command}", command=hint)
        return message(text, [section(escape(text))])
    title = say("*Which cadence is suggested for whom* The first that fits is offered, never forced.")
    blocks, lines = [section(title)], []
    for number, rule in enumerate(found[:RULES_SHOWN], start=1):
        line = f"{number}. {_for(rule.cadence, for_whom(rule, currency))}"
        lines.append(line)
        spoken = say("Remove rule {number} for {cadence}", number=number, cadence=rule.cadence)
        remove = button(say("Remove"), ids.RULE_REMOVE, rule.id, spoken=spoken)
        blocks.append(section(escape(line), remove if viewer.may_manage else None))
    if len(found) > RULES_SHOWN:
        blocks.append(context(say("… and {count} more", count=len(found) - RULES_SHOWN)))
    text = say(
        "Which cadence is suggested for whom: {rules}. A manager adds one: {command}",
        rules="; ".join(lines),
        command=hint,
    )
    return message(text, blocks)


def for_whom(rule: CadenceRule, currency: str) -> str:
    """``a value from $50,000, industry software, source referral``."""
    low, high = rules.band_of(rule, currency)
    parts = []
    if low and high:
        parts.append(say("a value from {low} to {high}", low=low.text(), high=high.text()))
    elif low:
        parts.append(say("a value from {low}", low=low.text()))
    elif high:
        parts.append(say("a value below {high}", high=high.text()))
    parts += [say("industry {industry}", industry=rule.industry)] if rule.industry else []
    parts += [say("source {source}", source=rule.source)] if rule.source else []
    return ", ".join(parts)


def _for(what: str, whom: str) -> str:
    return say("{what} for {whom}", what=what, whom=whom) if whom else what


def _crowd(crowd: Crowd, version: int) -> list[str]:
    """How many went on the new version, and how many finish on theirs."""
    went, stay = len(crowd.moved) + len(crowd.same), len(crowd.kept) + len(crowd.others) + len(crowd.over)
    said = []
    if went:
        moved = say_n(
            "{count} person went to version {version}.", "{count} people went to version {version}.", went,
            version=version,
        )  # fmt: skip
        said.append(moved)
    if stay:
        kept = say_n(
            "{count} person finishes on the version they are on.", "{count} people finish on the version they are on.",
            stay,
        )  # fmt: skip
        said.append(kept)
    return said
