"""The forms a cadence is made and changed with: its fields, and what saving would do before it is final."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.services.authoring import Review
from bot.services.versions import AT_ONCE, Crowd, Moved
from bot.views import ids, words
from bot.views.blocks import Block, actions, button, context, escape, field, menu, modal, option, section, text_input
from bot.views.cadence_pages import in_pieces
from bot.views.cadences import AFTER_WORDS, dated_end, dated_lines, in_sections
from bot.views.forms import Origin
from cadences import library, shorthand
from cadences.definition import MAX_DESCRIPTION, MAX_NAME
from cadences.engine import NURTURE_EVERY
from cadences.model import Cadence, EndAction, StartsAfter
from cadences.words import capital
from language import mark, say, say_n

STEPS, MORE_STEPS = "steps", "steps_"
FIELD_HOLDS = 2_600
"""A field takes 3,000 characters; each is left some room to write into."""
OWN, TEAMS = "own", "team"
ANYTIME = "any"
END_LABELS = {
    EndAction.NURTURE: mark("Nurture: something useful every so often"),
    EndAction.ASK: mark("Ask me: won, lost or park"),
    EndAction.STOP: mark("Stop: park it"),
}
HOW = mark(
    "One step on a line: how long after the step before, channel, type: purpose. Or paste a whole definition. "
    "Example: {example}"
)
EVERY_EXAMPLE = "30d"
EVERYBODY, SAME = "everybody", "same"
MOVE_ALL, MOVE = "move", "move_"
TICKED_TOGETHER = 10
GROUPS_AT_MOST = 60
"""With the rest they stay within a form's 100 blocks."""
LABEL_LENGTH = 75


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form's fields, as typed."""

    name: str = ""
    steps: str = ""
    end: EndAction = EndAction.NURTURE
    every: str = str(NURTURE_EVERY)
    is_teams: bool = False
    description: str = ""
    starts_after: StartsAfter | None = None


def filled(cadence: Cadence, *, is_teams: bool) -> Filled:
    """A cadence as the form shows it."""
    return Filled(
        name=cadence.name,
        steps=shorthand.write(cadence.steps),
        end=cadence.end.action,
        every=str(cadence.end.every or NURTURE_EVERY),
        is_teams=is_teams,
        description=cadence.description,
        starts_after=cadence.starts_after,
    )


def editor(title: str, inside: Filled, origin: Origin, *, may_share: bool, remarks: Sequence[str] = ()) -> Block:
    """Every field of a cadence; ``remarks`` stand above them."""
    ends = [option(say(label), action.value) for action, label in END_LABELS.items()]
    end = {"type": "radio_buttons", "options": ends, "initial_option": ends[list(END_LABELS).index(inside.end)]}
    pause = text_input(inside.every, length=20, hint=EVERY_EXAMPLE)
    every = field("every", say("Nurture every"), pause, optional=True, hint=say("30d or 4 weeks"))
    blocks = [
        *(context(escape(remark)) for remark in remarks),
        field("name", say("Name"), text_input(inside.name or None, length=MAX_NAME), optional=True),
        *_steps(inside.steps),
        field("end", say("When the last step is done and nobody answered"), end),
        every,
        *_whose(inside, may_share=may_share),
        field(
            "description", say("What it is for"),
            text_input(inside.description or None, length=MAX_DESCRIPTION, lines=True), optional=True,
        ),
        _after(inside.starts_after),
    ]  # fmt: skip
    return modal(title, ids.FORM_CADENCE, blocks, submit=say("Check"), metadata=origin.text())


def review(looked_at: Review, assumed: Sequence[str], origin: Origin) -> Block:
    """What was found, the dates if it began today, and for everybody on it what would change."""
    cadence = looked_at.cadence
    origin = replace(origin, draft_id=looked_at.draft_id, cadence=cadence.key, version=looked_at.seen)
    blocks = [section(f"*{escape(library.name(cadence))}* · {escape(_what(looked_at))}")]
    blocks += in_sections([*(f"ℹ️ {each}" for each in assumed), *(f"⚠️ {advice}" for advice in looked_at.advice)])
    blocks.append(context(say("*If it began now and nobody answered*")))
    end = say("Then: {end}.", end=dated_end(looked_at.dated))
    blocks += [*in_sections(dated_lines(looked_at.dated)), context(escape(end))]
    blocks += _people(looked_at.crowd, cadence.version)
    back = button(say("Change it"), ids.CADENCE_BACK, looked_at.draft_id, spoken=say("Back to the fields"))
    blocks.append(actions([back]))
    submit = say("Save anyway") if looked_at.advice else say("Save")
    return modal(say("Save this?"), ids.FORM_CADENCE_SAVE, blocks, submit=submit, metadata=origin.text())


def as_text(cadence: Cadence, text: str) -> Block:
    """A definition too long for a message, in fields to copy it from."""
    pieces = in_pieces(text, FIELD_HOLDS)
    fields = []
    for number, piece in enumerate(pieces, start=1):
        label = say("Part {number} of {of}", number=number, of=len(pieces))
        fields.append(field(f"{MORE_STEPS}{number}", label, text_input(piece, lines=True), optional=True))
    return modal(library.name(cadence), ids.FORM_CADENCE_TEXT, fields, submit=say("Done"), close=say("Close"))


