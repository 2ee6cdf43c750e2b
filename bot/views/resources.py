"""The library of what is worth sending: the list, with who had what."""

from collections.abc import Sequence

from bot.services.resources import EXAMPLE, LISTED_AT_MOST, Shelved
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, confirmation, context, cut, escape, message, section
from bot.views.blocks import listed as in_text
from language import say, say_n

NAMES_SHOWN = 3
QUERY_SHOWN = 60
URL_SHOWN = 200


def listed(shelved: Sequence[Shelved], query: str) -> Message:
    """Each with its link, whom it fits, who had it, and Delete where the viewer may."""
    query = cut(query, QUERY_SHOWN)
    if not shelved:
        nothing = say("No resource matches “{query}”.", query=query) if query else say("There is no resource yet.")
        text = " ".join([nothing, say("Add one: {line}", line=f"`/followup {EXAMPLE}`")])
        return message(text, [section(escape(text))])
    head = say_n("{count} resource", "{count} resources", len(shelved))
    if query:
        head = say_n("{count} resource for “{query}”", "{count} resources for “{query}”", len(shelved), query=query)
    blocks, lines = [section(f"*{escape(head)}*")], []
    for each in shelved[:LISTED_AT_MOST]:
        title = cut(each.resource.title, QUERY_SHOWN)
        lines.append(f"{title} ({'; '.join(_facts(each))}): {each.resource.url}")
        shown = escape(cut(each.resource.url, URL_SHOWN))
        blocks.append(section(f"*{escape(title)}*\n{escape(' · '.join(_facts(each)))}\n{shown}"))
        blocks.append(actions(_buttons(each, title)))
    more = len(shelved) - LISTED_AT_MOST
    if more > 0:
        told = say("{count} more: `/followup resource` and a word of the title, industry or objection.", count=more)
        blocks.append(context(told))
    return message(f"{head}. {in_text(lines)}", blocks)


def _buttons(each: Shelved, title: str) -> list[Block]:
    opened = button(say("Open"), f"{ids.LINK}resource", spoken=say("Open {title}", title=title))
    opened |= {"url": each.resource.url}
    if not each.may_delete:
        return [opened]
    told = say("It is not suggested any more; who was sent it stays known.")
    asked = confirmation(say("Delete?"), told, say("Delete"))
    spoken = say("Delete {title}", title=title)
    delete = button(say("Delete"), ids.RESOURCE_DELETE, each.resource.id, style="danger", spoken=spoken, confirm=asked)
    return [opened, delete]


def _facts(each: Shelved) -> list[str]:
    resource = each.resource
    facts = [say("any industry")]
    if resource.industry:
        facts = [say("industry {industry}", industry=resource.industry)]
    if resource.objection:
        facts.append(say("answers {objection}", objection=resource.objection))
    return [*facts, _used_with(each)]


def _used_with(each: Shelved) -> str:
    names = ", ".join(words.who(name, company) for name, company in each.names[:NAMES_SHOWN])
    more = len(each.names) - NAMES_SHOWN
    if not names:
        return say("not used yet")
    if more > 0:
        return say("used with {names} and {count} more", names=names, count=more)
    return say("used with {names}", names=names)
