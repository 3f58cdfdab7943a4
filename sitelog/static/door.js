// The PIN pad: dots for digits, keys on the screen and on the keyboard, sent by itself with the sixth digit.

const LENGTH = 6;

function draw(door) {
  const pin = door.querySelector("[data-pin]");
  const dots = [...door.querySelectorAll("[data-dots] i")];
  dots.forEach((dot, n) => dot.classList.toggle("on", n < pin.value.length));
  const who = door.querySelector("input[name=who]:checked");
  const title = door.querySelector("[data-pin-for]");
  if (who) title.textContent = title.dataset.pinFor.replace("{}", who.dataset.name);
}

function put(door, digit) {
  const pin = door.querySelector("[data-pin]");
  if (digit === "clear") pin.value = "";
  else if (pin.value.length < LENGTH) pin.value += digit;
  changed(door);
}

function changed(door) {
  draw(door);
  const pin = door.querySelector("[data-pin]");
  if (pin.value.length !== LENGTH || !door.querySelector("input[name=who]:checked")) return;
  // A door that was only just put over the page: htmx has not seen it yet, and the page below must not go.
  if (door.hasAttribute("hx-post")) window.htmx.process(door);
  door.requestSubmit();
}

const doorOf = (element) => element.closest?.("[data-door]:has([data-pin])");

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-digit]");
  if (key) put(doorOf(key), key.dataset.digit);
});
document.addEventListener("input", (event) => {
  const door = doorOf(event.target);
  if (!door) return;
  const pin = door.querySelector("[data-pin]");
  pin.value = pin.value.replace(/\D/g, "").slice(0, LENGTH);
  if (event.target === pin) changed(door);
  else {
    draw(door);
    // A tile was chosen by hand: on to the digits. Arrow keys walk along the tiles undisturbed.
    if (event.target.matches(":not(:focus-visible)")) pin.focus();
  }
});
// Digits reach the PIN wherever the focus is on this page.
document.addEventListener("keydown", (event) => {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const door = document.querySelector("#lock [data-door]:has([data-pin])") || document.querySelector("[data-door]:has([data-pin])");
  if (!digit || !door || event.target.matches("[data-pin]") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("input:not([type=radio]), textarea")) return;
  event.preventDefault();
  put(door, digit[1]);
});

export function greet(within = document) {
  const door = within.querySelector("[data-door]:has([data-pin])");
  if (!door) return;
  draw(door);
  if (door.querySelector("input[name=who]:checked")) door.querySelector("[data-pin]").focus();
}

greet();
document.getElementById("lock")?.addEventListener("htmx:afterSettle", (event) => greet(event.currentTarget));
