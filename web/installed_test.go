package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pizhu/corpus"
)

// webpSize is the size of a lossy WebP picture, from its frame's head.
func webpSize(data []byte) (w, h int) {
	i := bytes.Index(data, []byte("VP8 "))
	if i < 0 || len(data) < i+18 {
		return 0, 0
	}
	frame := data[i+8:]
	return int(binary.LittleEndian.Uint16(frame[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(frame[8:]) & 0x3fff)
}

func TestManifest(t *testing.T) {
	s := must(theSite())
	var m struct {
		ID, Name, Lang, Dir string
		Categories          []string
		DisplayOverride     []string `json:"display_override"`
		Icons, Screenshots  []struct {
			Src, Type, Sizes, Purpose, Label string
			FormFactor                       string `json:"form_factor"`
		}
		Shortcuts []struct {
			Name, URL string
			Icons     []struct{ Src string }
		}
		ShareTarget  map[string]any `json:"share_target"`
		FileHandlers []struct {
			Action string
			Accept map[string][]string
		} `json:"file_handlers"`
		LaunchHandler map[string]any `json:"launch_handler"`
	}
	if err := json.Unmarshal(s["manifest.webmanifest"].body, &m); err != nil {
		t.Fatal(err)
	}
	if m.ID == "" || m.Lang == "" || m.Dir == "" || len(m.Categories) == 0 || len(m.DisplayOverride) == 0 || m.ShareTarget == nil || m.LaunchHandler == nil {
		t.Errorf("expected the manifest to have id, lang, dir, categories, display_override, share_target and launch_handler: %+v", m)
	}
	purposes := map[string]bool{}
	for _, icon := range m.Icons {
		f, ok := s[icon.Src]
		if !ok || f.kind != icon.Type {
			t.Errorf("expected the icon %s of type %s in the site", icon.Src, icon.Type)
			continue
		}
		purposes[icon.Purpose] = true
		if icon.Type == "image/png" {
			c, err := png.DecodeConfig(bytes.NewReader(f.body))
			if err != nil || fmt.Sprintf("%dx%d", c.Width, c.Height) != icon.Sizes {
				t.Errorf("expected %s to be of %s, it is of %dx%d (%v)", icon.Src, icon.Sizes, c.Width, c.Height, err)
			}
		}
	}
	if !purposes["maskable"] || !purposes["monochrome"] || !purposes[""] {
		t.Errorf("expected icons for every purpose, there are %v", purposes)
	}
	forms := map[string]bool{}
	for _, shot := range m.Screenshots {
		f, ok := s[shot.Src]
		if !ok {
			t.Errorf("expected the screenshot %s in the site", shot.Src)
			continue
		}
		forms[shot.FormFactor] = true
		if w, h := webpSize(f.body); fmt.Sprintf("%dx%d", w, h) != shot.Sizes {
			t.Errorf("expected %s to be of %s, it is of %dx%d", shot.Src, shot.Sizes, w, h)
		}
		if len(f.body) > 150<<10 {
			t.Errorf("expected %s to be under 150 KB, it has %d", shot.Src, len(f.body))
		}
		if !f.online {
			t.Errorf("expected %s to be left out of the offline copy", shot.Src)
		}
	}
	if !forms["wide"] || !forms["narrow"] {
		t.Errorf("expected screenshots of both forms, there are %v", forms)
	}
	handled := map[string]bool{}
	for _, f := range m.FileHandlers {
		for _, ends := range f.Accept {
			for _, end := range ends {
				handled[end] = true
			}
		}
	}
	for _, end := range []string{".txt", ".md", ".html", ".json", ".epub"} {
		if !handled[end] {
			t.Errorf("expected files that end in %s to be opened with the program", end)
		}
	}
	if len(m.Shortcuts) != 2 {
		t.Errorf("expected two shortcuts, there are %d", len(m.Shortcuts))
	}

	// And what the browser makes of it.
	h := start(t)
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	problems := invoke(b, page.GetAppManifest, page.GetAppManifestParams{})
	for _, e := range problems.Errors {
		t.Errorf("expected the browser to find no fault in the manifest: %s (line %d)", e.Message, e.Line)
	}
	for _, e := range invoke(b, page.GetInstallabilityErrors, cdp.Empty{}).InstallabilityErrors {
		if e.ErrorID != "in-incognito" { // as every profile of a test is
			t.Errorf("expected the program to be installable: %s", e.ErrorID)
		}
	}
}

// invoke calls the browser and gives what it answers.
func invoke[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.Helper()
	var result R
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		r, err := cdp.Call(ctx, t, command, params)
		result = r
		return err
	}))
	return result
}

