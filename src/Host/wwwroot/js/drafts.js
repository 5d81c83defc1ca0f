import { fill } from "./words.js";

// <form data-draft="/drafts/…"> is posted to that address, files and autocomplete="off" apart, whenever typing rests for 0.8 s.
// What the server could not take (no connection, restart) waits in this browser, is sent again when the connection is
// back and offered when the page opens anew; data-draft-private keeps such forms (hardship data) out of the browser.
// Signing out forgets everything kept here.
const REST = 800;
const PREFIX = "draft:";
const keyOf = (form) => `${PREFIX}${document.body.dataset.member ?? ""}:${form.dataset.draft}`;
const typed = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("__"));

let signedOut = false;

function keep(form, sent = false) {
  // A save that fails while the sign-out is on its way must not bring back what was just forgotten.
  if (signedOut || "draftPrivate" in form.dataset) return;
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ rows: typed(form), sent }));
  } catch {
    // Storage is full or forbidden: the text is still in the form.
  }
}

const forget = (form) => localStorage.removeItem(keyOf(form));

function kept(form) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
}

function restore(form, rows) {
  const at = {};
  for (const [name, value] of rows) {
    const i = (at[name] = (at[name] ?? -1) + 1);
    const same = [...form.elements].filter((e) => e.name === name && e.type !== "hidden" && e.type !== "file");
    const choice = same.find((e) => (e.type === "radio" || e.type === "checkbox") && e.value === value);
    if (choice) choice.checked = true;
    else if (same[i] && same[i].type !== "radio" && same[i].type !== "checkbox") same[i].value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  for (const e of form.elements) e.dispatchEvent(new Event("input"));
}

// Hidden values (keys, versions) are new on every page and nobody typed them.
function same(form, rows) {
  const hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map((e) => e.name));
  const seen = (all) => JSON.stringify(all.filter(([name]) => !hidden.has(name)));
  return seen(rows) === seen(typed(form));
}

function offer(form) {
  const rows = kept(form)?.rows;
  const box = document.querySelector("[data-draft-offer]");
  if (!rows || !box) return;
  // data-arrived: this page is the answer to the form, so the server has what was kept here.
  if ("arrived" in form.dataset || same(form, rows)) return forget(form);
  box.hidden = false;
  box.addEventListener("click", (e) => {
    const button = e.target.closest("[data-draft-restore], [data-draft-drop]");
    if (!button) return;
    if ("draftRestore" in button.dataset) restore(form, rows);
    else forget(form);
    box.hidden = true;
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
}

function autosave(form) {
  const hint = document.querySelector("[data-saved]");
  const say = (text) => hint && (hint.textContent = text);
  let timer;
  let round = 0;
  const save = async () => {
    const mine = ++round;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    // What no browser is to remember (identity and account numbers) stays out of drafts too.
    for (const e of form.elements) if (e.autocomplete === "off") body.delete(e.name);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
      // A redirect is the sign-in page: the session ended and nothing was saved.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      if (mine !== round) return;
      forget(form);
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      say(fill(hint?.dataset.done, time));
    } catch {
      if (mine !== round) return;
      keep(form);
      say(hint?.dataset.failed);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    say(hint?.dataset.saving);
    timer = setTimeout(save, REST);
  });
  addEventListener("online", () => kept(form) && save());
  // Once the form itself is on its way, a late draft must not come after it; a copy stays here in case it is lost on the way.
  form.addEventListener("submit", (e) => {
    if (e.defaultPrevented) return;
    clearTimeout(timer);
    round++;
    keep(form, true);
  });
}

// The server answered a sent form with another page: it arrived.
function forgetArrived(forms) {
  const here = forms.map(keyOf);
  for (const key of Object.keys(localStorage))
    if (key.startsWith(PREFIX) && !here.includes(key) && localStorage.getItem(key).endsWith('"sent":true}'))
      localStorage.removeItem(key);
}

export function drafts() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  forgetArrived(forms);
  for (const form of forms) {
    offer(form);
    autosave(form);
  }
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    signedOut = true;
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}
