// Comments: words that are selected on the page go into the new comment, and a name is completed
// after @. Without this script the words are pasted and the name is typed.
"use strict";
(() => {
  // --- the words that a comment is about
  function fill(about, exact) {
    const form = document.getElementById("comment-new");
    const place = form?.querySelector("select[name=about]");
    if (!place || ![...place.options].some((option) => option.value === about)) return;
    place.value = about;
    form.elements.exact.value = exact;
    form.elements.near.value = "";
    form.querySelector("details").open = true;
  }

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    const area = range.startContainer.parentElement?.closest("[data-remark]");
    if (!area) return;
    // A triple click ends at the beginning of what follows: keep the part inside.
    if (!area.contains(range.endContainer)) range.setEnd(area, area.childNodes.length);
    const words = range.toString().trim();
    if (words) fill(area.dataset.remark, words);
  });

  // --- names
  const BEGUN = /(?:^|[^\w@.+\-/])@([\w.+\-]{0,150})$/u;
  let area = null;
  let list = null;
  let asked = 0;
  let waiting;

  function close() {
    asked += 1;
    clearTimeout(waiting);
    list?.remove();
    area?.removeAttribute("aria-activedescendant");
    area?.removeAttribute("aria-controls");
    area = list = null;
  }

  const options = () => [...(list?.querySelectorAll("[data-name]") ?? [])];

  function choose(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    if (option) area.setAttribute("aria-activedescendant", option.id);
  }

  function insert(name) {
    const caret = area.selectionStart;
    const begun = BEGUN.exec(area.value.slice(0, caret));
    if (begun) {
      const from = caret - begun[1].length;
      area.setRangeText(`${name} `, from, caret, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    close();
  }

  async function ask(here, prefix) {
    const number = (asked += 1);
    const target = document.createElement("ul");
    target.className = "names";
    target.id = `${here.id}-names`;
    target.setAttribute("role", "listbox");
    target.setAttribute("aria-label", "People to mention");
    target.hidden = true;
    here.after(target);
    const address = `${here.dataset.mentions}?q=${encodeURIComponent(prefix)}`;
    await htmx.ajax("GET", address, { target, swap: "innerHTML" }).catch(() => {});
    if (number !== asked || document.activeElement !== here) {
      target.remove();
      return;
    }
    list?.remove();
    area = here;
    list = target;
    list.hidden = false;
    options().forEach((option, i) => { option.id = `${list.id}-${i}`; });
    area.setAttribute("aria-controls", list.id);
    choose(options()[0]);
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[data-mentions]")) return;
    const here = event.target;
    const begun = BEGUN.exec(here.value.slice(0, here.selectionStart));
    clearTimeout(waiting);
    if (!begun) close();
    else waiting = setTimeout(ask, 120, here, begun[1]);
  });

  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== area) return;
    const all = options();
    const now = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") choose(all[(now + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(now - 1 + all.length) % all.length]);
    else if ((event.key === "Enter" || event.key === "Tab") && all[now] && !event.ctrlKey) {
      insert(all[now].dataset.name);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.(".names [data-name]");
    if (!option || !list) return;
    event.preventDefault();
    insert(option.dataset.name);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === area) close();
  });
})();
