"use strict";
// Links the two sides of the page. Without it every link still leads from a passage to its source and back.
document.documentElement.classList.add("js");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("screen and (max-width: 760px)");

function show(element, pane) {
  const behavior = still.matches ? "auto" : "smooth";
  if (narrow.matches || !pane) {
    element.scrollIntoView({ block: "start", behavior });
    return;
  }
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTo({ top: top - pane.clientHeight / 4, behavior });
}

function openAround(element) {
  for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

function link(report) {
  const [draft, source] = [report.querySelector(".pane.draft"), report.querySelector(".pane.source")];
  const marks = (name) => report.querySelectorAll(`.draft .m[data-card="${name}"]`);
  const card = (name) => report.querySelector(`.card[data-card="${name}"]`);
  const reference = (name) => report.querySelector(`.ref[id$="-${name}-d"]`);
  let active = null;

  function clear() {
    if (active) {
      marks(active).forEach((mark) => mark.classList.remove("active"));
      card(active).classList.remove("active");
    }
    report.classList.remove("sheet");
    active = null;
  }

  function activate(name, from) {
    if (name !== active) {
      clear();
      active = name;
      marks(name).forEach((mark) => mark.classList.add("active"));
      card(name).classList.add("active");
      report.classList.add("sheet");
    }
    openAround(reference(name));
    if (from !== "draft") show(reference(name), draft);
    if (from !== "source" && !narrow.matches) show(card(name), source);
  }

  function step(by) {
    const names = [...report.querySelectorAll(".card:not(.off)")].map((item) => item.dataset.card);
    if (!names.length) return;
    const here = names.indexOf(active);
    const next = here < 0 ? (by > 0 ? 0 : names.length - 1) : Math.min(names.length - 1, Math.max(0, here + by));
    activate(names[next], null);
    reference(names[next]).focus({ preventScroll: true });
  }

  draft.addEventListener("click", (event) => {
    const mark = event.target.closest(".m");
    if (!mark || mark.classList.contains("off")) return;
    event.preventDefault();
    activate(mark.dataset.card, "draft");
    if (event.target.closest(".ref") && event.detail === 0) card(mark.dataset.card).focus({ preventScroll: true });
  });
  draft.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".m");
    if (mark && event.target.matches(":focus-visible")) activate(mark.dataset.card, "draft");
  });
  if (source) {
    source.addEventListener("click", (event) => {
      if (event.target.closest(".close")) {
        clear();
        return;
      }
      const box = event.target.closest(".card");
      if (!box || event.target.closest("summary")) return;
      const back = event.target.closest("a.letter");
      if (back) event.preventDefault();
      activate(box.dataset.card, back ? null : "source");
      if (back) reference(box.dataset.card).focus({ preventScroll: true });
    });
    source.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches(".card")) return;
      event.preventDefault();
      activate(event.target.dataset.card, null);
      reference(event.target.dataset.card).focus({ preventScroll: true });
    });
  }
  report.addEventListener("change", (event) => {
    const form = event.target.closest(".filters");
    if (!form) return;
    const off = (kind, value) => !form.querySelector(`input[name="${kind}"][value="${value}"]`).checked;
    for (const box of report.querySelectorAll(".card")) {
      const hidden = off("source", box.dataset.source) || off("status", box.dataset.status);
      box.classList.toggle("off", hidden);
      marks(box.dataset.card).forEach((mark) => mark.classList.toggle("off", hidden));
    }
  });
  report.addEventListener("click", (event) => {
    const anchor = event.target.closest('.sources a[href$="-d"]');
    if (!anchor) return;
    event.preventDefault();
    const name = anchor.hash.split("-")[1];
    report.querySelector(".compare").scrollIntoView({ block: "start" });
    activate(name, null);
    reference(name).focus({ preventScroll: true });
  });
  return { clear, step };
}

const linked = new Map([...document.querySelectorAll(".report:not(.failed)")].map((report) => [report, link(report)]));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, button, summary")) return;
  const report = event.target.closest(".report") || linked.keys().next().value;
  const view = linked.get(report);
  if (!view) return;
  const within = event.target.matches(".ref, .card");
  if (event.key === "j" || (within && event.key === "ArrowDown")) view.step(1);
  else if (event.key === "k" || (within && event.key === "ArrowUp")) view.step(-1);
  else if (event.key === "Escape") view.clear();
  else return;
  event.preventDefault();
});

addEventListener("hashchange", () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target) openAround(target);
});

for (const button of document.querySelectorAll(".save")) {
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.for).textContent;
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    anchor.download = "report.json";
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  });
}
