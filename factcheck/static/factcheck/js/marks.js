// Pointing at a claim in the list lights its marks in the text, and the other way round. A click on
// a mark shows its row, so that it never leads away from a selection; without scripts it opens the
// claim. A double click or a drag is a selection and shows nothing.
"use strict";
(() => {
  const all = (id) => document.querySelectorAll(`[data-claim~="${CSS.escape(id)}"]`);
  const light = (on) => (event) => {
    const from = event.target.closest?.("[data-claim]");
    if (!from) return;
    for (const id of from.dataset.claim.split(" ")) {
      for (const each of all(id)) each.classList.toggle("lit", on);
    }
  };
  const rowOf = (mark) =>
    document.getElementById(`row-${mark.dataset.claim.split(" ")[0]}`) ??
    (mark.hash && document.getElementById(mark.hash.slice(1)));

  function show(row) {
    const around = row.closest("details");
    if (around) around.open = true;
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("a[data-row]")?.focus({ preventScroll: true });
  }

  let waiting;
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark[data-claim]");
    const row = mark && !event.ctrlKey && !event.metaKey && rowOf(mark);
    if (!row) return;
    event.preventDefault();
    clearTimeout(waiting);
    if (event.detail === 0) show(row);
    else if (event.detail === 1 && document.getSelection().isCollapsed) {
      waiting = setTimeout(show, 250, row);
    }
  });

  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, light(true));
  for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, light(false));
})();
