// Beginning an observation where there is no network: whose lesson it is stands in every address to which something
// of this sheet is sent, so whatever arrives first begins it. From then on the page is the sheet of offline.js.

const blank = document.getElementById("blank");
const root = document.getElementById("observation");
const lesson = document.getElementById("blank-lesson");
const about = document.getElementById("blank-about");
const written = document.getElementById("observe-written");
const house = document.querySelector("meta[name=house]").dataset;
const { openStore, openQueue, newKey, remember } = await import(house.offline);
const { bind, openDraft } = await import(house.drafts);
const words = blank.dataset;
const { reader } = document.body.dataset;
const HERE = location.pathname;
const RECENT = 6 * 3600 * 1000;
const ANOTHER = "another";

// ---- what was begun on this device ----
const isWaiting = (item) => !item.taken;
const begunHere = async () => {
  const found = new Map();
  for (const item of await (await openStore()).all()) {
    if (item.reader !== reader || !item.to.startsWith(HERE)) continue;
    const [uid] = item.to.slice(HERE.length).split("/");
    const one = found.get(uid) || { uid, at: item.at, waiting: false };
    found.set(uid, { ...one, waiting: one.waiting || isWaiting(item), facts: new URLSearchParams(item.to.split("?")[1]) });
  }
  return [...found.values()];
};
const nameOf = (facts) => [...about.elements.teacher.options].find(({ value }) => value === facts.get("teacher"))?.textContent || "";
const listLeft = (left) => {
  const list = document.querySelector("#blank-left ul");
  for (const { uid, facts } of left) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${uid}`;
    link.textContent = words.left.replace("{name}", nameOf(facts)).replace("{when}", facts.get("starts") || "");
    item.append(link);
    list.append(item);
  }
  document.getElementById("blank-left").hidden = !left.length;
};

// ---- one sheet ----
const addressOf = (uid, end, facts) => `${HERE}${uid}/${end}?${facts}`;
const factsOf = () => {
  const facts = new URLSearchParams();
  for (const [name, value] of new FormData(about)) if (value) facts.set(name, String(value).trim());
  return facts;
};
const fill = (facts) => { for (const field of about.elements) if (field.name && facts.has(field.name)) field.value = facts.get(field.name); };
const isChosen = () => {
  const lacking = document.getElementById("blank-lacking");
  lacking.hidden = Boolean(about.elements.teacher.value);
  lacking.textContent = words.lacking;
  if (!lacking.hidden) about.elements.teacher.focus();
  return lacking.hidden;
};
const head = (facts) => {
  document.querySelector("h1").textContent = words.observing.replace("{name}", facts.get("title") || nameOf(facts));
  document.getElementById("blank-lead").textContent = [nameOf(facts), facts.get("class_name"), facts.get("starts")].filter(Boolean).join(" · ");
};
const tellWhere = (queue, uid) => {
  const there = queue.answer?.observation;
  if (!there) return;
  const sent = document.getElementById("blank-sent");
  sent.querySelector("span").textContent = there === uid ? words.sent : words.merged;
  for (const link of [sent.querySelector("a"), root.querySelector("[data-part=settle] a")]) link.href = `${words.there}${there}/offline/`;
  sent.hidden = false;
  lesson.closest(".card").hidden = true;
};
const aim = (uid, facts) => {
  root.dataset.to = addressOf(uid, "marks/", facts);
  written.dataset.save = addressOf(uid, "texts/", facts);
  written.action = addressOf(uid, "", facts);
  head(facts);
};
// Another teacher, another class: what waits goes where the last word leads.
const change = async (uid, queue) => {
  if (!isChosen()) return;
  aim(uid, factsOf());
  queue.to = root.dataset.to;
  for (const item of (await queue.items()).filter(isWaiting)) await queue.store.put({ ...item, to: queue.to });
  written.draft.record.to = written.dataset.save;
  delete written.draft.record.refused;
  await written.draft.keep();
  queue.sync();
  written.draft.sync();
};
const open = async (uid, facts) => {
  fill(facts);
  root.dataset.uid = uid;
  written.dataset.draft = `observation-${uid}`;
  aim(uid, facts);
  root.hidden = false;
  lesson.open = false;
  document.getElementById("blank-begin").hidden = true;
  about.addEventListener("submit", (event) => event.preventDefault());
  const { hear, queue } = await import(words.sheet);
  await bind(written);
  about.addEventListener("change", () => change(uid, queue));
  queue.addEventListener("change", () => tellWhere(queue, uid));
  if ((await queue.items()).some((item) => item.taken)) hear();
  blank.dataset.ready = "sheet";
};
const begin = async () => {
  const [uid, facts, began] = [newKey(), factsOf(), Date.now()];
  const queue = await openQueue({ reader, name: `observation:${uid}`, to: addressOf(uid, "marks/", facts), now: house.now });
  await queue.add({ began });
  remember(`zero:${uid}`, String(began));
  await typed.drop();
  history.replaceState(null, "", `#${uid}`);
  await open(uid, facts);
};

// ---- which sheet it is ----
const now = () => {
  const here = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return { day: `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`, starts: `${two(here.getHours())}:${two(here.getMinutes())}` };
};
const wanted = location.hash.slice(1);
const begun = await begunHere();
const waiting = begun.filter((one) => one.waiting);
const last = waiting.at(-1);
const current = begun.find(({ uid }) => uid === wanted) || (wanted !== ANOTHER && last && Date.now() - last.at < RECENT ? last : null);
// What is chosen before the lesson begins is no record yet, but it outlives a reload as well.
const typed = await openDraft({ reader, name: "observation-blank", edition: 0, saved: {} });
addEventListener("hashchange", () => location.reload());
listLeft(waiting.filter((one) => one !== current));
if (current) {
  history.replaceState(null, "", `#${current.uid}`);
  await open(current.uid, current.facts);
} else {
  for (const [name, value] of Object.entries({ ...now(), ...typed.values })) about.elements[name].value = value;
  about.addEventListener("change", ({ target }) => { if (root.hidden) typed.set({ [target.name]: target.value }); });
  about.addEventListener("submit", (event) => { event.preventDefault(); if (root.hidden && isChosen()) begin(); });
  blank.dataset.ready = "new";
}
