// Responses that were started while the server was away: kept in this browser, over a reload too, and each shown as a
// line with a clock of its own until the server has it.
import { draw } from "./clocks.js";

const PREFIX = "held.";
let here = {}; // what a browser that keeps nothing holds for as long as the page is there

function written() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// By token: where to (`action`), what is sent (`fields`), and what the line says (`where`, `since`).
export function heldResponses() {
  const kept = written().map(([key, text]) => [key.slice(PREFIX.length), JSON.parse(text)]);
  return new Map([...Object.entries(here), ...kept]);
}

export function keepResponse(token, response) {
  here[token] = response;
  try {
    localStorage.setItem(PREFIX + token, JSON.stringify(response));
    delete here[token];
  } catch {
    // as long as the page is there
  }
  show();
}

export function dropResponse(token) {
  delete here[token];
  try {
    localStorage.removeItem(PREFIX + token);
  } catch {
    // as above
  }
  show();
}

function lineOf({ where, since }) {
  const line = document.getElementById("held-line").content.cloneNode(true);
  line.querySelector("[data-held-where]").textContent = where;
  line.querySelector("[data-since]").dataset.since = since;
  return line;
}

function show() {
  const kept = [...heldResponses().values()].sort((one, other) => one.since.localeCompare(other.since));
  for (const room of document.querySelectorAll("[data-held-room]")) {
    room.hidden = kept.length === 0;
    room.replaceChildren(...kept.map(lineOf));
  }
  draw();
}

// Another window of this browser kept one, or got it through; the lock has room for the lines, too.
window.addEventListener("storage", (event) => (event.key ?? PREFIX).startsWith(PREFIX) && show());
document.getElementById("lock")?.addEventListener("htmx:afterSettle", show);
show();
