package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pizhu/app/article"
	"pizhu/corpus"
)

func TestOwnFiles(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.give(map[string][]byte{"我的文章.md": []byte("# 自己的題目\n\n第一段，說**一件**事。\n\n## 小標\n\n第二段。\n")})
	b.until("the dropped file to be read", `document.querySelector('[data-block="1"]')?.textContent === "第一段，說一件事。"`)
	if tag := eval[string](b, `document.querySelector('[data-block="2"]').tagName`); tag != "H2" {
		t.Errorf("expected the Markdown heading to be an H2, it is %s", tag)
	}
	b.drag(1, 0, 1, 2)
	b.tag("1")
	q := b.quotes()
	b.reload()
	b.expectQuotes("in one's own file, after a reload", q...)
	b.clickOn(`[data-command="articles"]`)
	b.until("the file to be on the list", `[...document.querySelectorAll(".shelf b")].some(e => e.textContent === "自己的題目")`)
	b.key("\u001b")
	b.offlineReady()
	h.stop()
	b.reload()
	b.expectQuotes("in one's own file, offline", q...)

	// By the button: the file chooser is the browser's, the input is ours.
	b.clickOn(`[data-command="settings"]`)
	eval[bool](b, `(HTMLInputElement.prototype.click = function () {}, true)`) // no chooser without a screen
	b.clickOn(`#sheet [data-command="open-file"]`)
	b.until("a file input", `document.getElementById("file-picker")`)
	path := b.TempDir() + "/第二篇.txt"
	writeFile(t, path, "另一篇文章的第一段。\n另一篇文章的第二段。\n")
	node := eval[string](b, `document.getElementById("file-picker").type`)
	if node != "file" {
		t.Fatalf("expected a file input, got %q", node)
	}
	b.do(chromedp.SetUploadFiles(chromedp.ID("file-picker"), []string{path}, chromedp.NodeReady))
	b.until("the chosen file to be read", `document.querySelector('[data-block="0"]')?.textContent === "另一篇文章的第一段。"`)

	// Remove it, and take that back.
	b.clickOn(`[data-command="articles"]`)
	b.clickOn(`.shelf li:has([aria-current]) button`)
	b.clickOn(`[data-do="remove-article"]`)
	b.until("to be asked", `document.getElementById("remove-yes")`)
	b.clickOn(`#remove-yes`)
	b.until("the file to leave the list", `![...document.querySelectorAll(".shelf b")].some(e => e.textContent === "第二篇")`)
	b.clickOn(`.toast button`)
	b.clickOn(`[data-command="articles"]`)
	b.until("the file to come back", `[...document.querySelectorAll(".shelf b")].some(e => e.textContent === "第二篇")`)
	b.clean()
}

