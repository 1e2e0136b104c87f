// The ordinary roll when its network breaks: what could not be sent is recorded as offline taps, in the same
// queue as the offline page's, and sent when the house answers again.

const line = document.getElementById("roll-taken-over");
const form = document.querySelector("#roll form");
const { openQueue } = await import(document.querySelector("meta[name=house]").dataset.offline);

let queue;
let marked = 0;
const tell = () => {
  const word = { "log-in": "logIn" }[queue.state] || queue.state;
  line.hidden = !marked;
  line.dataset.state = queue.state;
  line.textContent = (line.dataset[word] || line.dataset.offline).replace("{n}", marked);
};
const takeOver = async () => {
  if (!queue) {
    queue = await openQueue({
      reader: document.body.dataset.reader, name: `roll:${line.dataset.session}`, to: line.dataset.to, now: line.dataset.now,
    });
    queue.addEventListener("change", tell);
    queue.keepTrying(10);
  }
  const rows = [...form.querySelectorAll(".roll-row[data-uid]")].map((row) => [row, row.querySelector("input[type=hidden]"), row.querySelector("input:checked")]);
  for (const [row, saw, picked] of rows.filter(([, before, after]) => after && before.value !== after.value)) {
    const body = { teacher: row.dataset.uid, state: picked.value, saw: saw.value };
    // From here on the queue answers for this mark: the form must not send it a second time.
    saw.value = picked.value;
    await queue.add(body);
  }
  const items = await queue.items();
  marked = new Set(items.map((item) => item.body.teacher || item.body.name)).size;
  tell();
};
const isTheRoll = (event) => event.detail.requestConfig?.verb === "post" && form?.contains(event.detail.elt);
document.addEventListener("htmx:sendError", (event) => { if (isTheRoll(event)) takeOver(); });
document.addEventListener("htmx:responseError", (event) => { if (isTheRoll(event) && event.detail.xhr.status >= 502) takeOver(); });
