// Starts every behaviour below an element: the document at first, later a block that was swapped in.
import * as countdown from "./countdown.js";
import * as crop from "./crop.js";
import * as draft from "./draft.js";
import * as filter from "./filter.js";
import * as once from "./once.js";
import * as print from "./print.js";
import * as refresh from "./refresh.js";
import * as total from "./total.js";
import * as updates from "./updates.js";

const ALL = [countdown, crop, draft, filter, once, print, refresh, total, updates];

export function install(root) {
  for (const behaviour of ALL) behaviour.install(root);
}
