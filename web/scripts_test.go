package main

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"pizhu/corpus"
)

const kept = `JSON.stringify(Object.keys(localStorage).filter(k => k.startsWith("pizhu/1/a/")).sort().map(k => [k, localStorage[k]]))`

func (b *tab) script(value string) {
	b.Helper()
	n := eval[int](b, `performance.getEntriesByName("pizhu:script").length`)
	b.clickOn(`.scripts label:has(input[value="` + value + `"])`)
	b.until("the article to be shown as "+value, `performance.getEntriesByName("pizhu:script").length > $1 && !document.querySelector(".scripts[aria-busy]")`, n)
}

func TestScripts(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 16, 0, 28)
	b.tag("1")
	source := b.quotes()[0]
	before := eval[string](b, kept)
	for _, c := range []struct{ value, lang, holds string }{
		{"zh-Hans", "zh-Hans", "美国"}, {"zh-TW", "zh-TW", "美國"}, {"zh-HK", "zh-HK", "美國"}, {"source", "zh-Hant", "美國"},
	} {
		b.script(c.value)
		if lang := eval[string](b, `document.getElementById("article").lang`); lang != c.lang {
			t.Errorf("%s: expected the article's lang to be %s, it is %s", c.value, c.lang, lang)
		}
		if !eval[bool](b, `document.querySelector('[data-block="0"]').textContent.includes($1)`, c.holds) {
			t.Errorf("%s: expected the text to say %s", c.value, c.holds)
		}
		if n := eval[int](b, `CSS.highlights.get("pz-benchmark").size`); n != 1 {
			t.Errorf("%s: expected the highlight to stay, there are %d", c.value, n)
		}
	}
	b.expectQuotes("back at the source", source)

	b.script("zh-Hans")
	if q := b.quotes()[0]; q == source {
		t.Errorf("expected the panel to show the quote in the script being read, it shows %q", q)
	}
	b.reload()
	b.until("the script to be remembered", `document.querySelector('[data-block="0"]').textContent.includes("美国")`)
	if now := eval[string](b, kept); now != before {
		t.Errorf("expected the stored bytes not to change with the script:\n%s\n%s", before, now)
	}
	b.clean()
}

// A hundred switches leave every stored byte and the source as they were.
func TestAHundredSwitches(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/read/training-data-lawsuits/")
	b.drag(0, 2, 0, 15)
	b.tag("2")
	b.drag(2, 0, 2, 9)
	b.tag("3")
	before := eval[string](b, kept)
	for i := range 100 {
		n := eval[int](b, `performance.getEntriesByName("pizhu:script").length`)
		to := []string{"zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "source"}[i%5]
		eval[bool](b, `(document.querySelector('input[name="script"][value="' + $1 + '"]').click(), true)`, to)
		b.until("switch "+strconv.Itoa(i+1)+", to "+to+", to be painted", `performance.getEntriesByName("pizhu:script").length > $1`, n)
	}
	if now := eval[string](b, kept); now != before {
		t.Errorf("expected every stored byte unchanged after a hundred switches:\n%s\n%s", before, now)
	}
	a := corpus.Articles()[2]
	for i := range a.Blocks {
		if got := eval[string](b, `document.querySelector('[data-block="' + $1 + '"]').textContent`, i); got != a.BlockText(i) {
			t.Errorf("expected block %d to say what the source says, it says %q", i, got)
		}
	}
	b.clean()
}

// The place that is read, the selection and the open annotation stay.
func TestTheReaderStaysWhere(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/read/labs-funding/")
	b.drag(4, 0, 4, 8)
	b.tag("1")
	eval[bool](b, `(document.getElementById("reading").scrollTop = 700, true)`)
	b.settle()
	first := func() []float64 {
		return eval[[]float64](b, `(() => { const v = document.getElementById("reading").getBoundingClientRect().top; for (const p of document.querySelectorAll("[data-block]")) { const q = p.getBoundingClientRect(); if (q.bottom > v) return [+p.dataset.block, q.top - v]; } })()`)
	}
	eval[bool](b, `(() => { const n = document.querySelector('[data-block="9"]').firstChild; getSelection().setBaseAndExtent(n, 1, n, 5); return true; })()`)
	b.until("the palette", `!document.getElementById("palette").hidden`)
	at := first()
	for _, s := range []string{"zh-TW", "zh-Hans", "zh-HK", "source"} {
		b.script(s)
		now := first()
		if now[0] != at[0] {
			t.Errorf("%s: expected block %v at the top of the view, it is block %v", s, at[0], now[0])
		}
		if eval[bool](b, `getSelection().isCollapsed`) {
			t.Errorf("%s: expected the selection to be kept", s)
		}
		if !eval[bool](b, `!!document.querySelector("#list .on")`) {
			t.Errorf("%s: expected the open annotation to stay open", s)
		}
	}
	b.clean()
}

func TestWithoutTheDictionary(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`{ const f = fetch; window.fetch = (u, ...r) => String(u).includes(".lex") && !window.letThrough ? Promise.reject(new TypeError("offline")) : f(u, ...r); }`))
	b.open(h.url + "/")
	b.clickOn(`.scripts label:has(input[value="zh-Hans"])`)
	b.until("the page to say that the dictionary did not come", `document.querySelector('[data-notice="dictionary"]')`)
	b.drag(0, 0, 0, 6)
	b.tag("1")
	eval[bool](b, `window.letThrough = true`)
	b.clickOn(`[data-notice="dictionary"] button`)
	b.until("trying again to work", `document.querySelector('[data-block="0"]').textContent.includes("美国")`)
	if eval[bool](b, `!!document.querySelector('[data-notice="dictionary"]')`) {
		t.Error("expected the message to go once the dictionary is there")
	}
	b.clean()
}

