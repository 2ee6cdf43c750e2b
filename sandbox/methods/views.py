"""views.*: open, push and update modals, publish a person's App Home."""

from typing import Any

from sandbox import rules
from sandbox.methods.call import Call, Method
from sandbox.methods.content import refuse_blocks
from sandbox.model import JSON, View
from sandbox.refusal import Refusal
from sandbox.rendering import accepted, completed, view_json
from sandbox.screen import elements, state_of
from sandbox.workspace import MODAL_STACK, Workspace

MISSING = "[ERROR] missing required field: "


def checked(view: Any, kind: str) -> JSON:
    """A view that may be shown as a modal or a home, or Slack's refusal."""
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", [f"{MISSING}view"])
    if rules.view_too_large(view):
        raise Refusal("view_too_large")
    refuse_blocks(rules.view(view, kind), "invalid_arguments")
    return view


def draw(view: View, spec: JSON, workspace: Workspace) -> View:
    """Puts a checked spec into a view; what the person put into inputs that are still there stays."""
    view.blocks = accepted(spec["blocks"])
    view.hash = workspace.new_hash()
    view.callback_id = spec.get("callback_id", "")
    view.private_metadata = spec.get("private_metadata", "")
    view.external_id = spec.get("external_id", "")
    view.title, view.submit, view.close = (completed(spec.get(key)) for key in ("title", "submit", "close"))
    view.clear_on_close = spec.get("clear_on_close", False)
    view.notify_on_close = spec.get("notify_on_close", False)
    view.submit_disabled = spec.get("submit_disabled", False)
    view.errors, view.trouble = {}, None
    still_there = {(each.block_id, each.action_id) for each in elements(view.blocks)}
    for block_id, values in list(view.state.items()):
        view.state[block_id] = {key: value for key, value in values.items() if (block_id, key) in still_there}
    return view


def new_modal(workspace: Workspace, person: str, spec: JSON, below: View | None = None) -> View:
    """A modal for a person, lying on ``below`` when pushed."""
    external_id = spec.get("external_id")
    if external_id and any(each.external_id == external_id for each in workspace.views.get(person, [])):
        raise Refusal("duplicate_external_id")
    key = workspace.new_id("V")
    view = View(key, person, "modal", [], "", below.root_view_id if below else key, below.id if below else None)
    return draw(view, spec, workspace)


def push_onto(workspace: Workspace, below: View, spec: JSON) -> View:
    """Lays a new modal on an open one."""
    if len(workspace.views.get(below.person, [])) >= MODAL_STACK:
        raise Refusal("push_limit_reached")
    view = new_modal(workspace, below.person, spec, below)
    workspace.push_view(view)
    return view


def redraw(workspace: Workspace, view: View, spec: JSON) -> View:
    """Replaces what a view shows, and tells the screen."""
    draw(view, spec, workspace)
    workspace.happened("home" if view.type == "home" else "view_updated", person=view.person, ref=view.id)
    return view


def open_modal(call: Call) -> JSON:
    """Opens a modal for whoever the trigger came from."""
    workspace = call.workspace
    spec = checked(_spec(call), "modal")
    trigger = workspace.exchange_trigger(_trigger(call))
    view = new_modal(workspace, trigger.person, spec)
    workspace.views[trigger.person] = []
    workspace.push_view(view)
    return _answer(call, view)


def push(call: Call) -> JSON:
    """Lays a modal on the one the trigger came from."""
    workspace = call.workspace
    spec = checked(_spec(call), "modal")
    trigger = workspace.exchange_trigger(_trigger(call))
    below = workspace.top_view(trigger.person)
    if trigger.view_id is None or below is None:
        raise Refusal("not_found")
    return _answer(call, push_onto(workspace, below, spec))


def update(call: Call) -> JSON:
    """Redraws an open modal or a home; ``hash`` guards against an older drawing."""
    workspace, args = call.workspace, call.args
    if not args.has("view_id") and not args.has("external_id"):
        raise Refusal("invalid_arguments", [f"{MISSING}view_id"])
    view = workspace.find_view(args.text("view_id") or None, args.text("external_id") or None)
    _guard(call, view)
    return _answer(call, redraw(workspace, view, checked(_spec(call), view.type)))


def publish(call: Call) -> JSON:
    """Draws a person's App Home."""
    workspace, args = call.workspace, call.args
    person = workspace.person(args.text("user_id"))
    if not workspace.app.home_tab:
        raise Refusal("not_enabled")
    spec = checked(_spec(call), "home")
    view = workspace.home.get(person.id)
    if view is None:
        key = workspace.new_id("V")
        view = View(key, person.id, "home", [], "", key)
    else:
        _guard(call, view)
    workspace.home[person.id] = view
    return _answer(call, redraw(workspace, view, spec))


def _spec(call: Call) -> Any:
    return call.args.json("view", "invalid_arguments")


def _trigger(call: Call) -> str:
    if not call.args.has("trigger_id"):
        raise Refusal("invalid_arguments", [f"{MISSING}trigger_id"])
    return call.args.text("trigger_id")


def _guard(call: Call, view: View) -> None:
    if call.args.has("hash") and call.args.text("hash") != view.hash:
        raise Refusal("hash_conflict")


def _answer(call: Call, view: View) -> JSON:
    return {"view": view_json(call.workspace, view, state_of(view.blocks, view.state))}


METHODS = {
    "views.open": Method(open_modal, tier=4),
    "views.push": Method(push, tier=4),
    "views.update": Method(update, tier=4),
    "views.publish": Method(publish, tier=4),
}
