// Side sheets: a link with data-sheet opens in a dialog over the page; what was typed is kept when it is closed.

import { forget, restore, touched } from "./drafts.js";
import { toMend } from "./fields.js";
import { SAME_TAP } from "./token.js";

const sheet = document.getElementById("sheet");
const ANSWER_WITHIN = 5_000; // then the keys are free again
const kept = new Map(); // address -> the nodes of a sheet that was closed with something typed in it
let address = null;
let opener = null;
let asked = null; // the address of the sheet that is on its way because somebody opened it
let early = ""; // what was typed meanwhile
let saved = -Infinity; // when a sheet's entry was

export const shownSheet = () => (sheet?.open ? address : null);
export const closedSheets = () => kept;

// Whoever presses A types the handle at once: what comes before the sheet is kept for its field, and is no key.
export function typedEarly(event) {
  if (!asked) return false;
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) early += event.key;
  return true;
}

function putEarly() {
  const field = document.activeElement;
  const text = early;
  early = "";
  if (!text || !sheet.contains(field) || !field.matches("textarea, input:is([type=text], [type=search], :not([type]))")) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What was typed before is there again; a new word replaces it instead of growing on it.
function selectTyped() {
  const field = document.activeElement;
  if (sheet.contains(field) && field.matches("input:is([type=text], [type=search], :not([type]))")) field.select();
}

function name() {
  const title = sheet.querySelector("h1, h2");
  if (!title) return;
  title.id ||= "sheet-title";
  sheet.setAttribute("aria-labelledby", title.id);
  sheet.removeAttribute("aria-label");
}

function focusFirst() {
  // What the link said already is no question any more.
  const ways = ["[autofocus]", ".in :is(input, select, textarea, button:not([data-by]), a[href]):not([data-given])", "button"];
  const shown = (way) => [...sheet.querySelectorAll(way)].find((one) => one.type !== "hidden" && one.checkVisibility());
  // htmx gives the focus to [autofocus] once more when it is done: what has to be mended goes before.
  const refused = toMend(sheet);
  if (refused) for (const one of sheet.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
  const first = refused ?? ways.map(shown).find(Boolean);
  // Of choices of which one stands ready, that one: Space or Enter then keeps it.
  const ready = first?.type === "radio" && sheet.querySelector(`[name="${CSS.escape(first.name)}"]:checked`);
  (ready || first)?.focus();
}

// A form that is a page of its own when it is opened by its address is sent by htmx in a sheet: its answer belongs there.
function adopt() {
  for (const form of sheet.querySelectorAll("form[method=post]:not([hx-post], [data-emergency])")) {
    form.setAttribute("hx-post", form.getAttribute("action") || address);
    form.setAttribute("hx-target", "#sheet");
    form.setAttribute("hx-swap", "innerHTML");
    window.htmx.process(form);
  }
}

// The page under the sheet may hold a field of the same name; two elements cannot share an id.
function rename() {
  for (const element of sheet.querySelectorAll("[id]")) {
    const old = element.id;
    if ([...document.querySelectorAll(`[id="${CSS.escape(old)}"]`)].every((other) => sheet.contains(other))) continue;
    element.id = `sheet-${old}`;
    for (const label of sheet.querySelectorAll(`label[for="${CSS.escape(old)}"]`)) label.htmlFor = element.id;
    for (const way of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
      for (const user of sheet.querySelectorAll(`[${way}~="${CSS.escape(old)}"]`)) {
        const ids = user.getAttribute(way).split(" ");
        user.setAttribute(way, ids.map((id) => (id === old ? element.id : id)).join(" "));
      }
    }
  }
}

function show() {
  adopt();
  rename();
  name();
  if (!sheet.open) sheet.showModal();
  focusFirst();
}

// Whoever amends an entry and strikes it instead has given the reason and the note already.
const CARRIED = ["why", "note"];
const given = (form) => CARRIED.map((name) => [name, form.elements.namedItem(name)?.value]).filter(([, value]) => value);

function carry(values) {
  const form = sheet.querySelector("form[method=post]");
  for (const [name, value] of values) {
    const field = form?.elements.namedItem(name);
    if (field && !field.value) field.value = value;
  }
}

// Puts a sheet's page into it; false where no answer came. What is still on its way comes no more.
async function fetched(url) {
  window.htmx.trigger(sheet, "htmx:abort");
  const answer = window.htmx.ajax("GET", url, { source: sheet, target: sheet, swap: "innerHTML" });
  const late = new Promise((tell) => setTimeout(tell, ANSWER_WITHIN, false));
  const came = await Promise.race([answer.then(() => true, () => false), late]);
  if (!came && asked === url) window.htmx.trigger(sheet, "htmx:abort");
  return came;
}

function putAway() {
  if (touched(sheet)) kept.set(address, [...sheet.childNodes]);
}

export async function openSheet(url, from = document.activeElement) {
  if (!sheet || asked === url) return;
  const values = from?.matches("[data-instead]") ? given(from.closest("form")) : [];
  putAway(); // the browser tells of a sheet that was closed in its own time, which may be after the next key
  if (sheet.open) close();
  opener = from;
  address = url;
  if (kept.has(url)) {
    asked = null; // what is on its way comes no more
    window.htmx.trigger(sheet, "htmx:abort");
    sheet.replaceChildren(...kept.get(url));
    kept.delete(url);
    show();
    sheet.dispatchEvent(new CustomEvent("again", { bubbles: true }));
    return selectTyped();
  }
  sheet.replaceChildren();
  asked = url;
  early = "";
  const came = await fetched(url);
  if (asked !== url) return; // another was opened since
  asked = null;
  if (!came) document.dispatchEvent(new CustomEvent("away"));
  if (!sheet.hasChildNodes()) return;
  show();
  restore(sheet, url);
  carry(values);
  selectTyped();
  putEarly();
}

export function close() {
  if (sheet.open) sheet.close();
}

function openedFrom() {
  const key = opener?.dataset?.key;
  return opener?.isConnected ? opener : key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

const giveBack = () => openedFrom()?.focus({ preventScroll: true });

// Whoever presses Enter twice means the entry that was just saved: what has the focus again opens no second sheet.
function pressedAgain(event) {
  if (event.key !== "Enter" || sheet.open || event.target !== openedFrom()) return;
  if (event.repeat || Date.now() - saved < SAME_TAP) event.preventDefault();
}

if (sheet) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sheet]");
    if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button) {
      event.preventDefault();
      openSheet(link.getAttribute("href") || link.dataset.sheet, link);
    } else if (event.target.closest("#sheet [data-close]")) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("keydown", pressedAgain, true);
  sheet.addEventListener("close", () => {
    putAway();
    giveBack();
  });
  // What htmx put in: an answer with something to mend, or another sheet. A tap on the page that could not be
  // entered opens it by itself, with the choice that is left.
  sheet.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== sheet || asked || !sheet.hasChildNodes()) return;
    if (!sheet.open) {
      opener = document.activeElement;
      address = event.detail.pathInfo.requestPath;
    }
    show();
  });
  sheet.addEventListener("entered", (event) => {
    const form = event.target.closest?.("form");
    if (form) forget(form);
    kept.delete(address);
    saved = Date.now();
    const left = opener?.isConnected && opener.matches("[data-instead]") && opener.closest("form");
    close();
    sheet.replaceChildren();
    kept.delete(address);
    // The page was the form for an entry that is struck now: there is nothing left to correct.
    if (left) location.assign(left.querySelector("a[href]:not([data-instead])")?.href || "/");
  });
}
