// The entry: loads what makes pages quicker to use. Every page works without it.

import "./clocks.js";
import "./keys.js";
import "./nav.js";
import "./fields.js";
import { keep, restore, touch } from "./drafts.js";
import { closedSheets, shownSheet } from "./sheet.js";
import { answers } from "./leave.js";
import "./lock.js";
import "./door.js";
import "./live.js";
import "./arrive.js";
import "./birth_year.js";
import "./emergency.js";
import "./token.js";

const toasts = document.getElementById("toasts");
const home = toasts?.parentElement;
const SHOWN = { said: 5_000, wrong: 12_000 }; // what is "held" stays until something else is said

export function toast(words, kind = "said") {
  if (!words || !toasts) return;
  const note = document.createElement("p");
  note.className = kind === "said" ? "toast" : "toast wrong";
  note.textContent = words;
  // What lies under an open dialog is not read, so the words go where the person is.
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) || home;
  if (toasts.parentElement !== place) place.prepend(toasts);
  toasts.replaceChildren(note);
  if (SHOWN[kind]) setTimeout(() => note.remove(), SHOWN[kind]);
}

// Before the sheet is emptied or kept: what was said is no part of it.
document.addEventListener("close", () => toasts && home.prepend(toasts), true);

// ── what the server said about an entry ───────────────────────────────────
document.addEventListener("entered", (event) => toast(event.detail.said));
// The words belong to the entry before; beside one that is refused they would read as its own.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig?.verb !== "get") toasts?.querySelector(".toast:not(.wrong)")?.remove();
});
document.addEventListener("first", (event) => toast(toasts?.dataset.first.replace("{key}", event.detail.key)));
document.addEventListener("missed", (event) => toast(toasts?.dataset.missed.replaceAll("{key}", event.detail.key), "wrong"));
document.addEventListener("held", (event) => toast(event.detail.said, "held"));
document.addEventListener("failed", (event) => toast(event.detail.said, "wrong"));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 401 && !xhr.getResponseHeader("HX-Trigger")) toast(toasts?.dataset.failed, "wrong");
});
document.addEventListener("away", () => toast(toasts?.dataset.away, "wrong"));
document.addEventListener("htmx:sendError", (event) => {
  const { elt, requestConfig } = event.detail;
  const place = (elt.form ?? elt).closest("[data-unanswered]") || toasts; // some pages know better what becomes of an entry
  if (requestConfig?.verb !== "get") toast(place?.dataset.unanswered, "wrong");
});

// ── a form of a whole page leaves it only when the server answers: a browser's error page keeps nothing ──
const [asked, answered] = [new WeakSet(), new WeakSet()];
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const method = form.getAttribute("method")?.toLowerCase(); // a field of the form may be called so, too
  const entry = method === "post";
  if (event.defaultPrevented || method === "dialog" || form.matches("[data-emergency]") || answered.delete(form)) return;
  event.preventDefault();
  if (asked.has(form)) return; // pressed twice
  asked.add(form);
  if (entry) touch(form);
  if (await answers()) {
    answered.add(form);
    form.requestSubmit(submitter);
  } else toast(entry ? toasts?.dataset.unsent : toasts?.dataset.away, "wrong");
  asked.delete(form);
});

// ── the token against forged forms, for whatever htmx sends ───────────────
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]')?.content;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const fresh = event.detail.xhr?.getResponseHeader("X-CSRFToken");
  if (!fresh) return;
  document.querySelector('meta[name="csrf-token"]').content = fresh;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = fresh;
});

// ── a choice that stands alone unticks the others, and any other unticks it ──
document.addEventListener("change", (event) => {
  const { target } = event;
  const group = target.type === "checkbox" && target.checked && target.closest("[data-chips]");
  for (const one of group ? group.querySelectorAll("input:checked") : []) {
    if (one !== target && (target.matches("[data-alone]") || one.matches("[data-alone]"))) one.checked = false;
  }
});

// ── counters ──────────────────────────────────────────────────────────────
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step] [data-by]");
  if (button) count(button.parentElement.querySelector("input"), Number(button.dataset.by));
});
document.addEventListener("keydown", (event) => {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!by || !event.target.matches("[data-step] input")) return;
  event.preventDefault();
  count(event.target, by);
});

function count(field, by) {
  field.value = String(Math.max(0, (Number.parseInt(field.value, 10) || 0) + by));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// ── what folds out of the bar closes again when one turns to something else ──
document.addEventListener("pointerdown", (event) => foldBut(event.target));
document.addEventListener("focusin", (event) => foldBut(event.target));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details[data-popover][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

function foldBut(target) {
  for (const open of document.querySelectorAll("details[data-popover][open]"))
    if (!open.contains(target)) open.open = false;
}

// ── what the last page did: said for a while, without pushing the page down ──
const said = [...document.querySelectorAll("[data-flash]")].map((flash) => {
  flash.remove();
  return flash.textContent.trim();
});
toast(said.join(" "));

// ── what was typed survives leaving the page ──────────────────────────────
window.addEventListener("pagehide", () => keep(shownSheet(), closedSheets()));
restore();
document.documentElement.dataset.script = "on";
