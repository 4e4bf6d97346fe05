// A form is sent once, and typed text survives a closed tab until the server has taken it.
"use strict";
(() => {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "dialog") return;
    if (event.target.dataset.sent && !event.target.dataset.download) {
      event.preventDefault();
      return;
    }
    event.target.dataset.sent = "1";
  });
  document.addEventListener("htmx:afterRequest", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
  // Coming back with the browser's back button makes the form usable again.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // data-keeps="name" on a form: its text lives in this tab's storage while it is not yet saved.
  // It is thrown away once a page says that the sent form succeeded.
  if (document.querySelector(".notice.success")) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("sent:")) {
        sessionStorage.removeItem(key);
        sessionStorage.removeItem(key.replace("sent:", "kept:"));
      }
    }
  }
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    const key = `kept:${form.dataset.keeps}`;
    const areas = [...form.querySelectorAll("textarea[name]")];
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    const revision = () => form.elements.revision?.value ?? "";
    // Where nobody has saved since, what was typed here is the newest there is.
    const newest = kept[""] && kept[""] === revision();
    for (const area of areas) {
      if (kept[area.name] && (newest || !area.value)) area.value = kept[area.name];
      area.addEventListener("input", () => {
        const texts = areas.map((each) => [each.name, each.value]);
        sessionStorage.setItem(key, JSON.stringify(Object.fromEntries([...texts, ["", revision()]])));
      });
    }
    form.addEventListener("submit", () => sessionStorage.setItem(key.replace("kept:", "sent:"), "1"));
  }
})();
