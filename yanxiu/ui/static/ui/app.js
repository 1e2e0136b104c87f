// Every page works without this file; it makes pages quicker and keeps what was typed.

const root = document.documentElement;
const words = document.querySelector("meta[name=words]")?.dataset || {};
const say = (text) => {
  const live = document.getElementById("live");
  if (!live) return;
  live.replaceChildren();
  const line = document.createElement("p");
  line.textContent = text;
  live.append(line);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => live.replaceChildren(), 6000);
};

// ---- stored values; a browser may refuse storage altogether ----
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* full or switched off */ } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* switched off */ } },
  keys(prefix) { try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; } },
};

// ---- light, dark, as the device ----
const THEMES = ["auto", "light", "dark"];
const showTheme = (button) => {
  const theme = store.get("theme") || "auto";
  button.hidden = false;
  button.querySelector("[data-theme-name]").textContent = button.dataset[theme];
};
const turnTheme = (button) => {
  const next = THEMES[(THEMES.indexOf(store.get("theme") || "auto") + 1) % THEMES.length];
  if (next === "auto") { store.remove("theme"); delete root.dataset.bsTheme; }
  else { store.set("theme", next); root.dataset.bsTheme = next; }
  showTheme(button);
  document.dispatchEvent(new CustomEvent("themechange"));
};

// ---- <fieldset data-only-if="kind=project">: shown while that field has that value ----
const showParts = (form) => {
  for (const part of form.querySelectorAll("[data-only-if]")) {
    const [name, value] = part.dataset.onlyIf.split("=");
    const field = form.elements[name];
    part.hidden = Boolean(field) && field.value !== value && !part.querySelector("[aria-invalid=true]");
  }
};

// ---- how much of a limit is written: <p data-counts="id_text"> ----
const countText = (note) => {
  const field = document.getElementById(note.dataset.counts);
  if (field) note.lastElementChild.textContent = field.value ? ` · ${field.value.length} / ${field.maxLength}` : "";
};

// ---- drafts: <form data-keep="plan-12"> ----
const DRAFT = `draft:${document.body.dataset.reader || ""}:`;
const WEEK = 7 * 24 * 3600 * 1000;
const KEPT = "input[type=text], input[type=search], input[type=number], input[type=url], input[type=email], input[type=date], input[type=time], input:not([type]), textarea, select";
const keptFields = (form) => [...form.querySelectorAll(KEPT)].filter(
  (field) => field.name && !field.matches("[autocomplete=one-time-code], [data-never-keep]"));
