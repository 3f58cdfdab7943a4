// Clocks: drawn from instants and the server's time, never counted, so that a screen that slept is right at once.

const root = document.documentElement;
const lang = root.lang || "en";
const zone = root.dataset.zone || "UTC";
const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
  timeZone: zone,
  weekday: "short",
  day: "numeric",
  month: "short",
});

// The server's time minus ours, in milliseconds. An answer tells it a little too late, by the time it travelled.
let offset = -Infinity;

function hear(stamp) {
  const heard = Date.parse(stamp) - Date.now();
  if (Number.isNaN(heard)) return;
  // A large difference is a clock that was set; a small one is the road, and the shortest road is the best.
  offset = Math.abs(heard - offset) > 5000 ? heard : Math.max(offset, heard);
}

hear(document.querySelector('meta[name="server-now"]')?.content);
if (offset === -Infinity) offset = 0;

export const serverNow = () => Date.now() + offset;

const two = (n) => String(n).padStart(2, "0");

// The same words as `duration` in web/filters.py.
export function duration(milliseconds, style = "min", up = false) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (style === "min") return String(up ? Math.ceil(seconds / 60) : Math.floor(seconds / 60));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${style === "clock" ? two(minutes) : minutes}:${two(seconds % 60)}`;
}

function write(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

export function draw() {
  const now = serverNow();
  for (const element of document.querySelectorAll("[data-since]")) {
    write(element, duration(now - Date.parse(element.dataset.since), element.dataset.shape));
  }
  for (const element of document.querySelectorAll("[data-until]")) {
    write(element, duration(Date.parse(element.dataset.until) - now, element.dataset.shape, true));
  }
  for (const clock of document.querySelectorAll("[data-clock]")) {
    write(clock.querySelector("[data-clock-time]"), time.format(now));
    write(clock.querySelector("[data-clock-day]"), day.format(now).replace(",", ""));
  }
}

function tick() {
  draw();
  // Aim at the server's next second.
  setTimeout(tick, 1000 - (serverNow() % 1000) + 5);
}

document.addEventListener("visibilitychange", () => document.hidden || draw());
document.addEventListener("htmx:afterRequest", (event) => {
  const stamp = event.detail.xhr?.getResponseHeader("X-Server-Now");
  if (stamp) hear(stamp);
});
document.addEventListener("htmx:afterSettle", draw);
tick();
