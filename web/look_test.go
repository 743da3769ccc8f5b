package main

import "testing"

// The reader's theme, typeface and size hold from the first paint on.
func TestLookIsRemembered(t *testing.T) {
	h := start(t)
	b := newTab(t, sized(1280, 800), before(`
		addEventListener("DOMContentLoaded", () => { window.atStart = {...document.documentElement.dataset}; });`))
	b.open(h.url + "/")
	light := eval[string](b, `getComputedStyle(document.body).backgroundColor`)
	serif := eval[string](b, `getComputedStyle(document.querySelector("article")).fontFamily`)
	size := eval[float64](b, `parseFloat(getComputedStyle(document.querySelector("article")).fontSize)`)
	b.clickOn(`[data-command="settings"]`)
	for _, v := range []string{"dark", "sans", "xl"} {
		b.clickOn(`.choices label:has(input[value="` + v + `"])`)
	}
	b.key("\u001b")
	b.reload()
	if got := eval[map[string]string](b, `atStart`); got["theme"] != "dark" || got["face"] != "sans" || got["size"] != "xl" {
		t.Errorf("expected dark, sans and xl to hold before the program runs, got %v", got)
	}
	if dark := eval[string](b, `getComputedStyle(document.body).backgroundColor`); dark == light {
		t.Errorf("expected another ground in dark, it is %s in both", dark)
	}
	if sans := eval[string](b, `getComputedStyle(document.querySelector("article")).fontFamily`); sans == serif {
		t.Errorf("expected another typeface, it is %s in both", sans)
	}
	if xl := eval[float64](b, `parseFloat(getComputedStyle(document.querySelector("article")).fontSize)`); xl <= size {
		t.Errorf("expected larger text than %v pixels, it is %v", size, xl)
	}
	if n := eval[int](b, `performance.getEntriesByType("resource").filter(e => /\.(woff2?|ttf|otf)/.test(e.name)).length`); n != 0 {
		t.Errorf("expected no font to be downloaded, %d were", n)
	}
	b.clean()
}

// A sheet takes the focus, keeps it, and gives it back.
func TestSheetsKeepTheFocus(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	eval[bool](b, `(document.querySelector('[data-command="articles"]').focus(), true)`)
	b.key("\r")
	b.until("the focus in the list of articles", `document.getElementById("sheet")?.contains(document.activeElement)`)
	for range 12 {
		b.key("\t")
		if !eval[bool](b, `document.getElementById("sheet").contains(document.activeElement)`) {
			t.Fatal("expected Tab to stay in the sheet")
		}
	}
	b.key("\u001b")
	b.until("the focus back where it was", `document.activeElement?.dataset.command === "articles"`)
	b.key("?")
	b.until("the sheet of shortcuts", `document.querySelectorAll(".keys tr").length > 10`)
	b.clean()
}
