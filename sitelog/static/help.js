// The dialog under ?: keys and signs at once and without the server. Its links put a help page into it, so that what lies
// under it stays: a form half filled in, a sheet, a response that runs. Without a script they are followed.

import { showLock } from "./lock.js";
import { shownSheet } from "./sheet.js";

const help = document.getElementById("help");
const room = document.getElementById("help-page");
const list = document.querySelectorAll("#help-title, #help-keys");
const back = help?.querySelector("[data-help-keys]");
const apart = help?.querySelector("[data-help-apart]");
const screen = help?.querySelector("[data-help-screen]");
const usual = screen?.getAttribute("href");

export function openHelp() {
  if (!help || help.open || document.getElementById("lock")?.open) return;
  // A sheet has help of its own; the server knows whose address it is.
  const sheet = shownSheet();
  if (screen) screen.href = sheet ? `/help/at?path=${encodeURIComponent(new URL(sheet, location.href).pathname)}` : usual;
  turnToKeys();
  help.showModal();
}

function turnToKeys() {
  turn(false);
  room.replaceChildren();
  help.setAttribute("aria-labelledby", "help-title");
}

function turn(toPage) {
  room.hidden = back.hidden = apart.hidden = !toPage;
  for (const part of list) part.hidden = toPage;
}

async function show(href) {
  const answer = await fetch(href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 401) return showLock(() => show(href));
  if (!answer?.ok) return document.dispatchEvent(new CustomEvent("failed", { detail: { said: help.dataset.away } }));
  room.innerHTML = await answer.text();
  turn(true);
  apart.href = answer.url;
  const title = room.querySelector("h1");
  title.id = "help-page-title";
  help.setAttribute("aria-labelledby", title.id);
  help.scrollTop = 0;
  title.focus({ preventScroll: true });
  room.querySelector(href.split("#")[1] ? `#${CSS.escape(href.split("#")[1])}` : "h1").scrollIntoView({ block: "nearest" });
  room.dispatchEvent(new CustomEvent("shown", { bubbles: true }));
}

const plainly = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-help]");
  if (!help || !opener || !plainly(event)) return;
  event.preventDefault();
  openHelp();
});

help?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.target || !plainly(event)) return;
  if (link === back) turnToKeys();
  // Over a help page there is nothing to keep.
  else if (!document.querySelector("main .helppage")) show(link.getAttribute("href"));
  else return;
  event.preventDefault();
});
