// Shortcuts of the app, and menus that the app fills while somebody types.

import { refresh } from "/static/live.js";
import { send } from "/static/send.js";

const SETTLED = 250;
let typing = 0;

async function run(item) {
  item.closest("[popover]").hidePopover();
  const { channel, ts } = item.closest('[data-surface="message"]')?.dataset ?? {};
  await send("/shortcut", { shortcut: item.dataset.shortcut, channel, ts });
  await refresh();
}

/** Asks the app what fits; its choices are drawn below the field. */
async function suggest(input) {
  const choice = document.getElementById(input.dataset.suggests);
  const surface = input.closest("[data-surface]");
  if (!choice || !surface || input.value.length < Number(input.dataset.least)) return;
  const { channel, ts, view } = surface.dataset;
  await send("/suggest", { channel, ts, view, action: choice.dataset.action, typed: input.value });
  await refresh();
}

export function startShortcuts() {
  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-shortcut]");
    if (item) run(item);
  });
  document.addEventListener("input", (event) => {
    const input = event.target.closest("[data-suggests]");
    if (!input) return;
    clearTimeout(typing);
    typing = setTimeout(() => suggest(input), SETTLED);
  });
  document.addEventListener("keydown", (event) => {
    const input = event.target.closest?.("[data-suggests]");
    if (!input || !["ArrowDown", "Enter"].includes(event.key)) return;
    event.preventDefault();
    const choice = document.getElementById(input.dataset.suggests);
    if (choice.hidden) return;
    if (choice.selectedIndex < 0) choice.selectedIndex = 0;
    choice.focus();
  });
}
