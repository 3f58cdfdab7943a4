// The arrival sheet: finds handles while they are typed, fills in what is usual, and says where Enter would seat.
// Everything it does can be done without it: the server asks which person was meant, and finds the next place.

import { go } from "./leave.js";
import { showLock } from "./lock.js";

const PAUSE = 120; // milliseconds of quiet before what was typed is looked up
let timer = 0;
let asked = null;

const sheetOf = (element) => element?.closest?.("form[data-arrive]");
const list = (form) => form.querySelector("#who-list");
const options = (form) => [...list(form).querySelectorAll("[role=option]:is([data-ref], [data-here])")];
const spelled = (text) => text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const chosen = (form) => list(form).querySelector("[aria-selected=true]");

// ── who ───────────────────────────────────────────────────────────────────
function hide(form) {
  clearTimeout(timer);
  asked?.abort();
  list(form).hidden = true;
  list(form).replaceChildren();
  mark(form, null);
}

function mark(form, option) {
  for (const one of options(form)) one.setAttribute("aria-selected", String(one === option));
  form.elements.who.setAttribute("aria-expanded", String(!list(form).hidden));
  if (option) form.elements.who.setAttribute("aria-activedescendant", option.id);
  else form.elements.who.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

async function look(form) {
  const { who, csrf_token: token } = form.elements;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(who.dataset.search, {
      method: "POST",
      body: new URLSearchParams({ who: who.value, csrf_token: token.value }),
      headers: { "HX-Request": "true" },
      signal: asked.signal,
      redirect: "error",
    });
    if (answer.status === 401) showLock();
    if (!answer.ok || form.elements.person.value) return;
    list(form).innerHTML = await answer.text();
    list(form).hidden = !list(form).children.length;
    mark(form, meant(form));
  } catch {
    // no answer: what was typed is still good, and the server asks when it is sent
  }
}

// Who Enter takes: whoever is called just what was typed, though they are here already; else the first who is not.
function meant(form) {
  const all = options(form);
  const typedName = spelled(form.elements.who.value);
  const same = all.find((one) => spelled(one.dataset.handle || one.querySelector("b").textContent) === typedName);
  return same || all.find((one) => one.dataset.ref) || null;
}

function nobody(form) {
  form.elements.person.value = "";
  form.querySelector("[data-door]").replaceChildren();
  for (const one of form.querySelectorAll("input[name=which]")) one.checked = false;
}

// A sheet that was closed half filled in is for whoever it was begun for: another name takes nothing over from them.
const begunFor = new WeakMap();

function begin(form) {
  if (form.elements.anonymous.checked) begunFor.set(form, "?");
  else if (form.elements.who.value) begunFor.set(form, spelled(form.elements.who.value));
}

function forAnother(form) {
  const [before, now] = [begunFor.get(form), spelled(form.elements.who.value)];
  if (!before || !now || before.startsWith(now) || now.startsWith(before)) return;
  begunFor.delete(form);
  for (const one of form.querySelectorAll("input:not([type=hidden], [name=who])")) {
    if (one.matches("[type=checkbox], [type=radio]")) one.checked = one.type === "radio" && !one.value;
    else one.value = "";
  }
  where(form);
}

function typed(form) {
  forAnother(form);
  nobody(form);
  form.elements.anonymous.checked = false;
  clearTimeout(timer);
  if (form.elements.who.value.trim()) timer = setTimeout(look, PAUSE, form);
  else hide(form);
}

function take(form, option) {
  if (option.dataset.ref) pick(form, option);
  // Somebody who is here already has a visit: that is the one to go on with.
  else if (option.dataset.here) go(option.dataset.here);
}

function pick(form, option) {
  const { who, person, anonymous, new: fresh } = form.elements;
  nobody(form);
  who.value = option.dataset.handle;
  // What staff should know of them stands on the sheet before they are in.
  form.querySelector("[data-door]").replaceChildren(option.querySelector("template")?.content.cloneNode(true) || "");
  person.value = option.dataset.ref;
  anonymous.checked = fresh.checked = false;
  hide(form);
  usual(form, option.dataset.substances.split(" ").filter(Boolean), option.dataset.route);
  form.querySelector("[data-seat]").focus();
}

// What they had last time is ticked, unless somebody has ticked something already.
function usual(form, substances, route) {
  const all = [...form.querySelectorAll("input[name=substances]")];
  if (!all.some((one) => one.checked && !one.dataset.usual)) {
    for (const one of all) {
      one.checked = substances.includes(one.value);
      one.toggleAttribute("data-usual", one.checked);
      if (one.checked && one.closest("details")) one.closest("details").open = true;
    }
  }
  const how = [...form.querySelectorAll("input[name=route]")];
  if (!how.some((one) => one.checked && !one.dataset.usual)) {
    for (const one of how) one.checked = one.value === route;
  }
  where(form);
}

// ── where to ──────────────────────────────────────────────────────────────
function where(form) {
  const spans = [...form.querySelectorAll("[data-seat] [data-route]")];
  const route = form.querySelector("input[name=route]:checked")?.value || "";
  const span = spans.find((one) => one.dataset.route === route) || spans[0];
  for (const one of spans) one.hidden = one !== span;
  const place = form.querySelector("input[name=place][type=hidden]");
  if (place && span) place.value = span.dataset.place;
}

// ── what happens in the sheet ─────────────────────────────────────────────
function exclusive(form, box) {
  if (!box.checked) return;
  nobody(form);
  const other = box.name === "new" ? form.elements.anonymous : form.elements.new;
  other.checked = false;
  if (box.name === "anonymous") form.elements.who.value = "";
  else form.elements.who.focus(); // what is typed next is their name
  hide(form);
}

function step(form, by) {
  const all = options(form);
  if (!all.length) return;
  const at = all.indexOf(chosen(form));
  mark(form, all[(at + by + all.length) % all.length]);
}

document.addEventListener("input", (event) => {
  const form = sheetOf(event.target);
  if (form && event.target.name === "who") typed(form);
});
document.addEventListener("again", (event) => event.target.querySelectorAll("form[data-arrive]").forEach(begin));
document.addEventListener("change", (event) => {
  const form = sheetOf(event.target);
  if (!form) return;
  if (event.target.name === "anonymous" || event.target.name === "new") exclusive(form, event.target);
  if (event.target.name === "route") where(form);
});
document.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  const form = sheetOf(option);
  if (form) take(form, option);
});
// In front of the sheet's own keys: Esc first closes the list, Enter first picks from it.
document.addEventListener(
  "keydown",
  (event) => {
    const form = sheetOf(event.target);
    if (!form || event.target.name !== "who" || event.isComposing || list(form).hidden) return;
    const option = chosen(form);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(form, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && option && !event.ctrlKey) take(form, option);
    else if (event.key === "Escape") hide(form);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
// A sheet that was just shown, or answered with something to mend.
for (const moment of ["htmx:afterSwap", "DOMContentLoaded"]) {
  document.addEventListener(moment, () => document.querySelectorAll("form[data-arrive]").forEach(where));
}
document.querySelectorAll("form[data-arrive]").forEach(where);
