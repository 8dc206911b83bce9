// Read-only diagrams with a badge on each step.
import * as diagram from "./scripts/diagram.js";

diagram.install(document);
