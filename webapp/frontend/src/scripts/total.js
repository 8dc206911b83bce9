// Counts ticked boxes and their credits as they are ticked; the server's own count stands there at first.
import { fresh } from "./elements.js";

export function install(root) {
  for (const scope of fresh(root, "[data-total]", "total")) scope.addEventListener("change", () => count(scope));
}

function count(scope) {
  const ticked = [...scope.querySelectorAll("input[data-credits]:checked")];
  write(scope, "[data-total-count]", ticked.length);
  write(scope, "[data-total-credits]", ticked.reduce((sum, box) => sum + Number(box.dataset.credits), 0));
}

function write(scope, selector, value) {
  for (const element of scope.querySelectorAll(selector)) element.textContent = String(value);
}
