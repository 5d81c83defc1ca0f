// A control that leads to a page with a form opens the <dialog> of the same form instead: <a href="?do=back" data-dialog="dlg-back">.
const open = (dialog, from) => {
  if (!dialog?.showModal || dialog.open) return false;
  const what = dialog.querySelector("[data-what]");
  if (what && from?.dataset.what) what.textContent = from.dataset.what;
  dialog.showModal();
  return true;
};

export function dialogs() {
  document.addEventListener("click", (e) => {
    const from = e.target.closest("[data-dialog]");
    if (from && open(document.getElementById(from.dataset.dialog), from)) e.preventDefault();
    const close = e.target.closest("dialog [data-close]");
    if (close) {
      e.preventDefault();
      close.closest("dialog").close();
    }
  });
  if (location.hash.startsWith("#dlg-")) open(document.getElementById(location.hash.slice(1)));
}
