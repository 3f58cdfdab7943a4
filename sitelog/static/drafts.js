// Drafts: what somebody had typed when the page went away (an emergency, another person at the desk) is there again
// when the same person is back on the same page. Kept in this tab only, never a password, gone once the server has
// answered: the answer to a whole page's form may be lost after the page is gone.

const who = document.querySelector('meta[name="actor"]')?.content || null;
const slot = (ref, where) => `draft:${ref}:${where}`;
const here = () => location.pathname;
const dirty = new WeakSet();
const sent = new WeakMap(); // form -> the token it was sent with

export const touch = (form) => dirty.add(form);
export const forget = (form) => dirty.delete(form);
export const touched = (within) => dirty.has(within) || [...within.querySelectorAll("form")].some((form) => dirty.has(form));

function values(form) {
  const secret = new Set([...form.querySelectorAll("input[type=password], input[type=hidden]")].map((i) => i.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

function write(ref, where, forms) {
  try {
    if (forms.length) sessionStorage.setItem(slot(ref, where), JSON.stringify(forms));
    else sessionStorage.removeItem(slot(ref, where));
  } catch {
    // no room or not allowed: the text is still on the screen
  }
}

const addressOf = (form) => form.getAttribute("action") || "";
const tokenOf = (form) => form.querySelector("input[name=token]");
// Which words somebody typed over ("": nobody's) belongs to what they typed.
const seenBy = (form) => form.dataset.seen ?? form.querySelector("input[name=seen]")?.value;
const draftOf = (form) => ({ to: addressOf(form), typed: values(form), sent: sent.get(form), seen: seenBy(form) });
const of = (list) => list.map(draftOf).filter(({ typed }) => typed.length);

// Keep everything that was touched: per page, per open sheet, and per sheet that was closed (address -> its nodes).
export function keep(sheetAddress = null, closed = new Map()) {
  if (!who) return;
  for (const [where, nodes] of closed) {
    const forms = nodes.flatMap((node) => (node.matches?.("form") ? [node] : [...(node.querySelectorAll?.("form") || [])]));
    write(who, where, of(forms.filter((form) => dirty.has(form))));
  }
  const sheet = document.getElementById("sheet");
  const all = [...document.forms].filter((form) => dirty.has(form));
  write(who, here(), of(all.filter((form) => !sheet?.contains(form))));
  if (sheetAddress) write(who, sheetAddress, of(all.filter((form) => sheet?.contains(form))));
}

function fill(form, typed) {
  const given = new Map();
  for (const [name, value] of typed) given.set(name, [...(given.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || field.matches("[type=hidden], [type=password], button, fieldset")) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = (given.get(field.name) || []).includes(field.value);
    else if (given.has(field.name)) field.value = given.get(field.name).shift() ?? "";
  }
  dirty.add(form);
}

// The form a draft is for. One that adds something has a new address each time: any that adds to the same is as good.
function formFor({ to, typed }, within) {
  const forms = [...within.querySelectorAll("form")].filter((form) => typed.every(([name]) => form.elements[name]));
  const adds = (form) => form.dataset.adds && to.startsWith(form.dataset.adds) && !dirty.has(form);
  return forms.find((form) => addressOf(form) === to) || forms.find(adds);
}

// Put back what was kept for this place, once.
export function restore(within = document, where = here()) {
  if (!who) return;
  let forms = [];
  try {
    forms = JSON.parse(sessionStorage.getItem(slot(who, where)) || "[]");
    sessionStorage.removeItem(slot(who, where));
  } catch {
    return;
  }
  for (const draft of forms) {
    const form = formFor(draft, within);
    if (!form) continue;
    fill(form, draft.typed);
    if (draft.sent) tokenOf(form).value = draft.sent; // as it was, it is the entry that was sent, which the server may have
    if (form.elements.seen) form.elements.seen.value = draft.seen ?? form.elements.seen.value;
  }
}

// The page says which form it is the answer to.
function forgetAnswered() {
  const tokens = [...document.querySelectorAll("[data-answered]")].map((mark) => mark.dataset.answered);
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith("draft:"))) {
    const open = JSON.parse(sessionStorage.getItem(key)).filter((one) => !tokens.includes(one.sent));
    if (open.length) sessionStorage.setItem(key, JSON.stringify(open));
    else sessionStorage.removeItem(key);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && !form.matches("[data-door]")) dirty.add(form);
});
document.addEventListener("submit", ({ target: form }) => {
  if (form.getAttribute("method")?.toLowerCase() === "post" && tokenOf(form)) sent.set(form, tokenOf(form).value);
  else forget(form); // a search, or what the server cannot know again
});
// A form that htmx sends is done with only when the server has said so.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (!form || event.detail.requestConfig?.verb === "get") return;
  if (event.detail.xhr.status >= 200 && event.detail.xhr.status < 300) forget(form);
  else dirty.add(form);
});
try {
  forgetAnswered();
} catch {
  // nothing is kept here
}
