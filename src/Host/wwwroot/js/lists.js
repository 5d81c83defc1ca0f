const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// <table data-pick>: the box in the head ticks the page; [data-picked] tells how many.
function picks(table) {
  const boxes = all("tbody .tick input", table);
  const head = table.querySelector("thead .tick input");
  const show = () => {
    const n = boxes.filter((b) => b.checked).length;
    for (const b of boxes) b.closest("tr").classList.toggle("is-picked", b.checked);
    for (const out of all("[data-picked]")) out.textContent = n;
    if (head) {
      head.checked = n > 0 && n === boxes.length;
      head.indeterminate = n > 0 && n < boxes.length;
    }
  };
  head?.addEventListener("change", () => {
    for (const b of boxes) b.checked = head.checked;
    show();
  });
  table.addEventListener("change", show);
  show();
}

// Review by keyboard: J and K walk over the rows, X ticks the row, 1 to 9 press its buttons.
function keys() {
  const rows = all("tr[data-row]");
  if (!rows.length) return;
  document.addEventListener("keydown", (e) => {
    const busy = e.target.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]");
    if (busy || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = rows.findIndex((r) => r.contains(document.activeElement));
    const go = (i) => rows[Math.max(0, Math.min(rows.length - 1, i))].querySelector(".picks .btn, a")?.focus();
    if (e.key === "j") go(at + 1);
    else if (e.key === "k") go(at - 1);
    else if (at >= 0 && e.key === "x") rows[at].querySelector(".tick input")?.click();
    else if (at >= 0 && /^[1-9]$/.test(e.key)) all(".picks .btn", rows[at])[e.key - 1]?.click();
  });
}

export function lists() {
  for (const table of all("table[data-pick]")) picks(table);
  keys();
}
