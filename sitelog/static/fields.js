// The field somebody is at is in sight with the words about it, above the foot of its sheet or page; after a refusal
// that field is the first one to mend.

const CONTROLS = "input:not([type=hidden]), select, textarea, button";
const WRONG = "[aria-invalid=true], .wrong, .error, .wrong-form[role=alert]";
let pressed = false; // nothing moves under a finger

// The first field that was refused, else the words that refuse the form as a whole; null where nothing was.
export function toMend(within) {
  const wrong = [...within.querySelectorAll(WRONG)].filter((one) => one.checkVisibility());
  const first = wrong.find((one) => !one.matches(".wrong-form")) ?? wrong[0];
  if (!first) return null;
  if (first.matches(CONTROLS)) return first;
  const inside = first.matches(".wrong") && ["[aria-invalid=true]", ":checked", CONTROLS].map((way) => first.querySelector(way)).find(Boolean);
  if (inside) return inside;
  first.tabIndex = -1;
  return first;
}

// With the words under it; of a group that is taller than its room, the field itself.
function show(field) {
  for (const part of [field.closest(".field, .counter, fieldset"), field]) part?.scrollIntoView({ block: "nearest" });
}

const isAt = (field) => field?.matches?.(":is(input, select, textarea):focus-visible");
const showField = () => !pressed && isAt(document.activeElement) && show(document.activeElement);

addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = false) || setTimeout(showField), true);
document.addEventListener("focusin", showField);
// Words that come up under a field as it is filled in.
document.addEventListener("input", () => setTimeout(showField));

// A whole page that came back refused.
const main = document.querySelector("main");
const refused = main && toMend(main);
if (refused) {
  refused.focus({ preventScroll: true });
  refused.scrollIntoView({ block: "center" });
}
