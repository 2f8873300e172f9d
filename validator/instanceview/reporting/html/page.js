"use strict";
// Search, filter, sorting, folding and colours. Everything is on the page without them.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const tools = document.querySelector(".tools");
  const [search, filter, unfold, theme, hits] = ["search", "filter", "unfold", "theme", "hits"].map((id) =>
    document.getElementById(id));
  const lists = all("[data-list]").map((list) => ({
    list,
    section: list.closest("section"),
    rows: all("tbody tr, li, article", list).map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
  const folds = all("details.fold");
  let before = null; // which folds were open before a search opened others

  // Rows that have every word of the search and are of the chosen sort stay; a list without one is hidden.
  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = filter.value;
    const narrowed = words.length > 0 || kind !== "";
    if (narrowed && !before) before = new Map(folds.map((fold) => [fold, fold.open]));
    let shown = 0;
    for (const { list, rows } of lists) {
      let here = 0;
      for (const { row, text } of rows) {
        const fits = words.every((word) => text.includes(word)) && (!kind || row.classList.contains(kind));
        row.hidden = !fits;
        here += fits;
      }
      list.hidden = narrowed && !here;
      if (narrowed && here && list.open === false) list.open = true;
      shown += here;
    }
    if (!narrowed && before) {
      before.forEach((open, fold) => { fold.open = open; });
      before = null;
    }
    hits.textContent = narrowed ? `${shown} ${shown === 1 ? "row" : "rows"}` : "";
    label();
    reach();
  }

  // Document order, then one direction, then the other: numbers begin with the greatest.
  function sortable(table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    all("th[data-sort]", table).forEach((head) => {
      const column = head.cellIndex;
      const isNumber = head.dataset.sort === "number";
      const directions = isNumber ? ["descending", "ascending"] : ["ascending", "descending"];
      const key = (row) => row.cells[column].dataset.key;
      const compare = isNumber ? (a, b) => a - b : (a, b) => a.localeCompare(b);
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = directions[directions.indexOf(head.getAttribute("aria-sort")) + 1];
        all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        const sign = next === "descending" ? -1 : 1;
        body.append(...(next ? rows.toSorted((a, b) => sign * compare(key(a), key(b))) : rows));
      });
    });
  }

  const open = () => folds.filter((fold) => !fold.hidden).every((fold) => fold.open);
  const label = () => { unfold.textContent = open() ? "Fold all" : "Unfold all"; };

  // A table that is wider than the page is scrolled by keyboard, too.
  function reach() {
    all(".wrap").forEach((wrap) => {
      if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
      else wrap.removeAttribute("tabindex");
    });
  }

  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details");
    if (fold) fold.open = true;
  }

  function colour(name) {
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
  }

  // Storage is refused to some files.
  function stored(name) {
    try {
      if (name === undefined) return localStorage.getItem("instanceview-theme") || "";
      localStorage.setItem("instanceview-theme", name);
    } catch { /* the choice lasts for this visit */ }
    return "";
  }

  search.addEventListener("input", show);
  filter.addEventListener("change", show);
  unfold.addEventListener("click", () => {
    const isOpen = !open();
    folds.forEach((fold) => { fold.open = isOpen; });
    label();
  });
  folds.forEach((fold) => fold.addEventListener("toggle", () => { label(); reach(); }));
  theme.addEventListener("change", () => { colour(theme.value); stored(theme.value); });
  tools.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && event.target === search) {
      search.value = "";
      show();
    }
  });
  addEventListener("resize", reach);
  addEventListener("hashchange", follow);
  all("table.rows").forEach(sortable);
  theme.value = stored();
  colour(theme.value);
  tools.hidden = false;
  label();
  follow();
  reach();
})();
