"""The `add` line: segments between commas, each taken for what its strongest evidence says; nothing is dropped."""

import datetime as dt
import re
from collections.abc import Mapping

from bot.slack.reading import contacts, evidence
from bot.slack.reading.capture_draft import EXAMPLE, Draft
from bot.slack.reading.date_rules import MON_FRI, DateOrder
from bot.slack.reading.escapes import plain
from bot.slack.reading.segments import segments, split_note
from bot.slack.reading.understood import Capture, Problem, Understood
from bot.storage.records import Shorthand
from language import mark, say
from language.amounts import number

_QUOTED = re.compile(r"^[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]$")
LONGEST_NAME = 200
LONGEST_NOTE = 10_000
COLLEAGUE = mark("That is a colleague of yours: write the name of who it is about, without an @.")


def read_add(
    text: str,
    now: dt.datetime,
    *,
    default_region: str | None = None,
    default_currency: str = "USD",
    date_order: DateOrder | None = None,
    workdays: frozenset[int] = MON_FRI,
    shorthands: Mapping[str, Shorthand] | None = None,
) -> Capture:
    """The prospect an add line describes, with every word of it in a field, the note or a problem; never raises."""
    head, note = split_note(plain(text))
    draft = Draft(now, default_region, default_currency, date_order, workdays, shorthands or {})
    for segment in segments(head):
        evidence.read_segment(draft, _QUOTED.sub(r"\1", segment))
    return _finished(draft, note)


def says_itself(
    words: str,
    now: dt.datetime,
    *,
    default_region: str | None = None,
    default_currency: str = "USD",
    date_order: DateOrder | None = None,
    workdays: frozenset[int] = MON_FRI,
) -> bool:
    """True for an address, an amount, a date, what has a label … and for what is more than one text of an add line."""
    if split_note(words) != (words, "") or segments(words) != [words]:
        return True
    return evidence.says_itself(Draft(now, default_region, default_currency, date_order, workdays), words)


def is_colleague(name: str) -> bool:
    """True for a mention, as Slack sends it or as somebody typed it: that is nobody to be followed up."""
    return re.match(r"<?@\w", name) is not None


def _no_colleague(draft: Draft) -> None:
    """A mention is no prospect, and what holds no letter is no name."""
    name = draft.fields.get("name", "")
    if name and not any(map(str.isalnum, name)):
        del draft.fields["name"]
    elif is_colleague(name):
        del draft.fields["name"]
        draft.understood[:] = [each for each in draft.understood if each.field != "name"]
        draft.problems.insert(0, Problem(name, say(COLLEAGUE), EXAMPLE))


def _finished(draft: Draft, note: str) -> Capture:
    _no_colleague(draft)
    address = draft.fields.get("email", "")
    if address and "company" not in draft.fields and (company := contacts.company_of(address)):
        draft.take("company", company, address, inferred=True)
    words = "\n".join(part for part in (note, ", ".join(draft.told)) if part)
    note = "\n".join(part for part in (note, ", ".join(draft.free)) if part)
    if note:
        draft.understood.append(Understood("note", note, words))
    _complain_of_lengths(draft, draft.fields.get("name", ""), note)
    said = draft.fields.get
    return Capture(
        name=said("name", ""), company=said("company", ""), role=said("role", ""), email=said("email", ""),
        phone=said("phone", ""), value=draft.value, stage=said("stage", ""), source=said("source", ""),
        step=draft.step, note=note, understood=tuple(draft.understood), problems=tuple(draft.problems),
        industry=said("industry", ""), zone=said("zone", ""), close_on=draft.dates.get("close_on"),
        renewal_on=draft.dates.get("renewal_on"), temperature=draft.temperature,
        preferred_channel=draft.preferred_channel, best_time=draft.best_time, profile_url=said("profile", ""),
        unread=tuple(draft.unread),
    )  # fmt: skip


def _complain_of_lengths(draft: Draft, name: str, note: str) -> None:
    if not name and not any(each.reason == say(COLLEAGUE) for each in draft.problems):
        draft.complain(draft.understood[0].words if draft.understood else "", say("There is no name."), EXAMPLE)
    if len(name) > LONGEST_NAME:
        reason = say("A name has at most {count} characters.", count=LONGEST_NAME)
        draft.complain(name[:LONGEST_NAME], reason, EXAMPLE)
    if len(note) > LONGEST_NOTE:
        reason = say("A note has at most {count} characters.", count=number(LONGEST_NOTE))
        draft.complain(note[:LONGEST_NAME], reason, EXAMPLE)
