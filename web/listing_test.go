package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"pizhu/app/annotation"
	"pizhu/corpus"
)

var testTime = time.Date(2024, 3, 10, 8, 0, 0, 0, time.UTC)

// seed puts annotations into storage before the page reads it, as another tab
// would have.
func (b *tab) seed(h *host, all ...annotation.Annotation) {
	b.Helper()
	records := map[string]string{}
	for _, a := range all {
		records["pizhu/1/a/"+a.Article+"/"+strings.TrimPrefix(a.ID, "urn:uuid:")] = annotation.Marshal(a)
	}
	b.do(chromedp.Navigate(h.url + "/robots.txt"))
	eval[bool](b, `(() => { for (const [k, v] of Object.entries($1)) localStorage.setItem(k, v); return true; })()`, records)
}

// claim is an annotation on words of one of the corpus's articles.
func claim(t *testing.T, slug string, block, from, to int, typ string, change ...func(*annotation.Annotation)) annotation.Annotation {
	t.Helper()
	for _, a := range corpus.Articles() {
		if a.Slug != slug {
			continue
		}
		span := a.Blocks[block].Span
		span.End = span.Start + to
		span.Start += from
		made := annotation.New(a.ID, a.Text, span, typ, "", testTime)
		for _, f := range change {
			f(&made)
		}
		return made
	}
	t.Fatalf("no article %s", slug)
	return annotation.Annotation{}
}

