// What is written into <form data-draft="name" data-save="address" data-edition="3"> is kept on the device with
// every stroke, saved by the house a moment later, and put back after a reload, a crash or a dead battery.
// Where two places wrote into one field, both texts are kept and the person chooses.
// A page may do the same without a form: `const draft = await openDraft({ reader, name, to, now, edition, saved })`.

const DATABASE = "yanxiu-drafts";
const DRAFTS = "drafts";
const DAY = 24 * 3600 * 1000;
const PAUSE = 1200;
const AGAIN = 10_000;
const ROUNDS = 5;
const { ask, greet } = await import(document.querySelector("meta[name=house]").dataset.offline);

// ---- places to keep drafts: a database, else plain storage, else this page alone ----
const openDatabase = () => new Promise((resolve, reject) => {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(DRAFTS, { keyPath: "id" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error("blocked"));
});
const inDatabase = async () => {
  const database = await openDatabase();
  const run = (mode, deed) => new Promise((resolve, reject) => {
    // Strict: what the page says it has kept must outlive a battery that dies in the same second.
    const transaction = database.transaction(DRAFTS, mode, { durability: "strict" });
    const request = deed(transaction.objectStore(DRAFTS));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
  return {
    kind: "database",
    all: () => run("readonly", (drafts) => drafts.getAll()),
    get: (id) => run("readonly", (drafts) => drafts.get(id)),
    put: (record) => run("readwrite", (drafts) => drafts.put(record)),
    remove: (id) => run("readwrite", (drafts) => drafts.delete(id)),
  };
};
const inPlainStorage = () => {
  const prefix = `${DATABASE}:`;
  localStorage.setItem(`${prefix}probe`, "1");
  localStorage.removeItem(`${prefix}probe`);
  const read = (key) => JSON.parse(localStorage.getItem(key)) || undefined;
  return {
    kind: "storage",
    all: async () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map(read),
    get: async (id) => read(prefix + id),
    put: async (record) => localStorage.setItem(prefix + record.id, JSON.stringify(record)),
    remove: async (id) => localStorage.removeItem(prefix + id),
  };
};
const inMemory = () => {
  const records = new Map();
  return {
    kind: "memory",
    all: async () => [...records.values()],
    get: async (id) => records.get(id),
    put: async (record) => { records.set(record.id, record); },
    remove: async (id) => { records.delete(id); },
  };
};
const findPlace = async () => {
  for (const open of [inDatabase, inPlainStorage]) {
    try { return await open(); } catch { /* switched off, full, or a private window: the next place */ }
  }
  return inMemory();
};
let place;
const openPlace = () => { place ||= findPlace(); return place; };

// ---- two texts that go back to one ----
const same = (one, other) => (one ?? "").replaceAll("\r\n", "\n").trimEnd() === (other ?? "").replaceAll("\r\n", "\n").trimEnd();
// `record` holds what was written here since `base`; `saved` is what the house has by now. Whoever alone changed a
// field is followed; where both did, the field keeps what was written here and `theirs` the other.
export const merge = (record, edition, saved) => {
  const merged = { ...record, edition, base: { ...record.base }, values: { ...record.values }, theirs: { ...record.theirs } };
  for (const [field, text] of Object.entries(saved)) {
    const { [field]: mine = "" } = record.values;
    const isOurs = same(text, mine) || (record.sent && field in record.sent && same(text, record.sent[field]));
    const isOld = same(text, record.base[field]);
    const isUntouched = !(field in record.values) || (same(mine, record.base[field]) && !(field in merged.theirs));
    if (isUntouched) merged.values[field] = text;
    else if (!isOurs && !isOld) merged.theirs[field] = text;
    else if (same(text, mine)) delete merged.theirs[field];
    merged.base[field] = text;
  }
  return merged;
};

// ---- one draft of one reader ----
class Draft extends EventTarget {
  constructor(store, record, now) {
    super();
    Object.assign(this, { store, record, now, state: "synced", sentence: "", running: null, writing: null, again: false, timer: 0 });
    this.stays = false;
    this.keptAt = 0;
  }

  get values() { return this.record.values; }

  // The fields about which the person has to choose, and what the house has for each.
  get theirs() { return this.record.theirs; }

  get conflicts() { return Object.keys(this.record.theirs); }

  get isDirty() {
    const { values, base, theirs } = this.record;
    return Object.keys(values).some((field) => field in theirs || !same(values[field], base[field]));
  }

  get canSend() {
    const { values, base, theirs } = this.record;
    return Object.keys(values).some((field) => !(field in theirs) && !same(values[field], base[field]));
  }

  set(fields) {
    Object.assign(this.record.values, fields);
    this.record.at = Date.now();
    delete this.record.taken;
    delete this.record.refused;
    if (this.state === "synced") this.state = "kept";
    this.channel?.postMessage({ values: fields });
    this.soon();
    return this.keep();
  }

  choose(field, text) {
    delete this.record.theirs[field];
    return this.set({ [field]: text });
  }

  // Nothing is left to keep, as after a line of a page was put where it belongs.
  async drop() {
    this.record.values = { ...this.record.base };
    await this.writing;
    await this.store.remove(this.record.id);
  }

  // Write to the device at once; what is typed while that goes on is written right after it.
  keep() {
    this.again = true;
    this.writing ||= this.write().finally(() => { this.writing = null; });
    return this.writing;
  }

  async write() {
    while (this.again) {
      this.again = false;
      const record = structuredClone(this.record);
      try {
        await this.store.put(record);
      } catch {
        this.store = inMemory();
        await this.store.put(record);
      }
      this.keptAt = Date.now();
    }
    this.changed();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sync(), this.state === "offline" ? AGAIN : PAUSE);
  }

  // Have the house save what is new; resolves to the state reached.
  sync() {
    clearTimeout(this.timer);
    this.running ||= this.send().catch(() => this.is("offline")).finally(() => { this.running = null; });
    return this.running;
  }

  async send() {
    if (!this.record.to) return this.state;
    if (!this.canSend) return this.is(this.conflicts.length ? "conflict" : "synced");
    const told = await greet(this.now);
    if (!told.reader) return this.is("log-in");
    if (told.reader !== this.record.reader) return this.is("other");
    for (let round = 0; this.canSend && round < ROUNDS; round += 1) {
      this.is("sending");
      const state = await this.post(told.token);
      if (state === "refused") this.record.refused = Date.now();
      if (state) return this.keep().then(() => this.is(state));
    }
    return this.is(this.conflicts.length ? "conflict" : "synced");
  }

  async post(token) {
    const texts = { ...this.record.values, ...this.record.theirs };
    this.record.sent = texts;
    await this.keep();
    const answer = await ask(this.record.to, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ edition: this.record.edition, texts }),
    });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    this.sentence = told.sentence || "";
    if (answer.status === 401) return "log-in";
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (answer.status === 409 && told.texts) await this.met(told.edition, told.texts);
    else if (answer.ok) await this.taken(told.edition, texts);
    else return "refused";
    return "";
  }

  async taken(edition, texts) {
    const record = { ...this.record, edition, base: { ...this.record.base, ...texts } };
    delete record.sent;
    this.record = record;
    this.channel?.postMessage({ edition, base: record.base });
    if (this.isDirty || this.stays) {
      if (!this.isDirty) record.taken = Date.now();
      await this.keep();
    } else {
      await this.writing;
      await this.store.remove(record.id);
    }
  }

  async met(edition, texts) {
    const before = { ...this.record.values };
    this.record = merge(this.record, edition, texts);
    delete this.record.sent;
    await this.keep();
    if (Object.keys(texts).some((field) => !same(before[field], this.record.values[field]))) this.dispatchEvent(new Event("put"));
  }

  is(state) {
    this.state = state;
    this.changed();
    return state;
  }

  changed() { this.dispatchEvent(new Event("change")); }

  // Two pages of one device show one draft: what is typed in one stands in the other.
  listen() {
    if (!("BroadcastChannel" in window)) return;
    this.channel = new BroadcastChannel(`${DATABASE}:${this.record.id}`);
    this.channel.addEventListener("message", ({ data }) => {
      if (data.values) Object.assign(this.record.values, data.values);
      if (data.base) Object.assign(this.record, { edition: data.edition, base: data.base });
      this.dispatchEvent(new Event("put"));
      this.changed();
    });
  }

  keepTrying() {
    const soon = () => { if (!document.hidden && this.canSend) this.sync(); };
    addEventListener("online", soon);
    addEventListener("offline", () => { if (this.isDirty) this.is("offline"); });
    document.addEventListener("visibilitychange", soon);
    addEventListener("pagehide", () => { if (this.again) this.keep(); });
    setInterval(soon, AGAIN);
    if (this.isDirty) this.sync();
  }
}

