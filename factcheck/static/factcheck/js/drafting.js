// The draft says where it stands between two saves, and why it could not be saved.
"use strict";
(() => {
  const form = document.querySelector("#draft-form");
  if (!form) return;
  const say = (words, sign) => {
    const line = document.createElement("p");
    line.className = sign;
    line.textContent = words;
    document.querySelector("#draft-state").replaceChildren(line);
  };
  form.addEventListener("input", () => say("Not saved yet.", "quiet"));
  const failed = (event) => {
    if (event.detail.elt !== form) return;
    say("Not saved. The server did not take it; your words stay in this tab. Save by the button.", "cross");
  };
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:responseError", failed);
})();
