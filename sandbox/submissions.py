"""What the app's answer to a submission does to the person's stack of modals."""

from typing import Any

from sandbox.methods.views import checked, push_onto, redraw
from sandbox.model import JSON, View
from sandbox.refusal import Refusal
from sandbox.workspace import Workspace


def apply_answer(workspace: Workspace, view: View, body: JSON | str | None) -> None:
    """Closes, shows errors, updates, pushes or clears, as the answer says; an empty answer closes."""
    if not body:
        workspace.close_view(view)
        return
    if not isinstance(body, dict):
        raise Refusal("invalid_response")
    match body.get("response_action"):
        case "errors":
            view.errors = _errors(view, body.get("errors"))
            workspace.happened("view_updated", person=view.person, ref=view.id)
        case "update":
            redraw(workspace, view, checked(body.get("view"), "modal"))
        case "push":
            push_onto(workspace, view, checked(body.get("view"), "modal"))
        case "clear":
            workspace.close_view(view, clear=True)
        case other:
            raise Refusal(f"unknown response_action {other!r}")


def _errors(view: View, errors: Any) -> dict[str, str]:
    """A submission's errors; they must stand at input blocks of this very view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refusal("errors must name input blocks of the view")
    return {block_id: str(words) for block_id, words in errors.items()}
