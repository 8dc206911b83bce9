// Finding elements, and marking those that have been started so that nothing starts twice.
const started = new WeakMap();

/** Every element of `root`, itself included, that matches and was not yet started under this name. */
export function fresh(root, selector, name) {
  const found = [...root.querySelectorAll(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root);
  return found.filter((element) => start(element, name));
}

function start(element, name) {
  const names = started.get(element) ?? new Set();
  if (names.has(name)) return false;
  started.set(element, names.add(name));
  return true;
}

/** What a form would send if this button were pressed; chosen files stay where they are. */
export function dataWithoutFiles(form, button) {
  const data = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
  if (button?.name) data.set(button.name, button.value);
  return data;
}

/** The address a form posts to; a field may be called `action`, so the property cannot be trusted. */
export function addressOf(form, button) {
  return button?.getAttribute("formaction") || form.getAttribute("action") || location.href;
}
