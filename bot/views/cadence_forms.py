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
from cadences import shorthand
from cadences.definition import MAX_DESCRIPTION, MAX_NAME
from cadences.engine import NURTURE_EVERY
from cadences.model import Cadence, EndAction, StartsAfter

STEPS, MORE_STEPS = "steps", "steps_"
FIELD_HOLDS = 2_600
"""A field takes 3,000 characters; each is left some room to write into."""
OWN, TEAMS = "own", "team"
ANYTIME = "any"
END_LABELS = {
    EndAction.NURTURE: "Nurture: something useful every so often",
    EndAction.ASK: "Ask me: won, lost or park",
    EndAction.STOP: "Stop: park it",
}
HOW = "One step on a line: how long after the step before, channel, type: purpose. Or paste a whole definition."
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
    ends = [option(label, action.value) for action, label in END_LABELS.items()]
    end = {"type": "radio_buttons", "options": ends, "initial_option": ends[list(END_LABELS).index(inside.end)]}
    every = field(
        "every", "Nurture every", text_input(inside.every, length=20, hint="30d"), optional=True, hint="30d or 4 weeks"
    )
    blocks = [
        *(context(escape(remark)) for remark in remarks),
        field("name", "Name", text_input(inside.name or None, length=MAX_NAME), optional=True),
        *_steps(inside.steps),
        field("end", "When the last step is done and nobody answered", end),
        every,
        *_whose(inside, may_share=may_share),
        field(
            "description", "What it is for", text_input(inside.description or None, length=MAX_DESCRIPTION, lines=True),
            optional=True,
        ),
        _after(inside.starts_after),
    ]  # fmt: skip
    return modal(title, ids.FORM_CADENCE, blocks, submit="Check", metadata=origin.text())


def review(looked_at: Review, assumed: Sequence[str], origin: Origin) -> Block:
    """What was found, the dates if it began today, and for everybody on it what would change."""
    cadence = looked_at.cadence
    origin = replace(origin, draft_id=looked_at.draft_id, cadence=cadence.key, version=looked_at.seen)
    blocks = [section(f"*{escape(cadence.name)}* · {escape(_what(looked_at))}")]
    blocks += in_sections([*(f"ℹ️ {each}" for each in assumed), *(f"⚠️ {advice}" for advice in looked_at.advice)])
    blocks.append(context("*If it began now and nobody answered*"))
    blocks += [*in_sections(dated_lines(looked_at.dated)), context(escape(f"Then: {dated_end(looked_at.dated)}."))]
    blocks += _people(looked_at.crowd, cadence.version)
    blocks.append(actions([button("Change it", ids.CADENCE_BACK, looked_at.draft_id, spoken="Back to the fields")]))
    submit = "Save anyway" if looked_at.advice else "Save"
    return modal("Save this?", ids.FORM_CADENCE_SAVE, blocks, submit=submit, metadata=origin.text())


def as_text(cadence: Cadence, text: str) -> Block:
    """A definition too long for a message, in fields to copy it from."""
    pieces = in_pieces(text, FIELD_HOLDS)
    fields = [
        field(f"{MORE_STEPS}{number}", f"Part {number} of {len(pieces)}", text_input(piece, lines=True), optional=True)
        for number, piece in enumerate(pieces, start=1)
    ]
    return modal(cadence.name, ids.FORM_CADENCE_TEXT, fields, submit="Done", close="Close")


def _steps(text: str) -> list[Block]:
    """The steps over as many fields as they need, and one more to go on in."""
    pieces = in_pieces(text, FIELD_HOLDS)
    first = text_input(pieces[0] or None, lines=True, hint=shorthand.EXAMPLE)
    blocks = [field(STEPS, "Steps", first, hint=f"{HOW} Example: {shorthand.EXAMPLE}")]
    for number, piece in enumerate([*pieces[1:], ""], start=2):
        more = text_input(piece or None, lines=True)
        blocks.append(field(f"{MORE_STEPS}{number}", "Steps, continued", more, optional=True))
    return blocks


def _whose(inside: Filled, *, may_share: bool) -> list[Block]:
    if not may_share:
        return [context("It will be your own; a manager can make one for the whole team.")]
    options = [option("My own", OWN), option("The team’s", TEAMS)]
    radio = {"type": "radio_buttons", "options": options, "initial_option": options[inside.is_teams]}
    return [field("whose", "Whose", radio)]


def _after(chosen: StartsAfter | None) -> Block:
    options = [option("Anything", ANYTIME)]
    options += [option(label.capitalize(), after.value.replace("-", "_")) for after, label in AFTER_WORDS.items()]
    initial = next((each for each in options if chosen and each["value"] == chosen.value.replace("-", "_")), options[0])
    return field("after", "Meant for", menu("after", "Meant for", options, initial))


def _what(looked_at: Review) -> str:
    if looked_at.seen is not None:
        return f"{looked_at.cadence.key}, version {looked_at.cadence.version}"
    whose = "the team’s" if looked_at.is_teams else "your own"
    copied = f"a copy of {looked_at.copy_of}" if looked_at.copy_of else "new"
    return f"{looked_at.cadence.key}, {copied}, {whose}"


def _people(crowd: Crowd, version: int) -> list[Block]:
    """How many are on it, what would become of them, and who is to move: nobody, unless ticked."""
    if not crowd.count:
        return []
    on = " and ".join(f"v{each}" for each in crowd.versions)
    said = f"{words.several(crowd.count, 'person is', 'people are')} on {on}: {len(crowd.same)} unaffected, "
    said += f"{len(crowd.moved)} would move."
    if crowd.others:
        said += f" {len(crowd.others)} are not yours to move."
    if crowd.over:
        said += f" {len(crowd.over)} more are due later: at most {AT_ONCE} move at once."
    blocks = [section(f"*{escape(said)}* Who isn’t ticked finishes on the version they are on.")]
    together = [option(f"Everybody ({len(crowd.same) + len(crowd.moved)})", EVERYBODY)]
    if crowd.same:
        together.append(option(f"The {len(crowd.same)} whose next step stays as it is", SAME))
    if crowd.same or crowd.moved:
        blocks.append(_ticks(MOVE_ALL, f"Move to version {version}", together))
    groups = [crowd.moved[first : first + TICKED_TOGETHER] for first in range(0, len(crowd.moved), TICKED_TOGETHER)]
    for number, group in enumerate(groups[:GROUPS_AT_MOST], start=1):
        blocks.append(_ticks(f"{MOVE}{number}", "Or one by one", [_person(each) for each in group]))
    left = sum(len(group) for group in groups[GROUPS_AT_MOST:])
    return [*blocks, context(f"… and {left} more, who move with “Everybody”.")] if left else blocks


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
