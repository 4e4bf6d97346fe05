// The arrow keys go from cell to cell of an archived table, and Tab leaves it. Without this script
// every cell is a link all the same.
"use strict";
(() => {
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  for (const table of document.querySelectorAll("table[data-cells]")) {
    const links = new Map([...table.querySelectorAll("a[data-place]")].map((a) => [a.dataset.place, a]));
    let open = table.querySelector("[aria-current] a") ?? links.values().next().value;
    for (const link of links.values()) link.tabIndex = link === open ? 0 : -1;

    table.addEventListener("focusin", (event) => {
      const link = event.target.closest("a[data-place]");
      if (!link) return;
      open.tabIndex = -1;
      link.tabIndex = 0;
      open = link;
    });
    table.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const link = event.target.closest("a[data-place]");
      if (!step || !link || event.ctrlKey || event.metaKey || event.altKey) return;
      let [row, column] = link.dataset.place.split("-").map(Number);
      // Empty cells, and those that a wider one covers, are passed over.
      for (let tries = 0; tries < 300; tries += 1) {
        row += step[0];
        column += step[1];
        const next = links.get(`${row}-${column}`);
        if (next) {
          event.preventDefault();
          next.focus();
          return;
        }
      }
    });
  }
})();
