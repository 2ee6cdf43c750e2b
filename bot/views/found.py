"""What a search found: who, how each stands, what is next, which words matched; and what to do when it is nobody."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from bot.services.finding import WORDS_AT_MOST, Found, Match, Page
from bot.storage.records import Member
from bot.views import ids, saved_views, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    cut,
    escape,
    listed,
    message,
    section,
    short,
)
from cadences.words import named
from language import mark, say, say_n

SAID_LENGTH = 60
"""Of one word or filter, as it is repeated."""
ADD_LINE = "add Dana Li, Acme, call thu 10am"
HINT = mark("Narrow it: `stage:proposal` · `idle:>7` · `owner:me` · `value:>10k` · `due:today` · `state:snoozed`")
PLACES = {"note": mark("note: “{text}”"), "email": mark("email: “{text}”")}
"""Where a word was found that nobody sees in the name or the company."""


def told(typed: Sequence[str], filters: Sequence[str], owners: Sequence[Member]) -> str:
    """What was understood: ``“acm”, owner Ana, stage proposal``. With ``owners``, the first filter is whose."""
    said = [_quoted(word) for word in typed[:WORDS_AT_MOST]]
    if owners:
        names = [cut(owner.name, SAID_LENGTH) for owner in owners]
        either = reduce(lambda one, other: say("{one} or {other}", one=one, other=other), names)
        said.append(say("owner {name}", name=either))
    said += [cut(each, SAID_LENGTH) for each in filters[1 if owners else 0 :]]
    return ", ".join(said)


def page(
    found: Page, understood: str, viewer: Member, now: datetime, draft_id: int | None, *, may_save: bool = False
) -> Message:
    """A page of a search, each with a button to open the card; or that nobody fits, with the way to add somebody.

    ``draft_id`` keeps the line; ``may_save``: it may be kept as a view.
    """
    if not found.found:
        return _nobody(found, understood)
    rows = [(each, _line(each, viewer, now)) for each in found.found]
    title = headline(found, understood)
    blocks = [section(f"*{escape(title)}*"), *_rows(rows)]
    buttons = []
    if found.has_more and draft_id is not None:
        number = f"{ids.FIND_MORE}{found.number + 1}"
        buttons.append(button(say("Show more"), number, draft_id, spoken=say("Show more matches")))
    if may_save and draft_id is not None:
        buttons.append(saved_views.save_button(draft_id, understood))
    blocks += [actions(buttons)] if buttons else []
    blocks.append(context(say(HINT)))
    text = listed([f"{_who(each)} {line}{_worth(each, '; ')}." for each, line in rows])
    return message(f"{title}: {text}", blocks)


def headline(found: Page, understood: str) -> str:
    """How many, or which page, and of what."""
    if found.number:
        return say("Page {number} for {filters}", number=found.number + 1, filters=understood)
    count = len(found.found)
    if found.has_more:
        return say("{count} or more for {filters}", count=count, filters=understood)
    return say_n("{count} match for {filters}", "{count} matches for {filters}", count, filters=understood)


def rows(found: Page, viewer: Member, now: datetime) -> list[Block]:
    """Each who was found, with a button to open the card."""
    return _rows([(each, _line(each, viewer, now)) for each in found.found])


def _rows(rows: Sequence[tuple[Found, str]]) -> list[Block]:
    return [section(_shown(each, line), _open(each)) for each, line in rows]


def _nobody(found: Page, understood: str) -> Message:
    line = f"{ids.COMMAND} {ADD_LINE}"
    text, shown = _nobody_for(found, understood, line), _nobody_for(found, escape(understood), f"`{line}`")
    return message(text, [section(shown), actions([button(say("Add a prospect"), ids.ADD_FORM)]), context(say(HINT))])


def _nobody_for(found: Page, understood: str, line: str) -> str:
    if found.number:
        return say("Nobody else matches {filters}. Add somebody: {line}", filters=understood, line=line)
    return say("Nobody matches {filters}. Add somebody: {line}", filters=understood, line=line)


def _line(found: Found, viewer: Member, now: datetime) -> str:
    """``(proposal, yours): due; next: call Thu 26 Nov; note: “wants SSO”``."""
    card = found.card
    stage, state = named(card.prospect.stage), named(card.state(now))
    step = words.next_step(card.step, viewer, now)
    said = say("({stage}, yours): {state}; next: {step}", stage=stage, state=state, step=step)
    if card.owner.id != viewer.id:
        owner = card.owner.name
        said = say("({stage}, {owner}’s): {state}; next: {step}", stage=stage, owner=owner, state=state, step=step)
    return "; ".join([said, *(_matched(match) for match in found.matches if _tells(match))])


def _shown(found: Found, line: str) -> str:
    prospect = found.card.prospect
    return f"{words.title(short(prospect.name), short(prospect.company), _worth(found))}\n{escape(line)}"


def _worth(found: Found, lead: str = "") -> str:
    value = words.money(found.card.prospect.value_minor, found.card.prospect.currency)
    return f"{lead}{value}" if value else ""


def _tells(match: Match) -> bool:
    """False where the word stands in the name or company as typed: everybody sees that."""
    return match.where not in {"name", "company"} or match.word.casefold() not in match.text.casefold()


def _matched(match: Match) -> str:
    if match.where in {"name", "company"}:
        return say("“{word}” is like “{text}”", word=cut(match.word, SAID_LENGTH), text=short(match.text))
    return say(PLACES[match.where], text=match.text)


def _quoted(word: str) -> str:
    return say("“{words}”", words=cut(word, SAID_LENGTH))


def _who(found: Found) -> str:
    return words.who(short(found.card.prospect.name), short(found.card.prospect.company))


def _open(found: Found) -> dict[str, object]:
    spoken = say("Open {who}", who=_who(found))
    return button(say("Open"), ids.SHOW, found.card.prospect.id, spoken=spoken)
