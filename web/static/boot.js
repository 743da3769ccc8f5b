// Starts the program: what go-app expects of its page, the WebAssembly, the
// article's text and the service worker, all fetched side by side.
"use strict";
(() => {
  const here = document.currentScript;
  const root = new URL("../", here.src).href;
  const data = here.dataset;
  const env = {
    GOAPP_VERSION: data.version,
    GOAPP_STATIC_RESOURCES_URL: root + "web",
    GOAPP_ROOT_PREFIX: new URL(root).pathname,
    GOAPP_INTERNAL_URLS: "[]",
    PIZHU_ROOT: root,
  };
  globalThis.goappGetenv = (k) => env[k];
  globalThis.goappOnUpdate = globalThis.goappOnAppInstallChange = globalThis.goappNav = () => {};
  globalThis.goappUpdatedBeforeWasmLoaded = globalThis.goappAppInstallChangedBeforeWasmLoaded = false;

  // Where storage is blocked, touching it throws, and go-app touches it as it
  // starts. It gets one that forgets; ours says so (see store in article.js).
  try {
    localStorage.getItem("pizhu");
    sessionStorage.getItem("pizhu");
  } catch {
    globalThis.pizhuBlocked = true;
    const forgetful = { length: 0, key: () => null, getItem: () => null, setItem() {}, removeItem() {}, clear() {} };
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(globalThis, name, { value: forgetful, configurable: true });
  }

  // As it starts, go-app reads all of localStorage, a key at a time, looking for
  // states of its own that have expired. It has none: until it runs it is told that
  // there is nothing, or a thousand annotations would cost a start 40 ms.
  const length = Object.getOwnPropertyDescriptor(Storage.prototype, "length");
  Object.defineProperty(Storage.prototype, "length", { ...length, get: () => 0 });
  globalThis.pizhuStarted = () => Object.defineProperty(Storage.prototype, "length", length);

  // The text of the article on this page, wanted by the program as soon as it runs.
  const file = document.getElementById("article").dataset.file;
  const bytes = (path) => fetch(new URL(path, root)).then((r) => {
    if (!r.ok) throw new Error(r.status + " " + path);
    return r.arrayBuffer();
  }).then((b) => new Uint8Array(b));
  globalThis.pizhuFetch = bytes;
  globalThis.pizhuText = file ? bytes("corpus/" + file.replace(/[%?#]/g, encodeURIComponent)) : Promise.resolve(null);
  globalThis.pizhuText.catch(() => {});

  // The readers of web pages and books come with the first one that is opened.
  globalThis.pizhuOpen = () => import(new URL(data.open, root).href);

  const failed = (err) => {
    console.error("pizhu:", err);
    const line = document.getElementById("boot-error");
    if (line) line.hidden = false;
  };
  if (typeof WebAssembly !== "object") return failed(new Error("no WebAssembly"));
  const go = new Go();
  const whole = () => fetch(new URL(data.wasm, root)).then((r) => r.arrayBuffer()).then((b) => WebAssembly.compile(b));
  // Its compilation began in early.js. Where there is no worker, or a host sends the wrong type for .wasm, it is taken whole.
  const start = globalThis.pizhuModule.catch(whole).then((m) => WebAssembly.instantiate(m, go.importObject));
  // A worker that fails must not fail the page: the program works without it, online.
  const offline = () => {
    if (!("serviceWorker" in navigator)) return;
    globalThis.pizhuWorker = navigator.serviceWorker
      .register(globalThis.pizhuScripts.createScriptURL(root + "sw.js"), { updateViaCache: "none" })
      .catch((err) => { console.warn("pizhu: no offline copy:", err.message); return null; });
    globalThis.pizhuWorker.then(globalThis.pizhuApp?.watch);
  };
  // Only once the program runs: its copy of the files must not hold up the files themselves.
  start.then((program) => {
    globalThis.pizhuMemory = () => program.exports.mem.buffer.byteLength; // for `make bench`
    go.run(program).then(() => failed(new Error("the program has ended")), failed); // what it wrote is kept
    setTimeout(offline, 300);
  }).catch(failed);
})();
