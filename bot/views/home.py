"""App Home: its tabs and filters on top, the chosen one below; what was chosen travels in the view itself."""

from dataclasses import replace

from bot.services.home import PAGE_ROWS, Choice, Home, Tab
from bot.storage.records import Delivery
from bot.views import home_tabs, ids, words
from bot.views.blocks import (
    LABEL_LENGTH,
    Block,
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

TABS = {
    Tab.TODAY: "Today",
    Tab.STALLED: "Stalled",
    Tab.SNOOZED: "Snoozed",
    Tab.CADENCES: "My cadences",
    Tab.WEEK: "My week",
    Tab.SETTINGS: "Settings",
}
WITH_STAGES = frozenset({Tab.TODAY, Tab.STALLED, Tab.SNOOZED, Tab.CADENCES})
"""Tabs that list prospects."""
STAGES = tuple(stage for stage in Stage if stage in OPEN_STAGES)
ANY, NONE = "any", "-"
SAMPLES = (
    "add Kim Sample, Acme, kim@example.com, $12k, call thu 10am -- demo went well",
    "log acme call voicemail",
    "snooze acme fri",
)
GUIDE = (
    "*How it works*\n"
    "1. Add whoever you want to win; each of them always has one next step with a date.\n"
    "2. Once a day a message says who is due and why; a click or a typed line answers it.\n"
    "3. Nothing due, no message. Everything can be undone, and the pause is in every footer."
)


def home(shown: Home, withheld: Delivery | None) -> Block:
    """The tab as it is now."""
    blocks = [header("Follow-up Coach"), _tabs(shown.choice), _deeds(shown)]
    if shown.viewer.onboarded_at is None:
        blocks += guide()
    if withheld is not None:
        text = f"The digest of {words.day(withheld.local_on)} was not sent: {withheld.reason}. This is its list."
        blocks.append(section(f"⚠️ {escape(text)}"))
    blocks += [divider(), *home_tabs.content(shown), *_pages(shown)]
    return {"type": "home", "callback_id": ids.HOME, "private_metadata": kept(shown.choice), "blocks": blocks}


def guide() -> list[Block]:
    """What somebody who is here for the first time needs to know, until she says that she got it."""
    lines = "\n".join(f"`{ids.COMMAND} {escape(line)}`" for line in SAMPLES)
    got_it = button("Got it", ids.HOME_GOT_IT, style="primary", spoken="Got it: hide this guide")
    return [divider(), section(GUIDE), section(f"*Type it anywhere*\n{lines}"), actions([got_it])]


def kept(choice: Choice) -> str:
    """A choice as the view carries it: ``stalled.u0ben.new.2``."""
    owner, stage = (choice.owner_id or NONE).lower(), choice.stage.value if choice.stage else NONE
    return f"{choice.tab.value}.{owner}.{stage}.{choice.page}"


def read(metadata: str) -> Choice:
    """The choice that a view carries; one of another release, or none, is the first tab."""
    tab, owner, stage, page = [*metadata.split("."), "", "", "", ""][:4]
    if tab not in set(Tab):
        return Choice()
    return Choice(
        Tab(tab),
        owner.upper() if owner not in {"", NONE} else None,
        Stage(stage) if stage in set(Stage) else None,
        int(page) if page.isdecimal() else 0,
    )


def turned(choice: Choice, action_id: str, picked: str) -> Choice:
    """What is looked at after a press: another tab, another page, another filter; else the same as before."""
    if action_id.startswith(ids.HOME_TAB):
        tab = action_id.removeprefix(ids.HOME_TAB)
        return replace(choice, tab=Tab(tab) if tab in set(Tab) else Tab.TODAY, page=0)
    if action_id in {ids.HOME_NEXT, ids.HOME_BACK}:
        return replace(choice, page=int(picked) if picked.isdecimal() else 0)
    if action_id == ids.HOME_OWNER:
        return replace(choice, owner_id=picked.upper(), page=0)
    if action_id == ids.HOME_STAGE:
        return replace(choice, stage=Stage(picked) if picked in set(Stage) else None, page=0)
    return choice


def _tabs(choice: Choice) -> Block:
    buttons = []
    for tab, label in TABS.items():
        chosen = tab is choice.tab
        spoken = f"{label}: shown now" if chosen else f"Show {label.lower()}"
        buttons.append(button(label, f"{ids.HOME_TAB}{tab.value}", style="primary" if chosen else None, spoken=spoken))
    return actions(buttons)


def _deeds(shown: Home) -> Block:
    """Add, and what narrows the tab."""
    elements = [button("Add a prospect", ids.ADD_FORM, 0)]
    if shown.today is not None and shown.today.rows and shown.owner.id == shown.viewer.id:
        elements.append(button("Work the list", ids.FOCUS, spoken="Work the list, one card at a time"))
    if shown.people and shown.choice.tab is not Tab.SETTINGS:
        elements.append(_owners(shown))
    if shown.choice.tab in WITH_STAGES:
        elements.append(_stages(shown.choice))
    return actions(elements)


def _owners(shown: Home) -> Block:
    options = {member_id: option(cut(name, LABEL_LENGTH), member_id.lower()) for member_id, name in shown.people}
    return menu(ids.HOME_OWNER, "Whose?", list(options.values()), options.get(shown.owner.id))


def _stages(choice: Choice) -> Block:
    options: dict[Stage | None, Block] = {None: option("All stages", ANY)}
    options |= {stage: option(stage.value.capitalize(), stage.value) for stage in STAGES}
    return menu(ids.HOME_STAGE, "Stage", list(options.values()), options.get(choice.stage, options[None]))


def _pages(shown: Home) -> list[Block]:
    """Each button carries the page it turns to: pressed twice it turns once."""
    if shown.pages == 1:
        return []
    page, buttons = shown.choice.page, []
    if page:
        buttons.append(button("Back", ids.HOME_BACK, page - 1, spoken=f"Back to page {page}"))
    if page + 1 < shown.pages:
        left = shown.count - (page + 1) * PAGE_ROWS
        more = min(PAGE_ROWS, left)
        buttons.append(button(f"Show {more} more", ids.HOME_NEXT, page + 1, spoken=f"Show {more} more of {left}"))
    return [context(f"Page {page + 1} of {shown.pages}"), actions(buttons)]
