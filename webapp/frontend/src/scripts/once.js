// A second press within a few seconds is swallowed; the server refuses a repeat anyway.
import { fresh } from "./elements.js";

const QUIET = 4000;

export function install(root) {
  for (const form of fresh(root, "form", "once")) guard(form);
}

function guard(form) {
  if (form.getAttribute("method")?.toLowerCase() !== "post" || form.dataset.once === "no") return;
  let pressed = -Infinity;
  form.addEventListener("submit", (event) => {
    if (performance.now() - pressed < QUIET) return event.preventDefault();
    pressed = performance.now();
    const button = event.submitter;
    button?.classList.add("app-pressed");
    setTimeout(() => button?.classList.remove("app-pressed"), QUIET);
  });
  // Going back must show a form that can be sent again.
  window.addEventListener("pageshow", () => (pressed = -Infinity));
}
