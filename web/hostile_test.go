package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// payloads are texts that run a script, or fetch something, where a page takes
// them for markup, for an address, or for a style.
var payloads = []string{
	`<script>ran("script")</script>`,
	`"><script>ran("closed")</script>`,
	`'"--></style></script><script>ran("all closed")</script>`,
	`<img src=x onerror=ran("img")>`,
	`<img src="https://elsewhere.invalid/pixel.png">`,
	`<svg onload=ran("svg")>`,
	`<svg><script href="data:,ran(1)"/></svg>`,
	`<svg><animate onbegin=ran("animate") attributeName=x dur=1s>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran('mxss')&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=ran('noscript')>">`,
	`<body onload=ran("body")>`,
	`<input autofocus onfocus=ran("focus")>`,
	`<details open ontoggle=ran("toggle")>`,
	`<iframe srcdoc="<script>parent.ran('frame')</script>"></iframe>`,
	`<iframe src="javascript:parent.ran('frame address')"></iframe>`,
	`<object data="data:text/html,<script>alert(1)</script>"></object>`,
	`<embed src="https://elsewhere.invalid/e">`,
	`<form action="javascript:ran('form')"><button>甲</button></form>`,
	`<a href="javascript:ran('a')">甲</a>`,
	`<a href="jav&#x09;ascript:ran('tab')">甲</a>`,
	`<a href=" &#14; javascript:ran('space')">甲</a>`,
	`[甲](javascript:ran('md'))`,
	`![甲](https://elsewhere.invalid/md.png)`,
	`[甲]: javascript:ran('ref')`,
	`<javascript:ran('auto')>`,
	`<base href="https://elsewhere.invalid/">`,
	`<meta http-equiv="refresh" content="0;url=https://elsewhere.invalid/">`,
	`<link rel=stylesheet href="https://elsewhere.invalid/a.css">`,
	`<style>@import "https://elsewhere.invalid/b.css";</style>`,
	`<div style="background:url(https://elsewhere.invalid/c.png)">`,
	`red;}*{background:url(https://elsewhere.invalid/d.png)}`,
	`javascript:ran('bare')`,
	`JaVaScRiPt:ran('case')`,
	`data:text/html,<script>alert(1)</script>`,
	`{{constructor.constructor('ran(1)')()}}`,
	`${ran("template")}`,
	`__proto__`,
	`＜script＞ran("wide")＜/script＞`,
	"\u202e<img src=x onerror=ran('bidi')>",
}

// alarm notices everything that markup does when it comes to life: a script
// that runs, a handler or a style that the policy held back, an address that
// would run, an element that the page never makes.
const alarm = `
	globalThis.alarms = [];
	globalThis.ran = (what) => alarms.push("ran: " + what);
	// What is parsed aside, in a document that shows nothing and runs nothing, is reported without an element.
	addEventListener("securitypolicyviolation", (e) => e.target instanceof Element && alarms.push("held back by the policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));
	globalThis.lookAround = () => {
		const bad = [...alarms];
		for (const el of document.querySelectorAll("*")) {
			if (/^(iframe|object|embed|base|frame|applet|img|video|audio|math)$/i.test(el.localName)) bad.push("an element " + el.localName);
			for (const a of el.attributes) {
				if (/^on/i.test(a.name)) bad.push("an attribute " + a.name + " of " + el.localName);
				if (/^(href|src|action|formaction|data|xlink:href|srcdoc)$/i.test(a.name) && /^[\s\x00-\x20]*(javascript|data|vbscript):/i.test(a.value)) bad.push(el.localName + " " + a.name + " " + a.value);
			}
		}
		const scripts = document.scripts.length;
		if (scripts !== (globalThis.scriptsAtFirst ??= scripts)) bad.push("another script");
		return bad;
	};`

