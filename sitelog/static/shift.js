// The shift's page: print, and lines of the handover that are kept as they are typed.

import { forget } from "./drafts.js";

document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());

// A line the server has is not put back over what others typed since.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("[data-line]");
  if (form && event.detail.successful) forget(form);
});
