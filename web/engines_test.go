package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pizhu/app/annotation"
	"pizhu/app/annotation/w3ctest"
	"pizhu/app/claims"
	"pizhu/corpus"
)

// engine is a browser, driven by the events that a mouse and a keyboard make.
type engine interface {
	// visit loads an address; with "" it loads the page again.
	visit(url string) error
	// run evaluates an expression, waits for what it promises, and gives it as JSON.
	run(expression string) ([]byte, error)
	// drag presses the mouse at the first point, moves over the others and lets go
	// at the last one.
	drag(points ...point) error
	// press presses keys, each as the DOM names it, and lets them go in reverse.
	press(keys ...string) error
	// picture is what the page shows, as PNG.
	picture() ([]byte, error)
	// saved is the folder that downloads go to.
	saved() string
	// faults are the exceptions and errors that the page has raised.
	faults() []string
}

// reader is somebody in front of an engine.
type reader struct {
	*testing.T
	engine
}

// get gives an expression's value.
func get[T any](r *reader, js string, args ...any) T {
	r.Helper()
	var v T
	js = with(r.T, js, args)
	data, err := r.run(js)
	if err != nil {
		r.Fatalf("script %s: %v", js, err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		r.Fatalf("script %s: %v in %s", js, err, data)
	}
	return v
}

// with puts arguments, as JSON, in the places of $1, $2 … of a script.
func with(t *testing.T, js string, args []any) string {
	t.Helper()
	for i, a := range args {
		j, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		js = strings.ReplaceAll(js, fmt.Sprintf("$%d", i+1), string(j))
	}
	return js
}

func (r *reader) until(what, js string, args ...any) {
	r.Helper()
	js = with(r.T, js, args)
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(30 * time.Millisecond) {
		data, err := r.run("(async () => !!(await (" + js + ")))()")
		if err == nil && string(data) == "true" {
			return
		}
		if time.Now().After(end) {
			r.Fatalf("expected %s; it did not happen in 30 s (%s: %s %v)\nfaults: %q", what, js, data, err, r.faults())
		}
	}
}

func (r *reader) did(what string, err error) {
	r.Helper()
	if err != nil {
		r.Fatalf("%s: %v", what, err)
	}
}

// shoot saves what the page shows to the folder named by PIZHU_SHOTS.
func (r *reader) shoot(name string) {
	r.Helper()
	dir := os.Getenv("PIZHU_SHOTS")
	if dir == "" {
		return
	}
	png, err := r.picture()
	r.did("take a picture", err)
	os.WriteFile(filepath.Join(dir, strings.ReplaceAll(r.Name(), "/", "_")+"-"+name+".png"), png, 0o644)
}

func (r *reader) open(url string) {
	r.Helper()
	if url == "" {
		// The page that is left must not pass for the one that comes.
		get[bool](r, `(performance.clearMarks(), true)`)
	}
	r.did("open "+url, r.visit(url))
	r.until("the page to be able to annotate", readyMark)
}

func (r *reader) click(css string) {
	r.Helper()
	r.until("an element "+css+" to be shown", `[...document.querySelectorAll($1)].some(e => e.getClientRects().length)`, css)
	at := get[point](r, `(() => {
		const e = [...document.querySelectorAll($1)].find(e => e.getClientRects().length);
		e.scrollIntoView({block: "nearest", inline: "nearest"});
		const q = e.getBoundingClientRect();
		return {X: Math.round(q.left + q.width / 2), Y: Math.round(q.top + q.height / 2)};
	})()`, css)
	r.did("click on "+css, r.drag(at))
}

// sweep selects with the mouse from one character of a block to another.
func (r *reader) sweep(block, from, to int) {
	r.Helper()
	at := func(unit int, across float64) point {
		return get[point](r, `(() => {
			const n = document.querySelector('[data-block="' + $1 + '"]').firstChild, range = document.createRange();
			n.parentElement.scrollIntoView({block: "center"});
			range.setStart(n, $2); range.setEnd(n, $2 + 1);
			const q = range.getClientRects()[0];
			return {X: Math.round(q.left + q.width * $3), Y: Math.round(q.top + q.height / 2)};
		})()`, block, unit, across)
	}
	a, b := at(from, 0.2), at(to, 0.8)
	r.did("select with the mouse", r.drag(a, point{(a.X + b.X) / 2, (a.Y + b.Y) / 2}, b))
	r.until("the palette to be shown", `!document.getElementById("palette").hidden`)
}

func (r *reader) key(keys ...string) {
	r.Helper()
	r.did("press "+strings.Join(keys, "+"), r.press(keys...))
}

func (r *reader) listed(n int) {
	r.Helper()
	r.until(fmt.Sprintf("%d annotations to be listed", n), `document.querySelectorAll("#list [data-annotation]").length === $1`, n)
}

func (r *reader) quotes() []string {
	r.Helper()
	return get[[]string](r, `[...document.querySelectorAll("#list [data-annotation] q")].map(q => q.textContent)`)
}

func (r *reader) expect(when string, want []string) {
	r.Helper()
	r.listed(len(want))
	if got := r.quotes(); strings.Join(got, "|") != strings.Join(want, "|") {
		r.Fatalf("%s: expected the panel to list %q, it lists %q", when, want, got)
	}
}

// drawn expects so many highlights of a claim type, and to see the colours of
// its ground and of its line on the screen.
func (r *reader) drawn(name string, n int) {
	r.Helper()
	r.until(fmt.Sprintf("%d highlights of %s", n, name), `CSS.highlights.get("pz-" + $1).size === $2`, name, n)
	box := get[[4]float64](r, `(() => {
		const s = [...CSS.highlights.get("pz-" + $1)][0], range = document.createRange();
		s.startContainer.parentElement.scrollIntoView({block: "center"});
		range.setStart(s.startContainer, s.startOffset); range.setEnd(s.endContainer, s.endOffset);
		const q = range.getClientRects()[0];
		return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done([q.left, q.top, q.right, q.bottom + 8]))));
	})()`, name)
	data, err := r.picture()
	r.did("take a picture", err)
	shot, err := png.Decode(bytes.NewReader(data))
	r.did("read the picture", err)
	var typ claims.Type
	for _, t := range claims.Types() {
		if t.Name == name {
			typ = t
		}
	}
	for what, colour := range map[string]string{"ground": typ.Light.Bg, "line": typ.Light.Fg} {
		var want [3]int
		if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &want[0], &want[1], &want[2]); err != nil {
			r.Fatal(err)
		}
		found := 0
		for y := int(box[1]); y < int(box[3]); y++ {
			for x := int(box[0]); x < int(box[2]); x++ {
				c := color.NRGBAModel.Convert(shot.At(x, y)).(color.NRGBA)
				if near(int(c.R), want[0]) && near(int(c.G), want[1]) && near(int(c.B), want[2]) {
					found++
				}
			}
		}
		if least := int(box[2]-box[0]) / 3; found < least {
			r.shoot("colours")
			r.Errorf("expected the %s of a claim of type %s to be seen, %s on at least %d points, it is on %d", what, name, colour, least, found)
		}
	}
}

