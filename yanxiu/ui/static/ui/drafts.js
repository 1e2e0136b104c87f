// What is written into <form data-draft="name" data-save="address" data-edition="3"> is a draft, as draft.js keeps it.
// Where two places wrote into one field, the person chooses. A page may do the same without a form:
// `const draft = await openDraft({ reader, name, to, now, edition, saved })`.

export const { openDraft, sendDraftsOf, draftsLeft, forgetDrafts } = await import(document.querySelector("meta[name=house]").dataset.oneDraft);

const WRITTEN = "textarea, select, input:not([type]), input[type=text], input[type=number], input[type=date], input[type=time], input[type=url], input[type=search], input[type=radio]";
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(WRITTEN) && !field.matches("[autocomplete=one-time-code], [data-never-keep]"));
const read = (form) => {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type !== "radio") values[field.name] = field.value;
    else if (field.checked) values[field.name] = field.value;
    else values[field.name] ??= "";
  }
  return values;
};
const fill = (form, values) => {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    if (field.type === "radio") field.checked = field.value === values[field.name];
    else if (field.value !== values[field.name]) field.value = values[field.name];
  }
};
const clock = (moment) => new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
const CALM = new Set(["synced", "kept", "sending"]);
const WORDS = { "log-in": "logIn" };

const tell = (line, draft) => {
  const state = draft.store.kind === "memory" && draft.isDirty ? "memory" : draft.state;
  const words = line.dataset[WORDS[state] || state] || line.dataset.offline || "";
  const at = draft.keptAt || (draft.wasKept ? draft.record.at : 0);
  line.dataset.state = state;
  line.setAttribute("aria-live", CALM.has(state) ? "off" : "polite");
  const text = state === "synced" && !at ? "" : words.replace("{at}", clock(at || Date.now())).replace("{n}", draft.conflicts.length).replace("{why}", draft.sentence);
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
};
const element = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};
const panelOf = (form, field) => [...form.querySelectorAll("[data-draft-choice]")].find((panel) => panel.dataset.draftChoice === field);
const shown = (form, field, text) => {
  const option = fieldsOf(form).find((one) => one.name === field && one.value === text && one.type === "radio");
  return option ? option.closest("label")?.textContent.trim() || text : text;
};
const offer = (form, draft, line, put) => {
  for (const panel of form.querySelectorAll("[data-draft-choice]")) if (!(panel.dataset.draftChoice in draft.theirs)) panel.remove();
  for (const [field, text] of Object.entries(draft.theirs)) {
    const old = panelOf(form, field);
    if (old?.dataset.text === text) continue;
    const panel = element("div", "draft-choice", "");
    panel.setAttribute("role", "group");
    Object.assign(panel.dataset, { draftChoice: field, text });
    panel.setAttribute("aria-label", line.dataset.question);
    const row = element("div", "buttons", "");
    const choice = (word, chosen) => {
      const button = element("button", "btn btn-sm", word);
      button.type = "button";
      button.addEventListener("click", async () => { await draft.choose(field, chosen()); put(); });
      row.append(button);
    };
    const mine = () => draft.values[field];
    choice(line.dataset.mine, mine);
    choice(line.dataset.theirs, () => text);
    const [input] = fieldsOf(form).filter((one) => one.name === field);
    if (input?.tagName === "TEXTAREA") choice(line.dataset.both, () => [text, mine()].filter((each) => each.trim()).join("\n\n"));
    panel.append(element("p", "draft-question", line.dataset.question), element("blockquote", "draft-theirs", shown(form, field, text) || line.dataset.empty), row);
    if (old) old.replaceWith(panel);
    else (input?.closest(".field, fieldset") || input || form).append(panel);
  }
};

export const bind = async (form) => {
  const { reader } = document.body.dataset;
  const { now } = document.querySelector("meta[name=house]").dataset;
  const line = form.querySelector("[data-draft-status]");
  const draft = await openDraft({
    reader, name: form.dataset.draft, to: form.dataset.save, now, edition: Number(form.dataset.edition || 0),
    saved: { ...read(form), ...JSON.parse(form.dataset.saved || "{}") }, stays: Boolean(document.querySelector("[data-keep-offline]")),
  });
  // What an older form of this page asked, and the house has, is not sent again and again.
  const asked = read(form);
  for (const [field, text] of Object.entries(draft.values)) if (!(field in asked) && text === draft.record.base[field]) delete draft.record.values[field];
  // A form that came back with what was typed in it shows the newer words.
  const refused = form.querySelector("[aria-invalid=true]");
  if (refused) await draft.set(read(form));
  const put = () => {
    fill(form, draft.values);
    for (const input of form.querySelectorAll("input[name=edition]")) input.value = draft.record.edition;
    offer(form, draft, line, put);
  };
  draft.addEventListener("put", put);
  draft.addEventListener("change", () => {
    for (const input of form.querySelectorAll("input[name=edition]")) input.value = draft.record.edition;
    offer(form, draft, line, put);
    tell(line, draft);
    if (draft.state === "synced" && !draft.isDirty) sendNow(form);
  });
  form.addEventListener("input", () => dropSending(form));
  form.addEventListener("input", ({ target }) => { if (fieldsOf(form).includes(target)) draft.set({ [target.name]: target.value }); });
  form.addEventListener("change", ({ target }) => { if (fieldsOf(form).includes(target)) draft.set({ [target.name]: target.value }); });
  form.addEventListener("submit", (event) => beforeSubmit(event, form, draft, line));
  put();
  tell(line, draft);
  draft.keepTrying();
  form.dataset.draftReady = "";
  form.draft = draft;
  return draft;
};
// Without a network handing in waits, as long as the page is open and nobody goes on writing; that it has not been done
// is said until it is.
const mark = (form, waits) => {
  const note = form.querySelector("[data-draft-unsent]");
  if (note) note.hidden = !waits;
};
export const sendLater = (form, submitter) => { form.toSend = submitter || null; mark(form, true); };
export const sendNow = (form) => {
  const { toSend } = form;
  if (dropSending(form)) form.requestSubmit(toSend);
};
export const dropSending = (form) => {
  const waited = "toSend" in form;
  delete form.toSend;
  mark(form, false);
  return waited;
};

// What is written reaches the house before the form does, so that a broken line or a refusal costs no word.
const MAY_GO_ON = new Set(["synced", "refused"]);
const beforeSubmit = async (event, form, draft, line) => {
  dropSending(form);
  if (!draft.isDirty || !form.dataset.save || form.dataset.draftSent) return;
  event.preventDefault();
  const { submitter } = event;
  await draft.running;
  const state = await draft.sync();
  tell(line, draft);
  delete form.dataset.sentAt;
  if (!MAY_GO_ON.has(state)) {
    if (state === "offline") sendLater(form, submitter);
    (form.querySelector("[data-draft-choice] button") || line).scrollIntoView({ block: "center" });
    return;
  }
  form.dataset.draftSent = "yes";
  if (submitter) submitter.dataset.sure = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.draftSent;
};

for (const form of document.querySelectorAll("form[data-draft]")) bind(form);
