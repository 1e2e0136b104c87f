// Deciding about values by keyboard; without this file Tab, space and Enter do the same.

const rows = [...document.querySelectorAll("[data-row]")];
const box = (row) => row?.querySelector("input[type=checkbox]");
const here = () => document.activeElement?.closest("[data-row]");

const lineOf = (row) => document.getElementById(row.dataset.line);
const markLine = (row) => {
  document.querySelectorAll(".source-text .here").forEach((line) => line.classList.remove("here"));
  const line = lineOf(row);
  const pane = line?.closest(".source-text");
  if (!pane) return;
  line.classList.add("here");
  // Only the pane scrolls: on a phone it stands below, and the page must stay where the hand is.
  if (pane.scrollHeight > pane.clientHeight)
    pane.scrollTop += line.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
};

const go = (step) => {
  const place = rows.indexOf(here());
  const next = rows[place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + step))];
  box(next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
};
const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select");

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => box(here())?.click(),
  e: () => here()?.querySelector(".value-fields input, .value-fields textarea, .value-fields select")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && here()) box(here())?.focus();
    return;
  }
  const act = document.querySelector("dialog[open]") ? null : KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("focusin", () => { const row = here(); if (row) markLine(row); });
document.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });
