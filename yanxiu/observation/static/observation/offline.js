// The sheet of one observation through a whole lesson, with or without a network. Every moment that is noted is on
// the device before it is shown as noted; texts and ratings below are kept by ui/drafts.js.

const root = document.getElementById("observation");
const house = document.querySelector("meta[name=house]").dataset;
const { greet, openQueue, recall, remember, newKey, offset } = await import(house.offline);
const { dropSending, openDraft, sendLater, sendNow } = await import(house.drafts);
const words = document.getElementById("observe-words").dataset;
const parts = Object.fromEntries([...document.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
const [rowTemplate, editorTemplate] = ["observe-row", "observe-editor"].map((id) => document.getElementById(id).content.firstElementChild);
const { uid } = root.dataset;
const { reader } = document.body.dataset;
const isOpen = !root.hasAttribute("data-closed");
const MINUTE = 60;
const LONGEST_STAGE = 40;

const queue = await openQueue({ reader, name: `observation:${uid}`, to: root.dataset.to, now: house.now });
const line = await openDraft({ reader, name: `observation-line-${uid}`, edition: 0, saved: { text: "" } });

// ---- what the house knows, and what this device adds ----
// The newest word of the house: this page as it was made, or the answer to what was sent later.
const fromPage = ({ dataset, children }) => ({
  uid: dataset.uid, at_second: Number(dataset.at), side: dataset.side, edition: Number(dataset.edition || 1), deleted: false,
  stage: [...children].find((each) => each.tagName === "B")?.textContent || "", text: [...children].find((each) => each.tagName === "SPAN").textContent, picture: dataset.picture,
});
let base = { made: Number(root.dataset.made), marks: [...parts.list.children].map(fromPage) };
const later = JSON.parse(recall(`observed:${uid}`) || "null");
if (later && later.made > base.made) base = later;

let items = await queue.items();
const isWaiting = (item) => !item.taken && !item.refused;
const marks = new Map();
const gather = () => {
  marks.clear();
  for (const mark of base.marks) marks.set(mark.uid, mark);
  for (const { body } of items.filter(isWaiting)) {
    if (body.uid) marks.set(body.uid, { ...marks.get(body.uid), ...body, edition: marks.get(body.uid)?.edition ?? body.edition });
  }
};
const standing = () => [...marks.values()].filter((mark) => !mark.deleted).sort((a, b) => a.at_second - b.at_second);

// ---- the watch: it starts with the first thing noted, and goes on through reloads ----
const ZERO = `zero:${uid}`;
const onThisClock = (moment) => moment - (offset() ?? 0);
let zero = Number(recall(ZERO)) || (root.dataset.began ? onThisClock(Number(root.dataset.began)) : 0);
const clock = (seconds) => `${String(Math.floor(seconds / MINUTE)).padStart(2, "0")}:${String(seconds % MINUTE).padStart(2, "0")}`;
const second = () => Math.max(0, Math.round((Date.now() - zero) / 1000));
const begin = async (moment = Date.now()) => {
  zero = moment;
  remember(ZERO, String(zero));
  items.push(await queue.add({ began: zero }));
};
const LONGEST = 6 * 3600;
const tick = () => {
  const running = zero && isOpen && second() < LONGEST;
  parts.clock.hidden = !running;
  if (!running) return;
  parts.time.textContent = clock(second());
  const stage = standing().findLast((mark) => mark.stage);
  parts.stage.textContent = stage ? `${stage.stage} ${words.minutes.replace("{n}", Math.floor((second() - stage.at_second) / MINUTE))}` : "";
};

// ---- noting ----
// One after the other, so that the order on the device is the order in which fingers moved.
let turn = Promise.resolve();
const inTurn = (deed) => { turn = turn.then(deed); return turn; };
const put = (mark) => inTurn(async () => {
  const { uid: key, at_second, side, text, stage, deleted = false, edition = 0, photo } = mark;
  const item = await queue.add({ uid: key, at_second, side, text, stage, deleted, edition, ...(photo && { photo }) });
  items.push(item);
  gather();
  paint();
  queue.soon();
});
const note = async (side, text, stage = "", photo = "") => {
  if (!zero || second() >= LONGEST) await begin();
  await put({ uid: newKey(), at_second: Math.min(second(), LONGEST), side, text, stage, photo });
  parts.list.lastElementChild?.scrollIntoView({ block: "end" });
};

// ---- the course of the lesson ----
let editing = "";
const rowOf = (mark, next) => {
  const row = rowTemplate.cloneNode(true);
  row.dataset.side = mark.side;
  row.dataset.uid = mark.uid;
  const length = mark.stage && next ? ` · ${words.minutes.replace("{n}", Math.round((next.at_second - mark.at_second) / MINUTE))}` : "";
  const shown = { time: clock(mark.at_second), stage: mark.stage && mark.stage + length, text: mark.text };
  for (const [name, text] of Object.entries(shown)) row.querySelector(`[data-name=${name}]`).textContent = text || "";
  if (mark.photo || mark.picture) {
    const picture = document.createElement("img");
    Object.assign(picture, { src: mark.photo || mark.picture, alt: words.photo, loading: "lazy" });
    row.querySelector("[data-name=text]").before(picture);
  }
  const button = row.querySelector("button");
  button.disabled = !isOpen;
  button.addEventListener("click", () => { editing = editing === mark.uid ? "" : mark.uid; paint(); });
  if (editing === mark.uid) row.append(editorOf(mark));
  return row;
};
const editorOf = (mark) => {
  const editor = editorTemplate.cloneNode(true);
  const area = editor.querySelector("textarea");
  const isStage = mark.side === "stage";
  area.value = isStage ? mark.stage : mark.text;
  const done = (change) => { editing = ""; return put({ ...mark, ...(isStage ? { stage: area.value.trim() } : { text: area.value.trim() }), ...change }); };
  const on = (name, deed) => { for (const button of editor.querySelectorAll(`[data-name=${name}]`)) button.addEventListener("click", () => deed(button)); };
  on("done", () => done({}));
  on("side", (button) => done({ side: button.value }));
  on("earlier", () => done({ at_second: Math.max(0, mark.at_second - MINUTE / 2) }));
  on("remove", () => { done({ deleted: true }); offerBack(mark); });
  const isPhoto = mark.side === "photo";
  for (const button of editor.querySelectorAll("[data-name=side]")) button.hidden = isStage || isPhoto || button.value === mark.side;
  return editor;
};
const offerBack = (mark) => {
  const live = document.getElementById("live");
  const said = document.createElement("p");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "btn btn-sm";
  back.textContent = words.putBack;
  back.addEventListener("click", () => { put({ ...mark, deleted: false }); live.replaceChildren(); });
  said.append(words.removed, " ", back);
  live.replaceChildren(said);
};
const paint = () => {
  const typed = parts.list.querySelector(".observe-editor textarea")?.value;
  const held = parts.list.querySelector(".observe-editor")?.closest("li").dataset.uid;
  const all = standing();
  const stages = all.filter((mark) => mark.stage);
  parts.list.replaceChildren(...all.map((mark) => rowOf(mark, stages[stages.indexOf(mark) + 1])));
  const area = parts.list.querySelector(".observe-editor textarea");
  if (area && held === editing && typed !== undefined) area.value = typed;
  else area?.focus();
  if (parts.pad) parts.pad.hidden = Boolean(editing);
  parts.count.textContent = all.length;
  parts.empty.hidden = all.length > 0;
  tell();
};

// ---- what is always said ----
const tell = () => {
  const waiting = items.some(isWaiting);
  const state = queue.state === "synced" && waiting ? "sending" : queue.state;
  parts.bar.dataset.state = state;
  const text = (words[{ "log-in": "logIn" }[state] || state] || words.offline).replace("{n}", standing().length);
  if (parts.status.textContent !== text) parts.status.textContent = text;
  parts.logIn.hidden = state !== "log-in";
  parts.memory.hidden = queue.store.kind !== "memory";
  const shown = document.querySelectorAll("#choices .draft-choice").length;
  parts.settle.hidden = (queue.answer?.waiting || 0) <= shown;
  const refused = items.filter((item) => item.refused);
  parts.refused.hidden = !refused.length && !queue.sentence;
  parts.refusedList.replaceChildren(...[...refused.map(({ body, refused: why }) => `${body.stage || ""}${body.text || ""}　${why}`), queue.sentence].filter(Boolean).map((why) => {
    const row = document.createElement("li");
    row.textContent = why;
    return row;
  }));
  if (parts.again) {
    parts.again.hidden = !isOpen;
    parts.again.querySelector("span").textContent = zero ? words.again : words.began;
  }
  tick();
};
queue.addEventListener("change", async () => {
  const { answer } = queue;
  const isNews = answer && answer.now > base.made;
  if (isNews) {
    base = { made: answer.now, marks: answer.marks };
    remember(`observed:${uid}`, JSON.stringify(base));
  }
  const isSentElsewhere = queue.state === "synced" && items.some(isWaiting);
  if (isNews || isSentElsewhere) {
    items = await queue.items();
    gather();
    paint();
  }
  if (isSentElsewhere && !isNews) hear();
  tell();
  if (written && queue.state === "synced" && !items.some(isWaiting) && !written.draft?.isDirty) sendNow(written);
});
// Another page of this device may have sent what waits here: then the house is asked what stands.
const hear = async () => {
  try {
    const told = await greet(house.now);
    if (told.reader !== reader) return;
    await queue.post([], told.token);
    queue.changed();
  } catch { /* no network: it is all here */ }
};

// ---- fingers ----
const text = document.getElementById("observe-text");
if (text) {
  text.value = line.values.text;
  text.addEventListener("input", () => line.set({ text: text.value }));
}
// Taps, not submits: two notes in one second are two notes.
parts.pad?.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  event.preventDefault();
  const { name, value } = button;
  const [side, word] = value.split(":");
  const typed = text.value.trim();
  if (name === "stage") { await note("stage", "", value); return; }
  if (word) { await note(side, word); return; }
  if (!typed) { text.focus(); return; }
  text.value = "";
  if (side === "stage") await note(side, "", typed.slice(0, LONGEST_STAGE));
  else await note(side, typed);
  if (text.value) await line.set({ text: text.value });
  else await line.drop();
  text.focus();
});
parts.again?.addEventListener("click", () => inTurn(() => begin().then(() => { tell(); queue.soon(); })));

