"""The library of what is worth sending: the list, with who had what."""

from collections.abc import Sequence

from bot.services.resources import EXAMPLE, LISTED_AT_MOST, Shelved
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, confirmation, context, cut, escape, message, section
from bot.views.blocks import listed as in_text

NAMES_SHOWN = 3
QUERY_SHOWN = 60
URL_SHOWN = 200


def listed(shelved: Sequence[Shelved], query: str) -> Message:
    """Each with its link, whom it fits, who had it, and Delete where the viewer may."""
    query = cut(query, QUERY_SHOWN)
    if not shelved:
        nothing = f"No resource matches “{query}”." if query else "There is no resource yet."
        text = f"{nothing} Add one: `/followup {EXAMPLE}`"
        return message(text, [section(escape(text))])
    count = words.several(len(shelved), "resource")
    head = f"{count} for “{query}”" if query else count
    blocks, lines = [section(f"*{escape(head)}*")], []
    for each in shelved[:LISTED_AT_MOST]:
        title = cut(each.resource.title, QUERY_SHOWN)
        lines.append(f"{title} ({'; '.join(_facts(each))}): {each.resource.url}")
        shown = escape(cut(each.resource.url, URL_SHOWN))
        blocks.append(section(f"*{escape(title)}*\n{escape(' · '.join(_facts(each)))}\n{shown}"))
        blocks.append(actions(_buttons(each, title)))
    more = len(shelved) - LISTED_AT_MOST
    if more > 0:
        blocks.append(context(f"{more} more: `/followup resource` and a word of the title, industry or objection."))
    return message(f"{head}. {in_text(lines)}", blocks)


def _buttons(each: Shelved, title: str) -> list[Block]:
    opened = button("Open", f"{ids.LINK}resource", spoken=f"Open {title}") | {"url": each.resource.url}
    if not each.may_delete:
        return [opened]
    asked = confirmation("Delete?", "Nobody is offered it any more; who had it stays known.", "Delete")
    delete = button(
        "Delete", ids.RESOURCE_DELETE, each.resource.id, style="danger", spoken=f"Delete {title}", confirm=asked
    )
    return [opened, delete]


def _facts(each: Shelved) -> list[str]:
    resource = each.resource
    facts = [f"industry {resource.industry}" if resource.industry else "any industry"]
    if resource.objection:
        facts.append(f"answers {resource.objection}")
    names = [words.who(name, company) for name, company in each.names[:NAMES_SHOWN]]
    more = len(each.names) - len(names)
    facts.append(f"used with {', '.join(names)}{f' and {more} more' if more > 0 else ''}" if names else "not used yet")
    return facts
