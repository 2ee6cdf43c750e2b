"""What a template sends along: the links in it."""

import re

LINK = re.compile(r"https?://[^\s<>\"'{}|\[\]()]+")
ENDS_A_SENTENCE = ".,;:!?"


def links(template: str) -> tuple[str, ...]:
    """Each link of a template once, in the order in which they stand there."""
    return tuple(dict.fromkeys(found.rstrip(ENDS_A_SENTENCE) for found in LINK.findall(template)))
