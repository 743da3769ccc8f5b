package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pizhu/app/annotation"
	"pizhu/corpus"
)

// write types into what has the focus, as an input method does.
func (b *tab) write(text string) {
	b.Helper()
	b.do(call(input.InsertText, input.InsertTextParams{Text: text}))
	b.settle()
}

// find opens the search field with its key and types a query.
func (b *tab) find(query string) {
	b.Helper()
	if eval[string](b, `document.activeElement.id`) != "search" {
		b.key("f", chromedp.ModifierCtrl)
		b.until("the search field to have the focus", `document.activeElement.id === "search"`)
	}
	eval[bool](b, `(document.getElementById("search").select(), true)`)
	b.write(query)
}

// marked is what the highlights of a layer say, in the order of the text.
func (b *tab) marked(layer string) []string {
	b.Helper()
	return eval[[]string](b, `[...CSS.highlights.get($1)].sort((a, c) => a.startContainer.parentElement.dataset.block - c.startContainer.parentElement.dataset.block || a.startOffset - c.startOffset).map(r => r.startContainer.data.slice(r.startOffset, r.endOffset))`, layer)
}

const focusID = `document.activeElement.id`

const (
	wordsKnown       = `["pivot", "words"].every(n => performance.getEntriesByName("pizhu:lexicon-" + n).length)`
	dictionariesKept = `caches.open("pizhu-dictionaries").then(c => c.keys()).then(k => k.length >= 3)`
)

// dictionaries waits until words are known.
func (b *tab) dictionaries() {
	b.Helper()
	b.stir()
	b.until("the dictionaries", wordsKnown)
	b.settle()
}

// kept waits until the dictionaries are there offline.
func (b *tab) kept() {
	b.Helper()
	b.stir()
	b.until("the dictionaries to be kept", dictionariesKept)
}

// stir is the reader's first sign, on which the dictionaries are fetched.
func (b *tab) stir() { eval[bool](b, `dispatchEvent(new PointerEvent("pointermove"))`) }

func TestSearch(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	all := corpus.Articles()
	n := strings.Count(all[0].Text, "訴訟")
	other := strings.Count(all[2].Text, "訴訟")
	if n < 2 || other == 0 {
		t.Fatalf("expected the corpus to say 訴訟 twice in the first article and somewhere in the third, it says it %d and %d times", n, other)
	}
	count := func(what string, at, of int) {
		t.Helper()
		b.until(what, `document.getElementById("search-count")?.textContent === $1 + "／" + $2`, at, of)
	}
	b.find("诉讼")
	count("诉讼 to find 訴訟", 1, n)
	b.until("every place to be coloured, one of them stronger", `CSS.highlights.get("pz-found").size === $1 && CSS.highlights.get("pz-current").size === 1`, n-1)
	for _, q := range append(b.marked("pz-found"), b.marked("pz-current")...) {
		if q != "訴訟" {
			t.Errorf("expected 訴訟 to be coloured, %q is", q)
		}
	}
	b.key(kb.Enter)
	count("Enter to go on", 2, n)
	b.key(kb.Enter, chromedp.ModifierShift)
	count("Shift+Enter to go back", 1, n)
	b.key(kb.F3)
	count("F3 to go on", 2, n)
	b.until("the other article's places to be listed", `[...document.querySelectorAll("#hits .group")].some(g => g.textContent.startsWith($1))`, all[2].Title)
	for _, c := range []struct{ name, query string }{{"Traditional", "訴訟"}, {"full width", "ＧＰＴ－４"}, {"lower case", "openai"}, {"no space before the number's unit", "100萬"}} {
		b.find(c.query)
		b.until(c.name+" to be found", `document.querySelectorAll("#hits [data-hit]").length > 0 && CSS.highlights.get("pz-current").size === 1`)
	}
	b.find("沒有這樣的句子")
	b.until("the page to say that nothing was found", `document.querySelector("#found .blank")?.textContent.includes("沒有這樣的句子")`)

	// One command, one undo.
	b.find("訴訟")
	count("the query again", 1, n)
	b.clickOn(`[data-command="search-tag"]`)
	b.clickOn(`[data-tag-all="lawsuit"]`)
	b.until("all to be tagged", `document.querySelectorAll("#list [data-annotation]").length === $1`, n)
	if got := b.stored(); got != n {
		t.Errorf("expected %d records, there are %d", n, got)
	}
	b.key("z", chromedp.ModifierCtrl)
	b.until("one undo to take all back", `document.querySelectorAll("#list [data-annotation]").length === 0`)

	b.key(kb.Escape)
	b.until("Escape to close the results and to take the colour away",
		`!document.getElementById("found") && CSS.highlights.get("pz-found").size === 0 && CSS.highlights.get("pz-current").size === 0 && document.getElementById("search").value === ""`)

	// A result in another article leads there.
	b.find("訴訟")
	b.until("the other article's results", `document.querySelector("#hits [data-hit^='" + $1 + " ']")`, all[2].ID)
	b.clickOn(`#hits [data-hit^="` + all[2].ID + ` "]`)
	b.until("the other article", `document.getElementById("article").dataset.article === $1`, all[2].ID)
	count("the place that was chosen there", 1, other)
	b.clean()
}

