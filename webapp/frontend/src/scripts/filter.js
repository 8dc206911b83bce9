// Shows only the cards of the chosen value; without it the page shows them all.
import { fresh } from "./elements.js";

export function install(root) {
  for (const select of fresh(root, "[data-filter-by]", "filter")) {
    select.addEventListener("change", () => filter(select));
    filter(select);
  }
}

function filter(select) {
  const scope = select.closest("form") ?? document;
  let shown = 0;
  for (const card of scope.querySelectorAll("[data-filter-value]")) {
    // What was chosen stays in sight, or nobody could tell what will be sent.
    const fits = !select.value || card.dataset.filterValue === select.value || card.querySelector(":checked");
    card.hidden = !fits;
    shown += Number(Boolean(fits));
  }
  for (const empty of scope.querySelectorAll("[data-filter-empty]")) empty.hidden = shown > 0;
}
