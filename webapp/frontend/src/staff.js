// The review desk's keys, on top of what every page has.
import "./app.js";
import * as keys from "./scripts/keys.js";

keys.install(document);
