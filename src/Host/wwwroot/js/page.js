import { fill } from "./words.js";

const all = (selector) => [...document.querySelectorAll(selector)];

function toast(text) {
  const box = Object.assign(document.createElement("p"), { className: "toast", textContent: text });
  box.setAttribute("role", "status");
  document.body.append(box);
  setTimeout(() => box.remove(), 2500);
}

function copyAndPrint() {
  document.addEventListener("click", async (e) => {
    const copy = e.target.closest("[data-copy]");
    if (copy) {
      try {
        await navigator.clipboard.writeText(copy.dataset.copy);
        toast(copy.dataset.done);
      } catch {
        toast(copy.dataset.failed);
      }
    }
    if (e.target.closest("[data-print]")) window.print();
  });
}

// Long explanations and filters start open without script; on a phone they start folded, unless something is set in them.
function folds() {
  if (!matchMedia("(max-width: 48rem)").matches) return;
  for (const d of all("details[data-fold]")) d.open = "keep" in d.dataset;
}

// Wide pictures show the present place first.
function pictures() {
  for (const svg of all(".scroll-x > .flow")) {
    const now = svg.querySelector(".now")?.getBoundingClientRect();
    const box = svg.parentElement;
    if (now) box.scrollLeft = now.left + now.width / 2 - box.getBoundingClientRect().left - box.clientWidth / 2;
  }
}

function offline() {
  const show = () => all("[data-offline]").forEach((b) => (b.hidden = navigator.onLine));
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}

// The second press on a submit button does nothing; coming back to the page (bfcache) sets the form free again.
// The server is safe without this: each form carries an idempotency key.
function once() {
  document.addEventListener("submit", (e) => {
    const form = e.target;
    // A form that is answered with a file leaves the page as it is, free for the next press.
    if ("download" in form.dataset) return;
    if (e.defaultPrevented || form.method === "get" || form.method === "dialog" || e.submitter?.formMethod === "dialog") return;
    if (form.dataset.sent) return e.preventDefault();
    form.dataset.sent = "1";
    e.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
    }
  });
}

// <input type=file data-max-bytes data-too-big>: says at once what the server would say after the upload.
function files() {
  for (const input of all("input[type=file][data-max-bytes]"))
    input.addEventListener("change", () => {
      const big = [...input.files].find((f) => f.size > Number(input.dataset.maxBytes));
      input.setCustomValidity(big ? fill(input.dataset.tooBig, big.name) : "");
      input.reportValidity();
    });
}

export function page() {
  copyAndPrint();
  folds();
  pictures();
  offline();
  once();
  files();
  if (!document.querySelector("dialog[open]")) document.querySelector(".errors[tabindex]")?.focus();
}