def _steps(text: str) -> list[Block]:
    """The steps over as many fields as they need, and one more to go on in."""
    pieces = in_pieces(text, FIELD_HOLDS)
    first = text_input(pieces[0] or None, lines=True, hint=shorthand.EXAMPLE)
    blocks = [field(STEPS, say("Steps"), first, hint=say(HOW, example=shorthand.EXAMPLE))]
    for number, piece in enumerate([*pieces[1:], ""], start=2):
        more = text_input(piece or None, lines=True)
        blocks.append(field(f"{MORE_STEPS}{number}", say("Steps, continued"), more, optional=True))
    return blocks


def _whose(inside: Filled, *, may_share: bool) -> list[Block]:
    if not may_share:
        return [context(say("It will be your own; a manager can make one for the whole team."))]
    options = [option(say("My own"), OWN), option(say("The team’s"), TEAMS)]
    radio = {"type": "radio_buttons", "options": options, "initial_option": options[inside.is_teams]}
    return [field("whose", say("Whose"), radio)]


def _after(chosen: StartsAfter | None) -> Block:
    options = [option(say("Anything"), ANYTIME)]
    options += [option(capital(say(label)), after.value.replace("-", "_")) for after, label in AFTER_WORDS.items()]
    initial = next((each for each in options if chosen and each["value"] == chosen.value.replace("-", "_")), options[0])
    return field("after", say("Meant for"), menu("after", say("Meant for"), options, initial))


def _what(looked_at: Review) -> str:
    if looked_at.seen is not None:
        return ", ".join([looked_at.cadence.key, say("version {version}", version=looked_at.cadence.version)])
    copied = say("a copy of {cadence}", cadence=looked_at.copy_of) if looked_at.copy_of else say("new")
    whose = say("{what}, the team’s", what=copied) if looked_at.is_teams else say("{what}, your own", what=copied)
    return f"{looked_at.cadence.key}, {whose}"


def _people(crowd: Crowd, version: int) -> list[Block]:
    """How many are on it, what would become of them, and who is to move: nobody, unless ticked."""
    if not crowd.count:
        return []
    rest = say("Who isn’t ticked finishes on the version they are on.")
    blocks = [section(f"*{escape(_counted(crowd))}* {rest}")]
    together = [option(say("Everybody ({count})", count=len(crowd.same) + len(crowd.moved)), EVERYBODY)]
    if crowd.same:
        together.append(option(_unaffected(len(crowd.same)), SAME))
    if crowd.same or crowd.moved:
        blocks.append(_ticks(MOVE_ALL, say("Move to version {version}", version=version), together))
    groups = [crowd.moved[first : first + TICKED_TOGETHER] for first in range(0, len(crowd.moved), TICKED_TOGETHER)]
    for number, group in enumerate(groups[:GROUPS_AT_MOST], start=1):
        blocks.append(_ticks(f"{MOVE}{number}", say("Or one by one"), [_person(each) for each in group]))
    left = sum(len(group) for group in groups[GROUPS_AT_MOST:])
    more = say("… and {count} more, who move with “Everybody”.", count=left)
    return [*blocks, context(more)] if left else blocks


def _counted(crowd: Crowd) -> str:
    """How many are on which versions, and what would become of them."""
    joined = " " + say("and") + " "
    parts = [
        say_n(
            "{count} person is on {versions}: {same} unaffected, {moved} would move.",
            "{count} people are on {versions}: {same} unaffected, {moved} would move.",
            crowd.count,
            versions=joined.join(f"v{each}" for each in crowd.versions),
            same=len(crowd.same),
            moved=len(crowd.moved),
        )
    ]
    if crowd.others:
        others = len(crowd.others)
        parts.append(say_n("{count} are not yours to move.", "{count} are not yours to move.", others))
    if crowd.over:
        later = say_n(
            "{count} more are due later: at most {most} move at once.",
            "{count} more are due later: at most {most} move at once.",
            len(crowd.over),
            most=AT_ONCE,
        )
        parts.append(later)
    return " ".join(parts)


def _unaffected(count: int) -> str:
    return say_n("The {count} whose next step stays as it is", "The {count} whose next step stays as it is", count)


def _ticks(block_id: str, label: str, options: Sequence[Block]) -> Block:
    return field(block_id, label, {"type": "checkboxes", "options": list(options)}, optional=True)


def _person(moved: Moved) -> Block:
    """``Dana Li at Acme``, and below it the dates before → after."""
    who = words.who(moved.prospect.name, moved.prospect.company)
    chosen = option(who, str(moved.prospect.id))
    return chosen | {"description": {"type": "plain_text", "text": dates_of(moved)[:LABEL_LENGTH], "emoji": True}}


def dates_of(moved: Moved) -> str:
    """``call Thu 26 Nov → email Fri 27 Nov``."""
    before = words.next_step(moved.before, moved.owner, moved.before.due_at)
    after = words.next_step(moved.after, moved.owner, moved.before.due_at)
    return f"{before} → {after}"
