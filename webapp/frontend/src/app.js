// What makes the pages nicer; each of them works without it.
import { ErrorSummary, SkipLink } from "govuk-frontend";
import * as behaviours from "./scripts/behaviours.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startGovuk(ErrorSummary);
startGovuk(SkipLink);
behaviours.install(document);

function startGovuk(Component) {
  for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) new Component(element);
}