// A photo of the board, never asked for: made small, and by that freed of what the camera wrote into it.
const EDGE = 1280;
const QUALITY = 0.6;
const small = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", QUALITY);
};
if (parts.photo && isOpen && "createImageBitmap" in window) {
  parts.photo.hidden = false;
  parts.photo.querySelector("input").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    const photo = await small(file).catch(() => "");
    target.value = "";
    if (photo) await note("photo", "", "", photo);
    else document.getElementById("live").textContent = words.noPhoto;
  });
}

// Handing in waits for what was noted, as it does for what was written.
const written = document.getElementById("observe-written");
written?.addEventListener("submit", (event) => {
  if (!items.some(isWaiting)) return;
  dropSending(written);
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  inTurn(async () => {
    await queue.running;
    await queue.sync();
    delete written.dataset.sentAt;
    if (queue.state === "offline") sendLater(written, submitter);
    if (queue.state !== "synced") return parts.bar.scrollIntoView({ block: "nearest" });
    items = await queue.items();
    if (items.some(isWaiting)) return tell();
    if (submitter) submitter.dataset.sure = "yes";
    return written.requestSubmit(submitter);
  });
}, true);

// ---- what this device and this address can and cannot do ----
parts.plain.hidden = isSecureContext && "serviceWorker" in navigator;
const showKept = () => {
  const { keepOffline } = written?.dataset || {};
  parts.kept.hidden = !parts.plain.hidden || !keepOffline;
  if (keepOffline) parts.kept.textContent = words[keepOffline === "kept" ? "kept" : "notKept"];
};
written?.addEventListener("kept", showKept);
showKept();
addEventListener("beforeunload", (event) => {
  const here = !parts.plain.hidden || queue.store.kind === "memory";
  if (here && queue.state === "offline") event.preventDefault();
});
navigator.storage?.persist?.();

gather();
paint();
setInterval(tick, 1000);
queue.keepTrying(10).then(tell);
root.dataset.ready = "";
// The blank sheet wants to know when what it sends has arrived.
export { hear, queue };
