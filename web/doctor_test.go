package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// What is wrong with stored annotations is put right where that is safe, set
// aside where it cannot be used, and said, when their article is opened.
func TestDoctorOnLoad(t *testing.T) {
	h := start(t)
	b := newTab(t)
	sound := claim(t, "claude3-week", 1, 0, 6, "release")
	outside := claim(t, "claude3-week", 1, 8, 16, "release", func(a *annotation.Annotation) { a.Span = article.Span{Start: 1 << 20, End: 1<<20 + 8} })
	empty := claim(t, "claude3-week", 1, 18, 26, "release", func(a *annotation.Annotation) { a.Span = article.Span{} })
	unquoted := claim(t, "claude3-week", 1, 28, 32, "release", func(a *annotation.Annotation) { a.Quote = annotation.Quote{} })
	unknown := claim(t, "claude3-week", 2, 0, 4, "own-nobody")
	lost := claim(t, "claude3-week", 2, 8, 14, "release", func(a *annotation.Annotation) {
		a.Quote = annotation.Quote{Exact: "哪裡都沒有的一句話", Prefix: "也沒有", Suffix: "這些字"}
	})
	b.seed(h, sound, outside, empty, unquoted, unknown, lost)
	eval[bool](b, `(localStorage.setItem("pizhu/1/a/" + $1 + "/=nameless", $2), true)`, sound.Article, annotation.Marshal(sound))
	b.open(h.url + "/read/claude3-week/")
	b.until("the faults to be said", `document.querySelector('[data-notice="examined"]')`)
	said := eval[string](b, `document.querySelector('[data-notice="examined"]').textContent`)
	for _, want := range []string{"已修正 4 則", "範圍超出文章 1", "範圍是空的 1", "沒有引文 1", "類型不認得 1", "沒有識別碼 1"} {
		if !strings.Contains(said, want) {
			t.Errorf("expected the notice to say %q, it says %q", want, said)
		}
	}
	if n := eval[int](b, `Object.entries(localStorage).filter(([k, v]) => k.startsWith("pizhu/quarantine/") && k.endsWith("/=nameless") && v === $1).length`, annotation.Marshal(sound)); n != 1 {
		t.Errorf("expected what has no identity to be set aside whole, %d records are", n)
	}
	b.until("the page to say that something was set aside", `document.querySelector('[data-notice="damaged"]')`)
	if n := eval[int](b, `document.querySelectorAll('#list [data-annotation]').length`); n != 6 {
		t.Errorf("expected six annotations to be listed, the lost one among them, %d are", n)
	}
	record := func(a annotation.Annotation) annotation.Annotation {
		t.Helper()
		value := eval[string](b, `localStorage["pizhu/1/a/" + $1 + "/" + $2]`, a.Article, strings.TrimPrefix(a.ID, "urn:uuid:"))
		got, err := annotation.Unmarshal(a.ID, a.Article, value)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for name, c := range map[string][2]annotation.Annotation{
		"outside the text": {outside, claim(t, "claude3-week", 1, 8, 16, "release")},
		"an empty span":    {empty, claim(t, "claude3-week", 1, 18, 26, "release")},
		"no quote":         {unquoted, claim(t, "claude3-week", 1, 28, 32, "release")},
	} {
		if got := record(c[0]); got.Span != c[1].Span || got.Quote.Exact != c[1].Quote.Exact {
			t.Errorf("%s: expected %v %q to be stored, got %v %q", name, c[1].Span, c[1].Quote.Exact, got.Span, got.Quote.Exact)
		}
	}
	if got := record(lost); got.Quote != lost.Quote || got.Span != lost.Span {
		t.Errorf("expected what is nowhere to be left as it was, got %v", got)
	}
	if n := eval[int](b, `Object.keys(localStorage).filter(k => k === "pizhu/1/t/own-nobody").length`); n != 1 {
		t.Error("expected the unknown type to be described from now on")
	}

	// Once is enough.
	b.do(chromedp.Reload())
	b.ready()
	eval[bool](b, `new Promise(r => setTimeout(() => requestIdleCallback(() => setTimeout(() => r(true), 300)), 1000))`)
	if n := eval[int](b, `document.querySelectorAll('[data-notice="examined"], [data-notice="damaged"]').length`); n != 0 {
		t.Errorf("expected nothing more to be said after a reload, %d notices are", n)
	}
	b.clean()
}
