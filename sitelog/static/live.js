// Live regions: hears what changed, fetches what is shown again, and says truthfully whether the server is there.
//
// A region is an element with an id, data-live="noun noun", hx-get and hx-trigger="refresh". It may carry
// data-etag (sent back, so that an unchanged region costs a 304) and data-next-change (an instant at which its
// words change although nothing happens). A page without regions has no stream.
import { serverNow } from "./clocks.js";
import { showLock } from "./lock.js";

const WATCHDOG = 35_000; // the server beats every 12 s
const POLL = 2_000;
const TRY_STREAM = 15_000;
const ANSWER_WITHIN = 5_000;
const COALESCE = 20;
const TICK = 1_000;
// Past the instant a region names, so that the server's clock is surely past it too.
const MARGIN = 150;

const root = document.documentElement;
const regions = () => [...document.querySelectorAll("[data-live]")];

// ── what is true about the connection ─────────────────────────────────────
let sending = 0;
let reached = true; // the last thing asked of the server was answered
let sent = true; // the last entry was answered

function say() {
  const state = sending ? "saving" : reached && sent ? "live" : "offline";
  const count = document.querySelector("[data-conn-saving]");
  if (count && sending) count.textContent = String(sending);
  if (root.dataset.conn === state) return;
  root.dataset.conn = state;
  const heard = document.querySelector("[data-conn-heard]");
  if (heard && state === "offline") heard.textContent = document.querySelector("[data-clock-time]")?.textContent || "";
  document.dispatchEvent(new CustomEvent("conn", { detail: { state } }));
}

function reach(yes) {
  reached = yes;
  if (yes) sent = true; // what was not sent is kept and counted by whoever keeps it
  say();
}

// ── what is shown again ───────────────────────────────────────────────────
const due = new Set();
const loading = new Set();
let timer = 0;

export function changed(nouns = null) {
  for (const region of regions()) {
    const about = region.dataset.live.split(" ");
    if (!nouns || about.some((noun) => nouns.includes(noun))) due.add(region.id);
  }
  timer ||= setTimeout(fetchDue, COALESCE);
}

function fetchDue() {
  timer = 0;
  for (const id of due) {
    const region = document.getElementById(id);
    if (region && (loading.has(id) || inUse(region))) continue; // asked again when that is over
    due.delete(id);
    if (!region) continue;
    loading.add(id);
    window.htmx.trigger(region, "refresh");
  }
}

// A region in which somebody types, or has a form open, stays as it is until they are done.
function inUse(region) {
  const at = document.activeElement;
  const typing = at && region.contains(at) && at.matches("textarea, select, input:not([type=hidden])");
  return typing || region.querySelector("details[open], dialog[open]") !== null;
}

// ── the stream, and the poll that stands in for it ────────────────────────
let source = null;
let heardAt = 0;
let last = 0;
let etag = "";
let polling = false;
let polledAt = 0;
let triedAt = 0;
let away = false; // locked or signed out: the server is there, but not for us

function streaming() {
  return source?.readyState === EventSource.OPEN && Date.now() - heardAt < WATCHDOG;
}

// A browser keeps six connections to one server. Streams that took them all would leave none to save with, so the
// windows of one browser that are in sight share a few streams, and the others poll.
const MOST = 3;
const mine = `stream.${Math.random().toString(36).slice(2)}`;

function others() {
  const fresh = Date.now() - 5 * TICK;
  const kept = Object.entries(localStorage).filter(([key]) => key.startsWith("stream.") && key !== mine);
  for (const [key, at] of kept) if (Number(at) < fresh) localStorage.removeItem(key);
  return kept.filter(([, at]) => Number(at) >= fresh).map(([key]) => key);
}

function claim() {
  try {
    // Who has a stream gives it up only to those before it in line, so that not all do at once.
    const rivals = others().filter((key) => !source || key < mine);
    if (rivals.length >= MOST) return false;
    localStorage.setItem(mine, String(Date.now()));
  } catch {
    // nothing is kept here: this window cannot know of others
  }
  return true;
}

function release() {
  try {
    localStorage.removeItem(mine);
  } catch {
    // as above
  }
}

function open() {
  if (source || away || document.hidden) return;
  triedAt = heardAt = Date.now();
  if (!claim()) return;
  source = new EventSource(`/stream?since=${last}`);
  source.addEventListener("beat", hear);
  source.addEventListener("link", (event) => {
    hear(event);
    changed([JSON.parse(event.data).kind.split(".")[0]]);
  });
  source.addEventListener("everything", (event) => {
    hear(event);
    changed();
  });
  source.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED) close();
    poll(); // tells a lost connection from a refused stream, at once
  });
}

