// The arrival sheet: finds handles while they are typed, fills in what is usual, and says where Enter would seat.
// Everything it does can be done without it: the server asks which person was meant, and finds the next place.

import { go } from "./leave.js";
import { showLock } from "./lock.js";

const PAUSE = 120; // milliseconds of quiet before what was typed is looked up
let timer = 0;
let asked = null;
let listed = null; // what was typed when the list that is shown was found

const sheetOf = (element) => element?.closest?.("form[data-arrive]");
const list = (form) => form.querySelector("#who-list");
const options = (form) => [...list(form).querySelectorAll("[role=option]:is([data-ref], [data-here])")];
const spelled = (text) => text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const chosen = (form) => list(form).querySelector("[aria-selected=true]");

// ── who ───────────────────────────────────────────────────────────────────
function hide(form) {
  clearTimeout(timer);
  asked?.abort();
  listed = null;
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

// Whether the list is there.
async function look(form) {
  const { who, csrf_token: token } = form.elements;
  const words = who.value;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(who.dataset.search, {
      method: "POST",
      body: new URLSearchParams({ who: words, csrf_token: token.value }),
      headers: { "HX-Request": "true" },
      signal: asked.signal,
      redirect: "error",
    });
    if (answer.status === 401) showLock();
    if (!answer.ok || form.elements.person.value) return false;
    list(form).innerHTML = await answer.text();
    list(form).hidden = !list(form).children.length;
    listed = words;
    mark(form, meant(form));
    return true;
  } catch {
    return false; // no answer: what was typed is still good, and the server asks when it is sent
  }
}

function namesake(form) {
  const typedName = spelled(form.elements.who.value);
  return options(form).find((one) => spelled(one.dataset.handle || one.querySelector("b").textContent) === typedName);
}

// Who Enter takes: whoever is called just what was typed, though they are here already; else the first who is not,
// unless somebody new was said to be here.
function meant(form) {
  return namesake(form) || (!form.elements.new.checked && options(form).find((one) => one.dataset.ref)) || null;
}

// Enter in the field says who it is, whoever it is, and stays on the sheet: the next keys are what they use.
async function settle(form) {
  const { who, new: fresh } = form.elements;
  if (listed === who.value) return chosen(form) ? take(form, chosen(form)) : anew(form);
  form.querySelector("[data-seat]").focus();
  clearTimeout(timer);
  if (!(await look(form))) return;
  // Nobody has seen this list: of those who are only called alike none is taken.
  if (namesake(form)) take(form, namesake(form));
  else if (options(form).length && !fresh.checked) who.focus();
  else anew(form);
}

// Not ticked as new: the server asks when it knows somebody whose name is spelled nearly so.
function anew(form) {
  const said = list(form).querySelector(".none template")?.content.cloneNode(true);
  hide(form);
  form.querySelector("[data-door]").replaceChildren(said || "");
  // Whoever has gone on to what they use is not called back.
  if (document.activeElement === form.elements.who) form.querySelector("[data-seat]").focus();
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
// A name that is typed, and nobody picked for it.
function asks(form) {
  const { who, person } = form.elements;
  return who.value.trim() && !person.value && !form.querySelector("input[name=which]:checked");
}

// In front of the sheet's own keys: Esc first closes the list, Enter first says who it is.
document.addEventListener(
  "keydown",
  (event) => {
    const form = sheetOf(event.target);
    if (!form || event.target.name !== "who" || event.isComposing) return;
    if (event.key === "Enter" && !event.ctrlKey && asks(form)) settle(form);
    else if (list(form).hidden) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(form, event.key === "ArrowDown" ? 1 : -1);
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
