"""The guide at the start, and what its sample prospects came to."""

from datetime import datetime

from bot.services.samples import Added
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    header,
    message,
    section,
    sentences,
    short,
)
from language import dates, say


def guide(member: Member) -> Message:
    """What this is, and three steps that take a minute and a half, each with its button."""
    title, what = say("Welcome to Follow-up Coach"), say("Nobody you want to win is forgotten, and nobody is pestered.")
    steps = _steps(member)
    blocks = [header(title), section(escape(what))]
    for text, pressed in steps:
        blocks += [section(escape(text)), actions([pressed])]
    close = say("Only you get this message. Everybody else is shown around in App Home when they come by.")
    blocks.append(context(escape(close)))
    return message(" ".join([f"{title}.", what, *(text for text, _ in steps), close]), blocks)


def greeting(*, thanks: bool) -> Message:
    """A friendly word, and what to type next."""
    said = say("You’re welcome. `/followup` shows what is due now.")
    if not thanks:
        said = say(
            "Hello! `/followup` shows what is due now, `/followup add Dana Li, Acme, call thu 10am` keeps somebody "
            "new, and `/followup help` lists everything you can type."
        )
    return message(said, [section(said)])


def samples(added: Added, viewer: Member, now: datetime) -> Message:
    """The three with what is next for each, and one undo."""
    title = say("Added three sample prospects; /followup shows what is due.")
    lines = []
    for done in added.done:
        if done.card is not None:
            prospect = done.card.prospect
            who = words.who(short(prospect.name), short(prospect.company))
            lines.append(say("{who}: next {step}", who=who, step=words.next_step(done.card.step, viewer, now)))
    undo = button(say("Undo"), ids.UNDO, added.change.id, spoken=say("Undo: take the sample prospects away"))
    blocks = [section(f"✓ {escape(title)}", undo), context(escape(" · ".join(lines)))]
    return message(sentences(title, *(f"{line}." for line in lines)), blocks)


def _steps(member: Member) -> list[tuple[str, Block]]:
    return [
        (
            say("1. Add whoever you met last. Each prospect always has one next step, with a date."),
            button(say("Add a prospect"), ids.ADD_FORM, 0, style="primary"),
        ),
        (
            say("2. See a day: who is due and why, answered with a click or a typed line. Everything can be undone."),
            button(say("Try three sample prospects"), ids.SAMPLES),
        ),
        (
            say(
                "3. Choose when you hear from me: now it is {time} on {days}, and nothing when nothing is due.",
                time=dates.clock(member.digest_time),
                days=dates.weekdays(member.workdays),
            ),
            button(say("Settings"), ids.SETTINGS, spoken=say("Settings: digest, second nudge and recap")),
        ),
    ]
