
// Everything above is Mozilla's Readability 0.6.0, changed in two lines that say
// so. What follows reads web pages and books for the program: it is fetched when
// the first one is opened. Documents are inert: a parser's document runs no
// script, loads nothing, and none of it is ever put on the page; only its texts
// are. This policy is known to this file alone.
const policy = globalThis.trustedTypes?.createPolicy("pizhu-inert", { createHTML: (s) => s });
const inert = (s) => policy ? policy.createHTML(s) : s;

const bodyOf = (doc) => doc.body || doc.querySelector("body") || doc.documentElement;

// markup writes a tree as app/article reads it, without recursion: a page may be
// nested as deep as it is long.
function markup(top, out) {
  for (let n = top; n;) {
    let down = n.firstChild;
    if (n.nodeType === 3 || n.nodeType === 4) out.push("=" + n.data.replaceAll("\0", "\ufffd"));
    else if (n.nodeType === 1) {
      if (n.localName === "template") down = null;
      out.push("<" + n.localName);
    }
    if (down) { n = down; continue; }
    for (;;) {
      if (n.nodeType === 1) out.push(">");
      if (n === top) return out;
      if (n.nextSibling) { n = n.nextSibling; break; }
      n = n.parentNode;
    }
  }
  return out;
}

const answer = (facts, tokens) => JSON.stringify({ ...facts, Markup: tokens.join("\0") + "\0" });

// page reads a web page. Of one that was pasted, all is wanted.
export async function page(text, whole) {
  const doc = new DOMParser().parseFromString(inert(text), "text/html");
  const facts = { Title: doc.title, Variant: doc.documentElement.lang || "" };
  let tokens = null;
  if (!whole && doc.getElementsByTagName("*").length < 50000) {
    let r = null;
    try {
      // The serializer keeps the answer a tree: it is never written as markup.
      r = new Readability(doc.cloneNode(true), { charThreshold: 100, serializer: (el) => el }).parse();
    } catch (e) {
      console.warn("pizhu: readable part:", e.message); // all of it is taken then
    }
    if (r?.content) {
      Object.assign(facts, { Title: r.title || facts.Title, Author: r.byline || "", Source: r.siteName || "", Date: r.publishedTime || "" });
      if (!facts.Variant) facts.Variant = r.lang || "";
      tokens = markup(r.content, []);
    }
  }
  return answer(facts, tokens || markup(bodyOf(doc), []));
}

// ---- books: a zip of pages ----

const maxUnpacked = 40 << 20;

// directory lists what is in a zip: name → how it is packed and where.
function directory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  for (const least = Math.max(0, end - 65535); end >= least && view.getUint32(end, true) !== 0x06054b50;) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw new Error("not a zip");
  const files = new Map();
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0 && view.getUint32(at, true) === 0x02014b50; n--) {
    const [nameSize, extra, comment] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameSize));
    files.set(name, { method: view.getUint16(at + 10, true), size: view.getUint32(at + 20, true), at: view.getUint32(at + 42, true) });
    at += 46 + nameSize + extra + comment;
  }
  return { files, view, bytes, left: maxUnpacked };
}

async function unpack(zip, name) {
  const f = zip.files.get(name);
  if (!f) return null;
  const from = f.at + 30 + zip.view.getUint16(f.at + 26, true) + zip.view.getUint16(f.at + 28, true);
  const packed = zip.bytes.subarray(from, from + f.size);
  if (f.method !== 0 && f.method !== 8) throw new Error("packed in an unknown way");
  let parts = [packed];
  if (f.method === 0) zip.left -= packed.length;
  else {
    parts = [];
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      if ((zip.left -= value.length) < 0) { reader.cancel(); break; }
    }
  }
  if (zip.left < 0) throw new Error("too-large");
  const all = new Uint8Array(await new Blob(parts).arrayBuffer());
  const encoding = all[0] === 0xff && all[1] === 0xfe ? "utf-16le" : all[0] === 0xfe && all[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(all);
}

const xml = (text) => new DOMParser().parseFromString(inert(text ?? ""), "application/xml");
const first = (doc, name) => doc.getElementsByTagNameNS("*", name)[0]?.textContent.trim() || "";

export async function book(bytes) {
  const zip = directory(bytes);
  const root = xml(await unpack(zip, "META-INF/container.xml")).getElementsByTagNameNS("*", "rootfile")[0]?.getAttribute("full-path");
  if (!root) throw new Error("not a book");
  const opf = xml(await unpack(zip, root));
  const hrefs = new Map();
  for (const i of opf.getElementsByTagNameNS("*", "item"))
    if (/html/.test(i.getAttribute("media-type"))) hrefs.set(i.getAttribute("id"), i.getAttribute("href"));
  const tokens = [];
  for (const ref of opf.getElementsByTagNameNS("*", "itemref")) {
    const href = hrefs.get(ref.getAttribute("idref"));
    if (!href || ref.getAttribute("linear") === "no") continue;
    const base = new URL(root.split("/").map(encodeURIComponent).join("/"), "zip://book/");
    const name = decodeURIComponent(new URL(href, base).pathname).replace(/^\//, "");
    const text = await unpack(zip, name);
    if (text === null) continue; // a book that lacks a chapter still has the others
    let doc = new DOMParser().parseFromString(inert(text), "application/xhtml+xml");
    if (doc.getElementsByTagName("parsererror").length) doc = new DOMParser().parseFromString(inert(text), "text/html");
    markup(bodyOf(doc), tokens);
  }
  const creators = [...opf.getElementsByTagNameNS("*", "creator")].map((c) => c.textContent.trim());
  return answer({ Title: first(opf, "title"), Author: creators.join("、"), Source: first(opf, "publisher"), Date: first(opf, "date"), Variant: first(opf, "language") }, tokens);
}
