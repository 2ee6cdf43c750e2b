// Makes what is on the page equal to what the server drew, touching only what differs: focus, typed text,
// open menus and scroll positions survive because their elements do.

const KEEP = { DETAILS: ["open"], DIALOG: ["open"] };
const busy = new WeakMap();

/** Marks a control as waiting for an answer; updates leave its attributes alone until it is released. */
export function hold(element) {
  busy.set(element, null);
}

/** What was drawn of it meanwhile counts from now on. */
export function release(element) {
  const drawn = busy.get(element);
  busy.delete(element);
  if (drawn) matchAttributes(element, drawn);
}

/** Turns `old` into `fresh`; answers the elements that are new or read differently. */
export function morph(old, fresh, changed = []) {
  if (same(old, fresh)) return changed;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || keyOf(old) !== keyOf(fresh)) {
    old.replaceWith(fresh);
    note(fresh, changed);
  } else if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    note(old.parentElement, changed);
  } else if (old.nodeName === "TEMPLATE") {
    old.replaceWith(fresh);
  } else {
    busy.has(old) ? busy.set(old, fresh) : matchAttributes(old, fresh);
    if (old.dataset.own === undefined) matchChildren(old, fresh, changed);
  }
  return changed;
}

/** Two templates are never the same: what they hold is not compared by isEqualNode. */
function same(old, fresh) {
  return old.isEqualNode(fresh) && old.nodeName !== "TEMPLATE" && !old.querySelector?.("template");
}

function matchAttributes(old, fresh) {
  const keep = [...(KEEP[old.tagName] || []), ...(old.popover ? ["style"] : [])];
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !keep.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function matchChildren(old, fresh, changed) {
  dropGone(old, fresh, changed);
  const keyed = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let cursor = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const key = keyOf(wanted);
    while (key && cursor && isBlank(cursor)) cursor = drop(cursor);
    const match = key ? keyed.get(key) : cursor && !keyOf(cursor) ? cursor : null;
    if (!match) {
      old.insertBefore(wanted, cursor);
      note(wanted, changed);
      continue;
    }
    if (match === cursor) cursor = cursor.nextSibling;
    else old.insertBefore(match, cursor);
    keyed.delete(key);
    morph(match, wanted, changed);
  }
  while (cursor) {
    if (!isBlank(cursor)) note(old, changed);
    cursor = drop(cursor);
  }
}

/** What is gone goes first: then whatever stays is found in its place and need not be moved. */
function dropGone(old, fresh, changed) {
  const stay = new Set([...fresh.children].map(keyOf));
  for (const child of [...old.children]) {
    if (!keyOf(child) || stay.has(keyOf(child))) continue;
    child.remove();
    if (old.closest("[data-block-id]")) note(old, changed);
  }
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.nodeValue.trim();

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || node.id || "" : "";
}

function note(node, changed) {
  if (node && isBlank(node)) return;
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
  if (element) changed.push(element);
}
