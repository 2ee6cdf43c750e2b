"""The forms that cadences are made, changed and copied with: what is typed, looked at, saved."""

from dataclasses import replace

from bot.services import authoring
from bot.services.authoring import Opened, Wish
from bot.services.errors import InvalidInput, Overtaken
from bot.services.versions import Choice
from bot.slack import answering, errors
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.commands.cadences import CadenceEdit, CadenceFork, CadenceNew
from bot.views import authoring as drawn
from bot.views import cadence_forms, ids
from bot.views.cadence_forms import MORE_STEPS, STEPS, Filled
from bot.views.forms import Origin
from cadences import library, shorthand
from cadences.definition import DefinitionError, load
from cadences.model import Cadence, End, EndAction, StartsAfter
from cadences.shorthand import Fault, Reading, ShorthandError
from language import mark, say

NEW, EDIT, COPY = mark("New cadence"), mark("Edit the cadence"), mark("Your own copy")
PASTED = mark("the text")
NAME_LENGTH = 80
COPIED = mark("{name} (copy)")


async def new(visit: Visit, ask: CadenceNew) -> Reply:
    """The form, with the name or the whole definition that was typed."""
    inside = _typed_at_once(ask.typed)
    return await _open(visit, NEW, inside, visit.origin)


async def edit(visit: Visit, ask: CadenceEdit) -> Reply:
    """The form with a cadence in it; one that is not the actor's becomes a copy."""
    return await _edit(visit, ask.words)


async def fork(visit: Visit, ask: CadenceFork) -> Reply:
    """The form with a copy in it."""
    return await _fork(visit, ask.words)


async def press_new(visit: Visit) -> Reply:
    """The form, empty."""
    return await new(visit, CadenceNew())


async def press_edit(visit: Visit) -> Reply:
    """A button that names a cadence: its form."""
    return await _edit(visit, key_of(visit))


async def press_fork(visit: Visit) -> Reply:
    """The form with a copy of it."""
    return await _fork(visit, key_of(visit))


async def press_back(visit: Visit) -> Reply:
    """From what saving would do back to the fields."""
    cadence, is_teams = await visit.house.db.run(authoring.drafted, visit.actor, visit.number)
    origin = replace(visit.opened_from, draft_id=None)
    if origin.version is None and not authoring.has_key_of_its_own(cadence):
        origin = replace(origin, cadence=None)
    inside = cadence_forms.filled(cadence, is_teams=is_teams)
    await answering.show_in_form(visit, _form(visit, EDIT if origin.version else NEW, inside, origin))
    return Reply()


async def submit_form(visit: Visit) -> Reply:
    """The fields, read; what saving would do is shown before it is final."""
    inside = _inside(visit)
    cadence, assumed = _read(visit, inside)
    origin = visit.opened_from
    wish = Wish(cadence, inside.is_teams, origin.cadence, origin.version)
    try:
        looked_at = await visit.house.db.run(authoring.review, visit.actor, wish, visit.now)
    except Overtaken as overtaken:
        return Reply(form=_overtaken(visit, overtaken, inside, origin))
    return Reply(form=cadence_forms.review(looked_at, assumed, origin))


async def submit_review(visit: Visit) -> Reply:
    """Final: saved, and whoever was ticked moved."""
    origin = visit.opened_from
    draft_id = origin.draft_id or 0
    chosen = _choice(visit)
    try:
        saved = await visit.house.db.run(authoring.save, visit.actor, draft_id, origin.version, chosen, visit.now)
    except Overtaken as overtaken:
        cadence, is_teams = await visit.house.db.run(authoring.drafted, visit.actor, draft_id)
        inside = cadence_forms.filled(cadence, is_teams=is_teams)
        return Reply(form=_overtaken(visit, overtaken, inside, replace(origin, draft_id=None)))
    except InvalidInput as error:
        # This form may have no field that an error could stand at.
        return Reply(form=answering.as_form(Reply(errors.said(error, visit))))
    return Reply(drawn.saved(saved))


async def submit_text(_visit: Visit) -> Reply:
    """The form that only shows a text is closed."""
    return Reply()


def key_of(visit: Visit) -> str:
    """The key of the cadence that a button names."""
    return ids.cadence_key(str(visit.action.get("value", "")))


async def _edit(visit: Visit, words: str) -> Reply:
    opened = await visit.house.db.run(authoring.opened, visit.actor, words)
    if not opened.may_edit:
        return await _copy(visit, opened, say("It is not yours to change: saving makes your own copy."))
    standing = opened.standing
    inside = cadence_forms.filled(standing.cadence, is_teams=standing.owner_id is None)
    origin = replace(visit.origin, cadence=standing.cadence.key, version=standing.cadence.version)
    return await _open(visit, EDIT, inside, origin)


async def _fork(visit: Visit, words: str) -> Reply:
    return await _copy(visit, await visit.house.db.run(authoring.opened, visit.actor, words))


async def _copy(visit: Visit, opened: Opened, *remarks: str) -> Reply:
    cadence = library.said(opened.standing.cadence)
    left = NAME_LENGTH - len(say(COPIED, name=""))
    named = say(COPIED, name=cadence.name[:left])
    inside = replace(cadence_forms.filled(cadence, is_teams=False), name=named)
    return await _open(visit, COPY, inside, replace(visit.origin, cadence=cadence.key), remarks)


