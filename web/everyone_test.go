package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func media(kind string, features ...*emulation.MediaFeature) chromedp.Action[chromedp.Void] {
	return call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind, Features: features})
}

func TestPrint(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 12)
	b.tag("1")
	b.drag(0, 8, 0, 10) // within the first
	b.tag("2")
	last := eval[int](b, `pizhu.count() - 1`)
	b.drag(last, 0, last, 5) // far from what is in view
	b.tag("3")
	b.clickOn("#edit-note")
	b.do(chromedp.KeyEvent("印出來的筆記"))
	q := b.quotes()
	b.key("\u001b")

	pdf := invoke(b, page.PrintToPDF, page.PrintToPDFParams{PrintBackground: new(true)})
	if !bytes.HasPrefix(pdf.Data, []byte("%PDF")) {
		t.Error("expected a PDF")
	}
	b.do(media("print"))
	eval[bool](b, `dispatchEvent(new Event("beforeprint"))`)
	got := eval[string](b, `[...document.querySelectorAll("#printed ol q")].map(e => e.textContent).join("|")`)
	if got != strings.Join(q, "|") {
		t.Errorf("expected the notes to quote %q in order, they quote %q", q, got)
	}
	if n := eval[string](b, `[...document.querySelectorAll("#printed sup")].map(e => e.textContent).sort().join()`); n != "1,2,3" {
		t.Errorf("expected each annotation to have its number in the text once, there are %q", n)
	}
	if m := eval[string](b, `document.querySelector('#printed mark.t-lawsuit').textContent`); !strings.Contains(q[0], m) {
		t.Errorf("expected the inner annotation to be marked within the outer, %q in %q", m, q[0])
	}
	if s := eval[string](b, `document.querySelector("#printed ol").textContent`); !strings.Contains(s, "印出來的筆記") || !strings.Contains(s, "基準測試") {
		t.Errorf("expected the notes and the types at the end, there is %q", s)
	}
	same := eval[bool](b, `[...document.querySelectorAll("#printed [data-block]")].every((e, i) => [...e.childNodes].filter(n => n.tagName !== "SUP").map(n => n.textContent).join("") === document.querySelector('#article [data-block="' + i + '"]').textContent)`)
	if !same {
		t.Error("expected the printed text, less its numbers, to be the article's")
	}
	for _, css := range []string{".bar", ".panel", "#article", ".status"} {
		if eval[bool](b, `document.querySelector($1).getClientRects().length > 0`, css) {
			t.Errorf("expected %s not to be printed", css)
		}
	}
	if eval[int](b, `document.getElementById("printed").getClientRects().length`) == 0 {
		t.Error("expected the copy for paper to be printed")
	}
	b.shoot("paper")
	eval[bool](b, `dispatchEvent(new Event("afterprint"))`)
	b.do(media(""))
	if eval[bool](b, `!!document.getElementById("printed")`) {
		t.Error("expected the copy to be gone after printing")
	}
	b.clean()
}

// small are the controls that are shown and less than 44 pixels high or wide.
// A radio button or a checkbox is as large as its label; a link within a text
// is as high as its line, as WCAG has it, and a mark in a chart has its row in
// the table beneath.
const small = `[...document.querySelectorAll("button, a[href], select, textarea, summary, input:not([type=radio]):not([type=checkbox]), label:has(input[type=radio]), label:has(input[type=checkbox])")]
	.filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.closest(".skip, p, svg"))
	.map(e => [e, e.getBoundingClientRect()])
	.filter(([e, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
	.map(([e, r]) => (e.dataset.command || e.dataset.tag || e.id || e.className || e.tagName) + " " + e.textContent.trim().slice(0, 8) + " " + Math.round(r.width) + "×" + Math.round(r.height))`

// A phone as narrow as they come, and large type: nothing is cut off, nothing
// scrolls sideways, and a finger hits what it means.
func TestNarrowAndTouch(t *testing.T) {
	h := start(t)
	for _, size := range []struct {
		name string
		w, h int64
	}{{"390", 390, 844}, {"320", 320, 640}} {
		t.Run(size.name, func(t *testing.T) {
			b := newTab(t, sized(size.w, size.h))
			b.open(h.url + "/")
			look := func(state string) {
				t.Helper()
				b.settle()
				if over := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%s: expected nothing wider than the window, %d pixels are", state, over)
				}
				if out := eval[[]string](b, `[...document.querySelectorAll("button, input, select, textarea, summary")].filter(e => e.checkVisibility() && !e.closest(".chips, .palette, .skip")).filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.left < -1 || r.right > innerWidth + 1); }).map(e => e.dataset.command || e.id || e.className || e.textContent)`); len(out) > 0 {
					t.Errorf("%s: expected no control beyond the window's edge, there are %q", state, out)
				}
				if list := eval[[]string](b, small); len(list) > 0 {
					t.Errorf("%s: expected every control to be 44 pixels high and wide, smaller are %q", state, list)
				}
				b.shoot(strings.ReplaceAll(state, " ", "-"))
			}
			look("the article")
			eval[bool](b, `(() => { const n = document.querySelector('[data-block="0"]').firstChild, r = document.createRange(); r.setStart(n, 2); r.setEnd(n, 9); getSelection().removeAllRanges(); getSelection().addRange(r); return true; })()`)
			b.until("the palette", `!document.getElementById("palette").hidden`)
			look("a selection")
			b.tap(b.middle(`#palette [data-tag="benchmark"]`))
			b.until("the annotation", `document.querySelector("#list [data-annotation]")`)
			eval[bool](b, `(getSelection().removeAllRanges(), true)`)
			b.settle()
			b.tap(b.middle(".handle"))
			b.until("the panel to open", `document.getElementById("panel").classList.contains("open")`)
			b.until("the fields", `document.getElementById("edit-note")`)
			eval[bool](b, `(document.querySelector("details.more").open = true)`)
			look("an open annotation")
			for _, sheet := range sheets {
				b.shows(sheet)
				look("the sheet " + sheet)
				b.key("\u001b")
			}
			b.clean()
		})
	}
}

func TestForcedColoursAndReducedMotion(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.do(media("", &emulation.MediaFeature{Name: "forced-colors", Value: "active"}, &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}))
	b.open(h.url + "/")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	checked, other := eval[string](b, `getComputedStyle(document.querySelector(".scripts input:checked + span")).outlineStyle`), eval[string](b, `getComputedStyle(document.querySelector(".scripts input:not(:checked) + span")).outlineStyle`)
	if checked == other {
		t.Errorf("expected the chosen script to be told apart without colours, both outlines are %q", checked)
	}
	if moving := eval[[]string](b, `document.getAnimations().map(a => a.effect?.target?.className ?? "?")`); len(moving) > 0 {
		t.Errorf("expected nothing to move, these do: %q", moving)
	}
	// A reader who wants no movement gets the place at once.
	last := eval[int](b, `pizhu.count() - 1`)
	eval[bool](b, `(pizhu.reveal($1, 0, $1, 2, true), true)`, last)
	if !eval[bool](b, `document.querySelector('[data-block="'+$1+'"]').getBoundingClientRect().top < innerHeight`, last) {
		t.Error("expected the text to be there without scrolling past")
	}
	b.shoot("forced")
	b.clean()
}
