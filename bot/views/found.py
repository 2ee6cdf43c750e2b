"""What a search found: who, how each stands, what is next, which words matched; and what to do when it is nobody."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.finding import WORDS_AT_MOST, Found, Match, Page
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import (
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

SAID_LENGTH = 60
"""Of one word or filter, as it is repeated."""
ADD_LINE = "add Dana Li, Acme, call thu 10am"
HINT = "Narrow it: `stage:proposal` · `idle:>7` · `owner:me` · `value:>10k` · `due:today` · `state:snoozed`"


def told(typed: Sequence[str], filters: Sequence[str], owners: Sequence[Member]) -> str:
    """What was understood: ``“acm”, stage proposal, owner Ana``."""
    named = " or ".join(cut(owner.name, SAID_LENGTH) for owner in owners)
    said = [f"“{cut(word, SAID_LENGTH)}”" for word in typed[:WORDS_AT_MOST]]
    said += [f"owner {named}" if each.startswith("owner ") else cut(each, SAID_LENGTH) for each in filters]
    return ", ".join(said)


def page(found: Page, understood: str, viewer: Member, now: datetime, draft_id: int | None) -> Message:
    """A page of a search, each with a button to open the card; or that nobody fits, with the way to add somebody."""
    if not found.found:
        return _nobody(found, understood)
    count = len(found.found)
    many = f"{count} or more" if found.has_more else words.several(count, "match", "matches")
    title = f"{many} for {understood}" if found.number == 0 else f"Page {found.number + 1} for {understood}"
    rows = [(each, _line(each, viewer, now)) for each in found.found]
    blocks = [section(f"*{escape(title)}*")]
    blocks += [section(_shown(each, line), _open(each)) for each, line in rows]
    if found.has_more and draft_id is not None:
        more = button("Show more", f"{ids.FIND_MORE}{found.number + 1}", draft_id, spoken="Show more matches")
        blocks.append(actions([more]))
    blocks.append(context(HINT))
    text = listed([f"{_who(each)} {line}{_worth(each, '; ')}." for each, line in rows])
    return message(f"{title}: {text}", blocks)


def _nobody(found: Page, understood: str) -> Message:
    what = "Nobody else matches" if found.number else "Nobody matches"
    text = f"{what} {understood}. Add somebody: {ids.COMMAND} {ADD_LINE}"
    shown = f"{what} {escape(understood)}. Add somebody: `{ids.COMMAND} {ADD_LINE}`"
    return message(text, [section(shown), actions([button("Add a prospect", ids.ADD_FORM)]), context(HINT)])


def _line(found: Found, viewer: Member, now: datetime) -> str:
    """``(proposal, yours): due; next: call Thu 26 Nov; note: “wants SSO”``."""
    card = found.card
    holder = "yours" if card.owner.id == viewer.id else f"{card.owner.name}’s"
    standing = f"{card.state(now).words}; next: {words.next_step(card.step, viewer, now)}"
    matched = "; ".join(_matched(match) for match in found.matches if _tells(match))
    return f"({card.prospect.stage.value}, {holder}): {standing}{'; ' + matched if matched else ''}"


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
        return f"“{cut(match.word, SAID_LENGTH)}” is like “{short(match.text)}”"
    return f"{match.where}: “{match.text}”"


def _who(found: Found) -> str:
    return words.who(short(found.card.prospect.name), short(found.card.prospect.company))


def _open(found: Found) -> dict[str, object]:
    return button("Open", ids.SHOW, found.card.prospect.id, spoken=f"Open {_who(found)}")