func TestSearchInNotesAndTypes(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(2, 0, 2, 6)
	b.tag("1")
	b.clickOn("#edit-note")
	b.write("金額待查證")
	b.key(kb.Escape)
	b.until("the note to be kept", `Object.keys(localStorage).some(k => k.startsWith("pizhu/1/a/") && localStorage[k].includes("金額待查證"))`)
	b.key(kb.Escape)
	b.find("金额待查")
	b.until("the note to be found by Simplified characters", `document.querySelector("#hits [data-note] mark")?.textContent === "金額待查"`)
	b.clickOn(`#hits [data-note]`)
	b.until("its annotation to be open", `document.querySelector("#list .on #edit-note")`)
	b.find("诉讼")
	b.until("the type to be found", `document.querySelector('#hits [data-id="lawsuit"]')`)
	b.clickOn(`#hits [data-id="lawsuit"]`)
	b.until("the panel to show that type", `document.querySelector("#found") === null && document.querySelectorAll("#list [data-annotation]").length === 0`)
	b.clean()
}

func TestKeyTermsSearch(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.key("/")
	b.until("key terms to be offered", `document.querySelectorAll("#found [data-term]").length >= 5`)
	term := eval[string](b, `document.querySelector("#found [data-term] span").textContent`)
	if !strings.Contains(corpus.Articles()[0].Text, term) {
		t.Errorf("expected a term in the article's own script, got %q", term)
	}
	b.clickOn(`#found [data-term]`)
	b.until("the term to be searched", `document.getElementById("search").value === $1 && document.querySelectorAll("#hits [data-hit]").length > 1`, term)
	b.clean()
}

func TestSearchOnAPhone(t *testing.T) {
	h := start(t)
	b := newTab(t, sized(390, 844))
	b.open(h.url + "/")
	b.tap(b.middle(`button[data-command="search"]`))
	b.until("the field to take the bar's place", `document.activeElement.id === "search" && document.getElementById("search").getBoundingClientRect().width > 120 && !document.querySelector(".scripts").getClientRects().length`)
	b.write("诉讼")
	b.until("results", `document.querySelectorAll("#hits [data-hit]").length > 1`)
	if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("expected nothing to be wider than the phone, the page is %d pixels", wide)
	}
	b.tap(b.middle(`#hits [data-hit]`))
	b.until("the place to be chosen", `CSS.highlights.get("pz-current").size === 1`)
	b.tap(b.middle("#search-close"))
	b.until("the bar to be as it was", `document.querySelector(".scripts").getClientRects().length && !document.getElementById("found")`)
	b.clean()
}

