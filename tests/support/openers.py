"""Which commands, presses and shortcuts may open a form: whatever leads there in the code, found by its calls."""

import dis
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from bot.slack import answering, routes

HERE = "bot.slack."
ATTRIBUTES = frozenset({"LOAD_ATTR", "LOAD_METHOD"})


def openers() -> dict[str, set[str]]:
    """Every handler from which a form may be opened, by how it is reached."""
    ways: dict[str, dict[Any, Callable[..., Any]]] = {
        "typed": {each.__name__: handler for each, handler in routes.COMMANDS.items()},
        "pressed": {**routes.ACTIONS, **routes.PREFIXED},
        "chosen": dict(routes.MENU),
        "sent": dict(routes.FORMS),
        "shortcut": dict(routes.SHORTCUTS),
    }
    return {way: {name for name, handler in found.items() if _leads_there(handler)} for way, found in ways.items()}


def _leads_there(handler: Callable[..., Any]) -> bool:
    seen: set[FunctionType] = set()
    ahead = [handler]
    while ahead:
        function = ahead.pop()
        if function is answering.open_form:
            return True
        if isinstance(function, FunctionType) and function not in seen:
            seen.add(function)
            ahead += _called(function)
    return False


def _called(function: FunctionType) -> Iterator[Callable[..., Any]]:
    """The functions of ours that are named in one, there or in another of our modules."""
    steps = [step for code in _codes(function.__code__) for step in dis.get_instructions(code)]
    attributes = {str(step.argval) for step in steps if step.opname in ATTRIBUTES}
    for name in {str(step.argval) for step in steps if step.opname == "LOAD_GLOBAL"}:
        found = function.__globals__.get(name)
        if isinstance(found, FunctionType) and found.__module__.startswith(HERE):
            yield found
        if isinstance(found, ModuleType) and found.__name__.startswith(HERE):
            yield from (each for inner in attributes if isinstance(each := getattr(found, inner, None), FunctionType))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of the functions inside it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)
