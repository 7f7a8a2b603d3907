// The map, where scripts run: the slider moves through the days, arrow keys move from state to state, and what changes is
// fetched in place. Without it the same addresses are links.
"use strict";

(() => {
  const WAIT = 120, PAUSE = 1000;
  const shown = () => document.getElementById("shown");
  const panel = () => document.getElementById("panel");
  const slider = document.getElementById("day");
  if (!slider || !window.htmx) return;

  const days = JSON.parse(document.getElementById("days").textContent);
  const long = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  const told = (day) => long.format(new Date(day + "T00:00:00Z"));

  // A part of the page in place; what cannot be shown so, such as a day on which the exporter was no state, as a page.
  // Each is an entry of the history, which Back leads to, unless it goes on with the one before.
  function fetched(address, id, after, goesOn = false) {
    const whole = () => location.assign(address);
    const part = { target: "#" + id, select: "#" + id, swap: "outerHTML", [goesOn ? "replace" : "push"]: address };
    htmx.ajax("GET", address, part).then(() => document.getElementById(id) && after(), whole);
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 200) return;
    event.detail.shouldSwap = false;
    location.assign(event.detail.pathInfo.requestPath);
  });

  // ---- the days

  function tell(place) {
    slider.setAttribute("aria-valuetext", told(days[place]));
  }

  // Where the map is wider than its box, it begins at the chosen state, else at the one from which it goes.
  function centred() {
    const box = document.querySelector(".map");
    const at = box.querySelector(".world .chosen") || box.querySelector(".world .is-origin");
    if (!at || box.scrollWidth <= box.clientWidth) return;
    const place = at.getBoundingClientRect(), frame = box.getBoundingClientRect();
    box.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
  }

  function moved() {
    const now = shown();
    centred();
    document.getElementById("said").textContent = now.dataset.said;
    slider.value = now.dataset.place;
    tell(slider.value);
    document.getElementById("f-date").value = now.dataset.day;
    entrance();
  }

  function addressOn(day) {
    const address = new URL(location.href);
    address.searchParams.set("date", day);
    return address.pathname + address.search;
  }

  // Days through which the slider is drawn in one go are one entry: the last.
  let waiting = 0, last = -Infinity;
  slider.addEventListener("input", () => {
    tell(slider.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const goesOn = performance.now() - last < PAUSE;
      last = performance.now();
      fetched(addressOn(days[slider.value]), "shown", moved, goesOn);
    }, WAIT);
  });

  // ---- the states

  const states = () => [...document.querySelectorAll(".world a[data-state]")];

  function entrance(link) {
    const all = states();
    const first = link || all.find((other) => other.classList.contains("chosen")) || all[0];
    for (const other of all) other.setAttribute("tabindex", other === first ? "0" : "-1");
    return first;
  }

  const TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  // The nearest state in a direction: what lies aside counts twice.
  function towards(link, [right, down]) {
    const x = Number(link.dataset.x), y = Number(link.dataset.y);
    let best = null, least = Infinity;
    for (const other of states()) {
      const across = Number(other.dataset.x) - x, along = Number(other.dataset.y) - y;
      const ahead = across * right + along * down, aside = Math.abs(across * down) + Math.abs(along * right);
      if (other === link || ahead <= 0 || aside > 2 * ahead) continue;
      if (ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
    }
    return best;
  }

  document.addEventListener("keydown", (event) => {
    const link = event.target.closest?.(".world a[data-state]");
    if (!link) return;
    if (TURNS[event.key]) {
      event.preventDefault();
      const next = towards(link, TURNS[event.key]);
      if (next) entrance(next).focus();
    } else if (event.key === " ") {
      event.preventDefault();
      open(link);
    }
  });

  function addressOf(link) {
    const address = new URL(link.getAttribute("href"), location.href);
    if (link.dataset.move !== undefined) {
      const state = new URL(location.href).searchParams.get("state");
      if (state) address.searchParams.set("state", state);
      else address.searchParams.delete("state");
    }
    return address.pathname + address.search;
  }

  function mark(code) {
    for (const link of states()) link.classList.toggle("chosen", link.dataset.state === code);
    for (const row of document.querySelectorAll(".states tr")) {
      row.classList.toggle("chosen", Boolean(code) && row.querySelector("a")?.dataset.state === code);
    }
    const kept = document.querySelector("#ask input[name=state]");
    if (kept) kept.value = code;
  }

  let from = null;
  function open(link) {
    from = link;
    const address = addressOf(link);
    fetched(address, "panel", () => {
      mark(link.dataset.state);
      centred();
      panel().focus({ preventScroll: true });
      panel().scrollIntoView({ block: "nearest" });
    });
  }

  function close(link) {
    fetched(addressOf(link), "panel", () => {
      mark("");
      if (from?.isConnected) from.focus();
    });
  }

  document.addEventListener("click", (event) => {
    last = -Infinity;
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a");
    if (!link) return;
    if (link.dataset.state !== undefined) open(link);
    else if (link.dataset.close !== undefined) close(link);
    else if (link.dataset.move !== undefined) fetched(addressOf(link), "shown", moved);
    else return;
    event.preventDefault();
  });

  for (const part of document.querySelectorAll(".needs-script")) part.removeAttribute("hidden");
  tell(slider.value);
  entrance();
  centred();
})();
