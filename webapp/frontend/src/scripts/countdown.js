// Writes the time left into an element: `data-countdown` is the seconds left, as the server counted them.
import { fresh } from "./elements.js";
import { TIME_UP, duration, leftOf } from "./words.js";

export function install(root) {
  for (const element of fresh(root, "[data-countdown]", "countdown")) count(element);
}

function count(element) {
  // Counted from the page's own start, which no change of the machine's clock can move.
  const end = performance.now() + Number(element.dataset.countdown) * 1000;
  const timer = setInterval(show, 1000);
  show();

  function show() {
    const left = (end - performance.now()) / 1000;
    if (!element.isConnected) return clearInterval(timer);
    element.textContent = left > 0 ? leftOf(duration(left)) : TIME_UP;
    element.classList.toggle("app-countdown--short", left < 300);
    if (left <= 0) clearInterval(timer);
  }
}
