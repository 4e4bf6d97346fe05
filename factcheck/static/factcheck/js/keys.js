// Single-key moves: j and k walk the rows, n and p the claims of an article, g then a letter
// changes section, e and x change and tick the row, z undoes, ? lists them all.
// Keys never fire while somebody types or holds a modifier.
"use strict";
(() => {
  let afterG = false;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog");

  function step(direction) {
    const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
    if (!rows.length) return;
    const current = rows.indexOf(document.activeElement.closest("[data-row]"));
    const index = current < 0 ? (direction > 0 ? 0 : rows.length - 1) : current + direction;
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) {
        event.preventDefault();
        event.target.form.requestSubmit();
      }
      return;
    }
    if (afterG) {
      afterG = false;
      document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
      return;
    }
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (event.key === "e" || event.key === "x") {
      const row = document.activeElement.closest(".claim-row");
      row?.querySelector(event.key === "e" ? '[data-press="e"]' : "input[name=claim]")?.click();
    } else if (["n", "p", "z"].includes(event.key)) {
      document.querySelector(`[data-press="${event.key}"]`)?.click();
    } else if (event.key === "g") {
      afterG = true;
      setTimeout(() => { afterG = false; }, 1500);
    }
  });
})();
