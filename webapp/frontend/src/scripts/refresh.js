// Looks again at what is waited for: fetches an address and swaps this block with the block of the same id there.
import { install as installAll } from "./behaviours.js";
import { fresh } from "./elements.js";

const SECONDS = 5;
const LONGEST = 60;

export function install(root) {
  for (const block of fresh(root, "[data-refresh][id]", "refresh")) later(block, every(block));
}

function every(block) {
  return Number(block.dataset.refreshEvery) || SECONDS;
}

function later(block, seconds) {
  setTimeout(() => look(block, seconds), seconds * 1000);
}

async function look(block, seconds) {
  if (!block.isConnected || !block.dataset.refresh) return;
  if (document.hidden || block.contains(document.activeElement)) return later(block, seconds);
  try {
    const answer = await fetched(block.dataset.refresh);
    if (answer) show(block, answer);
    if (block.dataset.refresh) later(block, every(block));
  } catch {
    later(block, Math.min(seconds * 2, LONGEST));
  }
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) throw new Error(String(answer.status));
  if (answer.status === 204) return null; // Nothing new.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { page, address: answer.url };
}

function show(block, { page, address }) {
  const next = page.getElementById(block.id);
  if (!next) return location.assign(address); // The case has moved on to another page.
  for (const { name } of [...block.attributes]) if (!next.hasAttribute(name)) block.removeAttribute(name);
  for (const { name, value } of next.attributes) block.setAttribute(name, value);
  if (block.innerHTML === next.innerHTML) return;
  // The block itself stays, so that a screen reader hears what changed in the live region.
  const open = new Set(opened(block).map(named));
  for (const details of next.querySelectorAll("details")) details.open ||= open.has(named(details));
  block.replaceChildren(...next.childNodes);
  for (const child of block.children) installAll(child);
}

function opened(block) {
  return [...block.querySelectorAll("details[open]")];
}

/** What the reader knows it by: the fresh block has another element in its place. */
function named(details) {
  return details.querySelector("summary")?.textContent.trim();
}
