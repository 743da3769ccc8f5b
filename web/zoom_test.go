package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// hidden are the controls that a reader cannot get at: cut off at the window's
// edge even when scrolled to, or under something else. While a sheet is
// open, its own: at such widths it lies over the panel.
const hidden = `(() => {
	return [...(document.getElementById("sheet") || document).querySelectorAll("button, a[href], select, textarea, summary, input")].filter(e => {
		if (!e.checkVisibility({opacityProperty: !e.matches("[type=radio], [type=checkbox]"), visibilityProperty: true}) || e.closest(".skip, svg, #article") || e.disabled) return false;
		e.scrollIntoView({block: "center", inline: "center"});
		const q = e.getBoundingClientRect();
		if (q.width < 2) return false;
		if (q.left < -1 || q.right > innerWidth + 1 || q.top < -1 || q.top > innerHeight) return true;
		const at = document.elementFromPoint(q.left + q.width / 2, Math.min(q.top + q.height / 2, innerHeight - 1));
		return !(at && (e.contains(at) || at.contains(e) && at.matches("label") || at.closest("label")?.contains(e)));
	}).map(e => (e.dataset.command || e.dataset.tag || e.id || e.className || e.tagName) + " " + e.textContent.trim().slice(0, 12));
})()`

// At twice the size, and at four times, a window of 1280 pixels is one of 640 and
// of 320: everything can still be read and reached, and nothing scrolls sideways.
func TestZoom(t *testing.T) {
	h := start(t)
	for _, zoom := range []struct {
		name  string
		w, h  int64
		scale float64
	}{{"200 %", 640, 400, 2}, {"400 %", 320, 256, 4}} {
		t.Run(zoom.name, func(t *testing.T) {
			b := newTab(t)
			b.do(chromedp.EmulateViewport(zoom.w, zoom.h, chromedp.EmulateScale(zoom.scale)))
			b.open(h.url + "/?lang=en")
			look := func(state string) {
				t.Helper()
				b.settle()
				if over := eval[int](b, `Math.max(document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll("#sheet, #sheet .body, #reading, #panel")].map(e => e.scrollWidth - e.clientWidth))`); over > 1 {
					b.shoot(strings.ReplaceAll(state, " ", "-"))
					t.Errorf("%s: expected nothing to scroll sideways, %d pixels are too wide", state, over)
				}
				if list := eval[[]string](b, hidden); len(list) > 0 {
					b.shoot(strings.ReplaceAll(state, " ", "-"))
					t.Errorf("%s: expected every control to be reached, these are cut off or covered: %q", state, list)
				}
			}
			look("the article")
			b.shoot("article")
			b.drag(0, 0, 0, 4)
			b.until("the palette", `!document.getElementById("palette").hidden`)
			look("a selection")
			b.key("1")
			b.until("the annotation", `document.querySelector("#list [data-annotation]")`)
			b.key("\u001b")
			for _, sheet := range sheets {
				b.shows(sheet)
				look("the sheet " + sheet)
				b.key("\u001b")
				b.until("the sheet to close", `!document.getElementById("sheet")`)
			}
			b.clean()
		})
	}
}
