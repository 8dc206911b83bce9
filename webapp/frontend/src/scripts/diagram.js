// A diagram to look at, with the number of cases on every step. The table beside it says the same in words.
import Viewer from "bpmn-js/lib/NavigatedViewer";
import { DIAGRAM_FAILED } from "./words.js";

export function install(root) {
  for (const canvas of root.querySelectorAll("[data-diagram]")) draw(canvas).catch(() => fail(canvas));
}

async function draw(canvas) {
  const { diagram, diagramCounts } = canvas.dataset;
  const viewer = new Viewer({ container: canvas });
  const { warnings } = await viewer.importXML(await (await get(diagram)).text());
  if (warnings.length) console.warn(diagram, warnings);
  viewer.get("canvas").zoom("fit-viewport", "auto");
  if (diagramCounts) mark(viewer, await (await get(diagramCounts)).json());
}

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** `counts`: element id → {count, late, href}. */
function mark(viewer, counts) {
  const shapes = viewer.get("elementRegistry");
  for (const [element, facts] of Object.entries(counts)) {
    if (!facts.count || !shapes.get(element)) continue;
    viewer.get("canvas").addMarker(element, facts.late ? "app-diagram-late" : "app-diagram-busy");
    viewer.get("overlays").add(element, { position: { bottom: 10, right: 14 }, html: badge(facts) });
  }
}

function badge({ count, late, href }) {
  const element = document.createElement(href ? "a" : "span");
  element.className = late ? "app-diagram-badge app-diagram-badge--late" : "app-diagram-badge";
  element.textContent = late ? `${count} (${late})` : String(count);
  if (href) element.href = href;
  return element;
}

function fail(canvas) {
  canvas.classList.add("app-diagram--failed");
  canvas.textContent = DIAGRAM_FAILED;
}
