// The lock: after a while without a touch, or at once, a full-screen dialog lies over the page. What was typed stays
// under it, and what was being sent is sent again after the PIN. An emergency can be started through it.

import { keep } from "./drafts.js";
import { shownSheet } from "./sheet.js";

const lock = document.getElementById("lock");
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
const limit = Number(meta("idle-seconds") || 0) * 1000;
const TOUCH_EVERY = 60_000;
const LOOK_EVERY = 2_000;
let locked = false;
let again = []; // what to do once somebody is back
let goTo = null;
let filling = 0;
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
  await fill();
}

function cover() {
  if (locked || !lock) return;
  locked = true;
  document.documentElement.dataset.locked = "";
  lock.showModal();
}

const hasDoor = () => lock.querySelector("form:not([data-emergency])") !== null;

const doorway = () => `/sign-in?next=${encodeURIComponent(location.pathname)}`;

async function fill() {
  if (!locked || hasDoor()) return;
  try {
    await post("/lock");
  } catch {
    // not reachable: the cover is on, and it is locked there as soon as it is
  }
  await window.htmx.ajax("GET", doorway(), { target: lock, swap: "innerHTML" }).catch(() => {});
  if (!locked || hasDoor()) return;
  // Nobody can be let in without the server; the way to start a response is there all the same.
  const away = document.getElementById("lock-away");
  if (away && !lock.querySelector(".gate")) {
    lock.append(away.content.cloneNode(true));
    lock.dispatchEvent(new CustomEvent("htmx:afterSettle"));
  }
  clearTimeout(filling);
  filling = setTimeout(fill, LOOK_EVERY);
}

function sayStarted() {
  const said = lock.querySelector("[data-emergency]")?.parentElement.querySelector(".sub");
  if (!said) return;
  said.textContent = lock.dataset.started;
  said.classList.add("started");
}

// What runs, as the door says it now; the digits that somebody has begun to type stay.
function showRunning() {
  const target = lock.querySelector("#locked-running");
  if (!target) return;
  window.htmx.ajax("GET", doorway(), { target, select: "#locked-running", swap: "outerHTML" }).catch(() => {});
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

if (lock) {
  document.body.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) showLock(retryOf(event.detail));
  });
  document.body.addEventListener("unlocked", (event) => event.detail?.actor && back(event.detail.actor));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-lock]")) return;
    event.preventDefault();
    lockNow();
  });
  // Through the lock an emergency is started; the page under it stays, and the PIN leads there.
  document.addEventListener("started", (event) => {
    if (!locked) return;
    event.preventDefault();
    goTo = event.detail.to;
    sayStarted();
    showRunning();
  });
  lock.addEventListener("htmx:afterSettle", () => goTo && sayStarted());
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
