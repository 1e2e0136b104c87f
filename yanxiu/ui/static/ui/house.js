// On every page: the service worker, the button that installs, and what an earlier page could not send.

const meta = document.querySelector("meta[name=house]");
const reader = document.body.dataset.reader || "";
const offlineModule = () => import(meta.dataset.offline);
const draftsModule = () => import(meta.dataset.drafts);

const start = async () => {
  // The browser offers service workers under HTTPS and on this machine only.
  const registration = await navigator.serviceWorker.register(meta.dataset.worker);
  const worker = (await navigator.serviceWorker.ready).active || registration.active;
  if (reader) worker.postMessage({ reader });
  for (const link of document.querySelectorAll("[data-keep-offline]")) keep(worker, link);
};
// <a data-keep-offline href> keeps where it leads, or the address that the attribute names; a form keeps its page.
const keep = (worker, link) => {
  const address = link.dataset.keepOffline || link.getAttribute("href") || location.pathname;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => {
    link.dataset.keepOffline = event.data.kept ? "kept" : "no";
    link.dispatchEvent(new Event("kept", { bubbles: true }));
  };
  worker.postMessage({ reader, keep: address }, [port2]);
};

if (meta && "serviceWorker" in navigator && isSecureContext)
  start().catch(() => { /* the certificate is not trusted, or a private window: the pages work without */ });
if (meta && reader)
  offlineModule().then(({ sendAllOf }) => sendAllOf(reader, meta.dataset.now)).catch(() => { /* the next page tries again */ });
if (meta && reader)
  draftsModule().then(({ sendDraftsOf }) => sendDraftsOf(reader, meta.dataset.now)).catch(() => { /* the next page tries again */ });

document.addEventListener("submit", (event) => {
  if (new URL(event.target.action).pathname !== meta?.dataset.logOut) return;
  offlineModule().then(async ({ openStore, forgetOld }) => forgetOld(await openStore(), "")).catch(() => { /* nothing is stored */ });
  draftsModule().then(({ forgetDrafts }) => forgetDrafts("")).catch(() => { /* nothing is stored */ });
});

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  for (const button of document.querySelectorAll("[data-install]")) {
    button.hidden = false;
    button.addEventListener("click", () => event.prompt(), { once: true });
  }
});
addEventListener("appinstalled", () => {
  for (const button of document.querySelectorAll("[data-install]")) button.hidden = true;
});
