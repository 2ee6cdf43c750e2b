"""Templates are written by users, in Liquid: sealed, with little that they may do, and checked when they are saved."""

from liquid import Environment, StrictUndefined
from liquid.exceptions import LiquidError

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
        raise ValueError(f"the template can't be read: {str(error).splitlines()[0]}") from None
    unknown = sorted(path for path in spoken_of if path not in KNOWN and not path.startswith(("hooks[", "recap[")))
    if unknown:
        raise ValueError(
            f"the template speaks of {unknown[0]}, which is not known; there are {', '.join(sorted(KNOWN))}"
        )
    missing = sorted(set(filters) - set(ENVIRONMENT.filters))
    if missing:
        raise ValueError(
            f"the template uses the filter {missing[0]}; there are {', '.join(sorted(ENVIRONMENT.filters))}"
        )
