package main

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pizhu/app/annotation"
	"pizhu/app/annotation/w3ctest"
	"pizhu/corpus"
)

// A reader opens the article, marks claims, reloads, finds them, loses the
// server, goes on, and takes the claims away.
func TestReadTagReloadOfflineExport(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 9)
	if focused := eval[string](b, `document.activeElement.tagName`); focused != "BODY" && focused != "MAIN" {
		t.Errorf("expected the palette not to take the focus, it is on %s", focused)
	}
	b.tag("1")
	first := b.quotes()[0]
	if b.stored() != 1 {
		t.Fatalf("expected one annotation in localStorage right after tagging, there are %d", b.stored())
	}
	b.drag(1, 3, 1, 20)
	b.clickOn(`#palette [data-tag="lawsuit"]`)
	b.until("two annotations to be listed", `document.querySelectorAll("#list [data-annotation]").length === 2`)
	second := b.quotes()[1]

	b.reload()
	b.expectQuotes("after a reload", first, second)
	b.offlineReady()
	h.stop()
	b.reload()
	b.expectQuotes("with the server stopped", first, second)
	b.drag(3, 0, 3, 5)
	b.tag("3")
	third := b.quotes()[2]
	b.do(chromedp.Navigate(h.url + "/read/labs-funding/?from=link#x"))
	b.ready()
	if id := eval[string](b, `document.getElementById("article").dataset.slug`); id != "labs-funding" {
		t.Errorf("expected the deep link to open labs-funding offline, it opened %q", id)
	}
	b.do(chromedp.Navigate(h.url + "/"))
	b.ready()
	b.expectQuotes("back from the deep link, offline", first, second, third)

	next := b.downloads()
	b.clickOn(`[data-command="export-json"]`)
	name, data := next()
	title := corpus.Articles()[0].Title
	if !strings.HasPrefix(name, title) || !regexp.MustCompile(`-\d{4}-\d\d-\d\d\.json$`).MatchString(name) {
		t.Errorf("expected the export to be named after the article and the date, it is %q", name)
	}
	for _, problem := range w3ctest.Check(data) {
		t.Errorf("expected the export to keep the W3C model's MUST rules: %v", problem)
	}
	set, problems, err := annotation.Decode(bytes.NewReader(data))
	if err != nil || len(problems) > 0 {
		t.Fatalf("expected the export to be read back without a problem, got %v %v", err, problems)
	}
	if len(set.Annotations) != 3 {
		t.Fatalf("expected three annotations in the export, there are %d", len(set.Annotations))
	}
	text := corpus.Articles()[0]
	for _, a := range set.Annotations {
		if got := text.Slice(a.Span); got != a.Quote.Exact {
			t.Errorf("expected the quote to be what the source has at its span: %q and %q", a.Quote.Exact, got)
		}
	}
	b.clean()
}

func TestTheArticleIsInTheHTML(t *testing.T) {
	h := start(t)
	for _, a := range corpus.Articles() {
		res, err := http.Get(h.url + "/read/" + a.Slug + "/")
		if err != nil {
			t.Fatal(err)
		}
		page, _ := io.ReadAll(res.Body)
		res.Body.Close()
		for i := range a.Blocks {
			if !strings.Contains(string(page), ">"+a.BlockText(i)+"<") {
				t.Errorf("expected block %d of %s in the page's HTML: %q", i, a.Slug, a.BlockText(i))
			}
		}
	}
	b := newTab(t)
	b.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}), chromedp.Navigate(h.url+"/"))
	text, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(`[data-block="0"]`)))
	if err != nil || text != corpus.Articles()[0].BlockText(0) {
		t.Errorf("expected the article to be readable with scripts off, got %q (%v)", text, err)
	}
}

