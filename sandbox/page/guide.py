"""What a newcomer can try here, step by step, beside the conversations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tip:
    """One step in words; ``types``: the line that it puts into the message box."""

    words: str
    types: str = ""
