// Night or day: what was chosen on this device, else what the system says. Runs before the page is drawn.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  root.dataset.script = "loading"; // until app.js has run
  if (kept()) root.dataset.theme = kept();
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const shown = root.dataset.theme || (dark.matches ? "night" : "day");
    root.dataset.theme = shown === "night" ? "day" : "night";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // a browser that keeps nothing: the choice lasts as long as the page
    }
  });
})();