const readDraft = (key) => { try { return JSON.parse(store.get(key)); } catch { return null; } };
const standard = (field) => field.tagName === "SELECT"
  ? [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value ?? ""
  : field.defaultValue;

const saveDraft = (form, sent = false) => {
  const values = {};
  for (const field of keptFields(form)) if (field.value !== standard(field) || form.dataset.restored) values[field.name] = field.value;
  const key = DRAFT + form.dataset.keep;
  if (Object.keys(values).length) store.set(key, JSON.stringify({ at: Date.now(), sent, values }));
  else store.remove(key);
};
const restoreDraft = (form) => {
  const key = DRAFT + form.dataset.keep;
  const draft = readDraft(key);
  if (!draft || form.querySelector("[aria-invalid=true]")) return;
  const changed = keptFields(form).filter((field) => field.name in draft.values && field.value !== draft.values[field.name]);
  if (!changed.length) return;
  for (const field of changed) field.value = draft.values[field.name];
  form.dataset.restored = "yes";
  const note = document.createElement("p");
  note.className = "kept";
  note.setAttribute("role", "status");
  note.append(words.kept || "");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-sm";
  drop.textContent = words.drop || "×";
  drop.addEventListener("click", () => {
    for (const field of changed) field.value = standard(field);
    delete form.dataset.restored;
    store.remove(key);
    note.remove();
  });
  note.append(drop);
  form.prepend(note);
};
// A draft that was sent is dropped only when the answer to the form has come: this page, or the page it was
// redirected to. A broken line, an expired log-in or a refusal never costs what was typed.
const isAnswer = () => {
  const [entry] = performance.getEntriesByType("navigation");
  if (document.body.hasAttribute("data-problem")) return false;
  return document.body.dataset.method === "POST"
    || (entry?.type === "navigate" && entry.redirectCount > 0 && document.referrer.startsWith(location.origin));
};
const dropAccepted = () => {
  const answer = isAnswer();
  for (const key of store.keys("draft:")) {
    const draft = readDraft(key);
    if (!draft || Date.now() - draft.at > WEEK) { store.remove(key); continue; }
    if (!draft.sent) continue;
    const form = document.querySelector(`form[data-keep="${CSS.escape(key.slice(DRAFT.length))}"]`);
    const refused = form?.querySelector("[aria-invalid=true], .form-errors");
    if (answer && key.startsWith(DRAFT) && !refused) store.remove(key);
    else store.set(key, JSON.stringify({ ...draft, sent: false }));
  }
};

// ---- <button data-needs="comment">: with this button that field has to be written ----
const isUnwritten = (form, button) => {
  const field = form.elements[button?.dataset.needs];
  if (!field || field.value.trim()) return false;
  const id = `${field.id}_needs`;
  if (!document.getElementById(id)) {
    const why = document.createElement("p");
    const before = field.getAttribute("aria-describedby") || "";
    Object.assign(why, { id, className: "error", textContent: words.needs || "" });
    why.setAttribute("role", "alert");
    field.after(why);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${before} ${id}`.trim());
    field.addEventListener("input", () => {
      why.remove();
      field.removeAttribute("aria-invalid");
      if (before) field.setAttribute("aria-describedby", before);
      else field.removeAttribute("aria-describedby");
    }, { once: true });
  }
  field.focus();
  return true;
};

// ---- questions before something final ----
const openDialog = (part) => {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.append(part);
  const heading = dialog.querySelector("h1, h2, .question");
  if (heading) { heading.id ||= "question"; dialog.setAttribute("aria-labelledby", heading.id); }
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) { event.preventDefault(); dialog.close(); }
  });
  document.body.append(dialog);
  prepare(dialog);
  dialog.showModal();
  return dialog;
};
const askFirst = (form, button) => {
  const part = document.createElement("div");
  const question = document.createElement("h2");
  question.textContent = button.dataset.confirm;
  const row = document.createElement("div");
  row.className = "buttons";
  const yes = document.createElement("button");
  yes.type = "button";
  yes.className = button.classList.contains("btn-danger") ? "btn btn-danger" : "btn btn-primary";
  yes.textContent = button.textContent.trim();
  const no = document.createElement("button");
  no.type = "button";
  no.className = "btn";
  no.dataset.close = "";
  no.textContent = words.back || "×";
  row.append(yes, no);
  part.append(question, row);
  const dialog = openDialog(part);
  yes.addEventListener("click", () => { button.dataset.sure = "yes"; dialog.close(); form.requestSubmit(button); });
};
const openPage = async (link) => {
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-dialog-part]");
    if (!part || answer.redirected) location.assign(link.href);
    else openDialog(document.importNode(part, true));
  } catch {
    location.assign(link.href);
  }
};

// ---- what a new piece of page needs ----
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
const prepare = (piece) => {
  // Cells laid out as cards lose their table meaning in most browsers, so it is said again.
  for (const table of piece.querySelectorAll("table.table-cards:not([role])"))
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")])
      part.setAttribute("role", ROLES[part.tagName] || (part.closest("thead") ? "columnheader" : "rowheader"));
  for (const form of piece.querySelectorAll("form[data-keep]:not([data-ready])")) {
    form.dataset.ready = "";
    restoreDraft(form);
  }
  for (const note of piece.querySelectorAll("[data-counts]")) countText(note);
  for (const part of piece.querySelectorAll("form [data-only-if]")) showParts(part.closest("form"));
  for (const button of piece.querySelectorAll("[data-print]")) button.hidden = false;
  if (history.length > 1) for (const button of piece.querySelectorAll("button[data-back]")) button.hidden = false;
  const charts = document.querySelector("meta[name=charts]")?.content;
  const figures = piece.querySelectorAll("[data-chart]");
  if (charts && figures.length)
    import(charts).then((module) => figures.forEach(module.draw)).catch(() => { /* the table stays */ });
};

dropAccepted();
document.querySelectorAll("[data-theme-toggle]").forEach(showTheme);
prepare(document);

let typing;
const typed = new Set();
const keepTyped = () => {
  clearTimeout(typing);
  for (const form of typed) saveDraft(form);
  typed.clear();
};
document.addEventListener("input", (event) => {
  const note = event.target.id && document.querySelector(`[data-counts="${CSS.escape(event.target.id)}"]`);
  if (note) countText(note);
  const form = event.target.closest?.("form[data-keep]");
  if (!form) return;
  typed.add(form);
  clearTimeout(typing);
  typing = setTimeout(keepTyped, 300);
});
window.addEventListener("pagehide", keepTyped);
// The second click of a double click is no second wish.
const TWICE = 3000;
const DOWNLOADED = 10000;
const isSentTwice = (form) => {
  if (form.method !== "post" || form.closest("[hx-post], [data-hx-post]")) return false;
  const before = Number(form.dataset.sentAt || 0);
  if (Date.now() - before < TWICE) return true;
  form.dataset.sentAt = String(Date.now());
  return false;
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-toggle], [data-print], button[data-back]");
  if (button?.matches("[data-theme-toggle]")) turnTheme(button);
  else if (button?.matches("[data-back]")) history.back();
  else if (button) window.print();
  const link = event.target.closest("a[data-dialog]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); openPage(link); }
});
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (isUnwritten(form, submitter)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (submitter?.dataset.confirm && submitter.dataset.sure !== "yes") {
    event.preventDefault();
    event.stopImmediatePropagation();
    askFirst(form, submitter);
    return;
  }
  if (submitter) delete submitter.dataset.sure;
  if (isSentTwice(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  keepTyped();
  if (form.matches("[data-keep]")) saveDraft(form, true);
  // A download leaves this page where it is; a refusal would have replaced it before.
  if (form.matches("[data-download]")) setTimeout(() => store.remove(DRAFT + form.dataset.keep), DOWNLOADED);
}, true);
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-auto] select")) event.target.form.requestSubmit();
  if (event.target.form) showParts(event.target.form);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#navigation") location.hash = "#content";
});

// ---- htmx: new pieces, hidden tabs, a broken line ----
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) prepare(event.detail.elt.parentElement || event.detail.elt); });
document.addEventListener("htmx:beforeRequest", (event) => { if (document.hidden && event.target.matches("[data-live]")) event.preventDefault(); });
document.addEventListener("htmx:sendError", () => say(words.offline || ""));
document.addEventListener("htmx:responseError", () => say(words.failed || ""));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form && event.detail.successful && event.detail.xhr.status < 300) store.remove(DRAFT + form.dataset.keep);
});
// A refusal answers a fragment request too; it belongs above the page, not in place of the fragment.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const above = document.getElementById("messages");
  if (xhr.status !== 422 || !above || !xhr.responseText.trimStart().startsWith('<section class="refusal"')) return;
  event.detail.target = above;
  event.detail.swapOverride = "innerHTML show:top";
});
