// Pointing at a claim in the list lights its marks in the text, and the other way round. A click on
// a mark shows its row; a double click or a drag is a selection and shows nothing. (Marks are no
// links, because browsers start no selection inside one; the rows beside them are the links.)
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
  const rowOf = (mark) => {
    const key = mark.dataset.claim.split(" ")[0];
    return document.getElementById(`row-${key}`) ?? document.getElementById(`evidence-${key}`);
  };

  function show(row) {
    const around = row.closest("details");
    if (around) around.open = true;
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("a[data-row]")?.focus({ preventScroll: true });
  }

  let waiting;
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-claim]");
    clearTimeout(waiting);
    const row = mark && event.detail === 1 && document.getSelection().isCollapsed && rowOf(mark);
    if (row) {
      waiting = setTimeout(show, 250, row);
    }
  });

  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, light(true));
  for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, light(false));
})();
