// A click on a number in a quote puts it into the sum: into the slot last looked at, else into the
// first one that is empty. The <select>s do the same by keyboard, and without this script.
"use strict";
(() => {
  let looked = "";
  const slots = () => [...document.querySelectorAll("select[data-slot]")];

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("select[data-slot]")) looked = event.target.id;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    const all = slots();
    const slot =
      all.find((each) => each.id === looked) ?? all.find((each) => !each.value) ?? all.at(-1);
    if (!slot) return;
    slot.value = button.dataset.pick;
    slot.dispatchEvent(new Event("change", { bubbles: true }));
    // The next click goes to the next slot that is still empty.
    looked = all.slice(all.indexOf(slot) + 1).find((each) => !each.value)?.id ?? "";
  });
})();
