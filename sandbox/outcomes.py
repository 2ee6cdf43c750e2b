"""What came of what people did, and of what the app called."""

from dataclasses import dataclass, field

from sandbox.delivery import Delivery
from sandbox.model import JSON, Message, View


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something a person did."""

    trouble: str | None = None
    """Slack's own word for what went wrong between it and the app."""
    errors: dict[str, str] = field(default_factory=dict)
    """What is said at single inputs, by block id."""
    message: Message | None = None
    """The message the answer showed at once."""
    view: View | None = None
    """The modal now in front of the person."""
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call of the Web API by the app, and Slack's answer."""

    method: str
    args: JSON
    answer: JSON
    status: int
