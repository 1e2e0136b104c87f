// Deciding about values by keyboard or with one thumb; without this file the same buttons do it.

const form = document.querySelector("form[data-review]");
const bar = form?.querySelector("[data-deciding]");
const rows = [...(form?.querySelectorAll("[data-row]") ?? [])];
const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
const chosen = (row) => radios(row).find((radio) => radio.checked)?.value ?? "";
const fields = (row) => [...row.querySelectorAll(".value-fields :is(input, textarea, select)")];
const isTyping = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select");
let current = null, lowest = 0;
const steps = [];

// ---- where we are ----
const lineOf = (row) => document.getElementById(row.dataset.line);
const isBeside = (line) => {
  const pane = line?.closest(".source-text");
  return pane && pane.scrollHeight > pane.clientHeight;
};
const markLine = (row) => {
  document.querySelectorAll(".source-text .here").forEach((line) => line.classList.remove("here"));
  const line = lineOf(row);
  if (!line) return;
  line.classList.add("here");
  // Only the pane scrolls: on a phone it stands below, and the page must stay where the hand is.
  const pane = line.closest(".source-text");
  if (isBeside(line)) pane.scrollTop += line.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
};
const stand = (row, focus = true) => {
  if (!row) return;
  current?.classList.remove("current");
  current = row;
  row.classList.add("current");
  markLine(row);
  if (!focus) return;
  row.focus({ preventScroll: true });
  const bottom = window.innerHeight - (bar?.offsetHeight ?? 0) - 90;
  const { top, bottom: low } = row.getBoundingClientRect();
  if (top < 70 || low > bottom) window.scrollBy({ top: top - Math.min(window.innerHeight / 3, 220), behavior: "instant" });
  // The bar stays under the thumb: near the end of the form it would be carried up.
  if (!bar?.querySelector("[data-thumb]")?.offsetParent) return;
  const stands = bar.getBoundingClientRect().bottom;
  lowest = Math.max(lowest, stands);
  if (stands < lowest) window.scrollBy({ top: stands - lowest, behavior: "instant" });
};
// Nobody decides about what he cannot see.
const isSeen = (row) => {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 60 && top < window.innerHeight - (bar?.offsetHeight ?? 0) - 60;
};
const go = (step) => {
  // Those that are folded away are passed over.
  const shown = rows.filter((row) => row.getClientRects().length), place = shown.indexOf(current);
  stand(shown[place < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, place + step))]);
};
const goOn = () => {
  const place = rows.indexOf(current);
  const next = [...rows.slice(place + 1), ...rows.slice(0, place)].find((row) => !chosen(row));
  if (next) stand(next);
  else form.querySelector("[data-confirm-plan]")?.focus();
};

// ---- saving by itself: a page that is lost costs nothing ----
const saving = bar?.querySelector("[data-saving]");
let waiting, pendingSave = false;
const save = async () => {
  clearTimeout(waiting);
  pendingSave = false;
  const body = new FormData(form);
  body.set("do", "keep");
  try {
    const answer = await fetch(location.href, { method: "POST", body, redirect: "error" });
    saving.textContent = answer.ok ? bar.dataset.saved : bar.dataset.unsaved;
    if (!answer.ok) pendingSave = true;
  } catch {
    saving.textContent = bar.dataset.unsaved;
    pendingSave = true;
  }
};
const saveSoon = () => { pendingSave = true; clearTimeout(waiting); waiting = setTimeout(save, 1500); };
addEventListener("online", () => { if (pendingSave) save(); });
addEventListener("pagehide", () => {
  if (!pendingSave || form.dataset.sentAt) return;
  const body = new FormData(form);
  body.set("do", "keep");
  navigator.sendBeacon(location.href, body);
});

// ---- how many are left ----
const count = () => {
  const left = rows.filter((row) => !chosen(row)).length;
  const told = bar.querySelector("[data-count]");
  told.dataset.count = left;
  told.textContent = left ? bar.dataset.left.replace("#", left) : bar.dataset.settled;
  const others = bar.querySelector("[data-rest]");
  if (others) others.hidden = !left;
  bar.querySelector("[data-undo]").toggleAttribute("data-nothing", !steps.length);
  const confirm = bar.querySelector("[data-confirm-plan]");
  if (confirm && !left) { confirm.value = "confirm"; confirm.querySelector("span").textContent = confirm.dataset.all; }
  else if (confirm) { confirm.value = "confirm_rest"; confirm.querySelector("span").textContent = rest; }
  bar.classList.toggle("all-settled", !left);
};
const rest = bar?.querySelector("[data-confirm-plan][value=confirm_rest] span")?.textContent
  ?? `${bar?.querySelector("[data-rest]")?.textContent ?? ""}，${bar?.querySelector("[data-confirm-plan]")?.dataset.all ?? ""}`;

