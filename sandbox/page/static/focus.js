// Where the focus goes back to once a form is closed, or what was pressed is gone from the page.

const CONTROL = ":is(button, select, input, a):not([disabled])";
let left = null;

/** Remembers what was last in focus outside of forms and menus, and in which block of which message it stands. */
function remember({ target }) {
  if (target.closest("dialog, [popover]")) return;
  const surface = target.closest("[data-surface]");
  const block = surface ? [...surface.querySelectorAll(".block")].indexOf(target.closest(".block")) : -1;
  left = { id: target.id, surface: surface?.id, block };
}

/** What stands there now: a row that was worked on has its Undo in the line above the buttons it had. */
function successor() {
  const surface = document.getElementById(left.surface);
  const blocks = surface?.querySelectorAll(".block") ?? [];
  const found = blocks[left.block - 1]?.querySelector(CONTROL) ?? blocks[left.block]?.querySelector(CONTROL);
  if (!found) surface?.setAttribute("tabindex", "-1");
  return found ?? surface ?? document.getElementById("say");
}

/** Puts the focus back, where it is nowhere. */
export function backToPage() {
  if (!left || document.activeElement !== document.body) return;
  (document.getElementById(left.id) ?? successor())?.focus({ preventScroll: true });
}

export function startFocus() {
  document.addEventListener("focusin", remember);
}
