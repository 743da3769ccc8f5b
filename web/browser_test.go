package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"pizhu/corpus"
)

// The suite drives the real page, served by the real server, in a headless
// Chromium, with the events that a mouse, a keyboard and a finger make.

var theSite = sync.OnceValues(func() (site, error) {
	articles, err := corpus.Load()
	if err != nil {
		return nil, err
	}
	return build(articles)
})

// host is a running server that a test can stop.
type host struct {
	url string
	srv *http.Server
}

// start serves the site on a free port.
func start(t *testing.T) *host {
	t.Helper()
	s, err := theSite()
	if err != nil {
		t.Fatalf("expected the site to be built: %v", err)
	}
	return startSite(t, s, "127.0.0.1:0")
}

func startSite(t *testing.T, s site, addr string) *host {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	h := &host{url: "http://" + strings.Replace(l.Addr().String(), "127.0.0.1", "localhost", 1), srv: &http.Server{Handler: &server{files: s}}}
	go h.srv.Serve(l)
	t.Cleanup(h.stop)
	return h
}

func (h *host) stop() { h.srv.Close() }

func browserOptions() []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "zh-TW"), chromedp.Flag("accept-lang", "zh-TW"))
}

var allocator = sync.OnceValue(func() context.Context {
	ctx, _ := chromedp.NewExecAllocator(context.Background(), browserOptions()...)
	root, _ := chromedp.NewContext(ctx)
	if err := chromedp.Do(root); err != nil {
		panic(fmt.Sprintf("Chromium does not start: %v (`make browser` installs it)", err))
	}
	return root
})

func TestMain(m *testing.M) {
	code := m.Run()
	if root := allocatorStarted; root {
		chromedp.Cancel(allocator())
	}
	os.Exit(code)
}

var allocatorStarted bool

// tab is a page in a browser profile of its own, so tests share nothing.
type tab struct {
	*testing.T
	ctx   context.Context
	width int64
	// Everyone but a newcomer has seen the first steps.
	newcomer bool

	mu     sync.Mutex
	faults []string // exceptions and console errors
	urls   []string // every request
}

type option func(*tab) []chromedp.Action[chromedp.Void]

// sized sets the window; at phone width the page gets touch too.
func sized(w, h int64) option {
	return func(b *tab) []chromedp.Action[chromedp.Void] {
		b.width = w
		if w < 760 {
			return []chromedp.Action[chromedp.Void]{chromedp.EmulateViewport(w, h, chromedp.EmulateMobile, chromedp.EmulateTouch)}
		}
		return []chromedp.Action[chromedp.Void]{chromedp.EmulateViewport(w, h)}
	}
}

// before runs a script in every page before its own.
func before(js string) option {
	return func(*tab) []chromedp.Action[chromedp.Void] {
		return []chromedp.Action[chromedp.Void]{call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: js})}
	}
}

// newcomer is a reader who has never been here.
func newcomer(b *tab) []chromedp.Action[chromedp.Void] {
	b.newcomer = true
	return nil
}

func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func newTab(t *testing.T, options ...option) *tab {
	t.Helper()
	root := allocator()
	allocatorStarted = true
	ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	b := &tab{T: t, ctx: ctx}
	b.attach(options...)
	return b
}

// second is another tab of the same profile.
func (b *tab) second(options ...option) *tab {
	b.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.Cleanup(cancel)
	c := &tab{T: b.T, ctx: ctx}
	c.attach(options...)
	return c
}

func (b *tab) attach(options ...option) {
	b.Helper()
	steps := []chromedp.Action[chromedp.Void]{call(network.Enable, network.EnableParams{})}
	if len(options) == 0 {
		options = []option{sized(1280, 800)}
	}
	for _, o := range options {
		steps = append(steps, o(b)...)
	}
	if b.width == 0 {
		steps = append(steps, sized(1280, 800)(b)...)
	}
	if !b.newcomer {
		steps = append(steps, before(`try { localStorage.setItem("pizhu/1/toured", "1"); } catch { }`)(b)...)
	}
	b.do(steps...)
	err := chromedp.Listen(b.ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			text := e.ExceptionDetails.Text
			if e.ExceptionDetails.Exception != nil {
				text += " " + e.ExceptionDetails.Exception.Description
			}
			b.faults = append(b.faults, text)
		case *runtime.EventConsoleAPICalled:
			var said []string
			for _, a := range e.Args {
				said = append(said, string(a.Value), a.Description)
			}
			if e.Type == "error" || e.Type == "warning" && strings.Contains(strings.Join(said, " "), "panic") {
				b.faults = append(b.faults, "console: "+strings.Join(said, " "))
			}
		case *network.EventRequestWillBeSent:
			b.urls = append(b.urls, e.Request.URL)
		}
	})
	if err != nil {
		b.Fatalf("listen to the browser: %v", err)
	}
}

