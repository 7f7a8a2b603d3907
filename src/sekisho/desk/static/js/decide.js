// Decide: what makes the page quicker to use. Without it every link and form works.
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);

  // A form leaves out what is blank, so that its address holds what is said and no more.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.classList.contains("prune")) return;
    const blank = [...form.elements].filter((field) => field.name && field.value === "" && !field.disabled);
    blank.forEach((field) => { field.disabled = true; });
    setTimeout(() => blank.forEach((field) => { field.disabled = false; }), 0);
  });

  // The slider goes through the law's change days; it and the day field tell the form, which decides again.
  const form = byId("days"), range = byId("day-range"), day = byId("f-day");
  if (form && range && day) {
    const days = range.dataset.days.split(" ");
    const decide = () => form.dispatchEvent(new CustomEvent("day", { bubbles: true }));

    // Each day is an entry of the history, which Back leads to; days that the slider is drawn through in one go are one entry.
    const PAUSE = 1000;
    let entered = false, slid = -Infinity;
    const begin = () => { entered = false; slid = -Infinity; };
    form.addEventListener("submit", begin);
    form.addEventListener("htmx:beforeOnLoad", () => {
      form.removeAttribute(entered ? "hx-push-url" : "hx-replace-url");
      form.setAttribute(entered ? "hx-replace-url" : "hx-push-url", "true");
      entered = true;
    });
    range.parentElement.hidden = false;
    range.addEventListener("input", () => {
      if (performance.now() - slid > PAUSE) begin();
      slid = performance.now();
      day.value = days[Number(range.value)];
      range.setAttribute("aria-valuetext", day.value);
      decide();
    });
    day.addEventListener("change", () => {
      if (!day.value) return;
      begin();
      const after = days.findIndex((known) => known > day.value);
      range.value = String(Math.max(0, (after < 0 ? days.length : after) - 1));
      range.setAttribute("aria-valuetext", day.value);
      decide();
    });
  }

  // What was decided anew is told to who cannot see it.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const spoken = byId("spoken"), sentence = byId("sentence"), trouble = byId("trouble");
    if (trouble) trouble.hidden = true;
    if (event.detail.target.id !== "answer" || !spoken) return;
    spoken.textContent = sentence ? sentence.textContent : "";
  });

  // A proof that is late or waits says so in its own place; whatever else fails is told above the answer.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const late = (event.detail.elt.dataset.late || "").split(" ");
    if (late.includes(String(event.detail.xhr.status))) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => { if (byId("trouble")) byId("trouble").hidden = false; });
  }
})();