// When the program takes over, nothing may flash, jump or be lost.
func TestTakeOver(t *testing.T) {
	h := start(t)
	for _, size := range widths {
		t.Run(size.name, func(t *testing.T) {
			b := newTab(t, sized(size.w, size.h), before(`
				window.shift = 0;
				new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) shift += e.value; }).observe({type: "layout-shift", buffered: true});
				addEventListener("DOMContentLoaded", () => {
					document.getElementById("reading").scrollTop = 300;
					const n = document.querySelector('[data-block="6"]').firstChild, r = document.createRange();
					r.setStart(n, 2); r.setEnd(n, 8);
					getSelection().addRange(r);
				});`))
			b.open(h.url + "/")
			b.until("the palette to offer to tag the selection made before", `!document.getElementById("palette").hidden`)
			if at := eval[float64](b, `document.getElementById("reading").scrollTop`); at != 300 {
				t.Errorf("expected the page to stay scrolled to 300, it is at %v", at)
			}
			want := string([]rune(corpus.Articles()[0].BlockText(6))[2:8])
			if got := eval[string](b, `getSelection().toString()`); got != want {
				t.Errorf("expected the selection %q to be kept, it is %q", want, got)
			}
			if shift := eval[float64](b, `shift`); shift >= 0.02 {
				t.Errorf("expected a layout shift under 0.02, measured %.3f", shift)
			}
			b.clean()
		})
	}
}

func TestUndoRedo(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	q := b.quotes()[0]
	b.key("z", chromedp.ModifierCtrl)
	b.expectQuotes("after Ctrl+Z")
	if eval[bool](b, `document.querySelector('[data-command="redo"]').disabled`) {
		t.Error("expected the redo button to be usable after an undo")
	}
	b.key("z", chromedp.ModifierCtrl, chromedp.ModifierShift)
	b.expectQuotes("after Ctrl+Shift+Z", q)
	b.clickOn(`#list [data-annotation] .pick`)
	b.until("the annotation's fields", `document.getElementById("edit-type")`)
	eval[bool](b, `(() => { const s = document.getElementById("edit-type"); s.value = "funding"; s.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`)
	b.until("the type to change in the panel", `document.querySelector("#list .t-funding")`)
	b.clickOn("#edit-note")
	b.do(chromedp.KeyEvent("第一筆"))
	b.until("the note to be kept", `Object.keys(localStorage).some(k => k.startsWith("pizhu/1/a/") && localStorage[k].includes("第一筆"))`)
	b.key("\u001b")
	b.clickOn(`[data-command="undo"]`)
	b.until("the note to be taken back as a whole", `!Object.keys(localStorage).some(k => k.startsWith("pizhu/1/a/") && localStorage[k].includes("第一筆"))`)
	b.clickOn(`[data-command="undo"]`)
	b.until("the type to be taken back", `document.querySelector("#list .t-benchmark")`)
	b.clickOn(`[data-command="redo"]`)
	b.clickOn(`[data-command="redo"]`)
	b.until("the note to come again", `document.querySelector("#list .note, #edit-note") && document.getElementById("panel").textContent.includes("第一筆") || document.getElementById("edit-note")?.value === "第一筆"`)
	b.clickOn(`[data-command="delete"]`)
	b.expectQuotes("after deleting")
	b.key("z", chromedp.ModifierCtrl)
	b.expectQuotes("after taking the deletion back", q)
	b.reload()
	b.expectQuotes("after a reload", q)
	b.clean()
}

// Annotations that lie over or in each other are all drawn and all reachable.
func TestOverlapAndNesting(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 19)
	b.tag("1")
	b.drag(0, 8, 0, 13)
	b.tag("2")
	b.drag(0, 16, 0, 26)
	b.tag("3")
	if n := eval[int](b, `CSS.highlights.get("pz-overlap").size`); n != 2 {
		t.Errorf("expected two overlaps to be drawn, there are %d", n)
	}
	for layer, want := range map[string]int{"pz-benchmark": 1, "pz-lawsuit": 1, "pz-funding": 1} {
		if n := eval[int](b, `CSS.highlights.get($1).size`, layer); n != want {
			t.Errorf("expected %d range in the layer %s, there are %d", want, layer, n)
		}
	}
	b.key("\u001b")
	at := b.glyph(0, 10, 0.5)
	chosen := func() string {
		return eval[string](b, `document.querySelector("#list .on > i")?.className ?? ""`)
	}
	b.click(at)
	if chosen() != "t-lawsuit" {
		t.Errorf("expected a click to choose the innermost annotation first, it chose %q", chosen())
	}
	b.click(at)
	if chosen() != "t-benchmark" {
		t.Errorf("expected the next click to choose the one around it, it chose %q", chosen())
	}
	b.clean()
}