// widths are the windows that a test of the page's look is made in.
var widths = []struct {
	name string
	w, h int64
}{{"wide", 1280, 800}, {"phone", 390, 844}}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatalf("the browser did not do what it was told: %v", err)
	}
}

// eval runs a script, waits for its promise, and gives its value.
func eval[T any](b *tab, js string, args ...any) T {
	b.Helper()
	js = with(b.T, js, args)
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](js, awaited))
	for end := time.Now().Add(5 * time.Second); err != nil && leaving(err) && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond) // a form was sent: the next page answers
		v, err = chromedp.Run(b.ctx, chromedp.Evaluate[T](js, awaited))
	}
	if err != nil {
		b.Fatalf("script %s: %v", js, err)
	}
	return v
}

// awaited waits for what a script promises.
func awaited(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }

// awaiting makes a script's promise the answer.
func awaiting(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }

// leaving reports whether a script ended because its page did.
func leaving(err error) bool {
	return strings.Contains(err.Error(), "navigated or closed") || strings.Contains(err.Error(), "context was destroyed") ||
		strings.Contains(err.Error(), "Cannot find context")
}

// until waits for a script, or what it promises, to be true and says in words
// what did not happen.
func (b *tab) until(what, js string, args ...any) {
	b.Helper()
	end := time.Now().Add(20 * time.Second)
	for {
		if eval[bool](b, "(async () => !!(await ("+js+")))()", args...) {
			return
		}
		if time.Now().After(end) {
			b.shoot("timeout")
			b.Fatalf("expected %s; it did not happen in 20 s (%s)\nfaults: %v", what, js, b.problems())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (b *tab) problems() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.faults...)
}

func (b *tab) requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.urls...)
}

const readyMark = `performance.getEntriesByName("pizhu:ready").length`

// open loads a page and waits until it can annotate.
func (b *tab) open(url string) {
	b.Helper()
	b.do(chromedp.Navigate(url))
	b.ready()
}

func (b *tab) ready() {
	b.Helper()
	b.until("the page to be able to annotate", readyMark)
	b.settle()
}

func (b *tab) reload() {
	b.Helper()
	b.do(chromedp.Reload())
	b.ready()
}

// settle waits for two frames, so that what was asked for is on the screen.
func (b *tab) settle() {
	b.Helper()
	eval[bool](b, `new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`)
}

// offlineReady waits for the offline copy to be complete.
func (b *tab) offlineReady() {
	b.Helper()
	eval[bool](b, `navigator.serviceWorker.ready.then(() => true)`)
	b.until("the service worker to hold the page", `navigator.serviceWorker.controller`)
}

type point struct{ X, Y float64 }

// glyph is where a character of the article is on the screen: block, UTF-16
// unit, and how far across the character, from 0 to 1.
func (b *tab) glyph(block, unit int, across float64) point {
	b.Helper()
	return eval[point](b, `(() => {
		const n = document.querySelector('[data-block="' + $1 + '"]').firstChild;
		const r = document.createRange();
		r.setStart(n, $2); r.setEnd(n, $2 + 1);
		n.parentElement.scrollIntoView({block: "nearest"});
		const q = r.getClientRects()[0];
		return {X: q.left + q.width * $3, Y: q.top + q.height / 2};
	})()`, block, unit, across)
}

func (b *tab) mouse(kind input.DispatchMouseEventType, p point, options ...chromedp.MouseOption) {
	b.Helper()
	b.do(chromedp.MouseEvent(kind, p.X, p.Y, options...))
}

// drag selects with the mouse from one character to another of the same or of
// another block, both included.
func (b *tab) drag(block1, unit1, block2, unit2 int) {
	b.Helper()
	from, to := b.glyph(block1, unit1, 0.1), b.glyph(block2, unit2, 0.9)
	from = b.glyph(block1, unit1, 0.1) // the second may have scrolled
	b.mouse(chromedp.MouseMoved, from)
	b.mouse(chromedp.MousePressed, from, chromedp.ButtonLeft, chromedp.ClickCount(1))
	mid := point{(from.X + to.X) / 2, (from.Y + to.Y) / 2}
	b.mouse(chromedp.MouseMoved, mid, chromedp.ButtonLeft)
	b.mouse(chromedp.MouseMoved, to, chromedp.ButtonLeft)
	b.mouse(chromedp.MouseReleased, to, chromedp.ButtonLeft, chromedp.ClickCount(1))
	b.settle()
}

func (b *tab) click(p point) {
	b.Helper()
	b.mouse(chromedp.MousePressed, p, chromedp.ButtonLeft, chromedp.ClickCount(1))
	b.mouse(chromedp.MouseReleased, p, chromedp.ButtonLeft, chromedp.ClickCount(1))
	b.settle()
}

