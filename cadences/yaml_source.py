"""Untrusted YAML as plain text, lists and mappings that still know their lines.

Scalars stay the text that was typed: to YAML `12:30` is 750 and `no` is false, to the author they are neither.
Aliases and tags are refused before anything is built, so a small file can't unfold into a large one or name a class.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from language import mark, say
from language.amounts import number

MAX_CHARS = 150_000
MAX_DEPTH = 8
"""A cadence is three levels deep; the parser itself would give up with a traceback at some hundred."""
MAX_EVENTS = 2_000
"""Thirty full steps take some 400; what is longer is no cadence, and reading it to the end would take seconds."""

NULL_TAG = "tag:yaml.org,2002:null"

TAB = mark("a tab can't indent here; use spaces")
TOO_LARGE = mark("the file is larger than {most} characters")
TOO_MANY = mark("more than {most} entries")
TOO_DEEP = mark("nested deeper than {most} levels")
NOT_ONE = mark("expected one cadence, found a second document")
NO_ALIAS = mark("anchors and aliases (& and *) are not used here; write the value out")
NO_TAG = mark("tags (!) are not used here; write plain text")
NO_TEXT_KEY = mark("a field name must be text")

Path = tuple[str | int, ...]
Plain = None | str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, on which line, and where in the cadence."""

    line: int
    path: Path
    words: str


@dataclass(slots=True)
class YamlSource:
    """A parsed text: its value, the line of every path in it, and what was refused on the way."""

    value: Plain = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: bool = False
    """True when the problems stand in the way of any value."""

    def line_of(self, path: Path) -> int:
        """The line of a path; where it is missing, that of what should hold it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str) -> YamlSource:
    """The text as a source; never raises, everything refused stands in its problems."""
    if len(text) > MAX_CHARS:
        return YamlSource(problems=[Problem(1, (), say(TOO_LARGE, most=number(MAX_CHARS)))], unreadable=True)
    try:
        refused = list(_refused_events(text))
        node = None if refused else yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        return YamlSource(problems=[_syntax(text, error)], unreadable=True)
    source = YamlSource(problems=refused, unreadable=bool(refused))
    if node is not None:
        source.value = _plain(node, (), source)
    return source


def _refused_events(text: str) -> Iterator[Problem]:
    """What must not reach the composer, which follows aliases and recurses into depth."""
    depth = documents = 0
    for count, event in enumerate(yaml.parse(text, yaml.SafeLoader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if count > MAX_EVENTS:
            yield Problem(line, (), say(TOO_MANY, most=number(MAX_EVENTS)))
            return
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield Problem(line, (), say(NOT_ONE))
                return
        if getattr(event, "anchor", None) is not None:
            yield Problem(line, (), say(NO_ALIAS))
        if getattr(event, "tag", None) is not None:
            yield Problem(line, (), say(NO_TAG))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield Problem(line, (), say(TOO_DEEP, most=MAX_DEPTH))
                return
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax(text: str, error: yaml.YAMLError) -> Problem:
    """The parser's own complaint, in words a salesperson can act on where it is a common one."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        code = f"U+{ord(text[error.position]):04X}"
        return Problem(line, (), say("the character {code} is not allowed", code=code))
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        why = error.problem or say("can't be read")
        words = say(TAB) if "'\\t'" in why else say("this is not valid YAML: {why}", why=why)
        return Problem(error.problem_mark.line + 1, (), words)
    return Problem(1, (), say("this is not valid YAML"))


def _plain(node: yaml.Node, path: Path, source: YamlSource) -> Plain:
    """The node's content; lines and repeated fields go to the source."""
    source.lines.setdefault(path, node.start_mark.line + 1)
    match node:
        case yaml.SequenceNode():
            return [_plain(child, (*path, index), source) for index, child in enumerate(node.value)]
        case yaml.MappingNode():
            return _mapping(node, path, source)
        case _:
            return None if node.tag == NULL_TAG else str(node.value)


def _mapping(node: yaml.MappingNode, path: Path, source: YamlSource) -> dict[str, Plain]:
    """The fields by name, a repeated one reported and its first value kept."""
    found: dict[str, Plain] = {}
    for key, child in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            source.problems.append(Problem(line, path, say(NO_TEXT_KEY)))
            continue
        name = str(key.value)
        if name in found:
            first = source.lines[(*path, name)]
            words = say("{field} is given twice, first on line {first}", field=name, first=first)
            source.problems.append(Problem(line, path, words))
            continue
        source.lines[(*path, name)] = line
        found[name] = _plain(child, (*path, name), source)
    return found