async def _open(visit: Visit, title: str, inside: Filled, origin: Origin, remarks: tuple[str, ...] = ()) -> Reply:
    return await answering.open_form(visit, _form(visit, title, inside, origin, remarks))


def _form(visit: Visit, title: str, inside: Filled, origin: Origin, remarks: tuple[str, ...] = ()) -> dict[str, object]:
    may_share = visit.member.may_manage
    return cadence_forms.editor(say(title), inside, origin, may_share=may_share, remarks=remarks)


def _overtaken(visit: Visit, overtaken: Overtaken, inside: Filled, origin: Origin) -> dict[str, object]:
    """Somebody was faster: the fields as typed, and above them theirs; saving now is saving over theirs, knowingly."""
    remarks = drawn.overtaken(overtaken, visit.member, visit.now)
    origin = replace(origin, cadence=overtaken.theirs.key, version=overtaken.theirs.version)
    return _form(visit, EDIT, inside, origin, remarks)


def _typed_at_once(typed: str) -> Filled:
    """A name, or a whole definition, or steps on lines of their own."""
    inside = Filled()
    first, _, below = typed.partition("\n")
    if shorthand.is_definition(typed):
        return replace(inside, steps=typed)
    return replace(inside, name=first.strip()[:NAME_LENGTH], steps=below.strip())


def _inside(visit: Visit) -> Filled:
    """The fields as they were sent."""
    after = visit.value("after").replace("_", "-")
    return Filled(
        name=visit.value("name").strip(),
        steps="\n".join(text for _, text in _fields(visit)),
        end=EndAction(visit.value("end") or EndAction.NURTURE),
        every=visit.value("every").strip(),
        is_teams=visit.value("whose") == cadence_forms.TEAMS,
        description=visit.value("description").strip(),
        starts_after=None if after in {"", cadence_forms.ANYTIME} else StartsAfter(after),
    )


def _fields(visit: Visit) -> list[tuple[str, str]]:
    """The fields that the steps stand in, by block, as far as something was written into them."""
    drawn_blocks = (visit.view or {}).get("state", {}).get("values", {})
    blocks = [STEPS, *sorted((each for each in drawn_blocks if each.startswith(MORE_STEPS)), key=_place)]
    return [(each, text) for each in blocks if (text := visit.value(each))]


def _place(block_id: str) -> int:
    return int(block_id.removeprefix(MORE_STEPS))


def _read(visit: Visit, inside: Filled) -> tuple[Cadence, list[str]]:
    """The cadence that the fields mean, and what was taken as usual. InvalidInput says what is wrong at each field."""
    if shorthand.is_definition(inside.steps):
        try:
            return load(inside.steps, say(PASTED)), []
        except DefinitionError as error:
            raise InvalidInput(STEPS, "; ".join(error.messages)) from error
    wrong: list[InvalidInput] = []
    if not inside.name:
        wrong.append(InvalidInput("name", say("a cadence needs a name")))
    reading = _steps(visit, wrong, inside.steps)
    end = _end(wrong, inside)
    if wrong:
        raise replace(wrong[0], also=tuple(wrong[1:]))
    cadence = Cadence("", inside.name, 1, reading.steps, end, inside.description, inside.starts_after)
    return cadence, [say("Step {number}: {words}.", number=each.step, words=each.words) for each in reading.assumed]


def _steps(visit: Visit, wrong: list[InvalidInput], text: str) -> Reading:
    try:
        return shorthand.parse(text)
    except ShorthandError as error:
        by_field: dict[str, list[str]] = {}
        for fault in error.faults:
            block_id, here = _at_field(visit, fault)
            by_field.setdefault(block_id, []).append(str(here))
        wrong += [InvalidInput(block_id, "; ".join(said)) for block_id, said in by_field.items()]
        return Reading(())


def _at_field(visit: Visit, fault: Fault) -> tuple[str, Fault]:
    """The field that a line stands in, and the fault with the line counted there."""
    first = 1
    for block_id, text in _fields(visit):
        lines = text.count("\n") + 1
        if fault.line < first + lines:
            return block_id, replace(fault, line=fault.line - first + 1)
        first += lines
    return STEPS, fault


def _end(wrong: list[InvalidInput], inside: Filled) -> End:
    if inside.end is not EndAction.NURTURE:
        return End(inside.end)
    try:
        return End(inside.end, shorthand.read_delay(inside.every) if inside.every else None)
    except ValueError as error:
        wrong.append(InvalidInput("every", str(error)))
        return End(inside.end)


def _choice(visit: Visit) -> Choice:
    together = visit.values(cadence_forms.MOVE_ALL)
    blocks = (visit.view or {}).get("state", {}).get("values", {})
    ticked = {value for block in blocks if block.startswith(cadence_forms.MOVE) for value in visit.values(block)}
    return Choice(
        moving=cadence_forms.EVERYBODY in together,
        same=bool({cadence_forms.EVERYBODY, cadence_forms.SAME} & set(together)),
        prospect_ids=frozenset(int(value) for value in ticked),
    )