// A reader who reads in another script has words all the same: they are not split
// before the dictionary of their Simplified form has come.
func TestWordsWhereAScriptIsRemembered(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`{ const f = fetch; window.fetch = (u, ...r) => f(u, ...r).then(a => String(u).includes("pivot") ? new Promise(done => setTimeout(done, 1500, a)) : a); }`))
	b.open(h.url + "/")
	b.clickOn(`.scripts label:has(input[value="zh-Hans"])`)
	simplified := `document.querySelector('[data-block="0"]').textContent.includes("美国")`
	b.until("the article to be Simplified", simplified)
	b.reload()
	b.until("the article to be Simplified again", simplified)
	b.dictionaries()
	at := eval[int](b, `document.querySelector('[data-block="0"]').textContent.indexOf("国")`)
	p := b.glyph(0, at, 0.5)
	b.do(chromedp.MouseClickXY(p.X, p.Y, chromedp.ClickCount(2)))
	b.until("the word to be selected", `String(getSelection()) === "美国"`)
	b.clean()
}

func TestSelectionSettlesOnWords(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.dictionaries()
	text := []rune(corpus.Articles()[0].BlockText(0))
	at := func(s string) int {
		for i := range text {
			if string(text[i:min(i+len([]rune(s)), len(text))]) == s {
				return i
			}
		}
		t.Fatalf("%q is not in the first block", s)
		return 0
	}
	i := at("Claude 3")
	b.drag(0, i+2, 0, i+4)
	b.tag("1")
	b.expectQuotes("a drag inside Claude 3", "Claude 3")
	b.key("\u001b")

	p := b.glyph(0, at("模型"), 0.5)
	for n := 1; n <= 2; n++ {
		b.mouse(chromedp.MousePressed, p, chromedp.ButtonLeft, chromedp.ClickCount(n))
		b.mouse(chromedp.MouseReleased, p, chromedp.ButtonLeft, chromedp.ClickCount(n))
	}
	b.until("a double click to select a word", `getSelection().toString() === "模型"`)
	for n := 1; n <= 3; n++ {
		b.mouse(chromedp.MousePressed, p, chromedp.ButtonLeft, chromedp.ClickCount(n))
		b.mouse(chromedp.MouseReleased, p, chromedp.ButtonLeft, chromedp.ClickCount(n))
	}
	b.until("a triple click to select the sentence without its full stop", `getSelection().toString().endsWith("Claude 3") && getSelection().toString().length < 100`)
	b.clean()
}

func TestSuggestions(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.key("g")
	b.until("suggestions", `document.querySelectorAll("[data-suggestion]").length > 5`)
	n := eval[int](b, `document.querySelectorAll("[data-suggestion]").length`)
	b.clickOn(`[data-suggestion] .pick`)
	b.key("y")
	b.until("the accepted suggestion to be an annotation", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	b.until("the next one to be chosen", `document.querySelector(".ghost.on")`)
	refused := eval[string](b, `document.querySelector(".ghost.on q").textContent`)
	b.key("n")
	b.until("the rejected one to be gone", `document.querySelectorAll("[data-suggestion]").length === $1`, n-2)
	b.key("g")
	b.until("the suggestions to be hidden", `document.querySelectorAll("[data-suggestion]").length === 0`)
	b.reload()
	b.key("g")
	b.until("suggestions again", `document.querySelectorAll("[data-suggestion]").length > 5`)
	if eval[bool](b, `[...document.querySelectorAll("[data-suggestion] q")].some(q => q.textContent === $1)`, refused) {
		t.Errorf("expected the rejected suggestion %q not to come back", refused)
	}
	n = eval[int](b, `document.querySelectorAll("[data-suggestion]").length`)
	b.clickOn(`.suggesting button`)
	b.until("all to be accepted", `document.querySelectorAll("[data-suggestion]").length === 0 && document.querySelectorAll("#list [data-annotation]").length === $1`, n+1)
	b.key("z", chromedp.ModifierCtrl)
	b.until("one undo to take them all back", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	b.clean()
}
