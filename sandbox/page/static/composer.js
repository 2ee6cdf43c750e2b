// The box at the bottom: Enter sends, "/" offers the commands, the arrow up brings back what was typed.

import { refresh, place, toEnd } from "/static/live.js";
import { send } from "/static/send.js";

const REMEMBERED = 50;
const PENDING = "line-to-write";

/** A line of the guide goes into the box, at the next page where this one has none. */
function offerLines(write) {
  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-line]")?.dataset.line;
    if (!line) return;
    if (!write) return sessionStorage.setItem(PENDING, line);
    event.preventDefault();
    write(line);
    document.getElementById("say").focus();
  });
}

export function startComposer() {
  const form = document.getElementById("composer");
  if (!form) return offerLines(null);
  const box = form.querySelector("#say");
  const list = form.querySelector("#completion");
  const items = [...list.children];
  const past = `said-${place().as}`;
  const draft = `draft-${place().as}-${place().in}`;
  const recall = () => JSON.parse(sessionStorage.getItem(past) ?? "[]");
  let back = 0;

  const fitting = () => items.filter((item) => !item.hidden);
  const current = () => fitting().find((item) => item.ariaSelected === "true");

  function show() {
    const [word, ...rest] = box.value.split(" ");
    const asks = box.value.startsWith("/");
    items.forEach((item) => {
      const { name } = item.dataset;
      item.hidden = !asks || !(rest.length ? name === word : name.startsWith(word));
    });
    list.hidden = !fitting().length;
    box.ariaExpanded = String(!list.hidden);
    choose(rest.length ? null : (current() ?? fitting()[0]));
    form.querySelector(".send").disabled = !box.value.trim();
    sessionStorage.setItem(draft, box.value);
  }

  function choose(item) {
    items.forEach((each) => (each.ariaSelected = String(each === item)));
    if (item) box.setAttribute("aria-activedescendant", item.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function write(text) {
    box.value = text;
    show();
    box.setSelectionRange(text.length, text.length);
  }

  async function post() {
    const text = box.value.trim();
    if (!text) return;
    sessionStorage.setItem(past, JSON.stringify([text, ...recall()].slice(0, REMEMBERED)));
    back = 0;
    write("");
    form.classList.add("is-sending");
    const told = await send("/say", { text });
    form.classList.remove("is-sending");
    if (!told.ok && !box.value) write(text);
    await refresh();
    toEnd();
  }

  /** Answers whether the key was for the list of commands. */
  function steer(event) {
    const offered = fitting();
    const at = offered.indexOf(current());
    if (list.hidden || at < 0) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      choose(offered.at((at + (event.key === "ArrowDown" ? 1 : -1)) % offered.length));
    } else if (event.key === "Tab" || (event.key === "Enter" && box.value !== offered[at].dataset.name)) {
      write(`${offered[at].dataset.name} `);
    } else if (event.key === "Escape") {
      list.hidden = true;
    } else return false;
    return true;
  }

  function remember(event) {
    const said = recall();
    const goesBack = event.key === "ArrowUp" && (!box.value || back > 0) && back < said.length;
    const goesOn = event.key === "ArrowDown" && back > 0;
    if (!goesBack && !goesOn) return false;
    back += goesBack ? 1 : -1;
    write(said[back - 1] ?? "");
    return true;
  }

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((back === 0 && steer(event)) || remember(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      post();
    }
  });
  box.addEventListener("input", () => {
    back = 0;
    show();
  });
  box.addEventListener("blur", () => setTimeout(() => (list.hidden = true), 150));
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    write(`${item.dataset.name} `);
    box.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    post();
  });
  offerLines(write);
  box.value = sessionStorage.getItem(PENDING) ?? sessionStorage.getItem(draft) ?? "";
  sessionStorage.removeItem(PENDING);
  if (box.value) show();
  if (!document.querySelector("dialog[open]")) box.focus();
}
