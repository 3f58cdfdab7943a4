// The board: bars that fill with time, checks that fall due, and one entry per tap.

import { serverNow } from "./clocks.js";
import { SAME_TAP } from "./token.js";

const MINUTE = 60_000;

function fill() {
  const now = serverNow();
  for (const bar of document.querySelectorAll("progress[data-fill-since]")) {
    const minutes = Math.floor((now - Date.parse(bar.dataset.fillSince)) / MINUTE);
    const value = Math.max(0, Math.min(bar.max, minutes));
    if (bar.value !== value) bar.value = value;
  }
}

// Without a connection nobody tells that a check fell due: the card knows when it will, and turns amber by itself.
function turn() {
  const now = serverNow();
  for (const card of document.querySelectorAll(".place[data-due-at]")) {
    if (card.dataset.state === "due" || Date.parse(card.dataset.dueAt) > now) continue;
    card.dataset.state = "due";
    card.querySelector(".spine use")?.setAttribute("href", "#i-due");
    const words = card.querySelector(".st b");
    if (words) words.textContent = card.dataset.dueWords;
  }
}

function look() {
  fill();
  turn();
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
    if (at - (tapped.get(card) || 0) < SAME_TAP) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    tapped.set(card, at);
  },
  true,
);

// What the last page said is told once and goes; a line that stayed would take the board's room all day.
for (const said of document.querySelectorAll(".board-said .said")) {
  document.dispatchEvent(new CustomEvent("entered", { detail: { said: said.textContent.trim() } }));
}

setInterval(look, 1000);
document.addEventListener("visibilitychange", () => document.hidden || look());
document.addEventListener("htmx:afterSettle", look);
look();
