"""App Home: its tabs and filters on top, the chosen one below; what was chosen travels in the view itself."""

from dataclasses import replace

from bot.services.home import EVERYBODY, PAGE_ROWS, Choice, Home, Tab
from bot.storage.records import Delivery
from bot.views import home_tabs, ids, settings, words
from bot.views.blocks import (
    LABEL_LENGTH,
    Block,
    Message,
    actions,
    button,
    context,
    cut,
    divider,
    escape,
    header,
    menu,
    option,
    section,
)
from cadences.model import OPEN_STAGES, Stage
from cadences.words import capital, named
from language import mark, say
from language.kept import say_kept

TABS = {
    Tab.TODAY: (mark("Today"), mark("Show today")),
    Tab.STALLED: (mark("Stalled"), mark("Show stalled")),
    Tab.SNOOZED: (mark("Snoozed"), mark("Show snoozed")),
    Tab.CADENCES: (mark("My cadences"), mark("Show my cadences")),
    Tab.WEEK: (mark("My week"), mark("Show my week")),
    Tab.SETTINGS: (mark("Settings"), mark("Show settings")),
}
"""What stands on each tab's button, and what is heard of it."""
WITH_STAGES = frozenset({Tab.TODAY, Tab.STALLED, Tab.SNOOZED, Tab.CADENCES})
"""Tabs that list prospects."""
STAGES = tuple(stage for stage in Stage if stage in OPEN_STAGES)
ANY, NONE = "any", "-"
NEWS_AT_MOST = 12
"""Blocks: a full tab takes most of what App Home may have."""
SAMPLES = (
    "add Kim Sample, Acme, kim@example.com, $12k, call thu 10am -- demo went well",
    "log acme call voicemail",
    "snooze acme fri",
)
GUIDE = mark(
    "*How it works*\n"
    "1. Add whoever you want to win; each of them always has one next step with a date.\n"
    "2. Once a day a message says who is due and why; a click or a typed line answers it.\n"
    "3. Nothing due, no message. Everything can be undone, and the pause is in every footer."
)


def home(shown: Home, withheld: Delivery | None, news: Message | None = None) -> Block:
    """The tab as it is now; above it, until the next press, what was just done, with its Undo."""
    blocks = [header("Follow-up Coach"), _tabs(shown.choice), _deeds(shown)]
    changed = news if news and shown.choice.tab is Tab.SETTINGS and settings.is_shown(news) else None
    blocks += [divider(), *news.blocks[:NEWS_AT_MOST]] if news and not changed else []
    if shown.viewer.onboarded_at is None and shown.choice.tab is Tab.TODAY:
        blocks += guide()
    if withheld is not None:
        blocks.append(section(f"⚠️ {escape(_not_sent(withheld))}"))
    blocks += [divider(), *home_tabs.content(shown, changed), *_pages(shown)]
    return {"type": "home", "callback_id": ids.HOME, "private_metadata": kept(shown.choice), "blocks": blocks}


def _not_sent(withheld: Delivery) -> str:
    """What became of the digest; Slack's own names of errors stay as they are."""
    day, reason = words.day(withheld.local_on), withheld.reason or "?"
    return say("The digest of {day} was not sent: {reason}. This is its list.", day=day, reason=say_kept(reason))


def guide() -> list[Block]:
    """What somebody who is here for the first time needs to know, until she says that she got it."""
    lines = "\n".join(f"`{ids.COMMAND} {escape(line)}`" for line in SAMPLES)
    got_it = button(say("Got it"), ids.HOME_GOT_IT, style="primary", spoken=say("Got it: hide this guide"))
    typed = say("Type it anywhere")
    return [divider(), section(say(GUIDE)), section(f"*{typed}*\n{lines}"), actions([got_it])]


def kept(choice: Choice) -> str:
    """A choice as the view carries it: ``stalled.u0ben.new.2``, or ``view.-.-.0.3f`` for a saved view."""
    owner, stage = (choice.owner_id or NONE).lower(), choice.stage.value if choice.stage else NONE
    told = f"{choice.tab.value}.{owner}.{stage}.{choice.page}"
    return f"{told}.{choice.view}" if choice.view is not None else told


def read(metadata: str) -> Choice:
    """The choice that a view carries; one of another release, or none, is the first tab."""
    tab, owner, stage, page, view = [*metadata.split(".", 4), "", "", "", "", ""][:5]
    if tab not in set(Tab):
        return Choice()
    return Choice(
        Tab(tab),
        owner.upper() if owner not in {"", NONE} else None,
        Stage(stage) if stage in set(Stage) else None,
        int(page) if page.isdecimal() else 0,
        view or None,
    )


