// The shift's page: print, and lines of the handover that are kept as they are typed. A line that could not be kept is
// marked, sent again by itself when the server answers, and holds the signature: what is signed is what is on the screen.

import { forget, touch, touched } from "./drafts.js";

const AGAIN = 2_000; // milliseconds between two looks at what is not kept yet
const root = document.documentElement;
const handover = document.getElementById("handover");
const held = document.getElementById("sign-held");
const lines = () => [...handover.querySelectorAll("[data-line]")];
const open = () => lines().filter(touched);

document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());

// What the server said against a line (somebody else typed there, too) is for a person to settle, not to be sent again.
function mark(form, status) {
  form.dataset.unkept = [409, 422].includes(status) ? "against" : "";
  if (form.dataset.unkept) return;
  const said = form.querySelector("[data-kept]");
  said.classList.add("error");
  said.replaceChildren(document.getElementById("unkept").content.cloneNode(true));
}

function sendAgain() {
  if (root.dataset.conn === "offline" || "locked" in root.dataset) return;
  for (const form of lines()) if (form.dataset.unkept === "") window.htmx.trigger(form, "again");
}

// Nothing is signed as long as a line is on this screen only.
function hold() {
  if (!held) return;
  const missing = open();
  held.hidden = !missing.length;
  held.querySelector("b").textContent = [...new Set(missing.map((form) => form.querySelector("label").textContent))].join(" · ");
  held.closest("form").querySelector("button").setAttribute("aria-disabled", String(!held.hidden));
}

// Sign, pressed while the last words are on their way, signs when they have come; not where one is marked as not kept.
let signing = false;
held?.closest("form").addEventListener("submit", (event) => {
  const missing = open();
  signing = missing.length > 0 && missing.every((form) => !("unkept" in form.dataset));
  if (!missing.length) return;
  event.preventDefault();
  for (const form of missing) if (!("unkept" in form.dataset)) window.htmx.trigger(form, "again");
  hold();
});
document.addEventListener("htmx:afterRequest", ({ detail: { elt, requestConfig, xhr } }) => {
  const form = elt.closest?.("[data-line]");
  if (!form) return;
  const { seen, words } = requestConfig.parameters;
  if (xhr.status < 200 || xhr.status >= 300) {
    // Should the page go away now, the line is still one that was typed over the words of then.
    form.dataset.seen = seen;
    touch(form);
    mark(form, xhr.status);
    signing = false;
  } else {
    delete form.dataset.unkept;
    delete form.dataset.seen;
    // A line the server has is not put back over what others typed since; what was typed on meanwhile is on its way.
    if (form.elements.words.value === words) forget(form);
    else touch(form);
  }
  hold();
  if (signing && !open().length) held.closest("form").requestSubmit();
});
// What was put back after the page was away is not kept either.
document.addEventListener("DOMContentLoaded", () => {
  if (!handover) return;
  for (const form of open()) mark(form);
  hold();
  sendAgain();
  setInterval(sendAgain, AGAIN);
});
