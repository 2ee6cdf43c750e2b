"""What making and changing cadences is answered with: a saved version, a rule, what somebody else did meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from bot.services import rules
from bot.services.authoring import Saved
from bot.services.cards import Done
from bot.services.errors import Overtaken
from bot.services.versions import Crowd
from bot.storage.records import CadenceRule, Member
from bot.views import ids, words
from bot.views.blocks import Message, actions, button, context, escape, message, section
from bot.views.cadence_forms import dates_of
from cadences import shorthand

MOVES_SHOWN = 10
RULES_SHOWN = 45


def saved(result: Saved) -> Message:
    """The version is kept: who moved and who stays, Undo."""
    cadence, whose = result.cadence, "the team’s" if result.is_teams else "yours"
    line = f"✓ Saved {cadence.name} ({cadence.key}, version {cadence.version}, {whose})."
    moves = [f"{words.who(each.prospect.name, each.prospect.company)}: {dates_of(each)}" for each in result.crowd.moved]
    told = [line, *_crowd(result.crowd, cadence.version), *moves[:MOVES_SHOWN]]
    if len(moves) > MOVES_SHOWN:
        told.append(f"… and {len(moves) - MOVES_SHOWN} more")
    undo = button("Undo", ids.UNDO, result.change.id, spoken=f"Undo saving {cadence.key}")
    show = button("Show", ids.CADENCE_SHOW, ids.cadence_word(cadence.key), spoken=f"Show the cadence {cadence.name}")
    hint = f"Put somebody on it: {ids.COMMAND} cadence start acme {cadence.key}"
    blocks = [section(escape(line), undo), *(context(escape(each)) for each in told[1:]), actions([show])]
    return message(" ".join([*told, hint]), [*blocks, context(escape(hint))])


def overtaken(error: Overtaken, viewer: Member, now: datetime) -> tuple[str, ...]:
    """What stands above the fields when somebody saved another version meanwhile: theirs, in full."""
    who = error.by.name if error.by else "The program"
    at = f" at {words.moment(error.at, viewer, now)}" if error.at else ""
    said = f"{who} saved version {error.theirs.version}{at}, while you were at it. Nothing was overwritten."
    theirs = f"Theirs: {'; '.join(shorthand.write(error.theirs.steps).splitlines())}"
    return said, theirs, "Below is yours. Saving it now takes the place of theirs."


def form_offered(why: str, draft_id: int) -> Message:
    """The form could not be opened in time: a fresh button opens it, with what was typed."""
    again = button("Open the form", ids.CADENCE_TYPED, draft_id, style="primary")
    return message(why, [section(escape(why)), actions([again])])


def ruled(result: Done, rule: str) -> Message:
    """A rule was made or removed, Undo."""
    said = f"{result.change.facts['deed']} {result.change.facts['cadence']}"
    line = f"✓ {said[:1].upper()}{said[1:]}{rule}."
    return message(line, [section(escape(line), button("Undo", ids.UNDO, result.change.id, spoken=f"Undo: {said}"))])


def rules_listed(found: Sequence[CadenceRule], viewer: Member, currency: str) -> Message:
    """Every rule, the first that fits is suggested; with buttons that remove them for who manages."""
    hint = f"{ids.COMMAND} cadence rule persistent value>50k industry software source referral"
    if not found:
        text = f"There are no rules yet, so no cadence is suggested. A manager makes one: {hint}"
        return message(text, [section(escape(text))])
    blocks, lines = [section("*Which cadence is suggested for whom* The first that fits is offered, never forced.")], []
    for number, rule in enumerate(found[:RULES_SHOWN], start=1):
        line = f"{number}. {rule.cadence}{for_whom(rule, currency)}"
        lines.append(line)
        remove = button("Remove", ids.RULE_REMOVE, rule.id, spoken=f"Remove rule {number} for {rule.cadence}")
        blocks.append(section(escape(line), remove if viewer.may_manage else None))
    if len(found) > RULES_SHOWN:
        blocks.append(context(f"… and {len(found) - RULES_SHOWN} more"))
    return message(f"Which cadence is suggested for whom: {'; '.join(lines)}. A manager adds one: {hint}", blocks)


def for_whom(rule: CadenceRule, currency: str) -> str:
    """`` for a value from $50,000, industry software, source referral``."""
    low, high = rules.band_of(rule, currency)
    parts = []
    if low and high:
        parts.append(f"a value from {low.text()} to {high.text()}")
    elif low:
        parts.append(f"a value from {low.text()}")
    elif high:
        parts.append(f"a value below {high.text()}")
    parts += [f"industry {rule.industry}"] if rule.industry else []
    parts += [f"source {rule.source}"] if rule.source else []
    return f" for {', '.join(parts)}" if parts else ""


def _crowd(crowd: Crowd, version: int) -> list[str]:
    """How many went on the new version, and how many finish on theirs."""
    went, stay = len(crowd.moved) + len(crowd.same), len(crowd.kept) + len(crowd.others) + len(crowd.over)
    said = []
    if went:
        said.append(f"{words.several(went, 'person', 'people')} went to version {version}.")
    if stay:
        said.append(f"{words.several(stay, 'person finishes', 'people finish')} on the version they are on.")
    return said
