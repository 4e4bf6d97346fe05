// Opens <dialog id="x"> from data-opens="x" (with data-action and data-says), and closes it from data-closes or a click outside.
"use strict";
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog) return;
    // One dialog serves many rows: the opener says where its form goes and what it is about.
    if (opener.dataset.action) dialog.querySelector("form").action = opener.dataset.action;
    if (opener.dataset.says) dialog.querySelector("[data-words]").textContent = opener.dataset.says;
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    closer.closest("dialog")?.close();
  } else if (event.target.matches("dialog[open]")) {
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right &&
      event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});
// A dialog whose form came back with errors opens again, so that nothing typed is hidden.
for (const dialog of document.querySelectorAll("dialog[data-open-now]")) dialog.showModal();
