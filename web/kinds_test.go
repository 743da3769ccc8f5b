package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pizhu/app/annotation"
)

// fill puts a value into a field the way a reader who leaves the field does.
func (b *tab) fill(css, value string) {
	b.Helper()
	b.until("a field "+css, `document.querySelector($1)`, css)
	eval[bool](b, `(() => {
		const e = document.querySelector($1);
		e.value = $2;
		e.dispatchEvent(new Event("input", {bubbles: true}));
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`, css, value)
	b.settle()
}

// The reader's own claim types: added, used, changed, moved, merged, deleted,
// taken back, and sent along.
func TestOwnTypes(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.key("c")
	b.clickOn("#kind-new")
	b.do(chromedp.KeyEvent("產品召回\r"))
	b.until("the new type's fields", `document.querySelector('.kinds li:last-child .edit')`)
	name := eval[string](b, `document.querySelector(".kinds li:last-child").dataset.kind`)
	b.clickOn(`.kinds .colours label:nth-child(3)`)
	colour := func(what, want string) {
		t.Helper()
		b.until(what, `(document.querySelector(".kinds .colours :checked")?.value ?? "") === $1`, want)
		b.until(what+" to be kept", `Object.entries(localStorage).some(([k, v]) => k === "pizhu/1/t/" + $1 && (v.includes($2) || !$2))`, name, want)
		b.settle()
		if got := eval[string](b, `document.querySelector(".kinds .colours :checked")?.value ?? ""`); got != want {
			t.Errorf("%s: expected %q to stay chosen, %q is", what, want, got)
		}
	}
	colour("the colour to change", "funding")
	// A frame is drawn between the press of the mouse and its release.
	at := b.middle(`.kinds .colours label:nth-child(5)`)
	b.mouse("mousePressed", at, left...)
	eval[bool](b, `(document.dispatchEvent(new Event("selectionchange")), dispatchEvent(new Event("resize")), true)`)
	b.settle()
	b.mouse("mouseReleased", at, left...)
	fifth := eval[string](b, `document.querySelector(".kinds .colours label:nth-child(5) input").value`)
	colour("the colour that was clicked while the page was drawn", fifth)
	b.key(kb.ArrowRight)
	sixth := eval[string](b, `document.querySelector(".kinds .colours label:nth-child(6) input").value`)
	colour("the next colour by the keyboard", sixth)
	b.key("z", chromedp.ModifierCtrl)
	colour("the colour before, by undo", fifth)
	b.clickOn(`.kinds [data-kind="lawsuit"] .name`)
	b.until("the colour of another type", `document.querySelector(".kinds .colours :checked")?.value === "lawsuit"`)
	b.clickOn(`.kinds [data-kind="` + name + `"] .name`)
	colour("the colour of the first again", fifth)
	b.fill(`.kinds .colours input[type=color]`, "#123456")
	colour("a colour of one's own", "")
	b.clickOn(`.kinds .colours label:nth-child(3)`)
	colour("a shipped colour instead of it", "funding")
	b.fill(`.kinds [data-line]`, "wavy-15")
	b.fill(`.kinds [data-label="zh-Hans"]`, "产品召回")
	b.fill(`.kinds [data-label="en"]`, "Lawsuit")
	b.until("a name that another type has to be refused", `document.querySelector(".kinds .problem")?.textContent.includes("已有類型")`)
	b.fill(`.kinds [data-label="en"]`, "Recall")
	b.fill(`.kinds [data-triggers]`, "成績單\n不接受")
	b.until("the trigger words to be kept in Simplified", `Object.entries(localStorage).some(([k, v]) => k.startsWith("pizhu/1/t/") && v.includes("成绩单"))`)
	for i := 12; i > 1; i-- {
		b.clickOn(`[data-kind="` + name + `"] .kind button:nth-of-type(2)`)
	}
	b.until("the type to stand second", `document.querySelectorAll(".kinds li")[1].dataset.kind === $1`, name)
	b.key("\u001b")

	b.drag(0, 0, 0, 6)
	b.tag("2")
	layer := "pz-own-" + name
	if n := eval[int](b, `CSS.highlights.get($1)?.size ?? -1`, layer); n != 1 {
		t.Fatalf("expected the highlight in the layer of the reader's type, it has %d", n)
	}
	style := eval[[]string](b, `(() => { const s = getComputedStyle(document.getElementById("article"), "::highlight(" + $1 + ")"); return [s.backgroundColor, s.textDecorationStyle]; })()`, layer)
	if style[0] != "rgb(214, 239, 221)" || style[1] != "wavy" {
		t.Errorf("expected the type's own green ground and wavy line, got %v", style)
	}
	q := b.quotes()
	second := b.second()
	second.open(h.url + "/")
	second.expectQuotes("in another tab", q...)
	second.until("the type in another tab", `document.querySelector("#list .t-own-" + $1)`, name)

	// The reader's own words suggest the type.
	b.clickOn(`[data-command="suggest"]`)
	b.until("a suggestion by the reader's own word", `[...document.querySelectorAll("#list [data-suggestion] > i")].some(e => e.className === "t-own-" + $1)`, name)
	b.clickOn(`[data-command="suggest"]`)

	next := b.downloads()
	b.clickOn(`[data-command="export-json"]`)
	_, data := next()
	set, problems, err := annotation.Decode(bytes.NewReader(data))
	if err != nil || len(problems) > 0 {
		t.Fatalf("expected the export to be read back, got %v %v", err, problems)
	}
	found := false
	for _, typ := range set.Types {
		found = found || typ.Name == name && typ.Labels.Hant == "產品召回" && typ.Labels.Hans == "产品召回" && typ.Labels.En == "Recall" && strings.Join(typ.Triggers, " ") == "成绩单 不接受"
	}
	if !found || len(set.Types) != 13 {
		t.Errorf("expected thirteen types in the export, the reader's among them, got %v", set.Types)
	}

	// Deleting it asks what becomes of its claims; one undo brings all back.
	b.key("c")
	b.clickOn(`[data-kind="` + name + `"] .name`)
	b.clickOn(`[data-action="delete-type"]`)
	b.until("to be asked about the claims", `document.querySelector(".kinds .ask")?.textContent.includes("有 1 則")`)
	b.fill("#kind-into", "opinion")
	b.clickOn(".kinds .ask .solid")
	b.until("the type to go", `!document.querySelector('.kinds [data-kind="' + $1 + '"]')`, name)
	b.until("its claim to be retyped", `document.querySelector("#list .t-opinion")`)
	b.key("z", chromedp.ModifierCtrl)
	b.until("one undo to bring the type and its claim back", `document.querySelector('.kinds [data-kind="' + $1 + '"]') && document.querySelector("#list .t-own-" + $1)`, name)

	// Merging gives the claims and the words to another type.
	b.clickOn(`[data-kind="` + name + `"] .name`)
	b.fill(`[data-merge="`+name+`"]`, "price")
	b.until("the claim to be merged", `document.querySelector("#list .t-price")`)
	second.until("another tab to follow", `document.querySelector("#list .t-price")`)
	b.reload()
	b.until("the merge to last", `document.querySelector("#list .t-price")`)
	b.expectQuotes("after a reload", q...)

	// A type that ships can go too, and comes back whole.
	b.key("c")
	b.clickOn(`[data-kind="lawsuit"] .name`)
	b.clickOn(`[data-action="delete-type"]`)
	b.until("the shipped type to go", `!document.querySelector('.kinds [data-kind="lawsuit"]')`)
	b.key("z", chromedp.ModifierCtrl)
	b.until("it to come back in its place", `document.querySelectorAll(".kinds li")[1].dataset.kind === "lawsuit"`)
	b.clean()
	second.clean()
}