func near(a, b int) bool { return a-b < 20 && b-a < 20 }

// give drops a file on the page, as a drag from the desktop does.
func (r *reader) give(name string, data []byte) {
	r.Helper()
	get[bool](r, `(() => {
		const dt = new DataTransfer();
		dt.items.add(new File([Uint8Array.from(atob($2), c => c.charCodeAt(0))], $1));
		for (const kind of ["dragenter", "dragover", "drop"])
			document.body.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: dt}));
		return true;
	})()`, name, data)
}

// download waits for a file of which all has arrived.
func (r *reader) download() (name string, data []byte) {
	r.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		entries, _ := os.ReadDir(r.saved())
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(r.saved(), e.Name()))
			if filepath.Ext(e.Name()) == ".json" && err == nil && json.Valid(data) {
				return e.Name(), data
			}
		}
	}
	entries, _ := os.ReadDir(r.saved())
	r.Fatalf("expected the export to be downloaded; it was not in 20 s, and there is %v\nfaults: %q", entries, r.faults())
	return "", nil
}

// The same reader does the same things in every engine.
func TestEngines(t *testing.T) {
	for _, e := range []struct {
		name  string
		start func(*testing.T) engine
	}{{"Chromium", startChromium}, {"Firefox", startFirefox}, {"WebKit", startWebKit}} {
		t.Run(e.name, func(t *testing.T) { scenario(&reader{t, e.start(t)}) })
	}
}