func TestPanelFiltersSortsAndChangesMany(t *testing.T) {
	h := start(t)
	b := newTab(t)
	by := func(who string, v annotation.Verdict, c annotation.Certainty) func(*annotation.Annotation) {
		return func(a *annotation.Annotation) { a.Attribution, a.Verdict, a.Certainty = who, v, c }
	}
	first := claim(t, "claude3-week", 0, 0, 9, "lawsuit", by("甲報", annotation.Confirmed, annotation.Rumour))
	second := claim(t, "claude3-week", 0, 12, 20, "benchmark", by("乙報", annotation.Disputed, annotation.Fact))
	third := claim(t, "claude3-week", 1, 0, 8, "lawsuit", by("甲報", "", annotation.Plan), func(a *annotation.Annotation) { a.Note = "關於訴訟的筆記" })
	far := claim(t, "labs-funding", 0, 0, 7, "funding", by("丙報", annotation.Confirmed, ""))
	b.seed(h, first, second, third, far)
	b.open(h.url + "/")
	b.expectQuotes("by place", first.Quote.Exact, second.Quote.Exact, third.Quote.Exact)

	b.clickOn(`.chips [data-filter="lawsuit"]`)
	b.expectQuotes("of one type", first.Quote.Exact, third.Quote.Exact)
	b.clickOn(".chips button")
	b.expectQuotes("of all types again", first.Quote.Exact, second.Quote.Exact, third.Quote.Exact)

	b.clickOn(`[data-action="filter"]`)
	if label := eval[string](b, `document.querySelector('#filter-who option[value="甲報"]').textContent`); !strings.Contains(label, "2") {
		t.Errorf("expected the number of claims beside a source, got %q", label)
	}
	b.fill("#filter-who", "甲報")
	b.until("two of one source", `document.querySelectorAll("#list [data-annotation]").length === 2`)
	b.expectQuotes("of one source", first.Quote.Exact, third.Quote.Exact)
	b.fill("#filter-verdict", "confirmed")
	b.until("one that is confirmed", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	b.fill("#filter-who", "")
	b.fill("#filter-verdict", "")
	b.clickOn("#filter-text")
	b.do(chromedp.KeyEvent("诉讼"))
	b.until("the note to be found by Simplified characters", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	b.expectQuotes("by text", third.Quote.Exact)
	b.fill("#filter-text", "")
	b.fill("#filter-sort", "confidence")
	b.until("the surest first", `document.querySelector("#list q").textContent === $1`, second.Quote.Exact)
	b.expectQuotes("by certainty", second.Quote.Exact, third.Quote.Exact, first.Quote.Exact)
	b.fill("#filter-group", "type")
	b.until("groups with their numbers", `[...document.querySelectorAll("#list .heading")].map(e => e.textContent).join("|") === "基準測試 1|訴訟 2"`)
	b.clickOn("#filter-all")
	b.until("the claims of other articles", `document.querySelectorAll("#list [data-annotation]").length === 4`)

	// Many at once, from the first to the last with Shift, as one undo.
	b.fill("#filter-group", "")
	b.clickOn(`[data-action="pick"]`)
	b.clickOn("#list li:nth-child(1) .tick")
	at := b.middle("#list li:nth-child(3) .tick")
	b.mouse("mousePressed", at, chromedp.ButtonLeft, chromedp.ClickCount(1), chromedp.ButtonModifiers(chromedp.ModifierShift))
	b.mouse("mouseReleased", at, chromedp.ButtonLeft, chromedp.ClickCount(1), chromedp.ButtonModifiers(chromedp.ModifierShift))
	b.until("three to be picked", `document.querySelector(".bulk span").textContent.includes("3")`)
	b.clickOn(`#list li:nth-child(3) .pick`)
	b.until("a press on a row to let go of it", `document.querySelector(".bulk span").textContent.includes("2")`)
	b.clickOn(`#list li:nth-child(3) .pick`)
	b.fill("#bulk-type", "opinion")
	b.until("three to be retyped", `document.querySelectorAll("#list .t-opinion").length === 3`)
	b.key("z", chromedp.ModifierCtrl)
	b.until("one undo to take all back", `document.querySelectorAll("#list .t-opinion").length === 0 && document.querySelectorAll("#list .t-lawsuit").length === 2`)
	b.clickOn(`[data-action="pick-all"]`)
	b.fill("#bulk-verdict", "false")
	b.until("all four, of both articles, to be judged", `document.querySelectorAll("#list .meta .no").length === 4`)
	b.clickOn(`[data-action="bulk-delete"]`)
	b.until("all to be deleted", `document.querySelectorAll("#list [data-annotation]").length === 0`)
	b.key("z", chromedp.ModifierCtrl)
	b.until("all to come back", `document.querySelectorAll("#list [data-annotation]").length === 4`)
	b.clickOn(`[data-action="pick"]`)

	// A claim of another article opens there.
	b.clickOn(`#list [data-annotation="` + far.ID + `"] .pick`)
	b.until("the other article to open at the claim", `document.getElementById("article").dataset.article === $1 && document.querySelector("#list .on")?.dataset.annotation === $2`, far.Article, far.ID)
	b.clean()
}

func TestThousandsOfRows(t *testing.T) {
	h := start(t)
	b := newTab(t)
	var all []annotation.Annotation
	for i := 0; i < 3000; i++ {
		all = append(all, claim(t, "claude3-week", i%20, i%9, i%9+3, []string{"benchmark", "funding", "lawsuit"}[i%3]))
	}
	b.seed(h, all...)
	b.open(h.url + "/")
	if n := eval[int](b, `document.querySelectorAll("#list li").length`); n > 200 {
		t.Errorf("expected only the rows in and around the view to exist, there are %d", n)
	}
	b.clickOn(`[data-action="filter"]`)
	b.fill("#filter-group", "type")
	b.until("the headings to count", `document.querySelector("#list .heading")?.textContent === "基準測試 1,000"`)
	eval[bool](b, `(document.getElementById("list").scrollTop = 1e9, true)`)
	b.until("the last rows to be drawn", `[...document.querySelectorAll("#list [data-annotation] > i")].at(-1)?.className === "t-funding" && document.querySelectorAll("#list li").length < 200`)
	b.clickOn(`[data-action="pick"]`)
	b.clickOn(`[data-action="pick-all"]`)
	b.fill("#bulk-type", "price")
	b.until("three thousand to change", `document.querySelector('.chips [data-filter="price"]')?.textContent.includes("3,000")`)
	b.key("z", chromedp.ModifierCtrl)
	b.until("and to change back", `document.querySelector('.chips [data-filter="lawsuit"]')?.textContent.includes("1,000")`)
	b.clean()
}

func TestRelations(t *testing.T) {
	h := start(t)
	b := newTab(t)
	one := claim(t, "claude3-week", 0, 0, 9, "release")
	two := claim(t, "claude3-week", 1, 0, 8, "forecast")
	far := claim(t, "labs-funding", 0, 0, 7, "funding")
	b.seed(h, one, two, far)
	b.open(h.url + "/")
	open := func(id string) {
		b.clickOn(`#list [data-annotation="` + id + `"] .pick`)
		b.until("the fields", `document.querySelector("#relate")?.dataset.id === $1`, id)
	}
	open(one.ID)
	b.fill("#relate", "contradicts")
	b.until("to be asked for the other one", `document.querySelector(".relating")?.textContent.includes("反駁")`)
	b.clickOn(`#list [data-annotation="` + two.ID + `"] .pick`)
	b.until("the relation to be listed", `document.querySelector('.relations li')?.textContent.includes($1)`, two.Quote.Exact)
	b.clickOn(".relations li .plain")
	b.until("the other end to list it too", `document.querySelector('#list .on')?.dataset.annotation === $1 && document.querySelector('.relations li')?.textContent.includes("遭反駁")`, two.ID)

	// To a claim of another article.
	b.fill("#relate", "repeats")
	b.clickOn("#relate-all")
	b.clickOn(`#list [data-annotation="` + far.ID + `"] .pick`)
	b.until("two relations at this end", `document.querySelectorAll('.relations li').length === 2`)
	b.key("\u001b")
	b.key("r")
	b.until("an arc between the two, and a stub", `document.querySelectorAll(".arcs path").length === 2`)
	b.key("r")

	next := b.downloads()
	b.clickOn(`[data-command="export-json"]`)
	_, file := next()
	set, _, err := annotation.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range set.Annotations {
		n += len(a.Relations)
	}
	if n != 2 || !strings.Contains(string(file), `"purpose":"linking"`) {
		t.Errorf("expected both relations in the export as W3C linking, there are %d", n)
	}

	// Deleting one end asks; one undo brings both ends back.
	open(two.ID)
	b.clickOn(`.edit [data-command="delete"]`)
	b.until("to be asked", `document.getElementById("sheet")?.textContent.includes("2 個關聯")`)
	b.clickOn(`[data-action="sure"]`)
	b.until("it to be gone", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	open(one.ID)
	if n := eval[int](b, `document.querySelectorAll(".relations li").length`); n != 0 {
		t.Errorf("expected no relation to lead to what was deleted, there are %d", n)
	}
	b.key("\u001b")
	b.key("z", chromedp.ModifierCtrl)
	b.until("it to come back", `document.querySelectorAll("#list [data-annotation]").length === 2`)
	b.reload()
	open(one.ID)
	b.until("its relation to be there again", `document.querySelector('.relations li')?.textContent.includes($1)`, two.Quote.Exact)
	b.clean()
}
