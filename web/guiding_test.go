package main

import "testing"

func TestFirstSteps(t *testing.T) {
	h := start(t)
	for _, size := range widths {
		t.Run(size.name, func(t *testing.T) {
			b := newTab(t, sized(size.w, size.h), newcomer)
			b.open(h.url + "/")
			b.until("the first step", `document.getElementById("tour")?.textContent.includes("1／3")`)
			b.shoot("first")
			if focus := eval[string](b, `document.activeElement.tagName`); focus != "BODY" {
				t.Errorf("expected the card not to take the focus, it is on %s", focus)
			}
			// The page goes on beneath it.
			b.drag(0, 0, 0, 6)
			b.until("the palette", `!document.getElementById("palette").hidden`)
			b.key("1")
			b.until("the annotation", `document.querySelector("#list [data-annotation]")`)
			b.until("the second step, once something was tagged", `document.getElementById("tour").textContent.includes("2／3")`)
			b.clickOn(`.scripts label:has(input[value="zh-Hans"])`)
			b.until("the last step, once the script was changed", `document.getElementById("tour").textContent.includes("3／3")`)
			b.clickOn(`.scripts label:has(input[value="source"])`)
			b.until("the last step", `document.getElementById("tour").textContent.includes("3／3")`)
			b.clickOn("#tour [data-command=guide]")
			b.until("the help page with its worked example", `document.querySelector("#sheet mark.t-benchmark") && document.querySelectorAll("#sheet ol li").length === 5`)
			b.shoot("guide")
			eval[bool](b, `(document.querySelector('#sheet [data-command="about"]').click(), true)`) // a message may lie over it
			b.until("the about page", `document.querySelectorAll("#sheet .works tr").length > 5`)
			b.shoot("about")
			b.key("\u001b")
			b.reload()
			if eval[bool](b, `!!document.getElementById("tour")`) {
				t.Error("expected the first steps not to come again")
			}
			b.clean()
		})
	}
	b := newTab(t, newcomer)
	b.open(h.url + "/")
	b.clickOn("#tour-next")
	b.until("the second step", `document.getElementById("tour").textContent.includes("2／3")`)
	b.clickOn("#tour-skip")
	b.until("the card to go", `!document.getElementById("tour")`)
	b.reload()
	if eval[bool](b, `!!document.getElementById("tour")`) {
		t.Error("expected what was skipped not to come again")
	}
	if got := eval[string](b, `fetch("static/licenses.txt").then(r => r.text()).then(s => s.slice(0, 7))`); got != "==== Go" {
		t.Errorf("expected the licences in full, got %q", got)
	}
	b.clean()
}
