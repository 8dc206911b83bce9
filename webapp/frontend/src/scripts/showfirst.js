// Scrolls a frame to the first of some things in it; without a script, links lead there.
import { fresh } from "./elements.js";

export function install(root) {
  for (const frame of fresh(root, "[data-show-first]", "showFirst")) {
    const found = frame.querySelector(frame.dataset.showFirst);
    if (!found) continue;
    const place = found.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    frame.scrollLeft += place.left - around.left - (around.width - place.width) / 2;
    frame.scrollTop += place.top - around.top - (around.height - place.height) / 2;
  }
}
