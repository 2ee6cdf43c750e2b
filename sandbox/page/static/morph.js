// Makes what is on the page equal to what the server drew, touching only what differs: focus, typed text,
// open menus and scroll positions survive because their elements do.

const KEEP = { DETAILS: ["open"], DIALOG: ["open"] };
const busy = new WeakSet();

/** Marks a control as waiting for an answer; updates leave its attributes alone until it is released. */
export function hold(element) {
  busy.add(element);
}

export function release(element) {
  busy.delete(element);
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
    if (!busy.has(old)) matchAttributes(old, fresh);
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
  const keyed = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let cursor = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const key = keyOf(wanted);
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
    const next = cursor.nextSibling;
    note(cursor.parentElement, changed);
    cursor.remove();
    cursor = next;
  }
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || node.id || "" : "";
}

function note(node, changed) {
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
  if (element) changed.push(element);
}
