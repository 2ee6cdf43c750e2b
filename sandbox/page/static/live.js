// Keeps the page fresh: listens to the server's events and fetches the parts again, one request at a time.

import { backToPage } from "/static/focus.js";
import { morph } from "/static/morph.js";

const PARTS = ["clock", "sidebar", "main", "modal"];
const CLOCK_EVERY = 20_000;
const NEAR_THE_END = 80;
const HEADROOM = 12;

let running = null;
let again = false;
let placed = -1;
const listeners = [];
const frozen = new Set();

export const place = () => ({
  as: document.body.dataset.as,
  in: document.body.dataset.in,
  tab: document.body.dataset.tab,
});

/** Calls `listener` after every update of the page. */
export function afterUpdate(listener) {
  listeners.push(listener);
}

/** Leaves a part as it is while its own deed is under way: the answer redraws it, in one piece. */
export function freeze(part, isFrozen) {
  isFrozen ? frozen.add(part) : frozen.delete(part);
}

/** Fetches what the server would draw now and lays it over the page. */
export async function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    do {
      again = false;
      await update().catch(() => lost(true));
    } while (again);
  })();
  await running;
  running = null;
}

async function update() {
  const answer = await fetch("/parts?" + new URLSearchParams(place()));
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const following = isAtEnd();
  const before = lastMessage()?.id;
  const focused = document.activeElement?.id;
  const changed = PARTS.filter((id) => !frozen.has(id)).flatMap((id) => morph(document.getElementById(id), fresh.getElementById(id)));
  refocus(focused);
  flash(changed);
  if (lastMessage()?.id !== before) following ? toEnd() : offer(true);
  lost(false);
  listeners.forEach((listener) => listener());
}

/** Where the focused control was drawn anew, the focus goes to its successor. */
function refocus(id) {
  if (!id || document.activeElement !== document.body) return;
  const successor = document.getElementById(id);
  successor ? successor.focus({ preventScroll: true }) : backToPage();
}

function flash(changed) {
  const told = changed.filter((node) => !node.matches(".edited, time"));
  const parts = told.map((node) => node.closest("[data-block-id], .message")).filter((node) => node?.closest("#main"));
  for (const part of new Set(parts)) {
    part.classList.add("is-fresh");
    part.addEventListener("animationend", () => part.classList.remove("is-fresh"), { once: true });
  }
}

const lastMessage = () => [...document.querySelectorAll("#messages > .message")].at(-1);

function isAtEnd() {
  const scroller = document.getElementById("scroll");
  if (!scroller) return false;
  const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  return below < NEAR_THE_END || scroller.scrollTop === placed;
}

/** Shows the newest message: its end, or its beginning when it is taller than the window. */
export function toEnd() {
  const scroller = document.getElementById("scroll");
  const last = lastMessage();
  if (!scroller || !last) return;
  const isTall = last.offsetHeight + HEADROOM > scroller.clientHeight;
  scroller.scrollTop = isTall ? last.offsetTop - scroller.offsetTop - HEADROOM : scroller.scrollHeight;
  placed = scroller.scrollTop;
  offer(false);
}

/** Somebody who reads further up is told of a new message, and not moved. */
function offer(isOffered) {
  const below = document.getElementById("below");
  if (below) below.hidden = !isOffered;
}

/** Above everything, an open modal included. */
function lost(isLost) {
  document.getElementById("lost").togglePopover(isLost);
}

/** Starts listening; the browser reconnects by itself, and what was missed is fetched then. */
export function listen() {
  const events = new EventSource("/events?" + new URLSearchParams({ as: place().as }));
  // What happened before the line was up, or while it was down, sent no event: look once.
  events.onopen = () => refresh();
  events.onmessage = () => refresh();
  events.onerror = () => lost(true);
  window.addEventListener("pagehide", () => events.close());
  setInterval(refresh, CLOCK_EVERY);
  document.getElementById("below")?.addEventListener("click", toEnd);
  document.addEventListener("scroll", () => isAtEnd() && offer(false), true);
}
