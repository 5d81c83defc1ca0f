import { fill } from "./words.js";

// <form data-upload="/back" data-sending data-failed>: sends each chosen file in a request of its own and shows how far it
// is; then goes on to that page. Without script the form sends one file and the server leads back.
function send(form, file, show) {
  return new Promise((resolve) => {
    const data = new FormData(form);
    data.set("file", file, file.name);
    const request = new XMLHttpRequest();
    request.upload.onprogress = (e) => e.lengthComputable && show(Math.floor((e.loaded / e.total) * 100));
    request.onload = () => resolve(request.status < 400 ? "" : refusal(request.responseText) || form.dataset.failed);
    request.onerror = () => resolve(form.dataset.failed);
    request.open("POST", form.action);
    request.send(data);
  });
}

// The page that refused says why, in its list of errors.
const refusal = (html) =>
  new DOMParser().parseFromString(html, "text/html").querySelector("[data-upload-error] li")?.textContent.trim();

function line(list, name) {
  const item = document.createElement("li");
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", name);
  const note = document.createElement("small");
  const text = document.createElement("span");
  text.append(name, note, bar);
  item.append(text);
  list.append(item);
  return { bar, note };
}

async function upload(form) {
  const list = form.querySelector("[data-uploads]");
  list.hidden = false;
  list.replaceChildren();
  let failed = false;
  for (const file of [...form.querySelector("input[type=file]").files]) {
    const { bar, note } = line(list, file.name);
    const said = await send(form, file, (percent) => {
      bar.value = percent;
      note.textContent = fill(form.dataset.sending, percent);
    });
    bar.value = said ? 0 : 100;
    note.textContent = said || fill(form.dataset.sending, 100);
    note.classList.toggle("error", said !== "");
    if (said) note.setAttribute("role", "alert");
    failed ||= said !== "";
  }
  if (!failed) return location.assign(form.dataset.upload);
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
}

export function uploads() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.querySelector("input[type=file]").multiple = true;
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      if (form.dataset.sent) return;
      form.dataset.sent = "1";
      e.submitter?.setAttribute("aria-busy", "true");
      upload(form);
    });
  }
}
