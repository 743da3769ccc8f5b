package main

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"pizhu/app/article"
)

const wildText = "圖書館將開放的消息\n市政府昨天宣布，新的圖書館將在明年三月開放。館長說，這裡會有八萬冊書，還有給孩子們的房間。\n"

const wildPage = `<!doctype html><html lang="zh-TW"><head><title>圖書館｜某某報</title><meta name="author" content="王小明">
<meta property="article:published_time" content="2024-03-04T08:00:00+08:00"><script>window.ran = 1</script><style>p{}</style></head><body>
<nav><a href="/">首頁</a></nav><article><h1>圖書館</h1>
<p>市政府昨天宣布，新的圖書館將在明年三月開放。館長說，這裡會有八萬冊書，<b>還有</b>給孩子們的房間，
也有咖啡廳，市民可以在這裡坐一整天，讀書、寫字、開會，都不用付錢。</p><img src="https://elsewhere.invalid/a.png" onerror="window.ran=1">
<h2>經費</h2><p>一共花了三億元，一半由中央出，另一半由市政府出，議會在去年底通過了這筆預算。</p></article><footer>版權所有</footer></body></html>`

func wildBook(t *testing.T) []byte {
	t.Helper()
	return zipped(t, [][2]string{
		{"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`},
		{"OEBPS/book.opf", `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>小書</dc:title><dc:creator>某甲</dc:creator><dc:language>zh-TW</dc:language></metadata><manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/><item id="a" href="ch%201.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`},
		{"OEBPS/ch 1.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><h1>第一章</h1><p>從前有一個人。</p></body></html>`},
		{"OEBPS/two.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>第二章</h1><p>後來他走了。<script>window.ran = 1</script></p></body></html>`},
	})
}

// zipped is an archive of files, as names and contents.
func zipped(t *testing.T, files [][2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		part, err := w.Create(f[0])
		if err == nil {
			_, err = part.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// blocks are the article's blocks, joined.
func (b *tab) blocks() string {
	b.Helper()
	return eval[string](b, `[...document.querySelectorAll("[data-block]")].map(e => e.textContent).join("|")`)
}

func (b *tab) untilTitle(title string) {
	b.Helper()
	b.until("the article "+title+" to be shown", `document.querySelector("article h1")?.textContent === $1`, title)
}

func TestFilesFromTheWild(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(wildText))
	if err != nil {
		t.Fatal(err)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.NewReplacer("圖書館", "图书馆", "開", "开").Replace(wildText)))
	if err != nil {
		t.Fatal(err)
	}
	b.give(map[string][]byte{"大五.txt": big5})
	b.untilTitle("大五")
	if got := b.blocks(); got != strings.Join(strings.Split(strings.TrimSpace(wildText), "\n"), "|") {
		t.Errorf("expected the Big5 file's text, got %q", got)
	}
	b.give(map[string][]byte{"國標.txt": gb})
	b.untilTitle("國標")
	if got := b.blocks(); !strings.HasPrefix(got, "图书馆將开放的消息|市政府昨天宣布") {
		t.Errorf("expected the GB18030 file's text, got %q", got)
	}

	// The guess is shown, and another can be chosen.
	b.clickOn(`.toast button`)
	b.until("the guessed encoding", `document.getElementById("info-encoding")?.value === "gb18030"`)
	eval[bool](b, `(() => { const s = document.getElementById("info-encoding"); s.value = "big5"; s.dispatchEvent(new Event("change", {bubbles: true})); return true; })()`)
	b.until("the text as Big5", `!document.querySelector('[data-block="0"]').textContent.startsWith("图书馆")`)
	if n := eval[int](b, `document.querySelectorAll(".shelf li").length`); n != 0 {
		t.Errorf("expected the sheet to close, a list of %d articles is open", n)
	}

	b.give(map[string][]byte{"頁.html": []byte(wildPage)})
	b.untilTitle("圖書館")
	got := b.blocks()
	for _, want := range []string{"還有給孩子們的房間，也有咖啡廳", "經費|一共花了三億元"} {
		if !strings.Contains(got, want) {
			t.Errorf("expected the page's readable text to hold %q, got %q", want, got)
		}
	}
	for _, not := range []string{"首頁", "版權", "window"} {
		if strings.Contains(got, not) {
			t.Errorf("expected no %q of the page, got %q", not, got)
		}
	}
	if by := eval[string](b, `document.querySelector(".byline").textContent`); !strings.Contains(by, "王小明") || !strings.Contains(by, "2024年3月4日") {
		t.Errorf("expected author and date in the byline, got %q", by)
	}
	native, err := article.Parse("頁.html", []byte(wildPage))
	if err != nil {
		t.Fatal(err)
	}
	if id := eval[string](b, `document.getElementById("article").dataset.article`); id != native.ID {
		t.Errorf("expected the browser to read the page as the native reader does, got %q instead of %q", got, native.Text)
	}

	b.give(map[string][]byte{"書.epub": wildBook(t)})
	b.untilTitle("小書")
	if got := b.blocks(); got != "第一章|從前有一個人。|第二章|後來他走了。" {
		t.Errorf("expected the book's chapters in order, got %q", got)
	}
	b.reload()
	b.untilTitle("小書")
	if got := b.blocks(); got != "第一章|從前有一個人。|第二章|後來他走了。" {
		t.Errorf("expected the book as it was after a reload, got %q", got)
	}
	if tag := eval[string](b, `document.querySelector('[data-block="2"]').tagName`); tag != "H2" {
		t.Errorf("expected a chapter's title to be a heading after a reload, it is %s", tag)
	}
	if eval[bool](b, `!!window.ran`) {
		t.Error("expected no script of a page or a book to run, one did")
	}
	for _, u := range b.requests() {
		if strings.Contains(u, "elsewhere") {
			t.Errorf("expected no request for what a page shows, got %s", u)
		}
	}
	b.clean()
}

// paste puts something on the clipboard of a paste event.
func (b *tab) paste(into, plain, html string) {
	b.Helper()
	eval[bool](b, `(() => {
		const dt = new DataTransfer();
		dt.setData("text/plain", $2);
		if ($3) dt.setData("text/html", $3);
		document.querySelector($1).dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: dt}));
		return true;
	})()`, into, plain, html)
}

func TestPasting(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.paste("body", "貼上的一篇短文。它有兩句。\n第二段。", "")
	b.untilTitle("貼上的一篇短文")
	b.paste("body", "看不到", `<html><body><!--StartFragment--><h1>大題</h1><p>一段<b>粗</b>字。</p><script>window.ran=1</script><ul><li>甲</li><li>乙</li></ul><!--EndFragment--></body></html>`)
	b.untilTitle("大題")
	if got := b.blocks(); got != "大題|一段粗字。|甲|乙" {
		t.Errorf("expected the pasted page's blocks, got %q", got)
	}
	// By the keyboard alone, in the sheet.
	b.key("v")
	b.until("the sheet to paste in", `document.activeElement?.id === "paste-text" || document.getElementById("paste-text")`)
	eval[bool](b, `(document.getElementById("paste-text").focus(), true)`)
	b.do(insertText("打進去的文字，也可以。"))
	b.clickOn("#paste-open")
	b.untilTitle("打進去的文字，也可以")
	if eval[bool](b, `!!window.ran`) {
		t.Error("expected no pasted script to run, one did")
	}
	b.clean()
}

func TestLargeFilesCanBeStopped(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	line := strings.Repeat("這是一段很長的文字，為了看看大檔案能不能停下來。", 10) + "\n"
	// A press the moment the bar is there: what is tested is that it is heard.
	eval[bool](b, `(new MutationObserver(() => { const s = document.querySelector("[data-stop]"); if (s) { window.shown = document.querySelector('[data-notice="task"] progress')?.max; s.click(); } }).observe(document.body, {childList: true, subtree: true}), true)`)
	b.give(map[string][]byte{"停.txt": []byte(strings.Repeat(line, article.MaxBytes/len(line)))})
	b.until("the page to say that it stopped", `document.querySelector(".toast")?.textContent.includes("已停止")`)
	if eval[float64](b, `window.shown || 0`) != 1 {
		t.Error("expected a bar to show how far the reading has come")
	}
	if title := eval[string](b, `document.querySelector("article h1").textContent`); title == "停" {
		t.Error("expected the file that was stopped not to be opened")
	}
	b.clean()
}

func TestArticlesAreTheReaders(t *testing.T) {
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.give(map[string][]byte{"甲篇.md": []byte("# 甲篇\n\n甲篇的第一段文字在這裡。\n\n## 小標\n\n第二段。\n")})
	b.untilTitle("甲篇")
	b.drag(1, 0, 1, 4)
	b.tag("1")
	q := b.quotes()
	b.give(map[string][]byte{"乙篇.txt": []byte("乙篇的第一段。\n")})
	b.untilTitle("乙篇")

	// Rename, and correct the other facts.
	b.clickOn(`.toast button`)
	b.until("the sheet of the article", `document.getElementById("info-title")?.value === "乙篇"`)
	eval[bool](b, `(() => { for (const [id, v] of [["info-title", "丙篇"], ["info-author", "某人"], ["info-date", "2024-05-06"], ["info-variant", "zh-TW"]]) {
		const e = document.getElementById(id); e.value = v; e.dispatchEvent(new Event("change", {bubbles: true})); } return true; })()`)
	b.untilTitle("丙篇")
	b.until("the new facts in the byline", `document.querySelector(".byline").textContent.includes("某人") && document.querySelector(".byline").textContent.includes("2024年5月6日")`)
	b.key("\u001b")
	b.until("the article's language to be what was chosen", `document.getElementById("article").lang === "zh-TW"`)
	titles := `[...document.querySelectorAll(".shelf li:has([data-info]) b")].map(e => e.textContent).join("|")`
	b.reload()
	b.untilTitle("丙篇")
	b.clickOn(`[data-command="articles"]`)
	b.until("the newest first", titles+` === "丙篇|甲篇"`)

	// Another order, which stays.
	b.clickOn(`.shelf li:has([aria-current]) [data-info]`)
	b.clickOn(`[data-do="move-down"]`)
	b.key("\u001b")
	b.reload()
	b.clickOn(`[data-command="articles"]`)
	b.until("the order to stay", titles+` === "甲篇|丙篇"`)

	// One file holds an article with its annotations.
	next := b.downloads()
	b.clickOn(`.shelf li:nth-of-type(1) [data-info]`)
	b.clickOn(`[data-do="export-with-text"]`)
	_, file := next()
	b.until("the sheet", `document.querySelector('[data-do="remove-article"]')`)
	b.clickOn(`[data-do="remove-article"]`)
	b.clickOn(`#remove-yes`)
	b.until("its annotations to go with it", `document.querySelector(".toast")?.textContent.includes("甲篇")`)
	b.clickOn(`.toast button`) // and back
	b.clickOn(`[data-command="articles"]`)
	b.until("it to be back", titles+` === "甲篇|丙篇"`)
	b.clickOn(`.shelf li:has([data-info]):first-of-type a`)
	b.untilTitle("甲篇")
	b.expectQuotes("after removing was taken back", q...)

	// Removed for good here, it comes whole from the file.
	b.clickOn(`[data-command="articles"]`)
	b.clickOn(`.shelf li:has([aria-current]) [data-info]`)
	b.clickOn(`[data-do="remove-article"]`)
	b.clickOn(`#remove-yes`)
	b.until("it to go", `document.querySelector("article h1")?.textContent !== "甲篇"`)
	c := newTab(t)
	c.open(h.url + "/")
	c.give(map[string][]byte{"甲篇.json": file})
	c.until("the preview to name the article it brings", `document.getElementById("import-yes") && document.getElementById("sheet").textContent.includes("《甲篇》")`)
	c.clickOn(`#import-yes`)
	c.untilTitle("甲篇")
	c.until("the annotation", `document.querySelectorAll("#list [data-annotation]").length === 1`)
	c.expectQuotes("in another browser, from the file", q...)
	if tag := eval[string](c, `document.querySelector('[data-block="2"]').tagName`); tag != "H2" {
		t.Errorf("expected headings to come back from the file, the block is a %s", tag)
	}
	b.clean()
	c.clean()
}

func insertText(text string) chromedp.Action[chromedp.Void] {
	return call(input.InsertText, input.InsertTextParams{Text: text})
}
