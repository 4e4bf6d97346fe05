// Shows what needs passkeys where the browser has them, and says so when none was used. The
// ceremony itself is the sign-in library's script.
"use strict";
(() => {
  const able = Boolean(window.PublicKeyCredential);
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = !able;
  for (const part of document.querySelectorAll("[data-lacks-passkeys]")) part.hidden = able;
  document.addEventListener("allauth.error", (event) => {
    // Somebody pressed “cancel”, or the device has no passkey for this address.
    event.preventDefault();
    for (const words of document.querySelectorAll("[data-passkey-trouble]")) words.hidden = false;
  });
})();
