// One draft of one reader: kept on the device with every stroke, saved by the house a moment later, and put back
// after a reload, a crash or a dead battery. Where two places wrote into one field, both texts are kept.
// `const draft = await openDraft({ reader, name, to, now, edition, saved })`; forms do it by themselves: drafts.js.

const DATABASE = "yanxiu-drafts";
const DAY = 24 * 3600 * 1000;
const PAUSE = 1200;
const AGAIN = 10_000;
const ROUNDS = 5;
const { dataset } = document.querySelector("meta[name=house]");
const [{ ask, greet }, { placesFor }] = await Promise.all([import(dataset.offline), import(dataset.keeping)]);

const places = placesFor({ name: DATABASE, table: "drafts", key: "id" });
let place;
const openPlace = () => { place ||= places.open(); return place; };
// The names of the drafts that this page shows.
const names = new Set();

// ---- two texts that go back to one ----
const same = (one, other) => (one ?? "").replaceAll("\r\n", "\n").trimEnd() === (other ?? "").replaceAll("\r\n", "\n").trimEnd();
// `record` holds what was written here since `base`; `saved` is what the house has by now. Whoever alone changed a
// field is followed; where both did, the field keeps what was written here and `theirs` the other.
const merge = (record, edition, saved) => {
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
        this.store = places.inPage();
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
    if (this.isDirty || this.stays || record.stays) {
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
  names.add(name);
  const store = await openPlace();
  const id = `${reader} ${name}`;
  const fresh = { id, reader, name, to, edition, base: { ...saved }, values: { ...saved }, theirs: {}, at: 0 };
  const kept = await store.get(id).catch(() => undefined);
  let record = fresh;
  if (kept && kept.edition > edition) record = { ...kept, to };
  else if (kept && !kept.taken) record = { ...merge(kept, edition, saved), to };
  const draft = new Draft(store, record, now);
  draft.stays = stays;
  // Another page may be the one that sends it.
  if (stays) record.stays = true;
  draft.wasKept = record !== fresh && (draft.isDirty || record.edition > edition);
  draft.keptAt = draft.wasKept ? record.at : 0;
  if (draft.conflicts.length) draft.state = "conflict";
  else if (draft.isDirty) draft.state = "kept";
  draft.listen();
  return draft;
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