func TestWordCursor(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.dictionaries()
	for i := 0; i < 80 && eval[string](b, focusID) != "reading"; i++ {
		b.key(kb.Tab)
	}
	at := func(what, want string) {
		t.Helper()
		b.until(what+": the cursor at "+want, `[...CSS.highlights.get("pz-word")].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset)).join("|") === $1`, want)
	}
	b.key(kb.ArrowRight)
	at("the first press", "2024 年 3 月 4 日")
	b.until("the word to be announced", `[...document.querySelectorAll("[aria-live]")].some(e => e.textContent.includes("2024 年 3 月 4 日"))`)
	b.key(kb.ArrowRight)
	at("one word on", "是")
	b.key(kb.ArrowLeft)
	at("and back", "2024 年 3 月 4 日")
	b.key(kb.ArrowRight, chromedp.ModifierCtrl)
	at("the next sentence", "美國")
	b.key(kb.ArrowLeft, chromedp.ModifierCtrl)
	at("and back", "2024 年 3 月 4 日")
	line := func() float64 {
		return eval[float64](b, `(() => { const s = [...CSS.highlights.get("pz-word")][0], r = document.createRange(); r.setStart(s.startContainer, s.startOffset); r.setEnd(s.endContainer, s.endOffset); return r.getBoundingClientRect().top + document.getElementById("reading").scrollTop; })()`)
	}
	top := line()
	b.key(kb.ArrowDown)
	b.until("the cursor to leave the first word", `[...CSS.highlights.get("pz-word")][0]?.startOffset > 10`)
	if now := line(); now <= top {
		t.Errorf("expected the arrow down to go to a lower line, it went from %v to %v", top, now)
	}
	b.key(kb.ArrowUp)
	at("up again", "2024 年 3 月 4 日")

	// Shift extends, a digit tags, Enter opens the note, Escape leaves.
	b.key(kb.ArrowRight, chromedp.ModifierCtrl)
	at("the sentence", "美國")
	b.key(kb.ArrowRight, chromedp.ModifierShift)
	b.until("Shift to select on", `getSelection().toString() === "美國西岸"`)
	b.key("1")
	b.until("the digit to tag", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	b.expectQuotes("by keys alone", "美國西岸")
	b.key(kb.ArrowRight)
	b.key("3")
	b.until("a digit to tag the cursor's word", `document.querySelectorAll("#list [data-annotation]").length === 2`)
	b.key(kb.Enter)
	b.until("Enter to open the note", focusID+` === "edit-note"`)
	b.key(kb.Escape)
	b.until("Escape to leave the note for the article", focusID+` === "reading"`)
	b.key(kb.Escape)
	b.until("Escape to take the cursor away", `CSS.highlights.get("pz-word").size === 0`)

	// The cursor never keeps the focus.
	b.key(kb.ArrowRight)
	b.until("the cursor again", `CSS.highlights.get("pz-word").size === 1`)
	b.key(kb.Tab)
	b.until("Tab to go on", focusID+` !== "reading"`)
	b.clean()
}

func TestWordCursorByLetters(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`localStorage.setItem("pizhu/1/pref", '{"vim":true}')`))
	b.open(h.url + "/")
	b.dictionaries()
	b.click(b.glyph(0, 20, 0.5))
	b.key("l")
	b.until("l to show the cursor where the click was", `[...CSS.highlights.get("pz-word")].some(r => r.startOffset <= 20 && r.endOffset > 20)`)
	b.key("l")
	b.until("l to go on", `[...CSS.highlights.get("pz-word")].some(r => r.startOffset > 20)`)
	b.key("h")
	b.until("h to go back", `[...CSS.highlights.get("pz-word")].some(r => r.startOffset <= 20 && r.endOffset > 20)`)
	b.key("j")
	b.until("j to go down", `[...CSS.highlights.get("pz-word")].some(r => r.startOffset > 30)`)
	b.clean()
}

// grip is the middle of a handle.
func (b *tab) grip(which string) point {
	b.Helper()
	return b.middle(`[data-grip="` + which + `"]`)
}

