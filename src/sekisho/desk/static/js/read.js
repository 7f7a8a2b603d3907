// Read, where scripts run: the words of a draft light up with it, and a file that is too large is told before it is sent.
"use strict";

(() => {
  const words = [...document.querySelectorAll(".report [data-drafts]")];
  const light = (number) => {
    for (const part of words) part.classList.toggle("lit", number !== "" && part.dataset.drafts.split(" ").includes(number));
  };
  for (const draft of document.querySelectorAll("[data-draft]")) {
    draft.addEventListener("mouseenter", () => light(draft.dataset.draft));
    draft.addEventListener("focusin", () => light(draft.dataset.draft));
    draft.addEventListener("mouseleave", () => light(""));
    draft.addEventListener("focusout", () => light(""));
  }

  const file = document.querySelector("input[type=file][data-most]");
  file?.addEventListener("change", () => {
    const large = [...file.files].some((one) => one.size > Number(file.dataset.most));
    file.setCustomValidity(large ? file.dataset.large : "");
    file.reportValidity();
  });

  // Who comes back to the drafts is where they were.
  const anew = performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash;
  if (anew && document.querySelector(".report-form[data-read]")) document.getElementById("found-head")?.scrollIntoView();
})();