// middle is the middle of the first element of a selector that is shown.
func (b *tab) middle(css string) point {
	b.Helper()
	b.until("an element "+css+" to be shown", `[...document.querySelectorAll($1)].some(e => e.getClientRects().length)`, css)
	return eval[point](b, `(() => {
		const e = [...document.querySelectorAll($1)].find(e => e.getClientRects().length);
		e.scrollIntoView({block: "nearest", inline: "nearest"});
		const q = e.getBoundingClientRect();
		return {X: q.left + q.width / 2, Y: q.top + q.height / 2};
	})()`, css)
}

func (b *tab) clickOn(css string) {
	b.Helper()
	b.click(b.middle(css))
}

// tap touches the screen with a finger.
func (b *tab) tap(p point) {
	b.Helper()
	b.do(
		call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: p.X, Y: p.Y}}}),
		call(input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}}),
	)
	b.settle()
}

func (b *tab) key(keys string, modifiers ...chromedp.Modifier) {
	b.Helper()
	b.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
	b.settle()
}

// quotes are the quotes that the panel lists, in order.
func (b *tab) quotes() []string {
	b.Helper()
	return eval[[]string](b, `[...document.querySelectorAll("#list [data-annotation] q")].map(q => q.textContent)`)
}

// stored is the number of annotations in localStorage.
func (b *tab) stored() int {
	b.Helper()
	return eval[int](b, `Object.keys(localStorage).filter(k => k.startsWith("pizhu/1/a/")).length`)
}

func (b *tab) expectQuotes(when string, want ...string) {
	b.Helper()
	b.until(fmt.Sprintf("%s: the panel to list %d annotations", when, len(want)), `document.querySelectorAll("#list [data-annotation]").length === $1`, len(want))
	got := b.quotes()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		b.shoot("quotes")
		b.Fatalf("%s: expected the panel to list %q, it lists %q\nfaults: %v", when, want, got, b.problems())
	}
}

// tag marks what is selected by the type's digit.
func (b *tab) tag(digit string) {
	b.Helper()
	b.until("the palette to be shown", `!document.getElementById("palette").hidden`)
	n := len(b.quotes())
	b.key(digit)
	b.until("the annotation to be listed", `document.querySelectorAll("#list [data-annotation]").length > $1`, n)
}

// downloads makes the browser save files to a folder and gives a function that
// waits for the next one.
func (b *tab) downloads() func() (name string, data []byte) {
	b.Helper()
	dir := b.downloadsTo()
	seen := map[string]bool{}
	return func() (string, []byte) {
		b.Helper()
		end := time.Now().Add(20 * time.Second)
		for time.Now().Before(end) {
			entries, _ := os.ReadDir(dir)
			for _, e := range entries {
				if seen[e.Name()] || strings.HasSuffix(e.Name(), ".crdownload") || strings.HasPrefix(e.Name(), ".") {
					continue
				}
				data, err := os.ReadFile(filepath.Join(dir, e.Name()))
				if err != nil || len(data) == 0 {
					continue
				}
				seen[e.Name()] = true
				return e.Name(), data
			}
			time.Sleep(30 * time.Millisecond)
		}
		b.Fatal("expected a file to be downloaded; none came in 20 s")
		return "", nil
	}
}

// downloadsTo makes the browser save files to a folder and gives its path.
func (b *tab) downloadsTo() string {
	b.Helper()
	dir := b.TempDir()
	id := chromedp.FromContext(b.ctx).BrowserContextID
	_, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: id, DownloadPath: dir})
	if err != nil {
		b.Fatalf("let the browser download: %v", err)
	}
	return dir
}

// shoot saves what the tab shows, for whoever looks into a failure, to the
// folder named by PIZHU_SHOTS.
func (b *tab) shoot(name string) {
	dir := os.Getenv("PIZHU_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return
	}
	os.WriteFile(filepath.Join(dir, strings.ReplaceAll(b.Name(), "/", "_")+"-"+name+".png"), png, 0o644)
}

// clean fails the test when the page threw or complained.
func (b *tab) clean() {
	b.Helper()
	for _, f := range b.problems() {
		b.Errorf("expected no exception and no console error, got: %s", f)
	}
}

// give hands files to the page's file picker.
func (b *tab) give(files map[string][]byte) {
	b.Helper()
	type f struct {
		Name string
		Data []byte
	}
	var list []f
	for name, data := range files {
		list = append(list, f{name, data})
	}
	// A file that is dropped is what the browser makes of a drag from the desktop.
	eval[bool](b, `(() => {
		const dt = new DataTransfer();
		for (const f of $1) dt.items.add(new File([Uint8Array.from(atob(f.Data || ""), c => c.charCodeAt(0))], f.Name));
		for (const kind of ["dragenter", "dragover", "drop"])
			document.body.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: dt}));
		return true;
	})()`, list)
}

func throttle(rate float64) option {
	return func(*tab) []chromedp.Action[chromedp.Void] {
		return []chromedp.Action[chromedp.Void]{call(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate})}
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
