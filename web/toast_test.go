package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A message stands for six seconds: whatever sheet is open, it covers none of its
// controls, and can be answered.
func TestMessagesCoverNoControl(t *testing.T) {
	h := start(t)
	for _, size := range []struct {
		name string
		w, h int64
	}{{"wide", 1280, 800}, {"phone", 390, 844}, {"narrow", 320, 640}} {
		t.Run(size.name, func(t *testing.T) {
			b := newTab(t, sized(size.w, size.h))
			b.downloads()
			b.open(h.url + "/?lang=en") // whose messages are the longest
			for _, name := range sheets {
				if name == "check-source" {
					continue // it stands beside the page, whose message stays where it is
				}
				b.shows(name)
				b.key("e", chromedp.ModifierCtrl, chromedp.ModifierShift)
				b.until("a message in the head of the sheet "+name, `document.querySelector("#sheet .toast:not([hidden])")?.textContent`)
				if n := eval[int](b, `[...document.querySelectorAll(".toast")].filter(e => e.getClientRects().length).length`); n != 1 {
					t.Errorf("%s: expected the message to be shown once, it is %d times", name, n)
				}
				if covered := eval[[]string](b, `(() => {
					const toast = document.querySelector("#sheet .toast").getBoundingClientRect();
					return [...document.querySelectorAll("#sheet :is(button, a[href], input, select, textarea, summary)")].filter(e => {
						const q = e.getBoundingClientRect();
						return !e.closest(".toast") && q.width && q.left < toast.right && q.right > toast.left && q.top < toast.bottom && q.bottom > toast.top && document.elementFromPoint(q.left + q.width / 2, Math.max(q.top, 0) + 2)?.closest(".toast");
					}).map(e => e.outerHTML.slice(0, 120));
				})()`); len(covered) > 0 {
					b.shoot(name)
					t.Errorf("%s: expected the message to cover no control, it covers %q", name, covered)
				}
				if name == "export-as" {
					b.shoot(name)
				}
				b.key(kb.Escape)
				b.until("the sheet to close", `!document.getElementById("sheet")`)
			}
			b.clean()
		})
	}
}

// Nor does it cover the palette of a selection near the window's lower edge.
func TestMessageUnderThePalette(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 6)
	b.tag("1") // which is said
	b.drag(3, 50, 3, 56)
	b.until("the palette over the message", `(() => {
		const palette = document.getElementById("palette").getBoundingClientRect(), toast = document.querySelector(".toast:not([hidden])").getBoundingClientRect();
		return palette.top < toast.bottom && palette.bottom > toast.top;
	})()`)
	if covered := eval[[]string](b, `[...document.querySelectorAll("#palette button")].filter(e => { const q = e.getBoundingClientRect(); return !e.contains(document.elementFromPoint(q.left + q.width / 2, q.top + q.height / 2)); }).map(e => e.textContent)`); len(covered) > 0 {
		t.Errorf("expected every button of the palette to be free, the message covers %q", covered)
	}
	b.clean()
}
