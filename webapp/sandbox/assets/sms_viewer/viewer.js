// Shows a new text without a reload; without this script the page is simply reloaded by hand.
const EVERY = 2000;

async function look() {
  const shown = document.getElementById("messages");
  const query = shown.dataset.mobile ? `?mobile=${encodeURIComponent(shown.dataset.mobile)}` : "";
  const found = await (await fetch(`/messages${query}`)).json();
  if (String(found[0]?.id ?? 0) === shown.dataset.newest) return;
  const page = await (await fetch(window.location.href)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html");
  document.querySelector(".phone").replaceWith(fresh.querySelector(".phone"));
}

async function watch() {
  try {
    if (!document.hidden) await look();
  } catch {
    // The viewer was stopped; it may be started again at any moment.
  }
  window.setTimeout(watch, EVERY);
}

window.setTimeout(watch, EVERY);
