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
  const keyOf = (mark) => mark.dataset.claim.split(" ")[0];
  const rowOf = (mark) =>
    document.getElementById(`row-${keyOf(mark)}`) ?? document.getElementById(`evidence-${keyOf(mark)}`);

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
    if (!mark || event.detail !== 1 || !document.getSelection().isCollapsed) return;
    const row = rowOf(mark);
    // Of a long list not all rows are here: the page begins its list at the one that is asked for.
    const go = () => location.assign(`?claim=${keyOf(mark)}#row-${keyOf(mark)}`);
    if (row) waiting = setTimeout(show, 250, row);
    else if (document.getElementById("rail")) waiting = setTimeout(go, 250);
  });

  // A row's number leads to its mark; where that stands on this page, the page need not be read again.
  document.addEventListener("click", (event) => {
    const number = event.target.closest("a.number");
    if (number && document.getElementById(number.hash.slice(1))) {
      event.preventDefault();
      location.hash = number.hash;
    }
  });

  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, light(true));
  for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, light(false));
})();
