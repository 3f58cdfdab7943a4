// A form's token: whoever sends it twice has made one entry. Most forms are drawn anew with another once they are
// answered; one that stays as it is gets another here, so that its next press is an entry of its own.

export const SAME_TAP = 800; // milliseconds in which the same button pressed again is the same tap
let last = null;

export function freshToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function renew(form) {
  const token = form.querySelector("input[name=token]");
  if (token) token.value = freshToken();
}

// What could not be entered as things are, or was entered before it was changed, is another entry when it is sent again.
document.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr } }) => {
  const form = xhr.status === 409 && elt.closest?.("form");
  if (form) renew(form);
});

// A trembling finger sends the old one again; who did something else in between means it anew.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  const form = elt.closest?.("form");
  if (!form || requestConfig?.verb === "get" || xhr.status < 200 || xhr.status >= 300) return;
  if (last && last !== form) renew(last);
  last = form;
  setTimeout(renew, SAME_TAP, form);
});
