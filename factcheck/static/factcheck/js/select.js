// Text selected inside [data-selectable="form-id"] fills that form's start, end and exact fields.
// The area's text content is the stored text, character for character (a test holds the server to
// it), so offsets are counted in Unicode code points from its beginning.
"use strict";
(() => {
  const points = (text) => [...text].length;

  function passage(area) {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    if (!area.contains(range.startContainer)) return null;
    // A triple click or a drag may end outside the text: keep the part inside.
    if (!area.contains(range.endContainer)) range.setEnd(area, area.childNodes.length);
    const before = document.createRange();
    before.selectNodeContents(area);
    before.setEnd(range.startContainer, range.startOffset);
    const taken = range.toString();
    const lead = taken.length - taken.trimStart().length;
    const exact = taken.trim();
    if (!exact) return null;
    // A long text is shown in parts: this one begins at data-offset.
    const base = Number(area.dataset.offset ?? 0);
    const start = base + points(before.toString()) + points(taken.slice(0, lead));
    return { start, end: start + points(exact), exact };
  }

  function fill(form, found) {
    for (const [name, value] of Object.entries(found)) form.elements[name].value = value;
    form.closest("[data-rises]")?.removeAttribute("hidden");
  }

  document.addEventListener("selectionchange", () => {
    for (const area of document.querySelectorAll("[data-selectable]")) {
      const form = document.getElementById(area.dataset.selectable);
      const found = form && passage(area);
      if (found) fill(form, found);
    }
  });

  document.addEventListener("click", (event) => {
    const raiser = event.target.closest("[data-raises]");
    if (raiser) {
      event.preventDefault();
      const bar = document.getElementById(raiser.dataset.raises);
      bar.removeAttribute("hidden");
      bar.querySelector("textarea")?.focus();
      return;
    }
    if (!event.target.closest("[data-lowers]")) return;
    document.getSelection().removeAllRanges();
    event.target.closest("[data-rises]")?.setAttribute("hidden", "");
  });
})();
