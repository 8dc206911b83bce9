// A field on which other fields depend asks the server for the form again; focus and chosen files stay.
import { install as installAll } from "./behaviours.js";
import { addressOf, dataWithoutFiles, fresh } from "./elements.js";

export function install(root) {
  for (const form of fresh(root, "form", "updates")) form.addEventListener("change", changed);
}

function changed(event) {
  const field = event.target.closest("[data-updates]");
  const button = field && buttonOf(event.currentTarget, field);
  if (button) update(event.currentTarget, button);
}

// Beside each such field stands a button `_update` with the field's name, or with what the name begins with.
function buttonOf(form, field) {
  const named = field.dataset.updates;
  const buttons = [...form.querySelectorAll("button[name=_update], button[name=outcome], button[name=action]")];
  if (named) return buttons.find((button) => button.value === named);
  return buttons.find(({ name, value }) => name === "_update" && `${field.name}.`.startsWith(`${value}.`));
}

async function update(form, button) {
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(addressOf(form, button), { method: "POST", body: dataWithoutFiles(form, button) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = form.id ? page.getElementById(form.id) : page.querySelector("main form");
    if (!next) return location.assign(answer.url);
    swap(form, next);
  } catch {
    form.requestSubmit(button); // The ordinary way shows the browser's own error page.
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function swap(form, next) {
  const focused = document.activeElement?.id;
  for (const input of form.querySelectorAll("input[type=file]")) {
    if (input.files.length) next.querySelector(`#${CSS.escape(input.id)}`)?.replaceWith(input);
  }
  form.replaceWith(next);
  installAll(next);
  if (focused) document.getElementById(focused)?.focus();
}
