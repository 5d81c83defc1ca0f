import { fill } from "./words.js";

// <output data-count-for="id" data-min data-max data-short data-within data-plain>; counts code points, as the server does.
export function counters() {
  for (const out of document.querySelectorAll("[data-count-for]")) {
    const field = document.getElementById(out.dataset.countFor);
    if (!field) continue;
    const min = Number(out.dataset.min) || 0;
    const max = Number(out.dataset.max) || Infinity;
    const show = () => {
      const n = [...field.value.trim()].length;
      const { short, within, plain } = out.dataset;
      if (n < min) out.textContent = fill(short, n, min - n);
      else out.textContent = max < Infinity ? fill(within, n, max) : fill(plain, n);
      out.classList.toggle("is-over", n > max || (n > 0 && n < min));
    };
    field.addEventListener("input", show);
    show();
  }
}
