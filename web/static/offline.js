// The program as an app: its offline copy and newer versions of it, installing,
// and what the system or other apps hand over. It tells the program what
// happens by a word; what happened before the program listened it tells then.
"use strict";
(() => {
  const said = [];
  let listener = null;
  const tell = (word) => { said.push(word); listener?.(word); };

  // ---- the offline copy ---------------------------------------------------

  const container = navigator.serviceWorker;
  let registration = null, asked = false;
  let controlled = !!container?.controller;

  // The dictionaries that this page fetched before the copy was there to keep
  // them are asked for once more; the browser's own cache has them.
  const keepDictionaries = () => {
    const again = new Set();
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) {
        if (!e.name.endsWith(".lex") || e.workerStart || again.has(e.name)) continue;
        again.add(e.name);
        fetch(e.name).catch(() => {});
      }
    }).observe({ type: "resource", buffered: true });
  };
  container?.addEventListener("controllerchange", () => {
    if (asked) location.reload();
    else if (controlled) tell("replaced"); // another tab took the new version
    else keepDictionaries();
    controlled = true;
  });

  function watch(r) {
    if (!r) return;
    registration = r;
    const waits = () => { if (r.waiting && r.active) tell("update"); };
    waits();
    r.addEventListener("updatefound", () => r.installing?.addEventListener("statechange", waits));
    container.ready.then((ready) => {
      tell("offline");
      if (!container.controller) ready.active.postMessage("pizhu:claim");
    });
    // A page that stays open for days looks for a newer version when it is come back to.
    let looked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || Date.now() - looked < 3600e3) return;
      looked = Date.now();
      r.update().catch(() => {});
    });
  }

  // takeOver lets the newer version in and starts the page anew with it.
  function takeOver() {
    asked = true;
    if (registration?.waiting) registration.waiting.postMessage("pizhu:take-over");
    else location.reload();
  }

  // ---- installing ---------------------------------------------------------

  let offer = null;
  addEventListener("beforeinstallprompt", (e) => { e.preventDefault(); offer = e; tell("installable"); });
  addEventListener("appinstalled", () => { offer = null; tell("installed"); });
  const installed = () => matchMedia("(display-mode: standalone), (display-mode: minimal-ui), (display-mode: window-controls-overlay)").matches || navigator.standalone === true;
  function install() {
    const o = offer;
    offer = null;
    o?.prompt();
    o?.userChoice.then((c) => tell(c.outcome === "accepted" ? "installed" : "not-installed"));
  }

  // ---- what is handed over ------------------------------------------------

  // taken gives each text or file that other apps shared, and forgets it, as
  // (name, bytes, size).
  async function taken(each) {
    if (!globalThis.caches) return;
    const box = await caches.open("pizhu-inbox");
    for (const request of await box.keys()) {
      const response = await box.match(request);
      const bytes = new Uint8Array(await response.arrayBuffer());
      each(decodeURIComponent(response.headers.get("x-pizhu-name")), bytes.length, new Blob([bytes]));
      await box.delete(request);
    }
    return true;
  }

  // launched gives each file that the system opens with the installed program.
  function launched(each) {
    globalThis.launchQueue?.setConsumer(async (params) => {
      for (const handle of params.files || []) {
        try {
          const file = await handle.getFile();
          each(file.name, file.size, file);
        } catch { each(handle.name, -1, null); }
      }
    });
  }

  globalThis.pizhuApp = {
    watch, takeOver, install, installed, taken, launched,
    tell: (f) => { listener = f; said.forEach((word) => f(word)); },
    pasted: () => navigator.clipboard.readText(),
    touchSafari: () => /Mac|iPhone|iPad/.test(navigator.platform) && navigator.maxTouchPoints > 1 && "standalone" in navigator,
  };
})();