// `saved` is what the page shows from the house, as of `edition`; the page may be an old one that the device kept.
export const openDraft = async ({ reader, name, to, now, edition, saved, stays = false }) => {
  const store = await openPlace();
  const id = `${reader} ${name}`;
  const fresh = { id, reader, name, to, edition, base: { ...saved }, values: { ...saved }, theirs: {}, at: 0 };
  const kept = await store.get(id).catch(() => undefined);
  let record = fresh;
  if (kept && kept.edition > edition) record = { ...kept, to };
  else if (kept && !kept.taken) record = { ...merge(kept, edition, saved), to };
  const draft = new Draft(store, record, now);
  draft.stays = stays;
  draft.wasKept = record !== fresh && (draft.isDirty || record.edition > edition);
  draft.keptAt = draft.wasKept ? record.at : 0;
  if (draft.conflicts.length) draft.state = "conflict";
  else if (draft.isDirty) draft.state = "kept";
  draft.listen();
  return draft;
};

// ---- forms ----
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

const names = new Set();
export const bind = async (form) => {
  const { reader } = document.body.dataset;
  const { now } = document.querySelector("meta[name=house]").dataset;
  names.add(form.dataset.draft);
  const line = form.querySelector("[data-draft-status]");
  const draft = await openDraft({
    reader, name: form.dataset.draft, to: form.dataset.save, now, edition: Number(form.dataset.edition || 0),
    saved: { ...read(form), ...JSON.parse(form.dataset.saved || "{}") }, stays: Boolean(document.querySelector("[data-keep-offline]")),
  });
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
  });
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
// What is written reaches the house before the form does, so that a broken line or a refusal costs no word.
const MAY_GO_ON = new Set(["synced", "refused"]);
const beforeSubmit = async (event, form, draft, line) => {
  if (!draft.isDirty || !form.dataset.save || form.dataset.draftSent) return;
  event.preventDefault();
  const { submitter } = event;
  await draft.running;
  const state = await draft.sync();
  tell(line, draft);
  delete form.dataset.sentAt;
  if (!MAY_GO_ON.has(state)) {
    (form.querySelector("[data-draft-choice] button") || line).scrollIntoView({ block: "center" });
    return;
  }
  form.dataset.draftSent = "yes";
  if (submitter) submitter.dataset.sure = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.draftSent;
};

// ---- what earlier pages of this reader left on the device ----
export const sendDraftsOf = async (reader, now) => {
  const store = await openPlace();
  await forgetDrafts(reader);
  for (const record of await store.all()) {
    if (record.reader === reader && record.to && !record.taken && !record.refused && !names.has(record.name)) await new Draft(store, record, now).sync();
  }
};
export const draftsLeft = async (reader) => (await (await openPlace()).all()).filter((record) => record.reader === reader && record.to && !record.taken).length;
// What the house has is forgotten after a day, and of another reader at once; what it has not, never.
export const forgetDrafts = async (reader) => {
  const store = await openPlace();
  for (const { id, reader: whose, taken } of await store.all()) {
    if (taken && (whose !== reader || Date.now() - taken > DAY)) await store.remove(id);
  }
};

for (const form of document.querySelectorAll("form[data-draft]")) bind(form);
