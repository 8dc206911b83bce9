// The review desk's keys and the operators' drawings, on top of what every page has.
import "./app.js";
import * as keys from "./scripts/keys.js";
import * as showFirst from "./scripts/showfirst.js";

keys.install(document);
showFirst.install(document);
