// Rich text pasted into [data-rich] keeps its links: the clipboard's HTML goes along in the form's
// `html` field, for as long as the text stays the text that was pasted.
"use strict";
(() => {
  const MOST = 2_000_000; // characters; more is a whole site, not an article

  for (const area of document.querySelectorAll("textarea[data-rich]")) {
    const html = area.form.elements[area.dataset.rich];
    const words = document.createElement("span");
    words.className = "hint";
    words.setAttribute("role", "status");
    area.after(words);
    let pasted = null;

    const forget = (said) => {
      html.value = "";
      pasted = null;
      words.textContent = said;
    };

    area.addEventListener("paste", (event) => {
      const rich = event.clipboardData?.getData("text/html") ?? "";
      const whole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
      if (html.value && !whole) return;
      forget("");
      const links = rich.match(/<a\s[^>]*href/gi)?.length ?? 0;
      if (!whole || !links || rich.length > MOST) return;
      html.value = rich;
      pasted = "waiting";
      words.textContent = `${links} link${links === 1 ? "" : "s"} of the pasted text will be kept.`;
    });

    area.addEventListener("input", (event) => {
      if (pasted === null) return;
      if (pasted === "waiting" && event.inputType === "insertFromPaste") pasted = area.value;
      else if (area.value !== pasted) forget("The text was edited after the paste: its links are not kept.");
    });
  }
})();
