// The page that opens where there is no network: which rolls are kept on this device.

const list = document.getElementById("kept");
const KEPT = "kept";

const show = async () => {
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (!answer.headers.has("X-Keep-Offline")) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const link = document.createElement("a");
    link.href = new URL(request.url).pathname;
    link.className = "btn btn-primary";
    link.textContent = page.querySelector("h1").textContent;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  document.getElementById("kept-title").hidden = !list.children.length;
};

if ("caches" in window) show();
document.querySelector("[data-again]").addEventListener("click", () => location.reload());
addEventListener("online", () => location.reload());
