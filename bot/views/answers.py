"""Short answers: settings, help, questions, and what went wrong in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.storage.records import Member, Prospect
from bot.storage.tables import Rhythm
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, context, escape, message, section

CHOICES_SHOWN = 5
QUOTED_LENGTH = 300


def settings(member: Member, now: datetime, remark: str = "", change_id: int | None = None) -> Message:
    """The member's settings, with the form and the typed way to change them."""
    today = member.local(now).date()
    paused = member.paused_until_on is not None and today < member.paused_until_on
    state = "on"
    if not member.digest_on:
        state = "off"
    elif paused and member.paused_until_on:
        state = f"paused until {words.day(member.paused_until_on, today)}"
    coming = member.next_digest_at
    if paused or coming is None:
        following = ""
    else:
        following = f" Next: {words.day(member.local(coming).date(), today)} {words.clock(member.local(coming))}."
    days = digest_days(member)
    when = f"{words.clock(member.digest_time)} ({member.zone}) on {words.weekdays(days)}"
    text = f"{remark + ' ' if remark else ''}Your {member.rhythm.value} digest is {state}: {when}.{following}"
    leave = next((each for each in member.leave if each.covers(today)), None)
    if leave is not None:
        following = f" You are away until {words.day(leave.ends_on, today)}."
    hint = (
        "Typed: `/followup settings time 8:30` · `settings days mon-thu` · `settings hours 8:00-18:00` · "
        "`settings weekly` · `settings digest off` · `pause 2d`"
    )
    pausing = button("Resume", ids.RESUME) if paused or not member.digest_on else button("Pause", ids.PAUSE)
    buttons = [button("Change", ids.SETTINGS, style="primary"), pausing, button("Send now", ids.SEND_NOW)]
    if change_id is not None:
        buttons.append(button("Undo", ids.UNDO, change_id, spoken="Undo the settings change"))
    return message(text, [section(escape(text)), actions(buttons), context(hint)])


def digest_days(member: Member) -> frozenset[int]:
    """The weekdays on which her digest comes."""
    return member.workdays if member.rhythm is Rhythm.DAILY else frozenset({min(member.workdays)})


def done(text: str, change_id: int) -> Message:
    """A change that is about no prospect, with Undo."""
    return message(text, [section(f"✓ {escape(text)}", button("Undo", ids.UNDO, change_id, spoken=f"Undo: {text}"))])


def help_text(examples: Iterable[tuple[str, str]], topic: str | None = None) -> Message:
    """Every command with a line that works; ``topic``: one of them."""
    rows = list(examples)
    lines = [f"`{ids.COMMAND} {escape(line)}`".replace(" `", "`") + f" – {escape(does)}" for line, does in rows]
    title = f"*{ids.COMMAND} {escape(topic)}*" if topic else "*What you can type*"
    half = (len(lines) + 1) // 2
    blocks = [section(title), *(section("\n".join(part)) for part in (lines[:half], lines[half:]) if part)]
    blocks.append(context("Names match by part and through typos. Every change can be undone: `/followup undo`"))
    text = "What you can type: " + "; ".join(f"{ids.COMMAND} {line}: {does}" for line, does in rows)
    return message(text, blocks)


def problem(what: str, example: str = "", buttons: Sequence[Block] = ()) -> Message:
    """What went wrong, in the user's words, with an example that works; nothing was changed."""
    blocks = [section(escape(what))]
    text = what
    if example:
        shown = f"{ids.COMMAND} {example}"
        blocks.append(context(f"For example: `{escape(shown)}`"))
        text = f"{what} For example: {shown}"
    if buttons:
        blocks.append(actions(buttons))
    return message(text, blocks)


def which(words_typed: str, found: Sequence[Prospect]) -> Message:
    """Several match: which is meant?"""
    text = f"Which “{words_typed}” do you mean? Open the right one, or type more of the name."
    blocks = [section(escape(text))]
    told = []
    for prospect in found[:CHOICES_SHOWN]:
        who = words.who(prospect.name, prospect.company)
        told.append(who)
        blocks.append(section(f"*{escape(who)}*", button("Open", ids.SHOW, prospect.id, spoken=f"Open {who}")))
    if len(found) > CHOICES_SHOWN:
        blocks.append(context(f"… and {len(found) - CHOICES_SHOWN} more"))
    return message(f"{text} {'; '.join(told)}", blocks)


def which_date(line: str, readings: Sequence[tuple[str, str]], draft_id: int) -> Message:
    """A date that can be read in two ways: (words, meaning) each a button; nothing is stored before the answer."""
    text = f"Which date do you mean by “{readings[0][0]}”? Nothing is stored before you choose."
    choices = [button(meaning, f"{ids.ADD_AT}{number}", draft_id) for number, (_, meaning) in enumerate(readings)]
    blocks = [section(escape(text)), actions(choices), context(f"You typed: {escape(_quoted(line))}")]
    return message(f"{text} {' or '.join(meaning for _, meaning in readings)}. You typed: {_quoted(line)}", blocks)


def double(existing: Prospect, owner: Member, viewer: Member, draft_id: int) -> Message:
    """Somebody very like this is known already."""
    who = words.who(existing.name, existing.company)
    holder = "you have" if owner.id == viewer.id else f"{owner.name} has"
    text = f"{holder[:1].upper()}{holder[1:]} {who} already ({existing.stage.value}). Nothing was added yet."
    choices = [
        button("Open existing", ids.SHOW, existing.id, style="primary", spoken=f"Open {who}"),
        button("Add anyway", ids.ADD_ANYWAY, draft_id, spoken=f"Add another {existing.name} anyway"),
    ]
    if owner.id == viewer.id or viewer.may_manage:
        choices.append(button("Merge…", ids.MERGE, f"{existing.id}.{draft_id}", spoken=f"Merge this into {who}"))
    return message(text, [section(escape(text)), actions(choices)])


def form_offered(draft_id: int | None, line: str) -> Message:
    """The form could not be opened in time; what was typed is kept, and a fresh button opens it."""
    text = "Slack was too slow to open the form. Press the button to open it now; nothing you typed is lost."
    blocks = [section(text), actions([button("Open the form", ids.ADD_FORM, draft_id or 0, style="primary")])]
    if line:
        blocks.append(context(f"You typed: {escape(_quoted(line))}"))
    return message(f"{text} {line}".strip(), blocks)


def _quoted(line: str) -> str:
    return line if len(line) <= QUOTED_LENGTH else line[:QUOTED_LENGTH] + "…"