func TestHandles(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.dictionaries()
	text := []rune(corpus.Articles()[0].BlockText(0))
	at := func(s string) int {
		i := strings.Index(string(text), s)
		if i < 0 {
			t.Fatalf("%q is not in the first block", s)
		}
		return len([]rune(string(text)[:i]))
	}
	west, day := at("西岸"), at("工作日")
	b.drag(0, west, 0, west+1)
	b.tag("1")
	b.expectQuotes("to begin with", "西岸")

	pull := func(which string, unit int, across float64) {
		t.Helper()
		from := b.grip(which)
		glyph := b.glyph(0, unit, across)
		mid := point{(from.X + glyph.X) / 2, (from.Y + glyph.Y) / 2}
		b.mouse(chromedp.MouseMoved, from)
		b.mouse(chromedp.MousePressed, from, chromedp.ButtonLeft, chromedp.ClickCount(1))
		b.mouse(chromedp.MouseMoved, mid, chromedp.ButtonLeft)
		to := point{glyph.X, glyph.Y + (from.Y - b.glyph(0, west, 0.5).Y)}
		b.mouse(chromedp.MouseMoved, to, chromedp.ButtonLeft)
		b.mouse(chromedp.MouseReleased, to, chromedp.ButtonLeft, chromedp.ClickCount(1))
		b.settle()
	}
	pull("end", day+1, 0.6)
	b.until("the end to settle on the word it was dragged into", `document.querySelector("#list q").textContent === "西岸的工作日"`)
	pull("start", at("美國")+1, 0.3)
	b.until("the start to settle on the word it was dragged into", `document.querySelector("#list q").textContent === "美國西岸的工作日"`)
	b.key("z", chromedp.ModifierCtrl)
	b.expectQuotes("after one undo", "西岸的工作日")
	b.key("z", chromedp.ModifierCtrl)
	b.expectQuotes("after two", "西岸")

	for _, c := range []struct {
		key  string
		mods []chromedp.Modifier
		want string
	}{
		{kb.ArrowRight, []chromedp.Modifier{chromedp.ModifierAlt}, "西岸的"},
		{kb.ArrowRight, []chromedp.Modifier{chromedp.ModifierAlt}, "西岸的工作日"},
		{kb.ArrowLeft, []chromedp.Modifier{chromedp.ModifierAlt, chromedp.ModifierShift}, "西岸的工作"},
		{kb.ArrowUp, []chromedp.Modifier{chromedp.ModifierAlt, chromedp.ModifierShift}, "國西岸的工作"},
		{kb.ArrowDown, []chromedp.Modifier{chromedp.ModifierAlt}, "西岸的工作"},
		{kb.ArrowUp, []chromedp.Modifier{chromedp.ModifierAlt}, "美國西岸的工作"},
	} {
		b.key(c.key, c.mods...)
		b.expectQuotes("by keys", c.want)
	}
	kept := eval[string](b, `Object.entries(localStorage).find(([k]) => k.startsWith("pizhu/1/a/"))[1]`)
	if !strings.Contains(kept, "美國西岸的工作") {
		t.Errorf("expected the adjusted quote to be kept, the record is %s", kept)
	}
	b.key(kb.Escape)
	b.until("the handles to go with the choice", `[...document.querySelectorAll(".grip")].every(g => g.hidden)`)
	b.clean()
}

func TestHandlesByTouch(t *testing.T) {
	h := start(t)
	b := newTab(t, sized(390, 844))
	b.open(h.url + "/")
	b.dictionaries()
	eval[bool](b, `(() => { const n = document.querySelector('[data-block="1"]').firstChild; getSelection().setBaseAndExtent(n, 0, n, 4); return true; })()`)
	b.until("the palette", `!document.getElementById("palette").hidden`)
	b.tap(b.middle(`#palette [data-tag="benchmark"]`))
	b.until("the annotation", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	first := b.quotes()[0]
	from := b.grip("end")
	to := point{from.X + 90, from.Y}
	touch := func(kind input.DispatchTouchEventType, p ...*input.TouchPoint) {
		b.do(call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: p}))
		b.settle()
	}
	touch("touchStart", &input.TouchPoint{X: from.X, Y: from.Y})
	touch("touchMove", &input.TouchPoint{X: from.X + 40, Y: from.Y})
	touch("touchMove", &input.TouchPoint{X: to.X, Y: to.Y})
	touch("touchEnd")
	b.until("a finger to have made the annotation longer", `document.querySelector("#list q").textContent.startsWith($1) && document.querySelector("#list q").textContent.length > $1.length`, first)
	b.clean()
}

