// Starts the page: everything visible came from the server, this makes it answer.

import { startComposer } from "/static/composer.js";
import { startControls } from "/static/controls.js";
import { startFocus } from "/static/focus.js";
import { listen, refresh, toEnd } from "/static/live.js";
import { startModals } from "/static/modal.js";
import { send } from "/static/send.js";
import { startShortcuts } from "/static/shortcuts.js";

async function moveClock(button) {
  button.disabled = true;
  button.classList.add("is-busy");
  await send(`/clock/${button.dataset.move}`, {});
  await refresh();
  button.disabled = false;
  button.classList.remove("is-busy");
}

async function dismiss(button) {
  const { channel, ts } = button.closest("[data-surface]").dataset;
  await send("/dismiss", { channel, ts });
  await refresh();
}

async function join() {
  const { ok } = await send("/join", {});
  if (ok) location.reload();
}

document.addEventListener("click", (event) => {
  const move = event.target.closest("[data-move]");
  const dismissed = event.target.closest("[data-dismiss]");
  if (move) moveClock(move);
  if (event.target.closest("[data-join]")) join();
  if (dismissed) dismiss(dismissed);
});

startFocus();
startControls();
startModals();
startShortcuts();
startComposer();
listen();
toEnd();