func scenario(r *reader) {
	h := start(r.T)
	r.open(h.url + "/")
	r.click("#tour-skip")

	// Switch.
	source := get[string](r, `document.querySelector('[data-block="0"]').textContent`)
	r.click(`.scripts label:has([value="zh-Hans"])`)
	r.until("the article in Simplified form", `document.getElementById("article").lang === "zh-Hans" && document.querySelector('[data-block="0"]').textContent !== $1`, source)
	r.sweep(0, 0, 9)
	r.key("1")
	r.listed(1)
	r.click(`.scripts label:has([value="source"])`)
	r.until("the source again", `document.querySelector('[data-block="0"]').textContent === $1`, source)

	// Tag: by the mouse alone, then by the keyboard alone.
	r.sweep(1, 3, 20)
	r.click(`#palette [data-tag="lawsuit"]`)
	r.listed(2)
	r.key("Escape")
	r.key("Escape")
	r.until("the dictionaries", wordsKnown)
	at := get[point](r, `(() => { const q = document.querySelector('[data-block="2"]').getBoundingClientRect(); return {X: Math.round(q.left + 30), Y: Math.round(q.top + 20)}; })()`)
	r.did("click on the article", r.drag(at))
	r.key("ArrowRight")
	r.key("ArrowRight")
	r.key("Shift", "ArrowRight")
	r.until("words to be selected by the keyboard", `!document.getElementById("palette").hidden`)
	r.key("3")
	r.listed(3)
	r.key("Control", "z")
	r.listed(2)
	r.key("Control", "Shift", "z")
	r.listed(3)
	quotes := r.quotes()
	for range 3 {
		r.key("Escape") // the annotation, the selection and the cursor
	}
	r.until("nothing to be chosen", `!document.querySelector("#list .on") && ["pz-chosen", "pz-pending", "pz-word"].every(n => !CSS.highlights.get(n)?.size)`)
	for _, name := range []string{"benchmark", "lawsuit", "funding"} {
		r.drawn(name, 1)
	}
	r.shoot("tagged")

	// Reload, and export.
	r.open("")
	r.expect("after a reload", quotes)
	r.click(`[data-command="export-json"]`)
	name, data := r.download()
	if !strings.HasSuffix(name, ".json") {
		r.Errorf("expected a .json file, got %q", name)
	}
	for _, problem := range w3ctest.Check(data) {
		r.Errorf("expected the export to keep the W3C model's MUST rules: %v", problem)
	}
	set, problems, err := annotation.Decode(bytes.NewReader(data))
	if err != nil || len(problems) > 0 || len(set.Annotations) != 3 {
		r.Fatalf("expected three annotations in the export and no problem, got %d, %v, %v", len(set.Annotations), problems, err)
	}
	for _, a := range set.Annotations {
		if got := corpus.Articles()[0].Slice(a.Span); got != a.Quote.Exact {
			r.Errorf("expected the quote to be what the source has at its span: %q and %q", a.Quote.Exact, got)
		}
	}

	// Open an annotation by its highlight, search, and read a book.
	r.until("nothing to be open", `!document.querySelector("#list .on")`)
	at = get[point](r, `(() => {
		const s = [...CSS.highlights.get("pz-lawsuit")][0], range = document.createRange();
		s.startContainer.parentElement.scrollIntoView({block: "center"});
		range.setStart(s.startContainer, s.startOffset); range.setEnd(s.startContainer, s.startOffset + 1);
		const q = range.getBoundingClientRect();
		return {X: Math.round(q.left + q.width / 2), Y: Math.round(q.top + q.height / 2)};
	})()`)
	r.did("click on a highlight", r.drag(at))
	r.until("the annotation to open", `document.querySelector("#list .on")?.textContent.includes($1)`, quotes[1])
	r.key("Escape")
	r.key("Escape")
	r.click("#search")
	for _, c := range "mmlu" {
		r.key(string(c))
	}
	r.until("what was searched for to be found", `CSS.highlights.get("pz-current").size === 1`)
	r.key("Escape")
	r.give("小書.epub", wildBook(r.T))
	r.until("the book to be shown", `[...document.querySelectorAll("#article [data-block]")].some(e => e.textContent === "後來他走了。")`)
	r.open(h.url + "/")

	// Offline.
	r.until("the offline copy", `navigator.serviceWorker.ready.then(r => !!navigator.serviceWorker.controller)`)
	r.until("the page to say that it works offline", `[...document.querySelectorAll(".status span")].length === 3`)
	r.until("the dictionaries to be kept", dictionariesKept)
	h.stop()
	r.open("")
	r.expect("with the server stopped", quotes)
	r.sweep(3, 0, 5)
	r.key("4")
	r.listed(4)
	quotes = r.quotes()
	r.open(h.url + "/read/labs-funding/?from=link#x")
	if slug := get[string](r, `document.getElementById("article").dataset.slug`); slug != "labs-funding" {
		r.Errorf("expected the deep link to open labs-funding offline, it opened %q", slug)
	}
	r.open(h.url + "/")
	r.expect("back from the deep link, offline", quotes)
	if get[bool](r, `!!document.querySelector('[data-notice="crashed"], [data-notice="blocked"], [data-notice="unsaved"]')`) {
		r.Errorf("expected no notice of a fault, there is %q", get[string](r, `document.querySelector(".notices").textContent`))
	}
	for _, f := range r.faults() {
		r.Errorf("expected no exception and no error in the console, got: %s", f)
	}
}

