// The lock: after a while without a touch, or at once, a full-screen dialog lies over the page. What was typed stays
// under it, and what was being sent is sent again after the PIN. An emergency can be started through it.

import { keep } from "./drafts.js";
import { shownSheet } from "./sheet.js";
import { freshToken } from "./token.js";

const lock = document.getElementById("lock");
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
const limit = Number(meta("idle-seconds") || 0) * 1000;
const TOUCH_EVERY = 60_000;
const LOOK_EVERY = 2_000;
let locked = false;
let again = []; // what to do once somebody is back
let goTo = null;
let seenAt = Date.now();

// ── the same hand may be on another tab ───────────────────────────────────
const tell = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // tabs then lock each for themselves
  }
};
const touchedAt = () => {
  try {
    return Number(localStorage.getItem("touched")) || 0;
  } catch {
    return 0;
  }
};
let mine = Date.now();

function touch() {
  const at = Date.now();
  if (at - mine < 1000) return;
  mine = at;
  tell("touched", String(at));
}

const post = (url, headers = {}) =>
  fetch(url, { method: "POST", headers: { "X-CSRFToken": meta("csrf-token"), "HX-Request": "true", ...headers } });

function look() {
  const at = Date.now();
  const last = Math.max(mine, touchedAt());
  if (locked) return;
  if (at - last >= limit) lockNow();
  else if (at - seenAt >= TOUCH_EVERY && last > seenAt) {
    seenAt = at;
    post("/seen").catch(() => {});
  }
}

// ── putting the lock on, and taking it off ────────────────────────────────
export async function lockNow() {
  cover();
  tell("locked", String(Date.now()));
  try {
    await post("/lock");
  } catch {
    // not reachable: the cover is on, and the server locks by itself after the same time
  }
  await fill();
}

function cover() {
  if (locked || !lock) return;
  locked = true;
  document.documentElement.dataset.locked = "";
  lock.showModal();
}

async function fill() {
  if (lock.querySelector("form")) return;
  await window.htmx.ajax("GET", `/sign-in?next=${encodeURIComponent(location.pathname)}`, { target: lock, swap: "innerHTML" });
}

export function showLock(retry = null) {
  if (retry) again.push(retry);
  if (locked) return;
  cover();
  fill();
}

function uncover() {
  locked = false;
  delete document.documentElement.dataset.locked;
  seenAt = mine = Date.now();
  tell("touched", String(mine));
  if (lock.open) lock.close();
  lock.replaceChildren();
}

function back(actor) {
  if (actor !== meta("actor")) {
    keep(shownSheet());
    location.assign(goTo || (document.querySelector("main.board") ? "/" : location.href));
    return;
  }
  uncover();
  tell("unlocked", `${actor} ${Date.now()}`);
  document.dispatchEvent(new CustomEvent("unlocked"));
  const todo = again;
  again = [];
  if (goTo) location.assign(goTo);
  else for (const retry of todo) retry();
}

// Send once more what was refused because the desk had locked itself.
function retryOf({ elt, requestConfig }) {
  const event = requestConfig?.triggeringEvent;
  if (elt.closest("[data-live]") === elt || elt.closest("#lock")) return null;
  const form = elt.closest("form");
  if (form && requestConfig.verb !== "get") {
    return () => form.isConnected && form.requestSubmit(event?.submitter?.isConnected ? event.submitter : undefined);
  }
  return () => elt.isConnected && window.htmx.trigger(elt, event?.type || "click");
}

// ── through the lock: an emergency is started, the page under it stays ────
async function emergency(form) {
  const said = form.parentElement.querySelector(".sub");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    goTo = answer.headers.get("HX-Redirect");
    const news = JSON.parse(answer.headers.get("HX-Trigger") || "{}").entered?.said;
    said.textContent = news || lock.dataset.started;
    said.classList.add("started");
    // A second tap now is the same tap; one after a while is a second emergency.
    setTimeout(() => form.isConnected && (form.elements.token.value = freshToken()), 10_000);
  } catch {
    form.submit(); // the plain way: the page goes, the response is started
  }
}

if (lock) {
  document.body.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) showLock(retryOf(event.detail));
  });
  document.body.addEventListener("unlocked", (event) => event.detail?.actor && back(event.detail.actor));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-lock]")) {
      event.preventDefault();
      lockNow();
    } else if (form.matches("#lock [data-emergency]")) {
      event.preventDefault();
      emergency(form);
    }
  });
  // Esc does not open a lock.
  lock.addEventListener("cancel", (event) => event.preventDefault());
  lock.addEventListener("close", () => locked && lock.showModal());
  window.addEventListener("storage", (event) => {
    if (event.key === "locked") showLock();
    if (event.key !== "unlocked" || !locked || !event.newValue) return;
    if (event.newValue.startsWith(`${meta("actor")} `)) uncover();
    else location.reload();
  });
}

if (limit && meta("actor")) {
  touch();
  tell("touched", String(Date.now()));
  for (const kind of ["pointerdown", "keydown", "wheel", "pointermove"]) {
    window.addEventListener(kind, touch, { passive: true, capture: true });
  }
  setInterval(look, Math.min(LOOK_EVERY, limit));
}
