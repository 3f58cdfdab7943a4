// Starting a response without leaving the page first: a server that does not answer leaves the board where it is, and
// the response is kept with the time of the tap and sent again until it is there.
//
// Without a script, and on any other answer than the one hoped for, the form is sent as every form is.
import { serverNow } from "./clocks.js";
import { freshToken } from "./token.js";

const AGAIN = 2_000;
const ANSWER_WITHIN = 5_000;
const plain = new WeakSet();
const running = new Map(); // token -> what is on its way with it: a second tap is the same tap
let held = 0;
let goTo = null;

const where = (data) => `${data.get("place_code")} ${data.get("where")}`;

async function ask(form, data) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { "HX-Request": "true" },
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  return answer.headers.get("HX-Redirect");
}

function hold(form, submitter, data, tappedAt) {
  if (!data.has("kept_at")) {
    held += 1;
    data.set("kept_at", tappedAt);
  }
  const said = document.getElementById("toasts")?.dataset.held;
  document.dispatchEvent(new CustomEvent("held", { detail: { said } }));
  setTimeout(send, AGAIN, form, submitter, data);
}

async function send(form, submitter, data, tappedAt) {
  let to;
  try {
    to = await ask(form, data);
  } catch {
    return hold(form, submitter, data, tappedAt);
  }
  if (data.has("kept_at")) held -= 1;
  running.delete(data.get("token"));
  goTo ||= to;
  if (!to) {
    plain.add(form);
    form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  } else if (!running.size) location.assign(goTo);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-emergency]") || form.closest("#lock") || plain.delete(form)) return;
  event.preventDefault();
  const data = new FormData(form, submitter);
  if (running.has(data.get("token"))) {
    if (running.get(data.get("token")) === where(data)) return;
    data.set("token", freshToken());
  }
  running.set(data.get("token"), where(data));
  send(form, submitter, data, new Date(serverNow()).toISOString());
});
window.addEventListener("beforeunload", (event) => held && event.preventDefault());
