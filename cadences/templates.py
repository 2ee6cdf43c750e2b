"""Templates are written by users, in Liquid: sealed, with little that they may do, and checked when they are saved."""

from liquid import Environment, StrictUndefined
from liquid.exceptions import LiquidError

from language import say

TAGS = frozenset(
    {"#", "assign", "break", "case", "comment", "content", "continue", "for", "if", "illegal", "output", "unless"}
)
FILTERS = frozenset({"append", "capitalize", "default", "downcase", "prepend", "strip", "upcase"})
"""What a template may do. None of these can be made to fill the memory, as joining a long range would."""
KNOWN = frozenset(
    {
        "prospect.name", "prospect.first_name", "prospect.company", "prospect.role", "owner.name", "owner.first_name",
        "last_touch.on", "last_touch.channel", "hook", "hooks", "recap", "resource.title", "resource.url",
    }
)  # fmt: skip
"""What a template may speak of."""


class _Sealed(Environment):
    """Templates are written by users: each of these limits ends one that runs away."""

    loop_iteration_limit = 100
    output_stream_limit = 12_000
    local_namespace_limit = 12_000
    block_nesting_limit = 10


def _sealed() -> _Sealed:
    environment = _Sealed(undefined=StrictUndefined)
    environment.tags = {name: tag for name, tag in environment.tags.items() if name in TAGS}
    environment.filters = {name: each for name, each in environment.filters.items() if name in FILTERS}
    environment.filters["join"] = _join
    return environment


def _join(values: object, between: object = ", ") -> str:
    return str(between).join(map(str, values)) if isinstance(values, list) else str(values)


ENVIRONMENT = _sealed()


def check(template: str) -> None:
    """Refuse what could never be drawn up: a ValueError that says in words what can't be read, or is not known."""
    try:
        parsed = ENVIRONMENT.from_string(template)
        spoken_of, filters = parsed.global_variable_paths(), parsed.filter_names()
    except (LiquidError, RecursionError) as error:
        why = say("the template can't be read: {why}", why=str(error).splitlines()[0])
        raise ValueError(why) from None
    unknown = sorted(path for path in spoken_of if path not in KNOWN and not path.startswith(("hooks[", "recap[")))
    if unknown:
        why = say(
            "the template speaks of {unknown}, which is not known; there are {known}",
            unknown=unknown[0],
            known=", ".join(sorted(KNOWN)),
        )
        raise ValueError(why)
    missing = sorted(set(filters) - set(ENVIRONMENT.filters))
    if missing:
        why = say(
            "the template uses the filter {unknown}; there are {known}",
            unknown=missing[0],
            known=", ".join(sorted(ENVIRONMENT.filters)),
        )
        raise ValueError(why)
