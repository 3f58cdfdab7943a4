// The navigation of the bar: what it has no room for folds behind "More", the last line first, never the page
// one is on. Without this it scrolls.
const nav = document.querySelector(".bar nav");
const list = nav?.querySelector("ul");
const more = nav?.querySelector("details.more");
const lines = list ? [...list.children] : [];

function fit() {
  const folded = more.querySelector("ul");
  list.append(...lines);
  more.hidden = folded.children.length === 0;
  while (list.scrollWidth > list.clientWidth) {
    const line = [...list.children].findLast((one) => !one.querySelector("[aria-current]"));
    if (!line) break;
    more.hidden = false;
    folded.prepend(line);
  }
}

if (more) {
  // Its own width, and what is left beside it: a warning that goes makes room again.
  const watch = new ResizeObserver(fit);
  for (const one of [nav, document.querySelector(".bar .grow")]) watch.observe(one);
}
