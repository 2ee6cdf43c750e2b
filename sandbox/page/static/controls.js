// Buttons, menus and pickers of Block Kit: reads what was chosen and sends it as one click.

import { backToPage } from "/static/focus.js";
import { refresh } from "/static/live.js";
import { hold, release } from "/static/morph.js";
import { send } from "/static/send.js";

// A typed date is complete several times on the way; wait until the person has stopped.
const SETTLED = 700;
const AT_ONCE = "select, .ticks, .multi";
const LATER = 'input[type="date"], input[type="time"], input[type="datetime-local"]';
const timers = new WeakMap();
const underway = new WeakMap();
const chosenSince = new WeakMap();

export const surfaceOf = (node) => node.closest("[data-surface]");

/** What stands in a control: text, one value, or a list of them. */
export function valueOf(control) {
  const list = [...control.querySelectorAll("input:checked")].map((box) => box.value);
  if (control.dataset.type === "radio_buttons") return list[0] ?? null;
  if (control.matches(".ticks, .multi")) return list;
  return control.dataset.value ?? (control.matches("button, a") ? null : control.value || null);
}

/** Everything that stands in a surface's inputs: block, then action, then value. */
export function valuesIn(surface) {
  const values = {};
  for (const control of surface.querySelectorAll("[data-block][data-type]")) {
    if (control.matches("button, a")) continue;
    (values[control.dataset.block] ??= {})[control.dataset.action] = valueOf(control);
  }
  return values;
}

/** Resolves once everything that was pressed in a surface is answered and on the page. */
export const settled = (surface) => underway.get(surface);

/** Sends one click; the control shows that it is being worked on until the answer is on the page. */
export async function act(control, value = valueOf(control)) {
  const surface = surfaceOf(control);
  const shown = document.getElementById(control.dataset.trigger) ?? control;
  if (!surface) return;
  if (shown.ariaBusy === "true") return void chosenSince.set(control, value);
  if (!(await confirmed(shown))) return undo(control);
  const hadFocus = document.activeElement === shown;
  wait(shown, true);
  const answered = told(surface, control, value);
  underway.set(surface, Promise.all([settled(surface), answered]));
  await answered;
  wait(shown, false);
  if (hadFocus && document.activeElement === document.body) {
    surface.matches("dialog") ? (document.getElementById(shown.id) ?? surface).focus() : backToPage();
  }
  if (!chosenSince.has(control)) return;
  const latest = chosenSince.get(control);
  chosenSince.delete(control);
  if (control.isConnected) await act(control, latest);
}

async function told(surface, control, value) {
  await send("/click", {
    channel: surface.dataset.channel,
    ts: surface.dataset.ts,
    view: surface.dataset.view,
    block: control.dataset.block,
    action: control.dataset.action,
    value,
    values: valuesIn(surface),
  });
  await refresh();
}

function wait(control, isWaiting) {
  isWaiting ? hold(control) : release(control);
  control.ariaBusy = isWaiting ? "true" : null;
  control.classList.toggle("is-busy", isWaiting);
  if (control.matches("button")) control.disabled = isWaiting;
}

/** A choice that was not confirmed is taken back to what was drawn. */
function undo(control) {
  if (control.matches("select")) control.selectedIndex = [...control.options].findIndex((each) => each.defaultSelected);
  control.querySelectorAll("input").forEach((box) => (box.checked = box.defaultChecked));
}

function confirmed(control) {
  const template = document.getElementById(`${control.id}-confirm`);
  if (!template) return true;
  const dialog = Object.assign(document.createElement("dialog"), { className: "is-small" });
  dialog.append(template.content.cloneNode(true));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((decide) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      decide(dialog.returnValue === "confirm");
    });
  });
}

/** An input tells the app by itself outside of input blocks, or where its block asks for it. */
function dispatches(control) {
  const input = control.closest(".input");
  return !input || input.dataset.dispatches !== undefined;
}

function later(control) {
  clearTimeout(timers.get(control));
  timers.set(control, setTimeout(() => act(control), SETTLED));
}

function onClick(event) {
  const control = event.target.closest("button[data-action], a[data-action]");
  if (!control) return;
  control.closest("[popover]")?.hidePopover();
  act(control);
}

function onChange(event) {
  const control = event.target.closest("[data-action]");
  if (!control || !surfaceOf(control)) return;
  if (control.matches(".multi")) drawChips(control);
  if (!dispatches(control)) return;
  if (control.matches(AT_ONCE)) act(control);
  else if (control.matches(LATER)) later(control);
}

function onKey(event) {
  const control = event.target.closest("[data-dispatch]");
  const sends = event.key === "Enter" && !event.shiftKey && control?.dataset.dispatch === "enter";
  if (!sends || control.matches("textarea")) return;
  event.preventDefault();
  act(control);
}

function onInput(event) {
  const control = event.target.closest('[data-dispatch="character"]');
  if (control) later(control);
}

/** A menu opens beside its button, on the side where there is room. */
function onToggle(event) {
  const menu = event.target;
  if (!menu.matches?.(".menu") || event.newState !== "open") return;
  const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`).getBoundingClientRect();
  const below = button.bottom + 4 + menu.offsetHeight < innerHeight;
  menu.style.top = `${below ? button.bottom + 4 : Math.max(8, button.top - 4 - menu.offsetHeight)}px`;
  menu.style.left = `${Math.max(8, Math.min(button.left, innerWidth - menu.offsetWidth - 12))}px`;
  menu.querySelector(".menu-item")?.focus();
}

function onMenuKey(event) {
  const menu = event.target.closest?.(".menu");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll(".menu-item")];
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
}

/** Shows what is chosen in a closed multi-select, and holds it to the most it may hold. */
export function drawChips(multi) {
  const boxes = [...multi.querySelectorAll("input")];
  const chosen = boxes.filter((box) => box.checked);
  const most = Number(multi.dataset.max) || Infinity;
  boxes.forEach((box) => (box.disabled = !box.checked && chosen.length >= most));
  const chips = multi.querySelector(".chips");
  chips.replaceChildren(
    ...chosen.map((box) => {
      const text = box.closest(".tick").querySelector(".tick-label").textContent;
      return Object.assign(document.createElement("span"), { className: "chip", textContent: text });
    }),
  );
}

export function startControls() {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onMenuKey);
  document.addEventListener("toggle", onToggle, true);
}
