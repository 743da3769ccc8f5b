package main

import (
	"github.com/chromedp/chromedp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// What is chosen in a sheet is what is kept, however fast and by whatever it was
// chosen, and however often the page is drawn meanwhile.
func TestChoices(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	chosen := func() string {
		return eval[string](b, `[...document.querySelectorAll("#sheet input[type=radio]:checked")].map(e => e.name + "=" + e.value).join(" ")`)
	}
	expect := func(when, want string) {
		t.Helper()
		if got := chosen(); got != want {
			t.Errorf("%s: expected %s to be chosen, there is %s", when, want, got)
		}
	}
	b.clickOn(`[data-command="settings"]`)
	b.until("the settings", `document.querySelector("#sheet input:checked")`)
	expect("at first", "theme=system face=serif size=m language=zh-Hant")

	// A frame is drawn between the press of the mouse and its release.
	at := b.middle(`label:has(input[name="theme"][value="dark"])`)
	b.mouse("mousePressed", at, left...)
	eval[bool](b, `(document.dispatchEvent(new Event("selectionchange")), dispatchEvent(new Event("resize")), true)`)
	b.settle()
	b.mouse("mouseReleased", at, left...)
	b.until("the dark theme", `document.documentElement.dataset.theme === "dark"`)
	// Faster than frames.
	eval[bool](b, `(["sans", "serif", "sans"].forEach(v => document.querySelector('input[name="face"][value="' + v + '"]').click()), true)`)
	b.until("the last face that was chosen", `document.documentElement.dataset.face === "sans"`)
	eval[bool](b, `(document.querySelector('input[name="size"]:checked').focus(), true)`)
	b.key(kb.ArrowRight)
	b.until("the next size by the keyboard", `document.documentElement.dataset.size === "l"`)
	expect("after choosing", "theme=dark face=sans size=l language=zh-Hant")

	b.key(kb.Escape)
	b.until("the sheet to close", `!document.querySelector("#sheet input")`)
	b.key("e")
	b.until("the sheet of exports", `document.querySelector('#sheet input[name="scope"]')`)
	expect("in the exports", "scope=article")
	b.clickOn(`#sheet label:has(input[name="scope"][value="all"])`)
	expect("in the exports", "scope=all")
	b.key(kb.Escape)
	b.reload()
	b.clickOn(`[data-command="settings"]`)
	b.until("the settings", `document.querySelector("#sheet input:checked")`)
	expect("after a reload", "theme=dark face=sans size=l language=zh-Hant")
	if kept := eval[string](b, `localStorage["pizhu/1/pref"]`); !strings.Contains(kept, `"theme":"dark"`) || !strings.Contains(kept, `"size":"l"`) {
		t.Errorf("expected the choices to be kept, there is %s", kept)
	}
	b.clean()
}

// A sheet that another one leads to begins at its top, however far down that one
// was read.
func TestSheetsBeginAtTheirTop(t *testing.T) {
	h := start(t)
	b := newTab(t, sized(390, 844))
	b.open(h.url + "/")
	for _, sheet := range []string{"guide", "help"} {
		b.clickOn(`.bar [data-command="settings"]`)
		b.until("the menu", `document.querySelector("#sheet .actions")`)
		eval[bool](b, `(document.querySelector("#sheet .body").scrollTop = 1e6, true)`)
		eval[bool](b, `(document.querySelector('#sheet [data-command="'+$1+'"]').click(), true)`, sheet)
		b.until("the sheet "+sheet, `document.getElementById("sheet")?.dataset.sheet === $1`, sheet)
		b.settle()
		if y := eval[float64](b, `document.querySelector("#sheet .body").scrollTop`); y != 0 {
			t.Errorf("expected %s to begin at its top, it is %v pixels down", sheet, y)
		}
		b.key(kb.Escape)
	}
	b.clean()
}

var left = []chromedp.MouseOption{chromedp.ButtonLeft, chromedp.ClickCount(1)}
