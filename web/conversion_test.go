package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// What a conversion was not sure of is dotted on demand, and every converted
// character can be asked.
func TestDoubtsAndExplanations(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.give(map[string][]byte{"轉換.txt": []byte("他发现软件里的头发只有一只。\n这个程序的质量很好。\n")})
	b.until("the file to be read", `document.querySelector('[data-block="0"]')?.textContent.startsWith("他发现")`)
	b.script("zh-TW")
	b.until("the text in Taiwan's form", `document.querySelector('[data-block="0"]').textContent.includes("頭髮") && document.querySelector('[data-block="1"]').textContent.includes("程式")`)
	b.key("u")
	b.until("uncertain characters to be dotted", `CSS.highlights.get("pz-doubt").size > 0`)

	at := strings.Index(eval[string](b, `document.querySelector('[data-block="1"]').textContent`), "程式")
	if at < 0 {
		t.Fatal("expected 程式 in the second block")
	}
	unit := len([]rune(eval[string](b, `document.querySelector('[data-block="1"]').textContent`)[:at]))
	b.mouse(chromedp.MouseMoved, b.glyph(1, unit, 0.5))
	b.until("the explanation of 程序 → 程式", `!document.getElementById("explained").hidden && document.getElementById("explained").textContent.includes("程序")`)
	b.mouse(chromedp.MouseMoved, point{600, 700})
	b.until("the explanation to go with the pointer", `document.getElementById("explained").hidden`)

	// Without a pointer: the selection, and a key.
	eval[bool](b, `(() => { const n = document.querySelector('[data-block="1"]').firstChild; getSelection().setBaseAndExtent(n, `+strconv.Itoa(unit)+`, n, `+strconv.Itoa(unit+2)+`); return true; })()`)
	b.key("i")
	b.until("the explanation of the selection", `!document.getElementById("explained").hidden`)
	b.key("u")
	b.until("the dots to go", `CSS.highlights.get("pz-doubt").size === 0`)
	b.clean()
}

func TestCheckTheSource(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	text := "這份報告指出，随著競争加劇，公司内部對這個問題的看法隻是暫時一致。\n盡管如此，團隊仍然持續叠代産品，並且公布了結果。\n"
	b.give(map[string][]byte{"待查.txt": []byte(text)})
	b.until("the file to be read", `document.querySelector('[data-block="0"]')?.textContent.startsWith("這份")`)
	b.drag(0, 0, 0, 3)
	b.tag("1")
	before := eval[string](b, kept)
	b.clickOn(`[data-command="settings"]`)
	b.clickOn(`#sheet [data-command="check-source"]`)
	b.until("the faults to be listed", `document.querySelectorAll("[data-fault]").length >= 5`)
	listed := eval[string](b, `document.getElementById("sheet").textContent`)
	for _, want := range []string{"隨", "爭", "只", "儘", "迭"} {
		if !strings.Contains(listed, want) {
			t.Errorf("expected %s to be suggested; the list says %s", want, listed)
		}
	}
	b.clickOn(`[data-fault]`)
	b.until("the fault to be shown in the text", `CSS.highlights.get("pz-found").size === 1`)
	b.clickOn(`#set-corrected`)
	b.until("the text as corrected", `document.querySelector('[data-block="0"]').textContent.includes("隨著競爭") && document.querySelector('[data-block="1"]').textContent.includes("儘管")`)
	b.script("zh-Hans")
	b.until("the corrected text, converted", `document.querySelector('[data-block="1"]').textContent.includes("尽管")`)
	b.script("source")
	b.clickOn(`#set-corrected`)
	b.until("the text as it is", `document.querySelector('[data-block="0"]').textContent.includes("随著競争")`)
	if now := eval[string](b, kept); now != before {
		t.Errorf("expected nothing stored to change:\n%s\n%s", before, now)
	}
	b.clean()
}
