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

  // The text of the article on this page: the program finds it there, and need not wait.
  const file = document.getElementById("article").dataset.file;
  const read = (url) => fetch(url).then((r) => {
    if (!r.ok) throw new Error(r.status + " " + url);
    return r.arrayBuffer();
  });
  const bytes = (path) => read(new URL(path, root)).then((b) => new Uint8Array(b));
  globalThis.pizhuFetch = bytes;
  const text = file ? bytes("corpus/" + file.replace(/[%?#]/g, encodeURIComponent)) : Promise.resolve(null);
  const there = text.then((bytes) => ({ bytes }), (err) => ({ error: String(err) }));

  // The readers of web pages and books come with the first one that is opened.
  globalThis.pizhuOpen = () => import(new URL(data.open, root).href);

  const failed = (err) => {
    console.error("pizhu:", err);
    const line = document.getElementById("boot-error");
    if (line) line.hidden = false;
  };
  if (typeof WebAssembly !== "object") return failed(new Error("no WebAssembly"));
  const program = new Program();
  // Compilation began in early.js. Where there is no worker, or a host sends the wrong type for .wasm, there is this way.
  const compile = (url) => read(url).then((b) => WebAssembly.compile(b));
  const first = globalThis.pizhuModule.catch(() => compile(new URL(data.wasm, root)));

  // A start needs a third of the program's code: the rest is fetched once the page is
  // ready (web/slim/split.go says how the two come together). What is asked for
  // before that waits for it, and the page with it. Where the offline copy answers, it
  // is read at once: not every browser lets that answer a request that cannot wait.
  const url = new URL(data.rest, root).href;
  let kept = null;
  const keeping = navigator.serviceWorker?.controller ? read(url).then((bytes) => { kept = bytes; }, () => {}) : null;
  const asked = () => {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.overrideMimeType("text/plain; charset=x-user-defined"); // a byte a character: no other form is given at once
    request.send();
    if (request.status !== 200) throw new Error(request.status + " " + url);
    const text = request.responseText;
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  };
  const missing = () => {
    try {
      program.join(new WebAssembly.Module(kept || asked()));
    } catch (err) {
      failed(err);
      throw err; // the program ends here; what was written is kept
    }
  };
  globalThis.pizhuIsWhole = () => program.whole; // for tests
  const whole = async () => {
    // First what is ready is painted.
    await new Promise((next) => (globalThis.requestIdleCallback ? requestIdleCallback(next, { timeout: 300 }) : setTimeout(next, 100)));
    for (let wait = 1000; !program.whole; wait = Math.min(2 * wait, 60000)) {
      try {
        program.join(await globalThis.pizhuCompiled(url).catch(() => compile(url)));
      } catch (err) {
        console.warn("pizhu: the rest of the program is still to come:", err.message);
        await new Promise((next) => {
          setTimeout(next, wait);
          addEventListener("online", next, { once: true });
        });
      }
    }
    kept = null; // megabytes
  };
  let becoming;
  globalThis.pizhuWhole = () => (becoming ??= whole());
  // A worker that fails must not fail the page: the program works without it, online.
  const offline = () => {
    if (!("serviceWorker" in navigator)) return;
    globalThis.pizhuWorker = navigator.serviceWorker
      .register(globalThis.pizhuScripts.createScriptURL(root + "sw.js"), { updateViaCache: "none" })
      .catch((err) => { console.warn("pizhu: no offline copy:", err.message); return null; });
    globalThis.pizhuWorker.then(globalThis.pizhuApp?.watch);
  };
  Promise.all([first.then((module) => program.open(module, missing)), there, keeping]).then(([, file]) => {
    globalThis.pizhuFile = file;
    globalThis.pizhuMemory = () => program.mem.buffer.byteLength; // for `make bench`
    program.start().then(() => failed(new Error("the program has ended")), failed); // what it wrote is kept
    globalThis.pizhuBegin();
    setTimeout(offline, 300); // its copy of the files must not hold up the files themselves
  }).catch(failed);
})();
