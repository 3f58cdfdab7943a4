// Starting a response without leaving the page first: a server that does not answer leaves the page where it is, and
// the response is kept with the time of the tap and sent again until it is there.
//
// Without a script, and on any other answer than the one hoped for, the form is sent as every form is.
import { serverNow } from "./clocks.js";
import { dropResponse, heldResponses, keepResponse } from "./held.js";
import { freshToken } from "./token.js";

const AGAIN = 2_000;
const ANSWER_WITHIN = 5_000;
const SECOND = 10_000; // elsewhere: a tap within this time is the same one, a later one another emergency
const plain = new WeakSet();
const running = new Map(); // token -> where and when it was tapped: a second tap is the same tap
let goTo = null;

const csrf = () => document.querySelector('meta[name="csrf-token"]');
const where = (data) => `${data.get("place_code")} ${data.get("where")}`;

async function ask(action, data) {
  data.set("csrf_token", csrf().content);
  const answer = await fetch(action, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { "HX-Request": "true" },
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  csrf().content = answer.headers.get("X-CSRFToken") || csrf().content;
  return answer;
}

function hold(form, submitter, data, since) {
  const token = data.get("token");
  data.set("kept_at", since);
  const named = submitter?.dataset.where ?? form.querySelector("[data-where]")?.dataset.where;
  keepResponse(token, { action: form.action, fields: [...data], where: named ?? "", since });
  const said = document.getElementById("toasts")?.dataset.held;
  document.dispatchEvent(new CustomEvent("held", { detail: { said } }));
  setTimeout(sendHeld, AGAIN, token);
}

async function sendHeld(token) {
  const kept = heldResponses().get(token);
  if (!kept) return running.delete(token); // another window got it through
  const answer = await ask(kept.action, new URLSearchParams(kept.fields)).catch(() => null);
  const to = answer?.headers.get("HX-Redirect");
  if (to) {
    dropResponse(token);
    return arrived(token, to);
  }
  if (answer) running.delete(token); // nobody who may is signed in, or the server is not itself: nothing waits for this
  setTimeout(sendHeld, AGAIN, token);
}

function arrived(token, to) {
  running.delete(token);
  goTo ||= to;
  const free = document.dispatchEvent(new CustomEvent("started", { detail: { to: goTo }, cancelable: true }));
  if (free && !running.size) location.assign(goTo);
}

async function send(form, submitter, data, since) {
  let to;
  try {
    to = (await ask(form.action, data)).headers.get("HX-Redirect");
  } catch {
    return hold(form, submitter, data, since);
  }
  if (to) return arrived(data.get("token"), to);
  running.delete(data.get("token"));
  plain.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : undefined);
}

function isSameTap(data) {
  const same = [...running.values()].filter((one) => one.where === where(data));
  return same.some((one) => data.get("place_code") || Date.now() - one.at < SECOND);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-emergency]") || plain.delete(form)) return;
  event.preventDefault();
  const data = new FormData(form, submitter);
  if (isSameTap(data)) return;
  if (running.has(data.get("token"))) data.set("token", freshToken());
  running.set(data.get("token"), { where: where(data), at: Date.now() });
  // Where the page stays, as under the lock, the same button later is a second emergency.
  setTimeout(() => (form.elements.token.value = freshToken()), SECOND);
  send(form, submitter, data, new Date(serverNow()).toISOString());
});
// While the server is there, whatever page comes next sends it.
const isAway = () => document.documentElement.dataset.conn === "offline";
window.addEventListener("beforeunload", (event) => heldResponses().size && isAway() && event.preventDefault());

for (const [token, kept] of heldResponses()) {
  running.set(token, { where: where(new URLSearchParams(kept.fields)), at: Date.parse(kept.since) });
  sendHeld(token);
}
