// Law: a slider over the days on which a law changes, what was read told to who does not see it, and a proof that was refused.
"use strict";

(() => {
  const slider = document.querySelector("[data-slider]");

  const lastUpTo = (days, day) => Math.max(0, days.findLastIndex((known) => known <= day));

  if (slider) {
    const days = slider.dataset.days.split(" ").filter(Boolean);
    const field = document.getElementById(slider.dataset.slider);
    const input = slider.querySelector("input");
    const place = () => {
      input.value = lastUpTo(days, field.value);
      input.setAttribute("aria-valuetext", field.value);
    };
    if (days.length > 1) {
      slider.hidden = false;
      place();
      input.addEventListener("input", () => {
        field.value = days[input.value];
        input.setAttribute("aria-valuetext", field.value);
      });
      input.addEventListener("change", () => field.form.requestSubmit());
      field.addEventListener("change", place);
    }
  }

  // The other language of what is now read, not of what was read when the page was loaded.
  document.addEventListener("htmx:pushedIntoHistory", () => {
    for (const link of document.querySelectorAll(".languages a[hreflang]")) {
      const where = new URL(window.location.href);
      where.searchParams.set("lang", link.hreflang);
      link.href = where.pathname + where.search;
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const status = document.getElementById("status");
    const told = document.querySelector("[data-status]");
    if (status && told) status.textContent = told.textContent.replace(/\s+/g, " ").trim();
    if (event.detail.target.id === "proof") document.getElementById("proof").focus({ preventScroll: true });
  });

  // A server that is busy says so on the page that it sends.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (target.id === "proof" && xhr.status === 503) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  const failed = () => {
    const said = document.querySelector("[data-failed]");
    if (said) said.hidden = false;
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
})();