def turned(choice: Choice, action_id: str, picked: str) -> Choice:
    """What is looked at after a press: another tab, another page, another filter; else the same as before."""
    if action_id.startswith(ids.HOME_TAB):
        tab = action_id.removeprefix(ids.HOME_TAB)
        return replace(choice, tab=Tab(tab) if tab in set(Tab) else Tab.TODAY, page=0, view=None)
    if action_id == ids.HOME_VIEW:
        return replace(choice, tab=Tab.VIEW, page=0, view=picked)
    if action_id in {ids.HOME_NEXT, ids.HOME_BACK}:
        return replace(choice, page=int(picked) if picked.isdecimal() else 0)
    if action_id == ids.HOME_OWNER:
        return replace(choice, owner_id=picked.upper(), page=0)
    if action_id == ids.HOME_STAGE:
        return replace(choice, stage=Stage(picked) if picked in set(Stage) else None, page=0)
    return choice


def _tabs(choice: Choice) -> Block:
    buttons = []
    for tab, (name, heard) in TABS.items():
        chosen, label = tab is choice.tab, say(name)
        spoken = say("{tab}: shown now", tab=label) if chosen else say(heard)
        buttons.append(button(label, f"{ids.HOME_TAB}{tab.value}", style="primary" if chosen else None, spoken=spoken))
    return actions(buttons)


def _deeds(shown: Home) -> Block:
    """Add, and what narrows the tab."""
    elements = [button(say("Add a prospect"), ids.ADD_FORM, 0)]
    if shown.today is not None and shown.today.rows and shown.owner.id == shown.viewer.id:
        elements.append(button(say("Work the list"), ids.FOCUS, spoken=say("Work the list, one card at a time")))
    if shown.people and shown.choice.tab not in {Tab.SETTINGS, Tab.VIEW}:
        elements.append(_owners(shown))
    if shown.choice.tab in WITH_STAGES:
        elements.append(_stages(shown.choice))
    if shown.views:
        elements.append(_views(shown))
    return actions(elements)


def _views(shown: Home) -> Block:
    options = {ids.view_word(view.key): option(view.name, ids.view_word(view.key)) for view in shown.views}
    return menu(ids.HOME_VIEW, say("Saved views"), list(options.values()), options.get(shown.choice.view or ""))


def _owners(shown: Home) -> Block:
    options = {EVERYBODY: option(say("Everybody"), EVERYBODY.lower())}
    options |= {number: option(cut(name, LABEL_LENGTH), number.lower()) for number, name in shown.people}
    return menu(ids.HOME_OWNER, say("Whose?"), list(options.values()), options.get(shown.choice.owner_id or ""))


def _stages(choice: Choice) -> Block:
    options: dict[Stage | None, Block] = {None: option(say("All stages"), ANY)}
    options |= {stage: option(capital(named(stage)), stage.value) for stage in STAGES}
    return menu(ids.HOME_STAGE, say("Stage"), list(options.values()), options.get(choice.stage, options[None]))


def _pages(shown: Home) -> list[Block]:
    """Each button carries the page it turns to: pressed twice it turns once."""
    if shown.choice.tab is Tab.VIEW:
        return _pages_found(shown)
    if shown.pages == 1:
        return []
    page, buttons = shown.choice.page, []
    if page:
        buttons.append(_back(page))
    if page + 1 < shown.pages:
        left = shown.count - (page + 1) * PAGE_ROWS
        more = min(PAGE_ROWS, left)
        spoken = say("Show {count} more of {left}", count=more, left=left)
        buttons.append(button(say("Show {count} more", count=more), ids.HOME_NEXT, page + 1, spoken=spoken))
    return [context(say("Page {number} of {pages}", number=page + 1, pages=shown.pages)), actions(buttons)]


def _pages_found(shown: Home) -> list[Block]:
    """Of a search nobody knows how many pages it has."""
    page, buttons = shown.choice.page, []
    if page:
        buttons.append(_back(page))
    if shown.found and shown.found.page and shown.found.page.has_more:
        buttons.append(button(say("Show more"), ids.HOME_NEXT, page + 1, spoken=say("Show more matches")))
    return [actions(buttons)] if buttons else []


def _back(page: int) -> Block:
    """To the page before this one: pages are counted from one for people."""
    return button(say("Back"), ids.HOME_BACK, page - 1, spoken=say("Back to page {number}", number=page))