// missing says that a browser is not there: a fault where the system's packages
// have it, a reason to skip where they do not.
func missing(t *testing.T, name, pack string) {
	t.Helper()
	if exec.Command("apt-cache", "show", pack).Run() == nil {
		t.Fatalf("%s is not installed (`make engines` installs it)", name)
	}
	t.Skipf("%s is not installed and this system has no package %s, so the program goes untried in it here", name, pack)
}

// end kills a process and all that it has started.
func end(pid int) { syscall.Kill(-pid, syscall.SIGKILL) }

// ---- Chromium, by its own protocol ----

type chromium struct {
	tab    *tab
	folder string
}

func startChromium(t *testing.T) engine {
	b := newTab(t, newcomer)
	c := &chromium{tab: b, folder: b.downloadsTo()}
	return c
}

func (c *chromium) visit(url string) error {
	if url == "" {
		return chromedp.Do(c.tab.ctx, chromedp.Reload())
	}
	return chromedp.Do(c.tab.ctx, chromedp.Navigate(url))
}

func (c *chromium) run(js string) ([]byte, error) {
	text, err := chromedp.Run(c.tab.ctx, chromedp.Evaluate[string](asJSON(js), awaited))
	return []byte(text), err
}

// asJSON makes an expression promise its value as JSON.
func asJSON(js string) string { return "(async () => JSON.stringify(await (" + js + ")))()" }

func (c *chromium) drag(points ...point) error {
	first, last := points[0], points[len(points)-1]
	steps := []chromedp.Action[chromedp.Void]{
		chromedp.MouseEvent("mouseMoved", first.X, first.Y),
		chromedp.MouseEvent("mousePressed", first.X, first.Y, chromedp.ButtonLeft, chromedp.ClickCount(1)),
	}
	for _, p := range points[1:] {
		steps = append(steps, chromedp.MouseEvent("mouseMoved", p.X, p.Y, chromedp.ButtonLeft))
	}
	return chromedp.Do(c.tab.ctx, append(steps, chromedp.MouseEvent("mouseReleased", last.X, last.Y, chromedp.ButtonLeft, chromedp.ClickCount(1)))...)
}

func (c *chromium) press(keys ...string) error {
	var held []chromedp.Modifier
	last := keys[len(keys)-1]
	for _, k := range keys[:len(keys)-1] {
		held = append(held, map[string]chromedp.Modifier{"Shift": chromedp.ModifierShift, "Control": chromedp.ModifierCtrl}[k])
	}
	if named, ok := map[string]string{"ArrowRight": kb.ArrowRight, "Escape": kb.Escape}[last]; ok {
		last = named
	}
	return chromedp.Do(c.tab.ctx, chromedp.KeyEvent(last, chromedp.KeyModifiers(held...)))
}

func (c *chromium) picture() ([]byte, error) {
	return chromedp.Run(c.tab.ctx, chromedp.CaptureScreenshot())
}

func (c *chromium) saved() string    { return c.folder }
func (c *chromium) faults() []string { return c.tab.problems() }
