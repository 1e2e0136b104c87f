// Deciding by keyboard on a desk; without this file the same buttons do it.

const form = () => document.querySelector("form[data-queue]");
const rows = () => [...(form()?.querySelectorAll("[data-row]") ?? [])];
let at = 0;

const stand = (place, focus = true) => {
  const all = rows();
  if (!all.length) return;
  at = Math.min(all.length - 1, Math.max(0, place));
  all.forEach((row, here) => row.classList.toggle("current", here === at));
  if (!focus) return;
  all[at].focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
};
const current = () => rows()[at];
const isSeen = (row) => {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 60 && top < window.innerHeight - 60;
};
// Nobody decides about what cannot be seen.
const press = (what) => {
  const row = current();
  if (!row) return;
  if (!isSeen(row)) { stand(at); return; }
  row.querySelector(what)?.click();
};
const open = (what) => {
  const row = current();
  if (!row) return;
  row.querySelector("details").open = true;
  const field = row.querySelector(what);
  field.focus();
  field.select();
};

const DO = {
  j: () => stand(at + 1), arrowdown: () => stand(at + 1),
  k: () => stand(at - 1), arrowup: () => stand(at - 1),
  enter: () => press("[data-accept]"),
  x: () => press("[name=pick]"),
  e: () => open("[data-amount]"),
  r: () => open("[data-reason]"),
  a: () => form()?.querySelector("[data-rest]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (!form() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const { target } = event, key = event.key.toLowerCase();
  const row = target.closest("[data-row]");
  if (target.matches("input:not([type=checkbox]), select, textarea")) {
    if (!row) return;
    if (key === "escape") { event.preventDefault(); stand(rows().indexOf(row)); }
    if (key === "enter") {
      event.preventDefault();
      // In the amount, Enter recognises that much; in the reason it returns, unless the amount was changed.
      const amount = row.querySelector("[data-amount]");
      const returns = target.matches("[data-reason]") && amount.value === amount.defaultValue;
      row.querySelector(returns ? "[data-return]" : "[data-partial]").click();
    }
    return;
  }
  if (key === "enter" && target.closest("a, button, summary")) return;
  if (!DO[key]) return;
  event.preventDefault();
  DO[key]();
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row) stand(rows().indexOf(row), false);
});
const reopened = new Set();
// What unfolds at the lower edge would lie under the bar of buttons.
document.addEventListener("toggle", ({ target }) => {
  if (reopened.delete(target)) return;
  if (target.matches?.(".queue-more[open]")) target.scrollIntoView({ block: "nearest" });
}, true);
// What was declined stands at the field where it can be put right, and the typing goes on there.
document.addEventListener("htmx:afterRequest", (event) => {
  const row = current();
  if (event.detail.xhr.status !== 422 || !row?.querySelector("details").open) return;
  const told = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector(".refusal-sentence");
  const reason = row.querySelector("[data-reason]"), amount = row.querySelector("[data-amount]");
  const field = reason.value.trim() ? amount : reason;
  row.querySelector(".error")?.remove();
  const error = document.createElement("p");
  Object.assign(error, { className: "error", id: `said-${field.id}`, textContent: told?.textContent ?? "" });
  field.before(error);
  [reason, amount].forEach((one) => { one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); });
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", error.id);
  field.focus();
});
// What was decided is gone; the next one takes its place under the finger. What was ticked or typed
// beside the others stays, and the page stays where it is.
const of = (row) => row.querySelector("[name=row]").value.split(":")[0];
let kept = { at: 0, rows: new Map() };
document.addEventListener("htmx:beforeSwap", () => {
  const begun = rows().map((row) => [of(row), {
    picked: row.querySelector("[name=pick]").checked,
    open: row.querySelector("details").open,
    typed: [...row.querySelectorAll("[data-amount], [data-reason]")].map((one) => (one.value === one.defaultValue ? null : one.value)),
  }]);
  kept = { at: window.scrollY, rows: new Map(begun) };
});
document.addEventListener("htmx:afterSwap", () => {
  begin();
  rows().forEach((row) => {
    const before = kept.rows.get(of(row));
    if (!before || row.querySelector(".error")) return;
    row.querySelector("[name=pick]").checked = before.picked;
    const details = row.querySelector("details");
    if (before.open) { details.open = true; reopened.add(details); }
    row.querySelectorAll("[data-amount], [data-reason]").forEach((one, place) => { one.value = before.typed[place] ?? one.value; });
  });
  window.scrollTo({ top: kept.at, behavior: "instant" });
  stand(at, false);
  if (current() && !isSeen(current())) current().scrollIntoView({ block: "nearest" });
});
const begin = () => form()?.querySelectorAll("[data-keys]").forEach((part) => { part.hidden = false; });
begin();
stand(0, false);
