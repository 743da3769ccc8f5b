// Runs before each page's own scripts and writes down when things happened.
(() => {
  const bench = globalThis.bench = { longest: 0, saved: 0, key: 0 };
  try {
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) bench.longest = Math.max(bench.longest, e.duration);
    }).observe({ type: "longtask", buffered: true });
  } catch { /* not a browser that tells */ }

  // The reader's last click or key, by the browser's own clock.
  for (const kind of ["click", "keydown"])
    addEventListener(kind, (e) => { bench.input = e.timeStamp; }, true);

  const set = Storage.prototype.setItem;
  Storage.prototype.setItem = function (...args) {
    set.apply(this, args);
    bench.saved = performance.now();
  };

  const painted = (done) => requestAnimationFrame(() => {
    const c = new MessageChannel();
    c.port1.onmessage = done;
    c.port2.postMessage(0);
  });

  // when calls back at the end of the first frame in which a condition holds.
  bench.when = (condition, done) => {
    const look = () => painted(() => (condition() ? done(performance.now()) : look()));
    look();
  };
  bench.frames = (n) => new Promise((resolve) => {
    const next = () => (n-- > 0 ? painted(next) : resolve(true));
    next();
  });

  // Where the page shows its text: the list of annotations is drawn in the same
  // or one of the next frames, and both must be there.
  bench.listed = new Promise((resolve) => {
    if (location.pathname.includes("/read/own")) bench.when(
      () => performance.getEntriesByName("pizhu:highlights").length && document.querySelector("#list [data-annotation]"), resolve);
  });

  // tagged waits for an annotation that a key press makes: its record written, its
  // row in the panel painted, and its highlight, of which the page says itself when.
  bench.tagging = () => {
    addEventListener("keydown", () => performance.mark("bench:key"), { capture: true, once: true });
    const known = bench.saved, before = performance.getEntriesByName("pizhu:highlights").length;
    const chosen = () => document.querySelector("#list li.on[data-annotation]")?.dataset.annotation;
    const old = chosen();
    const row = new Promise((resolve) => bench.when(() => bench.saved > known && chosen() && chosen() !== old, resolve));
    const highlight = new Promise((resolve) => bench.when(() => performance.getEntriesByName("pizhu:highlights").length > before, () => {
      const e = performance.getEntriesByName("pizhu:highlights")[before];
      resolve(e.startTime + e.duration);
    }));
    bench.tagged = Promise.all([row, highlight]).then((at) => {
      performance.mark("bench:painted", { startTime: Math.max(...at) });
      return { painted: Math.max(...at) - bench.input, saved: bench.saved - bench.input };
    });
    return true;
  };
})();