// sharer is another app: a page of another origin that posts what it shares.
func sharer(t *testing.T, target string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<form method="post" enctype="multipart/form-data" action="%s"><input name="title"><textarea name="text"></textarea><input name="url"><input type="file" multiple name="files"><button>share</button></form>`, target)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestSharedTextAndFilesOpenOffline(t *testing.T) {
	h := start(t)
	from := sharer(t, h.url+"/share")
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	h.stop()
	b.do(chromedp.Navigate(from))
	eval[bool](b, `(document.querySelector("[name=title]").value = "分享/來的", document.querySelector("[name=text]").value = "分享的第一段。\n第二段。", document.querySelector("[name=url]").value = "https://example.org/x", true)`)
	b.clickOn("button")
	b.until("the shared text to open as an article", `document.querySelector('[data-block="0"]')?.textContent === "分享的第一段。" && `+readyMark)
	if got := eval[string](b, `document.querySelector("h1").textContent + "|" + document.querySelector('[data-block="2"]').textContent`); got != "分享-來的|https://example.org/x" {
		t.Errorf("expected the share's title and link to come along, got %q", got)
	}
	b.drag(0, 0, 0, 2)
	b.tag("1")
	q := b.quotes()
	b.reload()
	b.expectQuotes("in what was shared, after a reload", q...)

	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "甲.md"), "# 甲題\n\n甲的段落。\n")
	writeFile(t, filepath.Join(dir, "乙.txt"), "乙的段落。\n")
	b.do(chromedp.Navigate(from))
	b.do(chromedp.SetUploadFiles(chromedp.CSS("[name=files]"), []string{filepath.Join(dir, "甲.md"), filepath.Join(dir, "乙.txt")}, chromedp.NodeReady))
	b.clickOn("button")
	b.until("the last of the shared files to open", `document.querySelector('[data-block="0"]')?.textContent === "乙的段落。" && `+readyMark)
	b.clickOn(`[data-command="articles"]`)
	b.until("both shared files to be listed", `["甲題", "乙", "分享-來的"].every(t => [...document.querySelectorAll(".shelf b")].some(e => e.textContent === t))`)
	b.key("\u001b")
	if left := eval[int](b, `caches.open("pizhu-inbox").then(c => c.keys()).then(k => k.length)`); left != 0 {
		t.Errorf("expected what was shared to be taken out of the inbox, %d are left", left)
	}

	b.do(chromedp.Navigate(from))
	eval[bool](b, `(document.querySelector("[name=text]").value = "https://example.org/only", true)`)
	b.clickOn("button")
	b.until("a link alone to be explained", `document.querySelector('[data-notice="shared"]')`)
	b.clean()
}

func TestFilesFromTheSystem(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`Object.defineProperty(window, "launchQueue", {value: {setConsumer(f) { window.launch = f; }}, configurable: true});`))
	b.open(h.url + "/")
	b.until("the program to take files from the system", `window.launch`)
	eval[bool](b, `(launch({files: [{name: "系統.txt", getFile: async () => new File(["系統開啟的段落。"], "系統.txt")}]}), true)`)
	b.until("the file to open", `document.querySelector('[data-block="0"]')?.textContent === "系統開啟的段落。"`)
	eval[bool](b, `(launch({files: [{name: "不給.txt", getFile: async () => { throw new DOMException("no", "NotAllowedError"); }}]}), true)`)
	b.until("a file that is not given to be named", `document.querySelector('[data-notice="file"]')?.textContent.includes("不給.txt")`)
	b.clean()
}

func TestShortcutsOfTheIcon(t *testing.T) {
	h := start(t)
	b := newTab(t, before(`navigator.clipboard.readText = async () => "剪下的第一行\n第二行。";`))
	b.open(h.url + "/?last")
	if got := eval[string](b, `document.getElementById("article").dataset.slug`); got != corpus.Articles()[0].Slug {
		t.Errorf("expected the first article where none was read last, got %q", got)
	}
	b.open(h.url + "/read/labs-funding/")
	b.open(h.url + "/?last")
	b.until("the article read last", `document.getElementById("article").dataset.slug === "labs-funding"`)
	b.ready()
	b.open(h.url + "/?paste")
	b.clickOn(`[data-notice="clipboard"] button`)
	b.until("the clipboard's text to open as an article", `document.querySelector("h1")?.textContent === "剪下的第一行" && document.querySelector('[data-block="1"]')?.textContent === "第二行。"`)
	b.open(h.url + "/?last")
	b.until("the clipboard's article as the one read last", `document.querySelector('[data-block="1"]')?.textContent === "第二行。"`)
	b.clean()
}

func TestInstallButton(t *testing.T) {
	h := start(t)
	t.Run("where the browser offers it", func(t *testing.T) {
		b := newTab(t)
		b.open(h.url + "/")
		eval[bool](b, `(() => { const e = new Event("beforeinstallprompt", {cancelable: true}); e.prompt = () => { window.asked = true; }; e.userChoice = Promise.resolve({outcome: "accepted"}); dispatchEvent(e); return true; })()`)
		b.clickOn(`[data-command="settings"]`)
		b.clickOn(`#sheet [data-command="install"]`)
		b.until("the browser's own question", `window.asked`)
		b.until("the button to go once it is installed", `!document.querySelector('[data-command="install"]')`)
		b.clean()
	})
	t.Run("on a phone without such an offer", func(t *testing.T) {
		b := newTab(t, sized(390, 844), before(`Object.defineProperty(navigator, "platform", {get: () => "iPhone"}); Object.defineProperty(navigator, "standalone", {value: false}); Object.defineProperty(navigator, "maxTouchPoints", {get: () => 5});`))
		b.open(h.url + "/")
		b.clickOn(`[data-command="settings"]`)
		b.until("the way by the share menu, and to export first", `document.getElementById("install-touch")?.textContent.includes("匯出")`)
		b.clean()
	})
}

