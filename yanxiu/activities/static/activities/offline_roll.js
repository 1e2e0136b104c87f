// The roll that goes on without a network. Everything a host taps is on the device before it is shown as tapped.

const root = document.getElementById("offline-roll");
const { openQueue, recall, remember, offset } = await import(document.querySelector("meta[name=house]").dataset.offline);
const words = document.getElementById("offline-words").dataset;
const names = JSON.parse(document.getElementById("offline-names").textContent);
const picks = document.getElementById("offline-row");
const parts = Object.fromEntries([...document.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
const { session } = root.dataset;

const queue = await openQueue({
  reader: document.body.dataset.reader, name: `roll:${session}`, to: root.dataset.to, now: root.dataset.now,
});
const fill = (sentence, n) => (sentence || "").replaceAll("{n}", n);

// ---- who stands how ----
// The newest word of the house: this page as it was made, or the answer to what was sent later.
const made = Number(root.dataset.made);
let base = { made, standing: Object.fromEntries(names.filter((each) => each.state).map((each) => [each.uid, [each.state, each.at]])) };
const later = JSON.parse(recall(`standing:${session}`) || "null");
if (later && later.made > base.made) base = later;

const people = new Map(names.map((each) => [each.uid, { ...each, id: each.uid, last: null }]));
const known = new Map(names.map((each) => [each.name, each.uid]));
const walkIn = (name) => {
  const id = `name:${name}`;
  if (!people.has(id)) people.set(id, { id, name, find: "", unit: words.walkIns, role: "", guest: true, last: null });
  return people.get(id);
};
const personOf = ({ body }) => (body.teacher ? people.get(body.teacher) : walkIn(body.name));
const stateOf = ({ id, last }) => {
  const tappedAt = last ? last.at + (last.offset ?? offset() ?? 0) : 0;
  if (last && !last.refused && (!last.taken || tappedAt > base.made || id.startsWith("name:"))) return last.body.state;
  return base.standing[id]?.[0] || "";
};

// ---- rows ----
const rows = new Map();
const makeRow = (person) => {
  const row = picks.content.firstElementChild.cloneNode(true);
  row.setAttribute("aria-label", person.name);
  row.querySelector("[data-name]").textContent = person.name;
  row.querySelector("[data-role]").textContent = person.role || (person.guest ? words.guest : "");
  for (const input of row.querySelectorAll("input")) {
    input.name = `s-${person.id}`;
    input.addEventListener("change", () => tap(person, input.value));
    input.addEventListener("click", () => takeBack(person, input.value));
  }
  rows.set(person.id, row);
  groupOf(person).append(row);
};
const groups = new Map();
const groupOf = ({ unit }) => {
  if (groups.has(unit)) return groups.get(unit);
  const title = document.createElement("h2");
  title.className = "offline-group";
  title.textContent = unit;
  const list = document.createElement("div");
  list.className = "roll";
  groups.set(unit, list);
  if (unit) parts.rows.append(title);
  parts.rows.append(list);
  return list;
};
const paint = (person) => {
  if (!rows.has(person.id)) makeRow(person);
  const state = stateOf(person);
  for (const input of rows.get(person.id).querySelectorAll("input")) {
    input.checked = input.value !== "" && input.value === state;
    if (input.value === "") input.closest("label").classList.toggle("offline-no", !state);
  }
};

// ---- tapping ----
// A mark that is tapped again goes; the second half of a double tap is no wish.
const TWICE = 800;
const takeBack = (person, value) => {
  if (value && stateOf(person) === value && Date.now() - (person.last?.at || 0) > TWICE) tap(person, "");
};
let items = await queue.items();
const isWaiting = (item) => !item.taken && !item.refused;
// One after the other: an undo means the tap before it, also when that is still being stored.
let turn = Promise.resolve();
const inTurn = (deed) => { turn = turn.then(deed); return turn; };
const tap = (person, state) => inTurn(() => record(person, state));
const record = async (person, state, undoes) => {
  const body = { ...(person.id.startsWith("name:") ? { name: person.name } : { teacher: person.id }), state, saw: stateOf(person) };
  const item = await queue.add(undoes ? { ...body, undoes } : body);
  items.push(item);
  person.last = item;
  paint(person);
  tell();
  queue.soon();
};
const undoable = () => {
  const undone = new Set(items.map((item) => item.body.undoes));
  return items.findLast((item) => !item.body.undoes && !undone.has(item.key) && !item.refused);
};
const undo = () => inTurn(() => {
  const item = undoable();
  return item && record(personOf(item), item.body.saw, item.key);
});
const addWalkIn = () => {
  const name = parts.search.value.trim().replace(/\s+/g, " ");
  if (!name) return;
  const person = known.has(name) ? people.get(known.get(name)) : walkIn(name);
  parts.search.value = "";
  tap(person, "present").then(() => { filter(); rows.get(person.id).scrollIntoView({ block: "center" }); });
};

// ---- looking for a name: part of it, its pinyin, or the first letters ----
const fits = (person, text) => person.name.includes(text) || person.find.split(" ").some((word) => word.startsWith(text));
const filter = () => {
  const text = parts.search.value.trim().toLowerCase().replace(/\s+/g, "");
  let shown = 0;
  for (const person of people.values()) {
    const fit = !text || fits(person, text);
    rows.get(person.id).hidden = !fit;
    shown += fit;
  }
  for (const list of groups.values()) {
    const empty = !list.querySelector(".roll-row:not([hidden])");
    list.hidden = empty;
    if (list.previousElementSibling?.matches("h2")) list.previousElementSibling.hidden = empty;
  }
  parts.walkIn.hidden = !text || shown > 0;
  parts.walkInName.textContent = parts.search.value.trim();
  return shown;
};

// ---- what is always said ----
const tell = () => {
  const all = [...people.values()];
  const marked = all.filter((person) => person.last && !person.last.refused && person.last.body.state).length;
  const came = all.filter((person) => ["present", "late"].includes(stateOf(person))).length;
  const unmarked = all.filter((person) => !stateOf(person)).length;
  const waiting = items.filter(isWaiting).length;
  const state = queue.state === "synced" && waiting ? "sending" : queue.state;
  parts.bar.dataset.state = state;
  parts.status.textContent = fill(words[{ "log-in": "logIn" }[state] || state] || words.offline, marked);
  parts.waiting.textContent = waiting ? fill(words.waiting, waiting) : "";
  parts.counts.textContent = words.counts.replace("{due}", all.filter((person) => !person.guest).length)
    .replace("{came}", came).replace("{unmarked}", unmarked);
  parts.memory.hidden = queue.store.kind !== "memory";
  parts.undo.disabled = !undoable();
  parts.logIn.hidden = state !== "log-in";
  parts.sentence.textContent = state === "refused" ? queue.sentence || words.forbidden : "";
  const settle = queue.answer ? queue.answer.waiting : Number(root.dataset.waiting);
  parts.settle.hidden = !settle;
  parts.settleCount.textContent = settle;
  parts.closed.hidden = !(queue.answer?.closed || root.hasAttribute("data-closed"));
  const refused = items.filter((item) => item.refused);
  parts.refused.hidden = !refused.length;
  parts.refusedList.replaceChildren(...refused.map((item) => {
    const line = document.createElement("li");
    line.textContent = `${personOf(item)?.name || ""}　${item.refused}`;
    return line;
  }));
  parts.text.textContent = all.filter((person) => stateOf(person))
    .map((person) => `${person.name}　${words[`state_${stateOf(person)}`] || stateOf(person)}`).join("\n");
};
const read = async () => {
  items = (await queue.items()).filter((item) => !item.body.teacher || people.has(item.body.teacher));
  for (const person of people.values()) person.last = null;
  for (const item of items) personOf(item).last = item;
  for (const person of people.values()) paint(person);
};
queue.addEventListener("change", async () => {
  const news = queue.answer && queue.answer.now > base.made;
  if (news) {
    base = { made: queue.answer.now, standing: queue.answer.standing };
    remember(`standing:${session}`, JSON.stringify(base));
  }
  // Another page of this device may have sent what waits here.
  if (news || (queue.state === "synced" && items.some(isWaiting))) await read();
  tell();
});

// ---- what this device and this address can and cannot do ----
parts.plain.hidden = isSecureContext && "serviceWorker" in navigator;
parts.kept.hidden = !parts.plain.hidden;
const showKept = () => { if (parts.kept.dataset.keepOffline) parts.kept.textContent = words[parts.kept.dataset.keepOffline === "kept" ? "kept" : "notKept"]; };
parts.kept.addEventListener("kept", showKept);
showKept();
addEventListener("beforeunload", (event) => {
  const here = !parts.plain.hidden || queue.store.kind === "memory";
  if (here && queue.state === "offline") event.preventDefault();
});
navigator.storage?.persist?.();

parts.search.addEventListener("input", filter);
parts.search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const shown = filter();
  const [only] = [...people.values()].filter((person) => !rows.get(person.id).hidden);
  if (!shown) addWalkIn();
  else if (shown === 1) tap(only, "present").then(() => { parts.search.value = ""; filter(); });
});
parts.walkIn.addEventListener("click", addWalkIn);
parts.undo.addEventListener("click", undo);

for (const person of people.values()) makeRow(person);
await read();
filter();
root.hidden = false;
tell();
queue.keepTrying(10).then(tell);
root.dataset.ready = "";
