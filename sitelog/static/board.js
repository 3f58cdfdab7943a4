// The board: bars that fill with time, one entry per tap, and an answer that needs a choice opens in the sheet.

import { serverNow } from "./clocks.js";

const TWICE = 700; // milliseconds in which a second tap on the same card is the same tap
const MINUTE = 60_000;

function fill() {
  const now = serverNow();
  for (const bar of document.querySelectorAll("progress[data-fill-since]")) {
    const minutes = Math.floor((now - Date.parse(bar.dataset.fillSince)) / MINUTE);
    const value = Math.max(0, Math.min(bar.max, minutes));
    if (bar.value !== value) bar.value = value;
  }
}

// A card may have changed under the finger by the time a double tap's second half arrives. The way to start a
// response is never held up.
const tapped = new Map();
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("main.board form button, .actions form button");
    if (!button || button.form?.matches("[data-emergency]")) return;
    const card = button.closest("li[id], .actions")?.id || "actions";
    const at = Date.now();
    if (at - (tapped.get(card) || 0) < TWICE) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    tapped.set(card, at);
  },
  true,
);

setInterval(fill, 1000);
document.addEventListener("visibilitychange", () => document.hidden || fill());
document.addEventListener("htmx:afterSettle", fill);
fill();
