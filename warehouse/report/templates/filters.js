
"use strict";
// The filters and the order of the table. Rows are the page's own; nothing is made from text here.
(() => {
  const report = JSON.parse(document.getElementById("report-data").textContent);
  const rows = [...document.querySelectorAll("[data-event]")];
  const form = document.getElementById("filters");
  const found = document.getElementById("found");
  const unfold = document.getElementById("unfold");
  const statuses = [...form.elements.status.options].map((option) => option.value);
  const types = [...form.querySelectorAll("[name=type]")].map((box) => box.value);
  const listeners = [];
  let texts = null; // made at the first search

  rows.sort((one, other) => one.dataset.event - other.dataset.event);
  document.documentElement.classList.add("js");

  function wanted() {
    const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
    return {
      words: form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean),
      types: chosen("type"),
      standings: chosen("standing"),
      status: form.elements.status.value,
      country: form.elements.country.value,
      since: form.elements.since.value,
      until: form.elements.until.value,
    };
  }

  // Whether the event is what was asked for, the period left aside.
  function fits(event, index, asked) {
    return (
      asked.types.has(event.type) &&
      asked.standings.has(event.standing) &&
      (!asked.status || event.status === asked.status) &&
      (!asked.country || event.countries.includes(asked.country)) &&
      asked.words.every((word) => texts[index].includes(word))
    );
  }

  // An interval is in the period where the two overlap; an undated event is in none.
  function inPeriod(event, asked) {
    if (!asked.since && !asked.until) return true;
    return event.start !== null && (!asked.since || event.end >= asked.since) && (!asked.until || event.start <= asked.until);
  }

  function apply() {
    const asked = wanted();
    if (asked.words.length && !texts) texts = rows.map((row) => row.textContent.toLowerCase());
    const timeless = report.events.map((event, index) => fits(event, index, asked));
    const shown = timeless.map((fit, index) => fit && inPeriod(report.events[index], asked));
    rows.forEach((row, index) => { row.hidden = !shown[index]; });
    tell(shown, timeless, asked);
    for (const listener of listeners) listener(shown, timeless);
  }

  function tell(shown, timeless, asked) {
    const among = (fit) => report.events.filter((event, index) => fit[index]);
    const count = among(shown).length;
    const happened = among(shown).filter((event) => event.standing === "happened").length;
    const undated = asked.since || asked.until ? among(timeless).filter((event) => event.start === null).length : 0;
    let said = `${count} of ${rows.length} events: ${happened} happened, ${count - happened} did not or not yet`;
    if (undated) said += `; ${undated} without a known date are hidden by the period`;
    found.textContent = said;
    found.classList.toggle("narrowed", count < rows.length);
    for (const table of document.querySelectorAll("table.events")) {
      const empty = !table.querySelector("tbody:not([hidden])");
      table.hidden = empty;
      const heading = table.previousElementSibling;
      if (heading && heading.classList.contains("group")) heading.hidden = empty;
    }
  }

  const keys = {
    date: (event) => event.start || "",
    what: (event) => types.indexOf(event.type) * 100 + statuses.indexOf(event.status),
    confidence: (event) => event.confidence,
    articles: (event) => event.articles,
  };

  function order(value) {
    const down = value.startsWith("-");
    const key = keys[down ? value.slice(1) : value];
    const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
    for (const table of document.querySelectorAll("table.events")) {
      const before = [...table.tBodies];
      const bodies = before.toSorted((one, other) => {
        const [a, b] = [Number(one.dataset.event), Number(other.dataset.event)];
        const by = compare(key(report.events[a]), key(report.events[b]));
        return (down ? -by : by) || a - b;
      });
      if (bodies.some((body, index) => body !== before[index])) table.append(...bodies);
      for (const head of table.querySelectorAll("[data-sort]")) {
        if (head.dataset.sort === value.replace("-", "")) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
    }
    form.elements.order.value = [...form.elements.order.options].some((option) => option.value === value) ? value : "";
  }

  for (const head of document.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : head.dataset.sort !== "what";
      order(`${down ? "-" : ""}${head.dataset.sort}`);
    });
    head.replaceChildren(button);
  }

  function unfoldAll(open) {
    for (const each of document.querySelectorAll(".event details")) each.open = open;
  }

  let pending = 0;
  form.addEventListener("input", (event) => {
    if (event.target.name === "order") return;
    clearTimeout(pending);
    pending = setTimeout(apply, event.target.name === "text" ? 150 : 0);
  });
  form.elements.order.addEventListener("change", () => order(form.elements.order.value));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { order("-date"); apply(); }));
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "Hide all evidence" : "Show all evidence";
    unfoldAll(open);
  });
  // On paper nothing can be unfolded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".event details:not([open])")];
    for (const each of folded) each.open = true;
  });
  window.addEventListener("afterprint", () => { for (const each of folded) each.open = false; });

  window.report = {
    data: report,
    form,
    apply,
    listen(listener) { listeners.push(listener); },
  };
  order("-date");
  apply();
})();
