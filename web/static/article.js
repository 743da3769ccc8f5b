// The article's DOM: one element a block, one text node an element, sections of
// 64 blocks. Go speaks to it in bulk, in block numbers and UTF-16 units; it
// knows nothing of claims, scripts or storage.
"use strict";
(() => {
  const perSection = 64;
  const article = document.getElementById("article");
  const scroller = document.getElementById("reading");
  const supported = typeof Highlight === "function" && typeof CSS === "object" && "highlights" in CSS;

  let sections = [];  // { el, from, to, near, ranges: [[layer, range] …] | null }
  let nodes = [];     // the text node of every block
  let marks = [];     // per block: Int32Array of start, end, layer triples, or undefined
  let layers = [];    // Highlight by layer number
  let observer = null;

  const sectionOf = (block) => sections[(block / perSection) | 0];

  // ---- blocks -------------------------------------------------------------

  function index() {
    if (observer) observer.disconnect();
    for (const s of sections) drop(s);
    nodes = [];
    sections = [];
    for (const el of article.querySelectorAll(":scope > section")) {
      const s = { el, from: nodes.length, to: 0, near: false, ranges: null };
      for (const b of el.children) {
        if (!b.firstChild) b.append(document.createTextNode(""));
        nodes.push(b.firstChild);
      }
      s.to = nodes.length;
      sections.push(s);
    }
    marks = new Array(nodes.length);
    // Ranges are kept for what is in view and one view around it.
    observer = new IntersectionObserver((entries) => {
      for (const e of entries) {
        const s = sections[e.target.pizhu];
        if (!s || s.el !== e.target) continue;
        s.near = e.isIntersecting;
        s.near ? draw(s) : drop(s);
        if (s.near) api.onnear?.(s.from, s.to);
      }
    }, { root: scroller, rootMargin: "100% 0px" });
    later();
    sections.forEach((s, i) => {
      s.el.pizhu = i;
      // Near enough at once: waiting for the observer would colour the page a frame late.
      s.near = i < 2;
      observer.observe(s.el);
    });
  }

  const tagOf = (kind, level, first) =>
    kind === 1 ? (first ? "h1" : "h" + Math.min(Math.max(level, 2), 4)) : kind === 2 ? "blockquote" : kind === 4 ? "pre" : "p";

  // fill makes the article anew: text is the blocks' texts joined by line breaks.
  function fill(head, text, kinds, levels) {
    article.replaceChildren();
    if (head) {
      const front = document.createElement("header");
      front.className = "front";
      for (const [tag, cls, value] of head) {
        if (!value) continue;
        const el = document.createElement(tag);
        if (cls) el.className = cls;
        el.textContent = value;
        front.append(el);
      }
      article.append(front);
    }
    const lines = kinds.length ? text.split("\n") : [];
    for (let i = 0; i < lines.length; i += perSection) {
      const section = document.createElement("section");
      for (let j = i; j < Math.min(i + perSection, lines.length); j++) {
        const el = document.createElement(tagOf(kinds[j], levels[j], j === 0 && levels[j] === 1 && !head?.some((h) => h[0] === "h1")));
        el.dataset.block = j;
        if (kinds[j] === 3) el.className = "item";
        el.append(document.createTextNode(lines[j]));
        section.append(el);
      }
      article.append(section);
    }
    index();
    return nodes.length;
  }

  // text changes what the blocks from the given one on say; the elements stay.
  function text(from, joined) {
    const lines = joined.split("\n");
    for (let i = 0; i < lines.length && from + i < nodes.length; i++)
      if (nodes[from + i].data !== lines[i]) nodes[from + i].data = lines[i];
  }

  // ---- highlights ---------------------------------------------------------

  function drop(s) {
    if (!s.ranges) return;
    for (const [layer, range] of s.ranges) layers[layer]?.delete(range);
    s.ranges = null;
  }

  function draw(s) {
    drop(s);
    if (!supported) return;
    const made = [];
    for (let b = s.from; b < s.to; b++) {
      const m = marks[b];
      if (!m) continue;
      const node = nodes[b], size = node.data.length;
      for (let i = 0; i < m.length; i += 3) {
        const start = Math.min(m[i], size), end = Math.min(m[i + 1], size);
        if (start >= end || !layers[m[i + 2]]) continue;
        const range = new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end });
        layers[m[i + 2]].add(range);
        made.push([m[i + 2], range]);
      }
    }
    s.ranges = made;
    if (made.length) inherit(nodes[s.from].parentElement);
  }

  // The looks of highlights are the article's, and its blocks inherit them. Given to
  // every block, or every element, they had a browser compute twenty styles for each.
  // Where blocks do not inherit them, or it cannot be told, each has them after all.
  let told = false;
  function inherit(block) {
    if (told) return;
    told = true;
    const [own, blocks] = [article, block].map((el) => getComputedStyle(el, "::highlight(pz-chosen)").backgroundColor);
    if (own !== blocks || !/^(rgb|color|oklab)\b/.test(own) || own === "rgba(0, 0, 0, 0)") article.classList.add("each");
  }

  // name declares the layers, lowest first.
  function name(names) {
    if (!supported) return false;
    CSS.highlights.clear();
    layers = names.map((n, i) => {
      const h = new Highlight();
      h.priority = i;
      CSS.highlights.set(n, h);
      return h;
    });
    return true;
  }

  // style is a sheet of the reader's own claim types. A constructed sheet is let
  // in by a policy that lets no inline style in.
  let sheet = null;
  function style(css) {
    if (!("adoptedStyleSheets" in document)) return;
    if (!sheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet = new CSSStyleSheet()];
    sheet.replaceSync(css);
  }

  // paint replaces the marks of some blocks: data is, block after block, its
  // number, the count of its marks, and start, end, layer for each.
  function paint(data, all) {
    if (all) marks = new Array(nodes.length);
    const touched = new Set();
    for (let i = 0; i < data.length;) {
      const block = data[i], count = data[i + 1];
      marks[block] = count ? data.slice(i + 2, i + 2 + 3 * count) : undefined;
      touched.add((block / perSection) | 0);
      i += 2 + 3 * count;
    }
    if (all) sections.forEach((s) => { if (s.near) draw(s); else drop(s); });
    else for (const t of touched) if (sections[t]?.near) draw(sections[t]);
  }

  // near is the blocks whose marks are drawn, as from, to, from, to …
  const near = () => sections.filter((s) => s.near).flatMap((s) => [s.from, s.to]);

  // ---- places -------------------------------------------------------------

  const blockOf = (node) => {
    const el = (node.nodeType === 1 ? node : node.parentElement)?.closest?.("[data-block]");
    return el && article.contains(el) ? +el.dataset.block : -1;
  };

  // place turns a DOM position into [block, unit]; one between blocks goes to
  // the nearer block that lies inside the range.
  function place(node, offset, end) {
    const b = blockOf(node);
    if (b >= 0) {
      if (node === nodes[b]) return [b, offset];
      return [b, offset > 0 ? nodes[b].data.length : 0];
    }
    const probe = document.createRange();
    probe.setStart(node, offset);
    probe.collapse(true);
    let lo = 0, hi = nodes.length; // first block that starts at or after the position
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      probe.comparePoint(nodes[mid], 0) < 0 ? (lo = mid + 1) : (hi = mid);
    }
    if (end) return lo > 0 ? [lo - 1, nodes[lo - 1].data.length] : [0, 0];
    return lo < nodes.length ? [lo, 0] : [nodes.length - 1, nodes[nodes.length - 1]?.data.length ?? 0];
  }

  function range(b1, u1, b2, u2) {
    const r = document.createRange();
    const at = (b, u) => [nodes[b], Math.min(u, nodes[b].data.length)];
    r.setStart(...at(b1, u1));
    r.setEnd(...at(b2, u2));
    return r;
  }

  // selection is what is selected of the article as [b1, u1, b2, u2, backward],
  // clipped to it, or null when nothing of it is.
  function selection() {
    const s = getSelection();
    if (!s || s.rangeCount === 0 || s.isCollapsed || nodes.length === 0) return null;
    const r = s.getRangeAt(0);
    if (!r.intersectsNode(article)) return null;
    const a = place(r.startContainer, r.startOffset, false), b = place(r.endContainer, r.endOffset, true);
    if (a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1])) return null;
    const back = s.anchorNode && s.focusNode && (s.anchorNode === s.focusNode
      ? s.focusOffset < s.anchorOffset
      : !!(s.anchorNode.compareDocumentPosition(s.focusNode) & Node.DOCUMENT_POSITION_PRECEDING));
    return [a[0], a[1], b[0], b[1], back ? 1 : 0];
  }

  function select(b1, u1, b2, u2) {
    if (!nodes[b1] || !nodes[b2]) return;
    const s = getSelection();
    s.removeAllRanges();
    s.addRange(range(b1, u1, b2, u2));
  }

  // hit is the place under a point of the window, or null where there is no
  // text. A point beside a line gives that line's end: it must lie on a glyph.
  function hit(x, y) {
    let node, offset;
    if (document.caretPositionFromPoint) {
      const p = document.caretPositionFromPoint(x, y);
      if (!p) return null;
      node = p.offsetNode, offset = p.offset;
    } else if (document.caretRangeFromPoint) {
      const r = document.caretRangeFromPoint(x, y);
      if (!r) return null;
      node = r.startContainer, offset = r.startOffset;
    } else return null;
    const b = blockOf(node);
    if (b < 0 || node !== nodes[b]) return null;
    // The caret stands between two characters: take the one that is under the point.
    for (const u of [offset, offset - 1]) {
      if (u < 0 || u >= node.data.length) continue;
      for (const q of range(b, u, b, u + 1).getClientRects())
        if (x >= q.left - 1 && x <= q.right + 1 && y >= q.top - 4 && y <= q.bottom + 4) return [b, u];
    }
    return null;
  }

  // caret is the block and unit of the character boundary nearest to a point.
  function caret(x, y) {
    const p = document.caretPositionFromPoint?.(x, y);
    const r = !p && document.caretRangeFromPoint?.(x, y);
    const node = p ? p.offsetNode : r ? r.startContainer : null;
    if (!node) return null;
    const b = blockOf(node);
    return b >= 0 && node === nodes[b] ? [b, p ? p.offset : r.startOffset] : null;
  }

  // line is the place one line above (by = -1) or below a character, at the
  // column x, or at the character's own where x is negative: [block, unit, x].
  function line(b, u, by, x) {
    const box = () => rects(b, u, b, u + 1);
    let r = box();
    if (!r) { nodes[b]?.parentElement.scrollIntoView({ block: "center" }); r = box(); }
    if (!r) return null;
    if (x < 0) x = (r[0] + r[2]) / 2;
    const view = scroller.getBoundingClientRect(), tall = r[3] - r[1];
    // Points outside the window have no caret, so there must be room for the next line.
    const room = 6 * tall;
    if (r[1] < view.top + room) scroller.scrollTop -= view.top + room - r[1];
    if (r[3] > view.bottom - room) scroller.scrollTop += r[3] - view.bottom + room;
    r = box();
    for (let i = 1, y = (r[1] + r[3]) / 2; i < 24; i++) {
      y += by * tall / 2;
      const c = caret(x, y);
      if (!c) continue;
      let v = Math.min(c[1], nodes[c[0]].data.length - 1);
      let q = rects(c[0], v, c[0], v + 1);
      if (q && v > 0 && q[0] > x + 1) { // the caret stands after the character under x
        const before = rects(c[0], v - 1, c[0], v);
        if (before && Math.abs(before[1] - q[1]) < tall / 2) { v--; q = before; }
      }
      if (q && (by > 0 ? q[1] > r[1] + tall / 2 : q[1] < r[1] - tall / 2)) return [c[0], v, x];
    }
    return null;
  }

  function rects(b1, u1, b2, u2) {
    if (!nodes[b1] || !nodes[b2]) return null;
    const all = range(b1, u1, b2, u2).getClientRects();
    if (!all.length) return null;
    const f = all[0], l = all[all.length - 1];
    return [f.left, f.top, f.right, f.bottom, l.left, l.top, l.right, l.bottom];
  }

  // shownPart is the part of the window in which the article can be seen: on a
  // phone the list of results lies over its upper half.
  function shownPart() {
    const view = scroller.getBoundingClientRect(), over = document.getElementById("found")?.getBoundingClientRect();
    const top = over && over.left < view.left + view.width / 2 ? Math.min(over.bottom, view.bottom - 120) : view.top;
    return { top, bottom: view.bottom, height: view.bottom - top };
  }

  // reveal brings a place into the middle third of the view, when it is not in view.
  function reveal(b1, u1, b2, u2, always) {
    if (!nodes[b1]) return;
    const el = nodes[b1].parentElement;
    let r = rects(b1, u1, b2, u2);
    const view = shownPart();
    if (r && !always && r[1] > view.top + 40 && r[7] < view.bottom - 60) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const far = !r || Math.abs(r[1] - view.top) > view.height * 3;
    if (far) { el.scrollIntoView({ block: "center" }); r = rects(b1, u1, b2, u2); }
    if (!r) return; // nothing is drawn of it
    scroller.scrollBy({ top: r[1] - view.top - view.height / 3, behavior: far || calm ? "instant" : "smooth" });
  }

  // top is the place at the top of the view: block, unit, and how far above the
  // view's edge its line stands. It is what stays put when the script changes.
  function top() {
    const view = scroller.getBoundingClientRect();
    if (scroller.scrollTop === 0) return [0, 0, 0, 0];
    for (const s of sections) {
      const q = s.el.getBoundingClientRect();
      if (q.bottom <= view.top) continue;
      for (let b = s.from; b < s.to; b++) {
        const p = nodes[b].parentElement.getBoundingClientRect();
        if (p.bottom <= view.top) continue;
        let lo = 0, hi = nodes[b].data.length - 1; // first character whose line is not above the view
        while (lo < hi) {
          const mid = (lo + hi) >> 1;
          const c = rects(b, mid, b, mid + 1);
          c && c[3] <= view.top ? (lo = mid + 1) : (hi = mid);
        }
        const c = rects(b, lo, b, lo + 1) || [0, p.top];
        return [b, lo, c[1] - view.top, 1];
      }
    }
    return [0, 0, 0, 0];
  }

  function restore(b, u, dy, moved) {
    if (!nodes[b]) return;
    if (!moved) { scroller.scrollTop = 0; return; }
    const view = scroller.getBoundingClientRect();
    let c = rects(b, u, b, u + 1);
    if (!c) { nodes[b].parentElement.scrollIntoView(); c = rects(b, u, b, u + 1); }
    if (c) scroller.scrollTop += c[1] - view.top - dy;
  }

  // ---- floating things ----------------------------------------------------

  // float puts an element beside a place without covering it: below the last
  // line, above the first where there is no room below.
  function float(id, b1, u1, b2, u2) {
    const el = document.getElementById(id);
    const r = rects(b1, u1, b2, u2);
    if (!el || !r) return;
    if (matchMedia("(max-width: 760px)").matches) { el.style.left = el.style.top = ""; return; }
    const view = scroller.getBoundingClientRect();
    const w = el.offsetWidth, h = el.offsetHeight, gap = 10;
    let x = (r[4] + r[6]) / 2 - w / 2;
    let y = r[7] + gap;
    if (y + h > view.bottom - 4) y = r[1] - gap - h;
    if (y < view.top + 4) y = view.bottom - h - 8;
    el.style.left = Math.round(Math.max(view.left + 8, Math.min(x, view.right - w - 8))) + "px";
    el.style.top = Math.round(y) + "px";
  }

  // Grips stand at both ends of the open annotation, inside the scroller, so
  // that they move with the text. Each drag is told as it goes and at its end.
  const grips = ["start", "end"].map((which, i) => {
    const el = document.createElement("div");
    el.className = "grip";
    el.dataset.grip = which;
    el.hidden = true;
    scroller.append(el);
    let dx = 0, dy = 0, held = false, last = null;
    const move = (e, done) => {
      const view = scroller.getBoundingClientRect();
      if (e.clientY < view.top + 24) scroller.scrollTop -= 12;
      if (e.clientY > view.bottom - 24) scroller.scrollTop += 12;
      el.style.pointerEvents = "none"; // or the caret would be sought in the grip
      last = caret(e.clientX + dx, e.clientY + dy) || last;
      el.style.pointerEvents = "";
      if (last) api.ongrip?.(i, last[0], last[1], done);
    };
    el.addEventListener("pointerdown", (e) => {
      if (e.button !== 0 || !gripped) return;
      e.preventDefault();
      e.stopPropagation();
      const r = rects(...gripped);
      if (!r) return;
      // What counts is the character beside the grip, not the finger on it.
      dx = (i ? r[6] - 1 : r[0] + 1) - e.clientX;
      dy = (i ? (r[5] + r[7]) / 2 : (r[1] + r[3]) / 2) - e.clientY;
      held = true;
      last = null;
      el.setPointerCapture(e.pointerId);
    });
    el.addEventListener("pointermove", (e) => { if (held) move(e, false); });
    el.addEventListener("pointerup", (e) => { if (held) { held = false; move(e, true); } });
    el.addEventListener("pointercancel", () => { if (held) { held = false; api.ongrip?.(i, -1, 0, true); } });
    return el;
  });
  let gripped = null;
  // grip puts the grips at the ends of a range; without one it hides them.
  function grip(...range) {
    gripped = range.length ? range : null;
    const r = gripped && rects(...gripped), view = r && scroller.getBoundingClientRect();
    const x = scroller.scrollLeft, y = scroller.scrollTop;
    grips.forEach((el, i) => {
      el.hidden = !r;
      if (!r) return;
      el.style.left = Math.round((i ? r[6] : r[0]) - view.left + x) + "px";
      el.style.top = Math.round((i ? r[7] : r[1]) - view.top + y) + "px";
    });
  }
  new ResizeObserver(() => { if (gripped) grip(...gripped); }).observe(article);

  // A press on a palette's or a dialog's button must not take the focus, or the
  // selection it acts on is gone.
  addEventListener("pointerdown", (e) => { if (e.target.closest?.("[data-keep-selection]")) e.preventDefault(); }, true);
  addEventListener("mousedown", (e) => { if (e.target.closest?.("[data-keep-selection]")) e.preventDefault(); }, true);

  // painted calls back once what has been changed is on the screen: the frame
  // after the next frame's start, or at once when the page is hidden.
  function painted(done) {
    if (document.hidden) { setTimeout(done); return; }
    requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => done(); c.port2.postMessage(0); });
  }

  function measure(name, start) {
    painted(() => { try { performance.measure(name, { start, end: performance.now() }); } catch { /* a measure must never break the page */ } });
  }

  // ---- listening ----------------------------------------------------------

  // A selection is reported once it has settled: at the end of a drag at once,
  // otherwise (keys, touch handles) when it has rested for a moment.
  let dragging = false, resting = 0;
  const tell = (mouse, alt) => { clearTimeout(resting); api.onselect?.(mouse, alt); };
  article.addEventListener("pointerdown", (e) => { dragging = e.pointerType === "mouse" && e.button === 0; });
  addEventListener("pointerup", (e) => { if (dragging) { dragging = false; setTimeout(tell, 0, true, e.altKey); } });
  addEventListener("pointercancel", () => { dragging = false; });
  document.addEventListener("selectionchange", () => {
    if (dragging) return;
    clearTimeout(resting);
    resting = setTimeout(tell, 120, false, false);
  });
  // Taps are counted here: not every browser counts those of a finger.
  let taps = 0, tapped = { time: -1e9, x: 0, y: 0 };
  article.addEventListener("click", (e) => {
    if (e.button !== 0) return;
    const again = e.timeStamp - tapped.time < 400 && Math.abs(e.clientX - tapped.x) < 24 && Math.abs(e.clientY - tapped.y) < 24;
    taps = again ? taps + 1 : 1;
    tapped = { time: e.timeStamp, x: e.clientX, y: e.clientY };
    const count = Math.max(e.detail, e.pointerType === "mouse" ? 1 : taps);
    if (count > 1 || getSelection().isCollapsed) api.onclick?.(e.clientX, e.clientY, count);
  });
  let rest = 0, rested = null;
  article.addEventListener("pointermove", (e) => {
    if (e.pointerType !== "mouse" || e.buttons) return;
    clearTimeout(rest);
    if (rested && Math.hypot(e.clientX - rested[0], e.clientY - rested[1]) > 24) { rested = null; api.onrest?.(-1, -1); }
    rest = setTimeout(() => { rested = [e.clientX, e.clientY]; api.onrest?.(e.clientX, e.clientY); }, 350);
  }, { passive: true });
  article.addEventListener("pointerleave", () => { clearTimeout(rest); if (rested) { rested = null; api.onrest?.(-1, -1); } });

  // The program draws by a timer, and after a key or a click a browser lets timers
  // wait until it has painted, so that what was drawn came a frame or two late. But
  // it runs animation frames, and whoever enters the program has its timers run.
  // What the page has drawn by itself, as a new row, is shown before the rest is.
  let drew = false;
  const hurry = () => {
    drew = false;
    requestAnimationFrame(() => { if (!drew) api.onframe?.(); requestAnimationFrame(() => api.onframe?.()); });
  };
  for (const kind of ["keydown", "click", "input", "change"]) addEventListener(kind, hurry, true);

  let frame = 0;
  const scrolled = () => {
    frame = 0;
    const h = Math.max(scroller.scrollHeight, 1), from = scroller.scrollTop / h, to = from + scroller.clientHeight / h;
    // What is in view, in the strip: drawn here, or each frame would draw the page.
    const view = document.querySelector(".strip .view");
    view?.setAttribute("y", 100 * from + "%");
    view?.setAttribute("height", 100 * (to - from) + "%");
    api.onscroll?.(from, to);
  };
  const later = () => { if (!frame) frame = requestAnimationFrame(scrolled); };
  scroller.addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);

  // ---- storage ------------------------------------------------------------

  // The reader's work: what is logged as well (see the log).
  const work = /^pizhu\/\d+\/[atw]\//;

  // setAll writes many values and answers [how many] or [how many, what went wrong].
  function setAll(keys, values) {
    let n = 0;
    try {
      for (; n < keys.length; n++) localStorage.setItem(keys[n], values[n]);
      return [n];
    } catch (e) {
      return [n, e.name || "Error"];
    } finally {
      log(keys.slice(0, n).flatMap((k, i) => [k, values[i]]));
    }
  }

  // store calls localStorage and answers [value] or [null, what went wrong].
  function store(verb, ...args) {
    if (globalThis.pizhuBlocked) return [null, "SecurityError"];
    try {
      if (verb === "values") return [args[0].split("\0").map((k) => localStorage.getItem(k) ?? "").join("\0")];
      if (verb === "fill") return setAll(args[0].split("\0"), args[1].split("\0"));
      if (verb === "keys") return [Object.keys(localStorage).join("\0")];
      const value = localStorage[verb](...args) ?? null;
      if (verb !== "getItem" && work.test(args[0])) log([args[0], args[1] ?? ""]);
      return [value];
    } catch (e) {
      return [null, e.name || "Error"];
    }
  }

  // base opens a database when it is first wanted, and again after a failure.
  const base = (name, stores, options) => {
    let opening = null;
    return () => opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => { for (const s of stores) request.result.createObjectStore(s, options); };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opening = null; };
        resolve(request.result);
      };
      request.onerror = request.onblocked = () => { opening = null; reject(request.error || new Error("blocked")); };
    });
  };
  const transact = (db, stores, mode, work) => new Promise((resolve, reject) => {
    const t = db.transaction(stores, mode, { durability: "strict" });
    const result = work(...stores.map((s) => t.objectStore(s)));
    t.oncomplete = () => resolve(result?.result ?? null);
    t.onerror = t.onabort = () => reject(t.error || new Error("aborted"));
  });

  // ---- the log ------------------------------------------------------------

  // A browser lets seconds pass, at times minutes, before what localStorage was
  // told is on the disk; one that is killed has lost it. So the reader's work is
  // also put into a log, which is on its way to the disk at once. What is written
  // while a record is on its way goes into the next, so that a burst costs few.
  const logbook = base("pizhu-log", ["rows"], { autoIncrement: true });
  const run = crypto.randomUUID(); // who wrote, as of two tabs neither may hide the other's
  let waiting = [], writing = false;
  async function log(rows) {
    waiting = waiting.concat(rows);
    if (writing) return;
    writing = true;
    try {
      while (waiting.length) {
        const db = await logbook();
        const rows = waiting;
        waiting = [];
        await transact(db, ["rows"], "readwrite", (s) => { s.add({ at: Date.now(), run, rows }); });
      }
    } catch { waiting = []; } // localStorage has it all the same
    writing = false;
  }

  // Chromium writes no more than ten million bytes an hour, so that an hour is
  // the longest that a whole storage waits. What is older need not be kept.
  const kept = 6 * 3600e3;
  const journal = {
    // lost is what the log has otherwise than localStorage: key, value, key, value …
    async lost() {
      const db = await logbook();
      const last = new Map(); // key → run → what it wrote last; what was removed since is nobody's
      for (let from = 0;;) {
        const range = IDBKeyRange.lowerBound(from, true);
        const records = await transact(db, ["rows"], "readonly", (s) => s.getAll(range, 100));
        const keys = await transact(db, ["rows"], "readonly", (s) => s.getAllKeys(range, 100));
        for (const r of records) for (let i = 0; i < r.rows.length; i += 2) {
          const [k, v] = [r.rows[i], r.rows[i + 1]];
          if (!v || !last.has(k)) last.set(k, new Map());
          last.get(k).set(r.run, v);
        }
        if (keys.length < 100) break;
        from = keys[keys.length - 1];
      }
      const lost = [];
      for (const [k, runs] of last) {
        const stored = localStorage.getItem(k) ?? "";
        for (const v of runs.values()) if (v !== stored) lost.push(k, v);
      }
      return JSON.stringify(lost);
    },
    // trim drops what is surely on the disk.
    async trim() {
      const db = await logbook(), before = Date.now() - kept;
      return transact(db, ["rows"], "readwrite", (s) => {
        s.openCursor().onsuccess = (e) => {
          const c = e.target.result;
          if (c && c.value.at < before) { c.delete(); c.continue(); }
        };
      });
    },
  };

  // ---- the reader's own articles ------------------------------------------

  // Their texts live in IndexedDB: localStorage's five megabytes are for the
  // annotations alone. Facts and texts are apart, so that listing reads no text.
  const articles = base("pizhu-articles", ["facts", "texts"]);
  const shelf = async (mode, work) => transact(await articles(), ["facts", "texts"], mode, work);
  const library = {
    put: (id, facts, text) => shelf("readwrite", (f, t) => { f.put(facts, id); t.put(text, id); }),
    note: (rows) => shelf("readwrite", (f) => { for (const [id, facts] of rows) f.put(facts, id); }),
    facts: () => shelf("readonly", (f) => f.getAll()).then((all) => "[" + all.join(",") + "]"),
    text: (id) => shelf("readonly", (f, t) => t.get(id)),
    remove: (id) => shelf("readwrite", (f, t) => { f.delete(id); t.delete(id); }),
  };

  // ---- focus --------------------------------------------------------------

  let trapped = null, back = null;
  const inside = () => [...(document.getElementById(trapped)?.querySelectorAll("a[href], button:not(:disabled), input, select, textarea, summary, [tabindex='0']") || [])]
    .filter((el) => el.offsetParent !== null || el.getClientRects().length);
  function trap(id) {
    if (!trapped) back = document.activeElement; // one sheet may open another
    trapped = id;
    const el = document.getElementById(id);
    el?.querySelector(".body")?.scrollTo(0, 0); // it was the other sheet's
    (el?.querySelector("[aria-current], input:checked") || inside().find((e) => !e.closest(".toast")) || el)?.focus();
  }
  function untrap() {
    trapped = null;
    const to = back;
    back = null;
    requestAnimationFrame(() => to?.isConnected && to.focus());
  }
  addEventListener("keydown", (e) => {
    if (e.key !== "Tab" || !trapped) return;
    const all = inside();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const to = e.shiftKey ? (at <= 0 ? all.length - 1 : -1) : (at === all.length - 1 || at < 0 ? 0 : -1);
    if (to >= 0) { e.preventDefault(); all[to].focus(); }
  });

  // A key that was a shortcut types nothing, in the field that it moved the
  // focus to either: not all that sends keys holds the character back by itself.
  let down = null;
  addEventListener("keydown", (e) => { down = e; }, true);
  addEventListener("keypress", (e) => { if (down?.defaultPrevented) e.preventDefault(); }, true);
  addEventListener("keyup", () => { down = null; }, true);

  // ---- files --------------------------------------------------------------

  function download(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const a = document.createElement("a");
    a.href = url;
    a.download = name;
    a.hidden = true;
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  async function share(name, type, content) {
    const file = new File([content], name, { type: type.split(";")[0] });
    const what = navigator.canShare?.({ files: [file] }) ? { files: [file], title: name } : { title: name, text: new TextDecoder().decode(content) };
    try { await navigator.share(what); } catch (e) { if (e.name !== "AbortError") throw e; }
  }

  // pick asks for files and hands over each as (name, size, file); it is read when wanted.
  function pick(accept, multiple, each) {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.multiple = multiple;
    input.hidden = true;
    input.id = "file-picker";
    input.addEventListener("change", () => { hand(input.files, each); input.remove(); });
    input.addEventListener("cancel", () => input.remove());
    document.getElementById("file-picker")?.remove();
    document.body.append(input);
    input.click();
  }

  function hand(files, each) {
    for (const f of files) each(f.name, f.size, f);
  }

  // What is pasted where nothing is typed: files, else a page's markup and its text.
  function pastes(each, text) {
    addEventListener("paste", (e) => {
      const data = e.clipboardData;
      if (!data || e.defaultPrevented) return;
      const field = e.target.closest?.("input, textarea, select, [contenteditable]");
      if (field && field.id !== "paste-text") return;
      if (data.files.length) { e.preventDefault(); hand(data.files, each); return; }
      const html = data.getData("text/html"), plain = data.getData("text/plain");
      if (!plain && !html) return;
      e.preventDefault();
      text(plain, html);
    });
  }

  function drops(each, over) {
    let depth = 0;
    const hasFiles = (e) => [...(e.dataTransfer?.types || [])].includes("Files");
    addEventListener("dragenter", (e) => { if (hasFiles(e)) { e.preventDefault(); if (depth++ === 0) over(true); } });
    addEventListener("dragover", (e) => { if (hasFiles(e)) { e.preventDefault(); e.dataTransfer.dropEffect = "copy"; } });
    addEventListener("dragleave", (e) => { if (hasFiles(e) && --depth <= 0) { depth = 0; over(false); } });
    addEventListener("drop", (e) => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth = 0;
      over(false);
      hand(e.dataTransfer.files, each);
    });
  }

  // ---- paper --------------------------------------------------------------

  // A copy of the article is made for the printer, with marks and numbers in
  // it, and taken away afterwards; the screen's own text is not touched.
  const printed = () => document.getElementById("printed");
  addEventListener("beforeprint", () => {
    printed()?.remove();
    if (document.getElementById("overview")) return; // that is what is printed
    const rows = api.onprint?.() || [];
    const copy = document.createElement("div");
    copy.id = "printed";
    const text = article.cloneNode(true);
    text.removeAttribute("id");
    copy.append(text);
    const blocks = text.querySelectorAll("[data-block]");
    const per = []; // block → [start, end, number, class, whether it ends here]
    rows.forEach(([b1, u1, b2, u2, cls], i) => {
      if (cls) for (let b = b1; b <= b2; b++)
        (per[b] ||= []).push([b === b1 ? u1 : 0, b === b2 ? u2 : nodes[b].data.length, i + 1, cls, b === b2]);
    });
    per.forEach((marks, b) => {
      const all = nodes[b].data;
      const cuts = [...new Set([0, all.length, ...marks.flatMap((m) => [m[0], m[1]])])].sort((x, y) => x - y);
      const made = [];
      for (let i = 0; i < cuts.length; i++) {
        for (const m of marks) if (m[4] && m[1] === cuts[i]) {
          const sup = document.createElement("sup");
          sup.textContent = m[2];
          made.push(sup);
        }
        if (i + 1 === cuts.length) break;
        const over = marks.filter((m) => m[0] <= cuts[i] && m[1] >= cuts[i + 1]).sort((x, y) => x[1] - x[0] - (y[1] - y[0]))[0];
        const piece = document.createElement(over ? "mark" : "span");
        if (over) piece.className = over[3];
        piece.textContent = all.slice(cuts[i], cuts[i + 1]);
        made.push(piece);
      }
      blocks[b]?.replaceChildren(...made);
    });
    const notes = document.createElement("ol");
    for (const [, , , , cls, quote, meta, note] of rows) {
      const li = document.createElement("li");
      for (const [tag, value] of [["q", quote], ["small", meta], ["p", note]]) {
        if (!value) continue;
        const el = document.createElement(tag);
        el.textContent = value;
        li.append(el);
      }
      if (!cls) li.className = "lost";
      notes.append(li);
    }
    if (rows.length) copy.append(notes);
    document.body.append(copy);
  });
  addEventListener("afterprint", () => printed()?.remove());

  // ---- the panel's list ---------------------------------------------------

  // Elements stay, and what has the focus in them, when what they show changes.
  const rowOf = new Map(); // by key
  const make = (name, className, ...children) => {
    const el = document.createElement(name);
    if (className) el.className = className;
    el.append(...children);
    return el;
  };
  const spaces = [make("li", "space"), make("li", "space")]; // for the rows that are not drawn
  for (const li of spaces) li.setAttribute("aria-hidden", "true");
  const button = (className, answer) => {
    const b = make("button", className);
    b.type = "button";
    if (answer) b.dataset.answer = answer;
    return b;
  };
  const editor = () => document.getElementById("editor");
  const home = (within) => { if (within.contains(editor())) editorHome.append(editor()); };
  let editorHome = null, listed = null;
  // label is a text and, where the key may be pressed, its name.
  const label = (b, text, key, on) => {
    b.replaceChildren(text, ...(on ? [make("kbd", "", key)] : []));
    b.className = on && key === "Y" ? "solid" : "plain";
  };
  const draws = {
    heading(li, text, count) {
      li.className = "heading";
      li.setAttribute("role", "heading");
      li.setAttribute("aria-level", "3");
      li.replaceChildren(text + " ", make("small", "", count));
    },
    annotation(li, className, lang, type, quote, metaLang, meta, judged, verdict, note, open, tick, ticked) {
      const [body, pick] = words(li, className, lang, type, quote, metaLang, meta);
      if (verdict) pick.lastChild.append(" · ", make("b", judged, verdict));
      pick.setAttribute("aria-expanded", !!className);
      let box = body.querySelector(".tick");
      if (tick && !box) {
        box = make("input", "tick");
        box.type = "checkbox";
        box.dataset.pick = "on";
        body.prepend(box);
      }
      if (!tick) box?.remove();
      else {
        box.setAttribute("aria-label", tick);
        box.checked = !!ticked;
      }
      body.querySelector(":scope > .note")?.remove();
      if (note) body.append(make("p", "note", note));
      if (!open) home(li);
      else if (!body.contains(editor())) body.append(editor());
    },
    suggestion(li, className, lang, type, quote, metaLang, meta, yes, no) {
      const [body] = words(li, className, lang, type, quote, metaLang, meta);
      const act = body.querySelector(".act") || body.appendChild(make("div", "row act", button("", "yes"), button("", "no")));
      if (act.lang !== metaLang) act.lang = metaLang;
      label(act.firstChild, yes, "Y", className !== "ghost");
      label(act.lastChild, no, "N", className !== "ghost");
    },
  };
  const words = (li, className, lang, type, quote, metaLang, meta) => {
    li.className = className;
    if (li.lang !== lang) li.lang = lang;
    if (!li.firstChild) {
      const pick = button("pick");
      pick.append(make("q"), make("span", "meta"));
      li.append(make("i"), make("div", "", pick));
    }
    const body = li.lastChild, pick = body.querySelector(".pick");
    li.firstChild.className = type;
    if (pick.firstChild.textContent !== quote) pick.firstChild.textContent = quote;
    if (pick.lastChild.lang !== metaLang) pick.lastChild.lang = metaLang;
    pick.lastChild.textContent = meta;
    return [body, pick];
  };

  // rows brings the list to these keys; changed are rows and what they say now.
  const rows = (keys, changed, above, below) => {
    const list = document.getElementById("list");
    drew = true;
    if (list !== listed) { // the page was made anew
      listed = list;
      rowOf.clear();
      editorHome = editor().parentNode;
    }
    for (const text of changed ? changed.split("\x1e") : []) {
      const [key, kind, ...fields] = text.split("\x1f");
      let li = rowOf.get(key);
      if (!li) {
        rowOf.set(key, li = make("li"));
        if (kind !== "heading") li.dataset[kind] = key.slice(kind.length + 1);
      }
      draws[kind](li, ...fields);
    }
    const shown = new Set(keys ? keys.split("\x1f") : []);
    for (const [key, li] of rowOf) {
      if (shown.has(key)) continue;
      home(li);
      li.remove();
      rowOf.delete(key);
    }
    spaces[0].style.height = above + "px";
    spaces[1].style.height = below + "px";
    const wanted = [...shown].map((key) => rowOf.get(key));
    above ? wanted.unshift(spaces[0]) : spaces[0].remove();
    below ? wanted.push(spaces[1]) : spaces[1].remove();
    let next = list.firstChild;
    for (const li of wanted) li === next ? next = next.nextSibling : list.insertBefore(li, next);
    while (next) { const gone = next; next = next.nextSibling; gone.remove(); }
  };

  // drawMarks draws the strip's marks: those that are new, and no other.
  let markOf = new Map(), strip = null; // by line
  const drawMarks = (text) => {
    const g = document.getElementById("marks");
    if (g !== strip) markOf.clear();
    strip = g;
    const now = new Map();
    for (const line of text.split("\n").filter(Boolean)) {
      let rect = markOf.get(line);
      if (!rect) {
        const [className, y, height] = line.split(" ");
        rect = document.createElementNS(g.namespaceURI, "rect");
        for (const [k, v] of Object.entries({ class: className, x: 3, width: 8, rx: 2, y, height })) rect.setAttribute(k, v);
        g.append(rect);
      }
      now.set(line, rect);
    }
    for (const [line, rect] of markOf) if (!now.has(line)) rect.remove();
    markOf = now;
  };

  // ---- fractions and sizes, as the reader's language has them ---------------

  const made = new Map();
  const number = (lang, v, maximumFractionDigits, as) => {
    const options = as === "compact" ? { notation: as, maximumFractionDigits } : as ? { style: "unit", unit: as, maximumFractionDigits } : { maximumFractionDigits };
    const key = lang + JSON.stringify(options);
    if (!made.has(key)) made.set(key, new Intl.NumberFormat(lang, options));
    return made.get(key).format(v);
  };

  const sign = new Promise((done) => {
    for (const event of ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"]) addEventListener(event, done, { capture: true, passive: true, once: true });
    setTimeout(done, 6000);
  });

  const api = globalThis.pizhu = {
    number, sign,
    supported, fill, text, name, style, paint, selection, select, hit, rects, reveal, top, restore,
    float, painted, measure, download, share, pick, drops, count: () => nodes.length, store,
    scrollShare: (share) => scroller.scrollTo({ top: share * scroller.scrollHeight - scroller.clientHeight / 3 }),
    library, journal, trap, untrap, pastes,
    piece: (file, from, to) => file.slice(from, to).arrayBuffer().then((b) => new Uint8Array(b)),
    turn: () => new Promise((done) => { const c = new MessageChannel(); c.port1.onmessage = () => done(); c.port2.postMessage(0); }),
    sum: async (bytes) => crypto.subtle
      ? Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (b) => b.toString(16).padStart(2, "0")).join("") : "",
    nextPaint: () => new Promise(painted),
    decode: (label, bytes) => new TextDecoder(label).decode(bytes),
    front: (text) => text.split("\n").forEach((line, i) => {
      const el = article.querySelector(".front")?.children[i];
      if (el && el.textContent !== line) el.textContent = line;
    }),
    check: (name, value) => {
      for (const el of document.getElementsByName(name)) if (el.checked !== (el.value === value)) el.checked = !el.checked;
    },
    marks: drawMarks, rows, revealRow: (key) => rowOf.get(key)?.scrollIntoView({ block: "nearest" }),
    forget: (url) => globalThis.caches?.keys().then((all) => { for (const k of all) caches.open(k).then((c) => c.delete(url)); }),
    focus: (id) => document.getElementById(id)?.focus(),
    near, line, grip,
    focused: () => { const el = document.activeElement; return !el || el === document.body ? "" : el.closest("#found") ? "found" : el.id || "-"; },
    rove: (css, before, by) => {
      const all = [...document.querySelectorAll(css)].filter((el) => el.getClientRects().length);
      const at = all.indexOf(document.activeElement) + by;
      (at < 0 ? document.getElementById(before) : all[Math.min(at, all.length - 1)])?.focus();
    },
    focusShown: (id) => !!document.getElementById(id)?.matches(":focus-visible"),
    revealIn: (css) => document.querySelector(css)?.scrollIntoView({ block: "nearest" }),
    article, scroller,
    blockTexts: () => nodes.map((n) => n.data).join("\n"),
  };
  if (article.querySelector("section")) index();
})();
