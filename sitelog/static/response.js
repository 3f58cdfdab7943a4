// The response page: a second tap is one entry, the ring keeps its time, "next entry" goes back to now.
//
// Works on the page that the server drew: every button is a submit button of the one form `tap`.
import { serverNow } from "./clocks.js";
import { freshToken, SAME_TAP } from "./token.js";

const form = document.getElementById("tap");
const tapped = new Map();

// A trembling finger on a fast line: the first answer may be there before the second touch.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest('button[form="tap"], #tap button[name=token]');
    if (!button) return;
    const at = Date.now();
    const before = tapped.get(button.id) ?? -Infinity;
    tapped.set(button.id, at);
    if (at - before >= SAME_TAP) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("entered", (event) => {
  // Should the page not be drawn anew, the next deliberate tap is an entry of its own all the same.
  const button = event.target;
  if (button.matches?.("button[name=token]")) button.value = freshToken();
  for (const open of document.querySelectorAll("#response-live details[open]")) open.open = false;
  nextIsNow();
});

function nextIsNow() {
  const now = form?.querySelector("[data-default]");
  if (now) now.checked = true;
  const at = form?.elements.earlier_at;
  if (at) at.value = "";
  mark();
}

// Says on the whole page that the next entry is for another time.
function mark() {
  const chosen = form?.querySelector("[name=earlier]:checked");
  const other = Boolean(chosen?.value || form?.elements.earlier_at.value);
  document.documentElement.toggleAttribute("data-next-earlier", other);
}

form?.addEventListener("input", (event) => {
  if (event.target.name === "earlier") form.elements.earlier_at.value = "";
  mark();
});

// Enter in the field for the time keeps it and goes back to the ladder; it never presses a button. Esc goes back too,
// and the next entry is for now again: what was only begun must not give it a time.
form?.addEventListener("keydown", (event) => {
  if (!["Enter", "Escape"].includes(event.key) || event.target.name !== "earlier_at") return;
  event.preventDefault();
  event.target.blur();
  if (event.key === "Escape") nextIsNow();
});

function ring() {
  for (const circle of document.querySelectorAll("[data-ring]")) {
    const interval = Number(circle.getAttribute("pathLength"));
    const gone = Math.max(0, (serverNow() - Date.parse(circle.dataset.ring)) / 1000);
    circle.setAttribute("stroke-dasharray", `${Math.min(interval, Math.floor(gone))} ${interval}`);
  }
}
setInterval(ring, 1000);
mark();