func TestFilesThatCannotBeRead(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	q := b.quotes()
	cases := []struct {
		name string
		data []byte
		says string
	}{
		{"空.txt", nil, "沒有文字"},
		{"大.txt", []byte(strings.Repeat("字", article.MaxBytes/3+2)), "超過 10 MB"},
		{"圖.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), "不是文字檔"},
		{"怪.txt", []byte("ok\n\xb5\xff\xfe\x80"), "認不出第 2 行"},
		{"假書.epub", []byte("PK\x03\x04 nothing"), "不是文字檔"},
		{"無字.html", []byte("<p><script>x()</script>"), "沒有文字"},
		{"無題.txt", []byte("---\nauthor: 某\n---\n文"), "沒有 title"},
		{"壞日.txt", []byte("---\ntitle: 題\ndate: 昨天\n---\n文"), "第 3 行"},
	}
	for _, c := range cases {
		b.give(map[string][]byte{c.name: c.data})
		b.until(fmt.Sprintf("%s to be refused, saying %q", c.name, c.says), `document.querySelector('[data-notice="file"]')?.textContent.includes($1) && document.querySelector('[data-notice="file"]').textContent.includes($2)`, c.says, c.name)
		b.expectQuotes("after "+c.name+" was refused", q...)
	}
	b.clean()
}

func TestTenMegabytesOpen(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	line := strings.Repeat("這是一段很長的文字，為了看看大檔案能不能打開。", 10) + "\n"
	data := []byte(strings.Repeat(line, article.MaxBytes/len(line)))
	b.give(map[string][]byte{"十兆.txt": data})
	b.until("a file of ten megabytes to open", `document.querySelector("article h1")?.textContent === "十兆"`)
	b.drag(0, 0, 0, 6)
	b.tag("1")
	if b.stored() != 1 {
		t.Errorf("expected the large article to be annotatable, %d annotations are stored", b.stored())
	}
	b.clean()
}

func TestSurrogatePairs(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.give(map[string][]byte{"表情.txt": []byte("甲😀乙𠮷丙丁戊己\n")})
	b.until("the file to be read", `document.querySelector('[data-block="0"]')?.textContent.startsWith("甲😀")`)
	eval[bool](b, `(() => { const n = document.querySelector('[data-block="0"]').firstChild, r = document.createRange(); r.setStart(n, 2); r.setEnd(n, 5); getSelection().removeAllRanges(); getSelection().addRange(r); return true; })()`)
	b.tag("1")
	b.expectQuotes("a selection from inside one pair to inside another takes both whole", "😀乙𠮷")
	b.clean()
}

func TestStorageStates(t *testing.T) {
	h := start(t)
	t.Run("full", func(t *testing.T) {
		b := newTab(t)
		b.open(h.url + "/")
		eval[int](b, `(() => { let n = 1 << 20, i = 0; while (n > 0) { try { localStorage.setItem("other-" + i++, "x".repeat(n)); } catch { n >>= 1; } } return i; })()`)
		b.drag(0, 0, 0, 6)
		b.tag("1")
		b.until("the bar that says the storage is full", `document.querySelector('[data-notice="unsaved"]')?.textContent.includes("已滿")`)
		if n := len(b.quotes()); n != 1 {
			t.Errorf("expected the work to stay in memory, the panel lists %d", n)
		}
		next := b.downloads()
		b.clickOn(`[data-notice="unsaved"] button`)
		if _, data := next(); !strings.Contains(string(data), "urn:uuid:") {
			t.Errorf("expected the bar's export to hold the annotation that was not saved")
		}
		eval[bool](b, `(() => { for (const k of Object.keys(localStorage)) if (k.startsWith("other-")) localStorage.removeItem(k); return true; })()`)
		b.clickOn(`[data-notice="unsaved"] button:nth-of-type(2)`)
		b.until("the bar to go once saving works again", `!document.querySelector('[data-notice="unsaved"]')`)
		if b.stored() != 1 {
			t.Errorf("expected the annotation to be stored after trying again, %d are", b.stored())
		}
		b.clean()
	})
	t.Run("blocked", func(t *testing.T) {
		b := newTab(t, before(`Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError"); }, configurable: true});`))
		b.open(h.url + "/")
		b.until("the page to say that storage is blocked", `document.querySelector('[data-notice="blocked"]')`)
		b.drag(0, 0, 0, 6)
		b.tag("1")
		b.until("the bar that says the work is in memory alone", `document.querySelector('[data-notice="unsaved"]')?.textContent.includes("記憶體")`)
		b.clean()
	})
	t.Run("garbage", func(t *testing.T) {
		b := newTab(t, before(`if (!localStorage.getItem("pizhu/1/pref")) {
			localStorage.setItem("pizhu/1/pref", "{{{");
			localStorage.setItem("pizhu/1/a/`+corpus.Articles()[0].ID+`/00000000-0000-4000-8000-000000000000", "not json \u0000");
			localStorage.setItem("pizhu/1/a/zzz", "[1,2");
			localStorage.setItem("pizhu/1/habits", "null[");
		}`))
		b.open(h.url + "/")
		b.until("the page to say what it set aside", `document.querySelector('[data-notice="damaged"]')`)
		kept := eval[int](b, `Object.values(localStorage).filter(v => v === "not json \u0000" || v === "[1,2").length`)
		if kept != 2 {
			t.Errorf("expected both unreadable values to be kept under another key, %d are", kept)
		}
		aside := eval[int](b, `Object.keys(localStorage).filter(k => k.startsWith("pizhu/quarantine/")).length`)
		if aside != 2 {
			t.Errorf("expected both to be set aside, %d are", aside)
		}
		b.drag(0, 0, 0, 6)
		b.tag("1")
		b.clean()
	})
}
