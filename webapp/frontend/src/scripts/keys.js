// Keys of the review desk. A letter only moves the focus; Enter decides. They can be turned off (WCAG 2.1.4).
const REMEMBERED = "bishen-keys";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export function install(root) {
  const desk = root.querySelector("[data-keys]");
  if (!desk) return;
  const box = root.querySelector("[data-keys-switch]");
  if (box) remember(box);
  document.addEventListener("keydown", (event) => {
    if (!box || box.checked) press(event, desk);
  });
}

function remember(box) {
  box.checked = localStorage.getItem(REMEMBERED) !== "off";
  box.addEventListener("change", () => localStorage.setItem(REMEMBERED, box.checked ? "on" : "off"));
}

function press(event, desk) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
  const found = elementOf(event.key, desk);
  if (!found) return;
  found.focus();
  event.preventDefault();
}

function elementOf(key, desk) {
  if (/^[1-9]$/.test(key)) return desk.querySelectorAll(".app-desk__pane, [data-pane]")[Number(key) - 1];
  return /^[a-z]$/i.test(key) && document.querySelector(`[data-key="${key.toUpperCase()}"]`);
}
