// Shows the print buttons, which can do nothing without a script.
import { fresh } from "./elements.js";

export function install(root) {
  for (const button of fresh(root, "[data-print]", "print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
