// Beside a birth year of somebody very young stands a word, as it is typed; the server says the same when it is sent.

const WHOLE = /^\s*\d{4}\s*$/;

document.addEventListener("input", (event) => {
  const { value, dataset } = event.target;
  if (!dataset.youngAfter) return;
  const young = WHOLE.test(value) && Number(value) > Number(dataset.youngAfter);
  event.target.parentElement.querySelector(".advised > span").hidden = !young;
});