// The screenshots of the manifest, and the README's picture, are made anew by
// PIZHU_SCREENSHOTS=static go test ./web -run TestScreenshots
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("PIZHU_SCREENSHOTS")
	if dir == "" {
		t.Skip("PIZHU_SCREENSHOTS names no folder to write the screenshots to")
	}
	h := start(t)
	for _, shot := range []struct {
		name  string
		w, h  int64
		scale float64
	}{{"wide", 1280, 800, 1}, {"narrow", 390, 780, 2}} {
		b := newTab(t, sized(shot.w, shot.h))
		b.do(chromedp.EmulateViewport(shot.w, shot.h, chromedp.EmulateScale(shot.scale)))
		b.open(h.url + "/")
		b.dictionaries() // the selections settle on words
		a := corpus.Articles()[0]
		for i, claim := range [][2]string{
			{"放出一張表格：三個新模型", "release"}, {"差距只有 0.4 個百分點", "opinion"}, {"MMLU 上得到 86.8%", "benchmark"}, {"每百萬個輸入 token 收 15 美元", "price"},
		} {
			for block := range a.Blocks {
				before, _, ok := strings.Cut(a.BlockText(block), claim[0])
				if !ok {
					continue
				}
				from := len([]rune(before))
				b.drag(block, from, block, from+len([]rune(claim[0]))-1)
				b.until("the palette", `!document.getElementById("palette").hidden`)
				b.clickOn(`#palette [data-tag="` + claim[1] + `"]`)
				b.until("the claim to be listed", `document.querySelectorAll("#list [data-annotation]").length === $1`, i+1)
				b.key("\u001b")
				break
			}
		}
		b.key("\u001b")
		b.key("\u001b")
		eval[bool](b, `(document.activeElement.blur(), document.getElementById("reading").scrollTop = 0, document.querySelector(".toast button") && (document.querySelector(".toast").hidden = true), true)`)
		b.settle()
		r := invoke(b, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatWebp, Quality: new(int64(82))})
		if err := os.WriteFile(filepath.Join(dir, "screenshot-"+shot.name+".webp"), r.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(r.Data), "RIFF") {
			t.Errorf("expected a WebP picture")
		}
		if shot.name != "wide" {
			continue
		}
		// The picture of the README: an annotation is open, and another is about to be made.
		b.do(chromedp.EmulateViewport(1280, 860))
		b.clickOn("#list [data-annotation] .pick")
		b.until("the annotation's fields", `document.getElementById("edit-note")`)
		next := "GPT-4 只有 35.7%"
		lead, _, _ := strings.Cut(a.BlockText(3), next)
		b.drag(3, len([]rune(lead)), 3, len([]rune(lead+next))-1)
		b.until("the palette", `!document.getElementById("palette").hidden`)
		eval[bool](b, `(document.activeElement.blur(), document.querySelector(".toast").hidden = true)`)
		b.settle()
		picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "..", "picture.png"), picture, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
