package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A fault of the program is said, with a way to export everything, and saving
// goes on.
func TestFaultsAreCaught(t *testing.T) {
	h := start(t)
	cases := []struct{ name, fault string }{
		// The browser answers a handler with what is no place.
		{"in an event", `(() => {
			const hit = pizhu.hit;
			pizhu.hit = () => { pizhu.hit = hit; return ["a", "b"]; };
			pizhu.onclick(300, 300, 1);
			return true;
		})()`},
		// It answers with what is no answer, inside a function that it calls itself.
		{"in a callback", `(pizhu.onscroll("up", null), true)`},
		// Something else has changed the page, as translators and extensions do,
		// so that drawing it fails.
		{"in drawing", `(() => {
			document.querySelector("#panel .chips").replaceChildren();
			dispatchEvent(new KeyboardEvent("keydown", {key: "z", ctrlKey: true, bubbles: true, cancelable: true}));
			return true;
		})()`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.open(h.url + "/")
			b.drag(0, 0, 0, 4)
			b.tag("1")
			b.drag(1, 0, 1, 4)
			b.tag("2")
			b.key("\u001b")
			kept := b.quotes()
			eval[bool](b, c.fault)
			b.until("the fault to be said", `document.querySelector('[data-notice="crashed"] button')`)
			if c.name == "in drawing" {
				kept = kept[:1] // it came of taking the second back
			}
			b.until("everything to be listed", `document.querySelectorAll("#list [data-annotation]").length === $1`, len(kept))
			b.expectQuotes("after the fault", kept...)

			// All that is kept can be exported from there.
			next := b.downloads()
			b.clickOn(`[data-notice="crashed"] button`)
			if _, data := next(); strings.Count(string(data), `"urn:uuid:`) < len(kept) || !strings.Contains(string(data), kept[0]) {
				t.Errorf("expected the export to hold the annotations, got %.300s", data)
			}

			// Work goes on, and is saved.
			b.drag(2, 0, 2, 4)
			b.tag("3")
			if n := eval[int](b, `Object.entries(localStorage).filter(([k, v]) => k.startsWith("pizhu/1/a/") && v.split("\t")[12] !== "1").length`); n != len(kept)+1 {
				t.Errorf("expected %d annotations to be stored, %d are", len(kept)+1, n)
			}
			b.key("z", chromedp.ModifierCtrl)
			b.expectQuotes("after undoing", kept...)
			b.reload()
			b.expectQuotes("after a reload", kept...)
			if n := eval[int](b, `document.querySelectorAll('[data-notice="crashed"]').length`); n > 0 {
				t.Error("expected a reload to start afresh, the fault is still said")
			}
		})
	}
}