// hostileBook is a book whose every part holds markup, or the words of it.
func hostileBook(t *testing.T) []byte {
	t.Helper()
	var live, said strings.Builder
	for _, p := range payloads {
		live.WriteString("<div>甲" + p + "</div>\n")
		said.WriteString("<p>甲" + html.EscapeString(p) + "</p>\n")
	}
	x := html.EscapeString(payloads[3])
	return zipped(t, [][2]string{
		{"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`},
		{"b.opf", `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + x + `</dc:title><dc:creator>` + x + `</dc:creator><dc:publisher>` + x + `</dc:publisher></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`},
		{"a.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>` + x + `</title></head><body><h1>` + x + `</h1>` + said.String() + `</body></html>`},
		{"b.xhtml", `<html><body><h1>第二章</h1>` + live.String() + `</body></html>`},
	})
}

// TestNoMarkupComesToLife gives the page known cross-site scripting payloads in
// everything that it takes from outside, and looks at every part of it.
func TestNoMarkupComesToLife(t *testing.T) {
	h := start(t)
	b := newTab(t, sized(1280, 800), before(alarm))
	var dialogs []string
	if err := chromedp.Listen(b.ctx, func(ev any) {
		if e, ok := ev.(*page.EventJavascriptDialogOpening); ok {
			dialogs = append(dialogs, e.Message)
		}
	}); err != nil {
		t.Fatal(err)
	}
	look := func(where string) {
		t.Helper()
		b.settle()
		if bad := eval[[]string](b, `lookAround()`); len(bad) > 0 {
			t.Errorf("%s: expected no markup to come to life, got %q", where, bad)
		}
	}
	// Whatever the sheets of the page show.
	sheets := func(where string) {
		t.Helper()
		for _, key := range []string{"l", "c", "e", "d", ",", "?", "r", "g", "u", "s"} {
			b.key(key)
			b.settle()
			look(where + ", key " + key)
			b.key("\u001b")
		}
		eval[bool](b, `(dispatchEvent(new Event("beforeprint")), true)`)
		look(where + ", on paper")
		eval[bool](b, `(dispatchEvent(new Event("afterprint")), true)`)
	}
	b.open(h.url + "/")
	look("before anything came in")

	text := strings.Join(payloads, "\n") + "\n"
	evil := payloads[3]
	files := []struct {
		name string
		data []byte
	}{
		{`<img src=x onerror=ran('name')>.txt`, []byte(text)},
		{"甲.md", []byte("# " + evil + "\n\n" + strings.Join(payloads, "\n\n") + "\n\n> " + evil + "\n\n- " + evil + "\n")},
		{"乙.html", []byte(`<!doctype html><html><head><title>` + html.EscapeString(evil) + `</title><meta name="author" content="` + html.EscapeString(evil) + `">` +
			`<base href="https://elsewhere.invalid/"></head><body onload="ran('onload')"><article><h1>一頁</h1><p>` + strings.Repeat("這是一段很長的文字，為了看看能不能打開。", 12) + `</p>` +
			strings.Join(payloads, "\n<p>甲。</p>\n") + `<p>` + html.EscapeString(text) + `</p></article></body></html>`)},
		{"丙.epub", hostileBook(t)},
	}
	shown := eval[string](b, `document.getElementById("article").dataset.article`)
	for _, f := range files {
		b.give(map[string][]byte{f.name: f.data})
		b.until(f.name+" to be shown", `document.getElementById("article").dataset.article !== $1`, shown)
		shown = eval[string](b, `document.getElementById("article").dataset.article`)
		look(f.name)
	}
	sheets("a hostile book")
	b.paste("body", text, `<html><body><!--StartFragment-->`+strings.Join(payloads, "<p>乙</p>")+`<!--EndFragment--></body></html>`)
	b.until("what was pasted", `document.getElementById("article").dataset.article !== $1`, shown)
	look("pasted markup")
	// As the first line of an article is its title, and the title is in lists.
	b.paste("body", evil+"\n"+text, "")
	b.settle()
	look("a pasted title")

	// Annotations with everything in every field, on a text that brings itself.
	a, err := article.Parse(evil+".txt", []byte(text+"最後一行。\n"))
	if err != nil {
		t.Fatal(err)
	}
	when := time.Date(2024, 3, 4, 5, 6, 7, 0, time.UTC)
	var set annotation.Set
	at := 0
	for i, p := range payloads {
		n := len([]rune(p))
		c := annotation.New(a.ID, a.Text, article.Span{Start: min(at, a.Len()-1), End: min(at+n, a.Len())}, p, p, when)
		at += n + 1
		c.Creator, c.Attribution, c.Certainty, c.Verdict = p, p, annotation.Rumour, annotation.False
		c.Quantity = annotation.Quantity{Value: 1, Unit: p, Compared: p}
		c.Link = fmt.Sprint("https://example.org/", i)
		set.Annotations = append(set.Annotations, c)
		set.Types = append(set.Types, annotation.Type{Name: p, Labels: annotation.Labels{Hant: p, Hans: p, En: p}, Order: 100 + i})
		set.Words = append(set.Words, annotation.Word{Text: p, Modified: when})
	}
	set.Label = evil
	set.Articles = []annotation.Source{{ID: a.ID, Title: evil, Author: evil, Publisher: evil, Date: evil, Variant: evil, URL: "https://example.org/", Text: a.Text}}
	good := encoded(t, set)
	// The same with addresses that run, identities that run, and fields of its own.
	var doc map[string]any
	if err := json.Unmarshal(good, &doc); err != nil {
		t.Fatal(err)
	}
	for i, item := range doc["first"].(map[string]any)["items"].([]any) {
		m := item.(map[string]any)
		p := payloads[i%len(payloads)]
		m["id"] = "javascript:ran('id" + fmt.Sprint(i) + "')"
		m[p], m["rights"], m["canonical"], m["generator"] = p, p, p, map[string]any{"id": p, "homepage": p, "name": p}
		m["creator"] = map[string]any{"id": p, "type": p, "name": p, "nickname": p}
	}
	bad, _ := json.Marshal(doc)
	bad = bytes.ReplaceAll(bad, []byte("https://example.org/"), []byte("javascript:ran('link')//"))
	for i, file := range [][]byte{good, bad} {
		b.give(map[string][]byte{evil + ".json": file})
		b.preview()
		look("the preview of an import")
		for _, kind := range []string{"refused", "mended", "lost", "new", "away"} {
			if eval[bool](b, `!!document.querySelector('#sheet [data-show="`+kind+`"]')`) {
				b.clickOn(`[data-show="` + kind + `"]`)
				look("the preview of what is " + kind)
			}
		}
		if eval[bool](b, `document.getElementById("import-yes").disabled`) {
			b.key("\u001b")
			continue
		}
		b.clickOn("#import-yes")
		b.until("the import to be over", `!document.getElementById("import-yes")`)
		if i == 0 {
			b.until("the article that it brings", `document.getElementById("article").dataset.article === $1`, a.ID)
			b.until("its annotations", `document.querySelectorAll("#list [data-annotation]").length > 20`)
		}
		look("what was imported")
	}
	sheets("with hostile annotations")
	// Every annotation opened: fields, links, relations.
	for i := range 12 {
		b.key("j")
		b.key("\r")
		look(fmt.Sprint("annotation ", i, " opened"))
		b.key("\u001b")
	}
	if n := eval[int](b, `[...document.querySelectorAll("a[href]")].filter(e => e.protocol !== "http:" && e.protocol !== "https:").length`); n > 0 {
		t.Errorf("expected every link to go to a page, %d do not", n)
	}
	// A page that is handed on stands under no policy of ours.
	next := b.downloads()
	b.key("e")
	b.clickOn(`[data-out="html"][data-how="download"]`)
	_, handed := next()
	b.key("\u001b")
	other := newTab(t, sized(1280, 800), before(alarm))
	other.do(chromedp.Navigate("about:blank"))
	eval[bool](other, `(lookAround(), document.open(), document.write($1), document.close(), true)`, string(handed))
	other.settle()
	if bad := eval[[]string](other, `lookAround()`); len(bad) > 0 || !bytes.Contains(handed, []byte("ran(")) {
		t.Errorf("expected the page that is handed on to hold the payloads as text, got %q", bad)
	}
	for _, u := range other.requests() {
		if strings.Contains(u, "elsewhere") || strings.Contains(u, h.url) {
			t.Errorf("expected the page that is handed on to ask for nothing, it asks for %s", u)
		}
	}
	b.find("script")
	b.until("the payloads to be found", `document.querySelectorAll("#hits [data-hit]").length > 3`)
	look("the list of what was found")
	b.key("\u001b")

	// What another program wrote into the storage, and what an address carries.
	eval[bool](b, `(() => {
		for (const [i, p] of $1.entries()) {
			localStorage.setItem("pizhu/1/w/" + encodeURIComponent(p), JSON.stringify({text: p}));
			localStorage.setItem("pizhu/1/t/" + encodeURIComponent(p), p);
			localStorage.setItem("pizhu/1/a/" + $2 + "/" + encodeURIComponent(p), p);
			localStorage.setItem("pizhu/1/a/" + $2 + "/=javascript:ran(" + i + ")", "1\t0\t2\t" + p + "\t\t\t" + p + "\t" + p);
			for (const k of ["last", "habits", "toured"]) localStorage.setItem("pizhu/1/" + k, p);
		}
		localStorage.setItem("pizhu/1/pref", JSON.stringify({Theme: $3, theme: $3, face: $3, size: $3, Script: $3, Language: $3}));
		return true;
	})()`, payloads, a.ID, evil)
	b.reload()
	look("storage full of markup")
	sheets("storage full of markup")
	for _, address := range []string{"/?last", "/read/own/?id=" + "%3Cscript%3Eran(1)%3C/script%3E", "/?lang=%22%3E%3Cscript%3Eran(1)%3C/script%3E", "/#%22%3E%3Cimg%20src=x%20onerror=ran(1)%3E"} {
		b.do(chromedp.Navigate(h.url + address))
		b.ready()
		look("the address " + address)
	}

	if bad := eval[[]string](b, `(() => { const a = document.createElement("a"); a.href = "javascript:ran(1)"; document.body.append(a); const bad = lookAround(); a.remove(); return bad; })()`); len(bad) == 0 {
		t.Error("expected the alarm to ring for a link that would run, it is silent")
	}
	for _, d := range dialogs {
		t.Errorf("expected no dialog, one says %q", d)
	}
	for _, u := range b.requests() {
		if !strings.HasPrefix(u, h.url+"/") && !strings.HasPrefix(u, "blob:"+h.url+"/") {
			t.Errorf("expected no request to leave, %s did", u)
		}
	}
	for _, fault := range b.problems() {
		if strings.Contains(fault, "ran") {
			t.Errorf("expected nothing of it to be tried, got %s", fault)
		}
	}
}
