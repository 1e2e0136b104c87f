// What is recorded without a network: kept on the device at once, sent when the house answers.
// Any page may use it: `const queue = await openQueue({ reader, name, to, now })`, then `queue.add(item)`.
// An item gets a UUID key, so the house takes it once however often it is sent, and a number that counts
// upwards on this device whatever its clock does.

const { placesFor } = await import(document.querySelector("meta[name=house]").dataset.keeping);
const { open, inPage } = placesFor({ name: "yanxiu-offline", table: "items", key: "order", counts: true });
export const openStore = open;

const AT_ONCE = 50;
const LARGE = 250_000;
const SLOWEST = 20;
const PATIENCE = 10_000;
const REST = 5_000;
const DAY = 24 * 3600 * 1000;

// ---- small things remembered; where storage is off they last as long as the page ----
const remembered = new Map();
export const recall = (key) => {
  try { return localStorage.getItem(`offline:${key}`) ?? remembered.get(key) ?? null; } catch { return remembered.get(key) ?? null; }
};
export const remember = (key, value) => {
  remembered.set(key, value);
  try { localStorage.setItem(`offline:${key}`, value); } catch { /* switched off */ }
};
// randomUUID exists under HTTPS only, and this has to work without.
export const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
const thisDevice = () => {
  const device = recall("device") || newKey();
  remember("device", device);
  return device;
};
export const offset = () => {
  const value = recall("offset");
  return value === null ? null : Number(value);
};

// ---- talking to the house ----
export const ask = (url, options = {}) => fetch(url, {
  credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout?.(PATIENCE), ...options,
});
// The house's time lies between sending and answer; half the way is wrong by at most the other half.
export const greet = async (now) => {
  const sent = Date.now();
  const answer = await ask(now);
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  remember("offset", String(Math.round(told.now - (sent + Date.now()) / 2)));
  return told;
};

// As many as go in one request: few if they are large, and at least one.
const portion = (items) => {
  let size = 0;
  const fits = items.slice(0, AT_ONCE).findIndex((item) => { size += JSON.stringify(item).length; return size > LARGE; });
  return items.slice(0, fits < 0 ? AT_ONCE : Math.max(1, fits));
};

// One kind of thing that one reader records, sent to one address.
class Queue extends EventTarget {
  constructor(store, { reader, name, to, now }) {
    super();
    Object.assign(this, { store, reader, name, to, now, state: "unknown", sentence: "", answer: null, running: null, tried: 0 });
  }

  // All items of this queue, the oldest first; those that the house has taken carry `taken`.
  async items() {
    const all = await this.store.all();
    return all.filter((item) => item.name === this.name && item.reader === this.reader);
  }

  async waiting() { return (await this.items()).filter((item) => !item.taken && !item.refused); }

  // Resolves when the item is as safe as this device allows: `store.kind` says how safe that is.
  async add(body) {
    const item = { key: newKey(), at: Date.now(), offset: offset(), name: this.name, reader: this.reader, to: this.to, body };
    const order = await this.store.add(item).catch(() => {
      this.store = inPage(this.store);
      return this.store.add(item);
    });
    this.changed();
    return { ...item, order };
  }

  // After something was added: at once, but not again and again where nobody answers.
  soon() {
    const resting = this.state === "offline" && Date.now() - this.tried < REST;
    return resting ? this.running : this.sync();
  }

  // Send what waits; one at a time, and what is added meanwhile goes with the next round.
  sync() {
    if (!this.running) this.tried = Date.now();
    this.running ||= this.send().catch(() => this.is("offline")).finally(() => { this.running = null; });
    return this.running;
  }

  async send() {
    const told = await greet(this.now);
    if (!told.reader) return this.is("log-in");
    if (told.reader !== this.reader) return this.is("other");
    for (let some = await this.waiting(); some.length; some = await this.waiting()) {
      this.is("sending");
      const refusal = await this.post(portion(some), told.token);
      if (refusal) return this.is(refusal);
    }
    return this.is("synced");
  }

  async post(items, token) {
    const body = {
      device: thisDevice(),
      clock: Date.now(),
      items: items.map(({ key, order, at, offset: known, body: rest }) => ({ ...rest, key, order, at, offset: known })),
    };
    const text = JSON.stringify(body);
    // A large one may take its time on a slow line: SLOWEST is in characters a millisecond.
    const answer = await ask(this.to, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: text,
      signal: AbortSignal.timeout?.(PATIENCE + text.length / SLOWEST),
    });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    this.sentence = told.sentence || "";
    if (answer.status === 401) return "log-in";
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (!answer.ok) return "refused";
    const taken = new Set(told.taken);
    for (const item of items) {
      if (taken.has(item.key)) await this.store.put({ ...item, taken: Date.now() });
      else await this.store.put({ ...item, refused: told.refused[item.key] || " " });
    }
    this.answer = told;
    return "";
  }

  is(state) {
    this.state = state;
    this.changed();
    return state;
  }

  changed() { this.dispatchEvent(new Event("change")); }

  // Try whenever it may work: something was added, the network is back, the page is looked at, and now and then.
  keepTrying(seconds) {
    const soon = () => { if (!document.hidden) this.sync(); };
    addEventListener("online", soon);
    addEventListener("offline", () => this.is("offline"));
    document.addEventListener("visibilitychange", soon);
    setInterval(soon, seconds * 1000);
    return this.sync();
  }
}

export const openQueue = async (of) => {
  const store = await openStore();
  const queue = new Queue(store, of);
  await forgetOld(store, of.reader);
  return queue;
};

// What the house has taken is forgotten after a day, and of another reader at once; what it has not, never.
export const forgetOld = async (store, reader) => {
  for (const item of await store.all()) {
    const old = item.taken && Date.now() - item.taken > DAY;
    if (old || (item.taken && item.reader !== reader)) await store.remove(item.order);
  }
};

// Send what earlier pages of this reader left on the device.
export const sendAllOf = async (reader, now) => {
  const store = await openStore();
  await forgetOld(store, reader);
  const left = (await store.all()).filter((item) => item.reader === reader && !item.taken && !item.refused);
  const queues = new Map(left.map(({ name, to }) => [name, { reader, name, to, now }]));
  for (const of of queues.values()) await new Queue(store, of).sync();
};
