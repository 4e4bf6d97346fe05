// A click on a number in a quote puts it into the sum: into the slot last looked at, else into the
// first one that is empty. The <select>s do the same by keyboard, and without this script.
"use strict";
(() => {
  const form = document.getElementById("calculation");
  const waiting = [];
  let looked = "";
  let coming = false;

  function put(token) {
    const slots = [...document.querySelectorAll("select[data-slot]")];
    const slot =
      slots.find((each) => each.id === looked) ?? slots.find((each) => !each.value) ?? slots.at(-1);
    if (!slot) return;
    slot.value = token;
    slot.dispatchEvent(new Event("change", { bubbles: true }));
    // The next click goes to the next slot that is still empty.
    looked = slots.slice(slots.indexOf(slot) + 1).find((each) => !each.value)?.id ?? "";
  }

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("select[data-slot]")) looked = event.target.id;
  });

  // While the slots of another operation are on their way, the numbers wait for them, in their order.
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) coming = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    setTimeout(() => {
      coming = false;
      waiting.splice(0).forEach(put);
    }, 50);
  });

  document.addEventListener("click", (event) => {
    const token = event.target.closest("[data-pick]")?.dataset.pick;
    if (!token) return;
    if (coming) waiting.push(token);
    else put(token);
  });
})();