// ---- deciding, and taking it back ----
const stateOf = (row) => ({ row, choice: chosen(row), values: fields(row).map((field) => field.value) });
const restore = ({ row, choice, values }) => {
  for (const radio of radios(row)) radio.checked = radio.value === choice;
  fields(row).forEach((field, place) => {
    if (field.value === values[place]) return;
    field.value = values[place];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  known.set(row, stateOf(row));
};
const known = new Map(rows.map((row) => [row, stateOf(row)]));
const settle = (some, choice) => {
  steps.push(some.map((row) => known.get(row)));
  for (const row of some) {
    for (const radio of radios(row)) radio.checked = radio.value === choice;
    known.set(row, stateOf(row));
  }
  count();
  saveSoon();
};
const undo = () => {
  const step = steps.pop();
  if (!step) return false;
  step.forEach(restore);
  stand(step[0].row);
  count();
  saveSoon();
  return true;
};
const acceptRest = () => {
  const some = rows.filter((row) => !chosen(row));
  if (some.length) settle(some, "accept");
};

const DO = {
  j: () => go(1), arrowdown: () => go(1),
  k: () => go(-1), arrowup: () => go(-1),
  enter: () => { if (!current) return; if (!isSeen(current)) return stand(current); settle([current], "accept"); goOn(); },
  x: () => { if (!current) return; if (!isSeen(current)) return stand(current); if (chosen(current) === "drop") settle([current], ""); else { settle([current], "drop"); goOn(); } },
  e: () => {
    const field = current && fields(current)[0], fold = field?.closest("details");
    if (fold) fold.open = true;
    field?.focus();
    field?.select?.();
  },
  u: () => { if (!undo() && !bar.querySelector("[data-undo]").hasAttribute("data-nothing")) bar.querySelector("[data-undo]").click(); },
  a: acceptRest,
  "?": () => { const keys = form.querySelector("[data-keys]"); keys.open = !keys.open; keys.querySelector("summary").focus(); },
};

if (form && bar) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const { target } = event, key = event.key.toLowerCase(), row = target.closest("[data-row]");
    if (isTyping(target)) {
      if (!row) return;
      if (key === "escape" || (key === "enter" && !target.matches("textarea"))) {
        event.preventDefault();
        if (key === "enter") { stand(row, false); DO.enter(); } else stand(row);
      }
      return;
    }
    // Enter on a button or a link is theirs, and so are the arrows on the two choices.
    if (key === "enter" && target.closest("a, button, summary")) return;
    if (key.startsWith("arrow") && (target.matches("input[type=radio]") || !(row || target === document.body))) return;
    if (!DO[key]) return;
    event.preventDefault();
    if (row && row !== current) stand(row, false);
    DO[key]();
  });
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== current) stand(row, false);
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.closest("[data-slip]")) return correct(event.target.closest("[data-slip]"), row);
    if (!row) return saveSoon();
    steps.push([known.get(row)]);
    // Who changes a value has decided to take it.
    if (isTyping(event.target) && !chosen(row)) radios(row)[0].checked = true;
    known.set(row, stateOf(row));
    count();
    saveSoon();
  });
  const correct = (label, row) => {
    const field = document.getElementById(label.dataset.field);
    steps.push([known.get(row)]);
    field.value = field.value.replace(label.dataset.old, label.dataset.new);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    radios(row)[0].checked = true;
    label.remove();
    known.set(row, stateOf(row));
    count();
    saveSoon();
    stand(row);
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act], [data-undo], [data-rest]");
    if (button?.matches("[data-act]")) { if (current && !isSeen(current)) stand(current); else DO[button.dataset.act](); return; }
    if (button?.matches("[data-rest]")) { event.preventDefault(); acceptRest(); return; }
    if (button?.matches("[data-undo]") && undo()) { event.preventDefault(); return; }
    const link = event.target.closest("a[data-context]");
    if (link && !isBeside(lineOf(link.closest("[data-row]")))) { event.preventDefault(); showContext(link.closest("[data-row]")); }
  });
  // The lines around a value, where the document does not stand beside it.
  const showContext = (row) => {
    const shown = row.querySelector(".context");
    if (shown) { shown.remove(); return; }
    const line = lineOf(row), list = document.createElement("ol");
    list.className = "context";
    const around = [line?.previousElementSibling?.previousElementSibling, line?.previousElementSibling, line, line?.nextElementSibling, line?.nextElementSibling?.nextElementSibling];
    for (const each of around.filter(Boolean)) {
      const item = document.createElement("li");
      item.textContent = `${each.querySelector(".line-number").textContent}　${each.querySelector(".line-text").firstChild.textContent}`;
      if (each === line) item.className = "here";
      list.append(item);
    }
    row.querySelector(".value-body").append(list);
  };
  form.querySelectorAll("[data-keys], [data-thumb]").forEach((part) => { part.hidden = false; });
  form.classList.add("with-script");
  count();
  stand(rows.find((row) => !chosen(row)) ?? rows[0], false);
}
