// Modals: opens what the server drew as a dialog, submits it, shows the answers at their fields.

import { backToPage } from "/static/focus.js";
import { afterUpdate, freeze, refresh } from "/static/live.js";
import { drawChips, settled, valuesIn } from "/static/controls.js";
import { hold, release } from "/static/morph.js";
import { send } from "/static/send.js";

const FIRST = ".sheet-body :is(input, select, textarea, summary, button):not([disabled])";

let isShown = false;

/** Opens the drawn modal; the browser holds the focus inside and the rest of the page still. */
function open() {
  document.querySelectorAll(".multi").forEach(drawChips);
  const dialog = document.querySelector("#modal > dialog");
  if (!dialog && isShown) backToPage();
  isShown = Boolean(dialog);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  (dialog.querySelector(".sheet-body [autofocus]") ?? dialog.querySelector(FIRST) ?? dialog).focus();
}

async function submit(dialog) {
  const button = dialog.querySelector('button[type="submit"]');
  if (!button || button.disabled) return;
  button.disabled = true;
  button.classList.add("is-busy");
  await settled(dialog);
  freeze("modal", true);
  const told = await send("/submit", { view: dialog.dataset.view, values: valuesIn(dialog) });
  freeze("modal", false);
  button.disabled = false;
  button.classList.remove("is-busy");
  await refresh();
  if (told.errors) firstError(dialog);
}

function firstError(dialog) {
  dialog.querySelectorAll(".input").forEach((input) => {
    const control = input.querySelector("[data-action]");
    control?.toggleAttribute("aria-invalid", input.classList.contains("has-error"));
  });
  const first = dialog.querySelector(".has-error");
  first?.querySelector(":is(input, select, textarea, summary)")?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

/** What a field was told is gone once it reads differently. */
function forgive(event) {
  const input = event.target.closest?.("#modal .has-error");
  if (!input) return;
  input.classList.remove("has-error");
  input.querySelector(".error").textContent = "";
}

/** What was pressed in it arrives first: nothing can be pressed in a form that is closed. */
async function close(dialog) {
  if (dialog.ariaBusy === "true") return;
  hold(dialog);
  dialog.ariaBusy = "true";
  await settled(dialog);
  if (dialog.isConnected) await send("/close", { view: dialog.dataset.view });
  release(dialog);
  dialog.ariaBusy = null;
  await refresh();
}

export function startModals() {
  const shown = () => document.querySelector("#modal > dialog");
  document.addEventListener("input", forgive);
  document.addEventListener("submit", (event) => {
    if (event.target.closest("#modal > dialog") !== shown() || !shown()) return;
    event.preventDefault();
    submit(shown());
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#modal [data-close]")) close(shown());
  });
  document.addEventListener(
    "cancel",
    (event) => {
      if (event.target !== shown()) return;
      event.preventDefault();
      close(shown());
    },
    true,
  );
  afterUpdate(open);
  open();
}
