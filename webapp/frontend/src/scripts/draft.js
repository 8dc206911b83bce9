// Keeps what was typed: a form with `data-draft` is posted there shortly after each change. Secrets and files are not.
import { dataWithoutFiles, fresh } from "./elements.js";
import { DRAFT } from "./words.js";

const PAUSE = 1500;
const SECRET = "input[type=password], input[autocomplete=one-time-code], [data-secret]";

export function install(root) {
  for (const form of fresh(root, "form[data-draft]", "draft")) watch(form);
}

function watch(form) {
  let timer = 0;
  let changed = false;

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());

  async function save() {
    if (!changed || !form.isConnected) return;
    changed = false;
    clearTimeout(timer);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: dataOf(form), keepalive: true });
      say(form, answer.ok ? "saved" : "failed");
    } catch {
      changed = true;
      say(form, "failed");
    }
  }
}

function dataOf(form) {
  const data = dataWithoutFiles(form);
  for (const field of form.querySelectorAll(SECRET)) data.delete(field.name);
  return data;
}

function say(form, state) {
  for (const element of document.querySelectorAll("[data-draft-state]")) {
    if (element.closest("form") === form || !element.closest("form")) element.textContent = element.dataset[state] ?? DRAFT[state];
  }
}