function close() {
  source?.close();
  source = null;
  release();
}

function hear(event) {
  heardAt = Date.now();
  if (event.lastEventId) last = Math.max(last, Number(event.lastEventId));
  reach(true);
}

async function poll() {
  if (polling || document.hidden) return;
  polling = true;
  polledAt = Date.now();
  try {
    const answer = await fetch(`/pulse?since=${last}`, {
      headers: { "If-None-Match": etag },
      signal: AbortSignal.timeout(ANSWER_WITHIN),
      redirect: "error",
    });
    away = answer.status === 401 || answer.status === 403;
    if (answer.status === 401) showLock();
    if (answer.status === 200) {
      const pulse = await answer.json();
      etag = answer.headers.get("ETag") || "";
      last = pulse.seq;
      if (pulse.nouns.length) changed(pulse.nouns);
    }
    reach(answer.status < 500);
  } catch {
    reach(false);
  } finally {
    polling = false;
  }
}

// Looks at the clock; what is due is due by its instant, however late or seldom this runs.
let looked = Date.now();
function look() {
  const at = Date.now();
  const slept = at - looked > 5 * TICK;
  looked = at;
  if (document.hidden) return;
  if (source && at - heardAt >= WATCHDOG) close();
  if (source && !claim()) close();
  if (slept) wake();
  if (!streaming()) {
    if (at - polledAt >= (away ? 5 * POLL : POLL)) poll();
    if (!source && reached && at - triedAt >= TRY_STREAM) open();
  }
  // A locked desk is told nothing; it catches up when somebody is back.
  if (away || "locked" in root.dataset) return;
  const now = serverNow();
  const past = regions().filter((r) => r.dataset.nextChange && Date.parse(r.dataset.nextChange) + MARGIN <= now);
  for (const region of past) due.add(region.id);
  if (due.size) fetchDue();
}

// The screen was away: whatever it held may be dead, so begin again and catch up.
function wake() {
  close();
  poll();
  open();
}

function listen() {
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : wake()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => {
    reach(false);
    poll(); // a server on this very machine is still there
  });
  document.addEventListener("unlocked", () => {
    away = false;
    wake();
    changed();
  });
  const body = document.body;
  body.addEventListener("entered", () => changed());
  body.addEventListener("htmx:configRequest", (event) => {
    const region = event.detail.elt;
    if (!region.matches("[data-live]")) return;
    if (region.dataset.etag) event.detail.headers["If-None-Match"] = region.dataset.etag;
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const id = event.detail.elt.id;
    if (event.detail.elt.matches("[data-live]") && loading.delete(id) && due.size) timer ||= setTimeout(fetchDue, COALESCE);
  });
  keepFocus(body);
  open();
  setInterval(look, TICK);
}

// Counts entries on their way on every page, also where nothing is live.
function count() {
  const body = document.body;
  const entry = (event) => event.detail.requestConfig?.verb !== "get";
  body.addEventListener("htmx:beforeSend", (event) => {
    if (!entry(event)) return;
    sending += 1;
    say();
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const answered = event.detail.xhr.status > 0;
    if (entry(event)) {
      sending = Math.max(0, sending - 1);
      sent = answered;
    }
    reached = answered;
    say();
    if (!answered) poll();
  });
}

// The morph keeps focus where the element stays; where it was replaced, the one that took its place gets it.
function keepFocus(body) {
  let held = null;
  body.addEventListener("htmx:beforeSwap", (event) => {
    const at = document.activeElement;
    // The morph leaves a field alone while somebody types in it. A button it would leave as it was when pressed.
    if (window.Idiomorph) window.Idiomorph.defaults.ignoreActiveValue = Boolean(at?.matches("input, textarea, select"));
    // Of several regions that change at once, the one with the focus.
    const region = event.detail.target;
    if (at && region.contains(at)) held = { region: region.id, id: at.id, key: at.dataset.key, row: at.parentElement?.closest("[id]")?.id };
  });
  body.addEventListener("htmx:afterSettle", (event) => {
    if (held?.region !== event.detail.target.id) return;
    const { id, key, row } = held;
    held = null;
    if (document.activeElement && document.activeElement !== document.body) return;
    const again =
      (id && document.getElementById(id)) ||
      (key && document.querySelector(`[data-key="${CSS.escape(key)}"]`)) ||
      (row && document.getElementById(row)?.querySelector("button, a[href]"));
    again?.focus({ preventScroll: true });
  });
}

count();
if (regions().length) {
  last = Math.max(0, ...regions().map((region) => Number(region.dataset.seq || 0)));
  listen();
}
