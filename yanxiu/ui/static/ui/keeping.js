// Places in a browser that keep things: a database, else plain storage, else this page alone.
// `const places = placesFor({ name, table, key, counts })`, then `const store = await places.open()`; `store.kind`
// says how safe it is there. Where `counts`, `add` gives each thing the next number of this device as its key.

const openDatabase = ({ name, table, key, counts }) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: key, autoIncrement: counts });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error("blocked"));
});
const inDatabase = async (of) => {
  const database = await openDatabase(of);
  const run = (mode, deed) => new Promise((resolve, reject) => {
    // Strict: what is shown as kept must outlive a battery that dies in the same second.
    const transaction = database.transaction(of.table, mode, { durability: "strict" });
    const request = deed(transaction.objectStore(of.table));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
  return {
    kind: "database",
    all: () => run("readonly", (things) => things.getAll()),
    get: (id) => run("readonly", (things) => things.get(id)),
    add: (thing) => run("readwrite", (things) => things.add(thing)),
    put: (thing) => run("readwrite", (things) => things.put(thing)),
    remove: (id) => run("readwrite", (things) => things.delete(id)),
  };
};
const inPlainStorage = ({ name, key, counts }) => {
  const prefix = `${name}:`, counter = `${prefix}last`;
  const read = (each) => JSON.parse(localStorage.getItem(each)) || undefined;
  const put = async (thing) => localStorage.setItem(prefix + thing[key], JSON.stringify(thing));
  localStorage.setItem(`${prefix}probe`, "1");
  localStorage.removeItem(`${prefix}probe`);
  return {
    kind: "storage",
    all: async () => {
      const found = Object.keys(localStorage).filter((each) => each.startsWith(prefix) && each !== counter).map(read);
      return counts ? found.sort((one, other) => one[key] - other[key]) : found;
    },
    get: async (id) => read(prefix + id),
    add: async (thing) => {
      const number = Number(localStorage.getItem(counter) || 0) + 1;
      localStorage.setItem(counter, String(number));
      await put({ ...thing, [key]: number });
      return number;
    },
    put,
    remove: async (id) => localStorage.removeItem(prefix + id),
  };
};
// The last resort, also when the device is full: what lies below stays, the new is in this page alone.
const inMemory = ({ key }, below) => {
  const things = new Map();
  let last = Date.now();
  return {
    kind: "memory",
    all: async () => [...(await below?.all().catch(() => [])) || [], ...things.values()],
    get: async (id) => things.get(id) ?? below?.get(id),
    add: async (thing) => { last += 1; things.set(last, { ...thing, [key]: last }); return last; },
    put: async (thing) => { if (things.has(thing[key]) || !below) things.set(thing[key], thing); else await below.put(thing); },
    remove: async (id) => { if (!things.delete(id)) await below?.remove(id); },
  };
};

export const placesFor = ({ counts = false, ...rest }) => {
  const of = { counts, ...rest };
  const inPage = (below = null) => inMemory(of, below);
  const open = async () => {
    for (const place of [inDatabase, inPlainStorage]) {
      try { return await place(of); } catch { /* switched off, full, or a private window: the next place */ }
    }
    return inPage();
  };
  return { open, inPage };
};