func TestOwnWords(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.dictionaries()
	text := corpus.Articles()[0].BlockText(0)
	i := len([]rune(text[:strings.Index(text, "官網放出")]))
	p := b.glyph(0, i, 0.5)
	word := func(what, want string) {
		t.Helper()
		for n := 1; n <= 2; n++ {
			b.mouse(chromedp.MousePressed, p, chromedp.ButtonLeft, chromedp.ClickCount(n))
			b.mouse(chromedp.MouseReleased, p, chromedp.ButtonLeft, chromedp.ClickCount(n))
		}
		b.until(what+": a double click to take "+want, `getSelection().toString() === $1`, want)
	}
	word("before", "官")
	b.key(kb.Escape) // a drag that begins in a selection would move its text
	b.drag(0, i, 0, i+1)
	b.until("the palette", `!document.getElementById("palette").hidden`)
	b.clickOn(`#palette [data-command="keep-together"]`)
	b.until("the word to be kept", `Object.keys(localStorage).some(k => k.startsWith("pizhu/1/w/"))`)
	word("at once", "官網")
	b.key(kb.Escape)
	b.key("z", chromedp.ModifierCtrl)
	word("after undo", "官")
	b.key(kb.Escape)
	b.key("y", chromedp.ModifierCtrl)
	b.reload()
	b.dictionaries()
	word("after redo and a reload", "官網")
	b.key(kb.Escape)

	// A pasted list: what is wrong is named by its line.
	b.clickOn(`[data-command="settings"]`)
	b.clickOn(`.menu [data-command="words"]`)
	b.until("the list of words", `document.querySelector("#words-list [data-word='官网']")`)
	b.clickOn("#words-new")
	b.write("大語言模型\n\n字\n# 註解\n官网\n！！！\n召回率")
	b.clickOn("#words-add")
	b.until("the two good ones to be listed", `document.querySelectorAll("#words-list li").length === 3`)
	faults := eval[[]string](b, `[...document.querySelectorAll("#words-faults li")].map(e => e.textContent)`)
	if len(faults) != 2 || !strings.Contains(faults[0], "3") || !strings.Contains(faults[1], "6") {
		t.Errorf("expected lines 3 and 6 to be named, got %q", faults)
	}
	b.clickOn(`#words-list [data-word="召回率"]`)
	b.until("a word to be removed", `document.querySelectorAll("#words-list li").length === 2`)
	b.key(kb.Escape)

	next := b.downloads()
	b.clickOn(`[data-command="export-json"]`)
	_, data := next()
	set, problems, err := annotation.Decode(bytes.NewReader(data))
	if err != nil || len(problems) > 0 {
		t.Fatalf("expected the export to be read back without a problem, got %v %v", err, problems)
	}
	var got []string
	for _, w := range set.Words {
		got = append(got, w.Text)
	}
	if strings.Join(got, " ") != "大语言模型 官网" {
		t.Errorf("expected the words to travel in the export, it has %q", got)
	}
	b.clean()
}

func TestShortcuts(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.key("?")
	b.until("the sheet", `document.querySelector("#sheet #key-suggest")`)
	b.clickOn("#key-suggest")
	b.key("s")
	b.until("the conflict to be said", `document.querySelector("#sheet .clash")?.textContent.includes("切換字形")`)
	b.key("x")
	b.until("the new key", `document.querySelector("#key-suggest kbd").textContent === "X"`)
	b.key(kb.Escape)
	b.reload()
	b.key("g")
	b.settle()
	b.key("x")
	b.until("the new key to work after a reload", `document.querySelectorAll("[data-suggestion]").length > 5`)
	b.key("x")
	b.until("suggestions to be hidden", `document.querySelectorAll("[data-suggestion]").length === 0`)
	b.key("?")
	b.clickOn("#keys-reset")
	b.until("the key it came with", `document.querySelector("#key-suggest kbd").textContent === "G"`)
	b.clickOn("#key-suggest")
	b.key("s")
	b.clickOn("#keys-take")
	b.until("the key to have changed hands", `document.querySelector("#key-suggest kbd").textContent === "S" && !document.querySelector("#key-script-next kbd")`)
	b.clean()
}

func TestSearchAndWordsAreAccessible(t *testing.T) {
	source := axeOrSkip(t)
	h := start(t)
	for _, theme := range []string{"light", "dark"} {
		b := newTab(t, before(`localStorage.setItem("pizhu/1/pref", '{"theme":"`+theme+`"}')`))
		b.open(h.url + "/")
		b.key("/")
		b.until("key terms", `document.querySelectorAll("#found [data-term]").length > 2`)
		b.check(source, theme+": key terms")
		b.find("訴訟")
		b.until("results", `document.querySelectorAll("#hits [data-hit]").length > 2`)
		b.clickOn(`[data-command="search-tag"]`)
		b.until("the types", `document.querySelector("[data-tag-all]")`)
		b.check(source, theme+": results")
		b.key(kb.Escape)
		b.find("沒有這樣的句子")
		b.until("no result", `document.querySelector("#found .blank")`)
		b.check(source, theme+": no result")
		b.key(kb.Escape)
		b.until("the search to close", `!document.getElementById("found")`)
		b.clickOn(`[data-command="settings"]`)
		b.clickOn(`.menu [data-command="words"]`)
		b.clickOn("#words-new")
		b.write("召回率\n字")
		b.clickOn("#words-add")
		b.until("a word and a fault", `document.querySelector("#words-list li") && document.querySelector("#words-faults li")`)
		b.check(source, theme+": the reader's words")
		b.clean()
	}
}
