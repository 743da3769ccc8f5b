package main

import (
	"fmt"
	"maps"
	"slices"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
)

// started prints the numbers of the program's functions that run as a page starts
// and while its reader does what every reader does at once: reads, selects words, tags
// them, writes a note, thinks better of it, and comes back. A browser compiles a
// function when it is first called, and its trace says which. What is not among them,
// and what is done when the browser is idle, comes after a start (web/slim/split.go).
func started(at string) (err error) {
	b := &bench{only: map[string]bool{"START": true}}
	end, err := b.begin(at)
	if err != nil {
		return err
	}
	defer end()
	found := map[int]bool{}
	err = b.measure(func(b *bench) {
		for _, visit := range []struct {
			path          string
			width, height int64
		}{{"", 1280, 800}, {"?lang=en", 1280, 800}, {"?lang=zh-Hans", 390, 844}, {"read/" + simplified + "/", 1280, 800}} {
			t, end := open(b.root, 1)
			t.resize(visit.width, visit.height)
			call(t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: neverIdle})
			for _, e := range t.traced(func() { t.reader(b.ours + visit.path) }, "disabled-by-default-v8.wasm.detailed") {
				if e.Name == "wasm.CompileLazy" {
					found[e.Args.Function] = true
				}
			}
			end()
		}
	})
	if err != nil {
		return err
	}
	for _, n := range slices.Sorted(maps.Keys(found)) {
		fmt.Println(n)
	}
	return nil
}

// reader is the day of started.
func (t *tab) reader(url string) {
	ready := func() {
		t.goTo(url)
		t.until("the page to be ready", `performance.getEntriesByName("pizhu:ready").length`)
		time.Sleep(300 * time.Millisecond)
	}
	ready()
	t.key("\x1b") // the tour
	tag := func(block int, key string) {
		t.click(fmt.Sprintf(`[data-block="%d"]`, block), 2)
		t.until("the palette to be shown", `!document.getElementById("palette").hidden`)
		t.key(key)
		time.Sleep(300 * time.Millisecond)
	}
	tag(0, "1")
	t.key("附")
	time.Sleep(300 * time.Millisecond)
	t.key("\x1b")
	tag(1, "2")
	t.key("\x1b")
	// On a narrow page some of these stand behind others.
	for _, command := range []string{"undo", "redo"} {
		eval[bool](t, `(() => { document.querySelector("[data-command=" + $1 + "]").click(); return true; })()`, command)
		time.Sleep(300 * time.Millisecond)
	}
	tag(2, "3")
	t.key("\x1b")
	t.drag(3)
	t.key("4")
	time.Sleep(300 * time.Millisecond)
	t.key("\x1b")
	t.drag(0)
	t.key("\x1b")
	eval[bool](t, `(() => { document.getElementById("reading").scrollBy(0, 600); return true; })()`)
	time.Sleep(300 * time.Millisecond)
	ready() // with annotations
}

// neverIdle holds back what waits for an idle moment: the rest of the program, and
// with it the dictionaries.
const neverIdle = `globalThis.requestIdleCallback = () => 0`
