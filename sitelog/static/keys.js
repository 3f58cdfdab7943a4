// Keys: an element says its key (data-key="a", "F8", "Shift+3", "d 3", "Ctrl+Enter"); pressing it presses the element.
// A row with a key (data-row) gets the focus instead; what only says something (data-says) has it said.
//
// Letters and digits do nothing while a field has the focus and can be switched off; function keys always work.
// Digits are read by their place on the keyboard, so that Shift+1 works on every layout.

import { openHelp } from "./help.js";
import { typedEarly } from "./sheet.js";

const SEQUENCE = 5000; // milliseconds between the two keys of "d 3": as long as the first is said to wait
const MISSED = 15_000; // so long a second key that comes too late is taken for that, and enters nothing
let first = null;

const on = () => {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
};

export function typing(element) {
  if (!element) return false;
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])");
}

// Shift and the key of a place that is on this page.
const startsResponse = (spelled) => spelled.startsWith("Shift+") && find(spelled) !== null;

// What was pressed, in the words of data-key.
export function spell(event) {
  let key = event.key;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (digit && !(event.code.startsWith("Numpad") && key.length > 1)) key = digit[1];
  else if (letter && !/^[a-z]$/i.test(key)) key = letter[1]; // a keyboard without Latin letters
  if (/^[a-z]$/i.test(key)) key = key.toLowerCase();
  const named = /^[a-z0-9]$/.test(key) || key.length > 1;
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey && named ? "Shift+" : ""}${key}`;
}

// Letters the site has moved: what is pressed, and the letter that elements declare for it ("": nothing any more).
const moved = JSON.parse(document.querySelector("meta[name=keys]")?.content || "{}");
const letterFor = (usual) => Object.keys(moved).find((key) => moved[key] === usual);
// A sheet's own keys are those of its lists, and stay.
const declared = (spelled) => (topmost() ? spelled : (moved[spelled] ?? spelled));

const same = (declared, spelled) => declared.toLowerCase() === spelled.toLowerCase();
const always = (spelled) => /^(Shift\+)?F\d{1,2}$/.test(spelled) || spelled.startsWith("Ctrl+");
const usable = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true";

function topmost() {
  const open = [...document.querySelectorAll("dialog[open]")].filter((dialog) => dialog.matches(":modal"));
  return open.find((dialog) => dialog.id === "lock") || open.at(-1) || null;
}

// The element for a key: in the dialog on top; a function key, and Shift with a place's, also reach the page behind a
// sheet, not behind the lock. Of several with one key it is the one after the page that is shown.
function find(spelled, part = same) {
  const dialog = topmost();
  const through = always(spelled) || spelled.startsWith("Shift+");
  const places = dialog && dialog.id !== "lock" && through ? [dialog, document] : [dialog || document];
  for (const place of places) {
    const found = [...place.querySelectorAll("[data-key]")].filter((e) => part(e.dataset.key, spelled) && usable(e));
    const shown = found.filter((element) => element.checkVisibility?.() ?? true);
    const current = shown.findIndex((element) => element.matches("[aria-current]"));
    if (found.length) return shown[(current + 1) % shown.length] || found[0];
  }
  return null;
}

// The first thing in a row that can be pressed, or what comes next in it (data-next).
const PRESSED = "button, a[href], input:not([type=hidden])";
const within = (row) => (row.matches(PRESSED) ? row : (row.querySelector("[data-next]") ?? row.querySelector(PRESSED)));

function press(element) {
  const { says } = element.dataset;
  if (says) document.dispatchEvent(new CustomEvent("failed", { detail: { said: says } }));
  else if (element.matches("form")) element.requestSubmit();
  else if (element.matches("[data-row]")) within(element)?.focus();
  else if (typing(element)) {
    element.focus();
    element.select?.();
  } else if (element.matches("input")) {
    element.focus();
    element.click();
  } else element.click();
}

// J and K walk along the rows that say data-row; Enter then does what the focused button does.
function walk(step) {
  const rows = [...(topmost() || document).querySelectorAll("[data-row]")];
  if (!rows.length) return false;
  // K begins at the end of the last list: who is in aftercare, on the board.
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows.at(at < 0 ? Math.min(0, step) : Math.min(rows.length - 1, Math.max(0, at + step)));
  within(next)?.focus();
  return true;
}

function handle(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
  if (["Shift", "Control", "Meta"].includes(event.key)) return;
  const spelled = spell(event);
  // A sheet that is on its way never keeps anybody from starting a response, or from leaving it.
  const passes = always(spelled) || startsResponse(spelled) || spelled === "Escape";
  if (!passes && typedEarly(event)) return event.preventDefault();
  const free = always(spelled) || (on() && !typing(event.target) && !spelled.startsWith("Ctrl+"));
  if (!free) return;
  if (take(declared(spelled)) || (spelled === "Ctrl+Enter" && send(event.target))) event.preventDefault();
}

// Enter in a field of several lines begins another line; with Ctrl it saves the form, where that is one button.
function send(field) {
  const save = field.matches?.("textarea") && field.form?.querySelectorAll(":scope > footer .btn.primary");
  if (save?.length !== 1) return false;
  field.form.requestSubmit(save[0]);
  return true;
}

function take(spelled) {
  const before = first;
  const age = before ? Date.now() - before.at : Infinity;
  const sequence = age < MISSED ? `${before.key} ${spelled}` : null;
  first = null;
  if (sequence && age >= SEQUENCE && find(sequence)) {
    // Too late for the second key, and too soon to mean something by itself: nobody was looked at.
    document.dispatchEvent(new CustomEvent("missed", { detail: { key: before.key.toUpperCase() } }));
    return true;
  }
  const element = (sequence && find(sequence)) || find(spelled);
  if (element) {
    press(element);
    return true;
  }
  if (spelled === "?") {
    openHelp();
    return true;
  }
  if (spelled === "j" || spelled === "k") return walk(spelled === "j" ? 1 : -1);
  if (find(spelled, (declared, key) => declared.toLowerCase().startsWith(`${key} `))) {
    first = { key: spelled, at: Date.now() };
    document.dispatchEvent(new CustomEvent("first", { detail: { key: spelled.toUpperCase() } }));
    return true;
  }
  return false;
}

document.addEventListener("keydown", handle);

function showChoice() {
  const toggle = document.querySelector("[data-keys-toggle]");
  if (toggle) toggle.checked = on();
  document.documentElement.toggleAttribute("data-keys-off", !on());
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-toggle]")) return;
  try {
    localStorage.setItem("keys", event.target.checked ? "on" : "off");
  } catch {
    // nothing is kept here; the keys stay on
  }
  showChoice();
});
showChoice();

// The letter that is shown is the one to press.
function showLetters(part) {
  for (const shown of part.querySelectorAll("[data-key] > kbd.hint, .keylist td > kbd")) {
    if (shown.closest("dialog:not(#help)")) continue;
    shown.textContent = shown.textContent.replace(/\b[A-Z]\b/g, (letter) => letterFor(letter.toLowerCase())?.toUpperCase() ?? letter);
  }
}
if (Object.keys(moved).length) {
  showLetters(document);
  document.addEventListener("shown", (event) => showLetters(event.target));
}
