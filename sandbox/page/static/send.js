// Sends what a person does to the server, and says so when it did not work.

import { place } from "/static/live.js";

const NOTICE_FOR = 7000;

/** Posts one deed of the acting person; answers the server's JSON, `ok` false when it could not be done. */
export async function send(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...place(), ...body }),
    });
    const told = await answer.json();
    if (told.notice) notice(told.notice);
    return told;
  } catch {
    notice("The local Slack does not answer. Is it still running?");
    return { ok: false };
  }
}

/** Shows a short notice above everything, modals included. */
export function notice(text) {
  const shelf = document.getElementById("toasts");
  const toast = Object.assign(document.createElement("p"), { className: "toast", textContent: text });
  shelf.append(toast);
  shelf.hidePopover();
  shelf.showPopover();
  setTimeout(() => {
    toast.remove();
    if (!shelf.children.length) shelf.hidePopover();
  }, NOTICE_FOR);
}