func TestPanelScrollsTheText(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	last := eval[int](b, `pizhu.count() - 1`)
	b.drag(last, 0, last, 5)
	b.tag("4")
	eval[bool](b, `(document.getElementById("reading").scrollTop = 0, true)`)
	b.key("\u001b")
	b.clickOn(`#list [data-annotation] .pick`)
	b.until("the text to scroll to the annotation", `document.querySelector('[data-block="`+strconv.Itoa(last)+`"]').getBoundingClientRect().top < innerHeight`)
	b.clean()
}

func TestTouch(t *testing.T) {
	h := start(t)
	b := newTab(t, sized(390, 844))
	b.open(h.url + "/")
	// Long presses select by the system; what follows is the page's.
	eval[bool](b, `(() => { const n = document.querySelector('[data-block="0"]').firstChild, r = document.createRange(); r.setStart(n, 2); r.setEnd(n, 9); getSelection().removeAllRanges(); getSelection().addRange(r); return true; })()`)
	b.until("the palette to be shown", `!document.getElementById("palette").hidden`)
	b.tap(b.middle(`#palette [data-tag="benchmark"]`))
	b.until("the annotation to be listed", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	b.until("the highlight to be drawn", `CSS.highlights.get("pz-benchmark").size === 1`)
	b.tap(b.glyph(2, 0, 0.5))
	b.tap(b.glyph(0, 4, 0.5))
	b.until("a tap on the highlight to open the panel", `document.getElementById("panel").classList.contains("open")`)
	b.clean()
}

func TestSelectionsThatLeaveTheArticle(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	last := eval[int](b, `pizhu.count() - 1`)
	eval[bool](b, `(() => { const n = document.querySelector('[data-block="$1"]').firstChild, main = document.getElementById("reading"); getSelection().setBaseAndExtent(n, 2, main, main.childNodes.length); return true; })()`, last)
	b.tag("1")
	text := []rune(corpus.Articles()[0].BlockText(last))
	b.expectQuotes("a selection that ends outside the article is cut to it", strings.TrimRight(string(text[2:]), "。"))
	// Begun in the panel, ended in the article.
	eval[bool](b, `(getSelection().setBaseAndExtent(document.querySelector(".brand"), 0, document.querySelector('[data-block="0"]').firstChild, 6), true)`)
	b.tag("2")
	want := string([]rune(corpus.Articles()[0].BlockText(0))[:6])
	if got := b.quotes()[0]; !strings.HasPrefix(got, want) || len([]rune(got)) > 9 {
		t.Errorf("expected what the selection has of the article, about %q, got %q", want, got)
	}
	b.clean()
}

func TestWithoutHighlights(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`delete window.Highlight;`))
	b.open(h.url + "/")
	b.until("the page to say that it cannot colour", `document.querySelector('[data-notice="no-colours"]')`)
	b.drag(0, 0, 0, 6)
	b.tag("1")
	if b.stored() != 1 {
		t.Errorf("expected tagging to work without the highlight interface, %d annotations are stored", b.stored())
	}
	b.clean()
}

// No request may leave the origin, whatever the reader does.
func TestNoRequestLeavesTheOrigin(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	for _, s := range []string{"zh-Hans", "zh-TW", "zh-HK", "zh-Hant", "source"} {
		eval[bool](b, `(document.querySelector('input[name="script"][value='+JSON.stringify($1)+']').click(), true)`, s)
		b.settle()
	}
	b.until("the dictionaries to have been fetched", `performance.getEntriesByType("resource").some(e => e.name.endsWith(".lex"))`)
	for _, u := range b.requests() {
		if !strings.HasPrefix(u, h.url+"/") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:"+h.url) {
			t.Errorf("expected every request to stay at %s, one went to %s", h.url, u)
		}
	}
	b.clean()
}
