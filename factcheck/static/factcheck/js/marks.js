// Pointing at a claim in the list lights its marks in the text, and the other way round.
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
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, light(true));
  for (const kind of ["mouseout", "focusout"]) document.addEventListener(kind, light(false));
})();
