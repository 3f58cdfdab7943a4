// A page is left only for a server that answers: a browser's error page keeps nothing typed and shows no clock.

const ANSWER_WITHIN = 5_000;

// Whatever the server says, it is an answer. Something is asked for that everybody may have, signed in or not.
export async function answers() {
  try {
    await fetch("/static/mark.svg", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN) });
    return true;
  } catch {
    return false;
  }
}

export async function go(address) {
  if (await answers()) location.assign(address);
  else document.dispatchEvent(new CustomEvent("away"));
}

function leads(link) {
  const inside = link.origin === location.origin && !link.target && !link.hasAttribute("download");
  return inside && link.href.split("#")[0] !== location.href.split("#")[0];
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plainly = !event.defaultPrevented && !event.button && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plainly || !leads(link)) return;
  event.preventDefault();
  go(link.href);
});
