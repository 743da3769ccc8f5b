package main

import (
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"pizhu/corpus"
)

// shifting is a host whose site can be replaced, as a deployment does, and
// whose connections can be made to break. It keeps what it was asked for.
type shifting struct {
	url string

	mu      sync.Mutex
	now     *server
	broken  string   // paths that hold this break half-way
	asked   []string // paths, in order
	stopped bool
}

func startShifting(t *testing.T, s site) *shifting {
	t.Helper()
	h := &shifting{now: &server{files: s}}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	h.url = strings.Replace(srv.URL, "127.0.0.1", "localhost", 1)
	return h
}

func (h *shifting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	now, broken := h.now, h.stopped || h.broken != "" && strings.Contains(r.URL.Path, h.broken)
	h.asked = append(h.asked, r.URL.Path)
	h.mu.Unlock()
	if !broken {
		now.ServeHTTP(w, r)
		return
	}
	if h.gone() {
		panic(http.ErrAbortHandler)
	}
	// Half an answer, then nothing: what a host that dies sends.
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nContent-Type: text/css\r\n\r\nhalf"))
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

func (h *shifting) gone() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stopped
}

func (h *shifting) set(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

// forget empties the list of what was asked for.
func (h *shifting) forget() { h.set(func() { h.asked = nil }) }

func (h *shifting) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.asked)
}

// newer is the site with one more thing said in its style sheet and so another
// version; everything but the pages, which name the style sheet, is as it was.
func newer(t *testing.T) site {
	t.Helper()
	s, err := buildWith(must(corpus.Load()), func(name string, data []byte) []byte {
		if name == "page.css" {
			return append(slices.Clone(data), "\n:root { --newer: 1 }\n"...)
		}
		return data
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

const isNewer = `document.documentElement && getComputedStyle(document.documentElement).getPropertyValue("--newer").trim() === "1"`

// look makes the browser look for a newer version, as it does by itself on the
// first page of a visit.
func (b *tab) look() {
	b.Helper()
	eval[bool](b, `navigator.serviceWorker.ready.then(r => r.update()).then(() => true, () => true)`)
}

func (b *tab) caches() []string {
	b.Helper()
	names := eval[[]string](b, `caches.keys()`)
	slices.Sort(names)
	return names
}

func TestTheSameBuildIsTheSameBytes(t *testing.T) {
	a, b := must(build(must(corpus.Load()))), must(build(must(corpus.Load())))
	for name, f := range a {
		if string(b[name].body) != string(f.body) {
			t.Errorf("expected %q to be the same, byte for byte, when it is built again", name)
		}
	}
}

func TestOfflineAfterTheFirstVisit(t *testing.T) {
	h := startShifting(t, must(theSite()))
	b := newTab(t)
	b.open(h.url + "/")
	b.stir()
	b.offlineReady()
	b.until("the page to say that it works offline", `document.querySelector(".status").textContent.includes("離線可用")`)
	// The dictionaries came before the copy was there to keep them.
	b.kept()
	h.set(func() { h.stopped = true })
	h.forget()
	for _, address := range []string{"/", "/?from=elsewhere&lang=", "/read/labs-funding/", "/read/labs-funding", "/read/labs-funding/index.html?x=1#y", "/no/such/place?q"} {
		b.open(h.url + address)
		if slug := eval[string](b, `document.getElementById("article").dataset.slug`); strings.Contains(address, "labs") != (slug == "labs-funding") {
			t.Errorf("expected %s to open offline at its article, it opened %q", address, slug)
		}
	}
	if got := eval[string](b, `location.pathname`); got != "/" {
		t.Errorf("expected a path that is no page of the program to lead home offline, it led to %s", got)
	}
	b.clickOn(`input[name="script"][value="zh-Hans"]`)
	b.until("the script to switch offline", `document.getElementById("article").lang === "zh-Hans"`)
	b.clean()
}

func TestTheSameBuildIsNoUpdate(t *testing.T) {
	h := startShifting(t, must(theSite()))
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	b.kept()
	h.set(func() { h.now = &server{files: must(build(must(corpus.Load())))} })
	h.forget()
	b.look()
	if asked := h.requests(); len(asked) != 1 || asked[0] != "/sw.js" {
		t.Errorf("expected the same build, made again, to cost one look at the worker's file; it cost %v", asked)
	}
	if eval[bool](b, `navigator.serviceWorker.getRegistration().then(r => !!(r.waiting || r.installing))`) {
		t.Error("expected the same build to be no update; a version is waiting")
	}
}

func TestUpdateWaitsForTheReader(t *testing.T) {
	h := startShifting(t, must(theSite()))
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	b.drag(0, 0, 0, 6)
	b.tag("1")
	q := b.quotes()
	// Other programs of the same origin keep their caches, whatever they are called.
	eval[bool](b, `caches.open("someone-elses").then(c => c.put("/theirs", new Response("kept"))).then(() => true)`)
	b.kept()
	before := b.caches()

	h.set(func() { h.now = &server{files: newer(t)} })
	h.forget()
	b.look()
	b.until("the page to say that a newer version is ready", `document.querySelector('[data-notice="update"] button')`)
	for _, path := range h.requests() {
		if path != "/sw.js" && path != "/" && !strings.HasSuffix(path, ".css") && !strings.HasPrefix(path, "/read/") {
			t.Errorf("expected an update to fetch what has changed, the style sheet and the pages, it fetched %s", path)
		}
	}
	b.drag(1, 0, 1, 6)
	b.tag("2")
	q = b.quotes()
	if eval[bool](b, isNewer) {
		t.Error("expected the running page to stay as it is until the reader says so")
	}
	b.reload()
	if eval[bool](b, isNewer) {
		t.Error("expected the old version to go on as long as a page of it is open and nothing was said")
	}
	b.clickOn(`[data-notice="update"] button`)
	b.until("the page to start anew with the newer version", isNewer+" && "+readyMark)
	b.settle()
	b.expectQuotes("after the update", q...)
	after := b.caches()
	if len(after) != len(before) || !slices.Contains(after, "someone-elses") || !slices.Contains(after, "pizhu-dictionaries") {
		t.Errorf("expected the caches of others and the dictionaries to be kept and the old version's to go: before %v, after %v", before, after)
	}
	h.set(func() { h.stopped = true })
	b.reload()
	if !eval[bool](b, isNewer) {
		t.Error("expected the newer version to work offline")
	}
	b.clean()
}

func TestUpdateAtTheNextStart(t *testing.T) {
	h := startShifting(t, must(theSite()))
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	h.set(func() { h.now = &server{files: newer(t)} })
	b.look()
	b.until("the newer version to wait", `navigator.serviceWorker.getRegistration().then(r => !!r.waiting)`)
	// The last page of the program is left: the next start is the newer version's.
	b.do(chromedp.Navigate("about:blank"))
	for end := time.Now().Add(20 * time.Second); ; {
		b.do(chromedp.Navigate(h.url + "/"))
		b.ready()
		if eval[bool](b, isNewer) {
			break
		}
		if time.Now().After(end) {
			t.Fatal("expected the newer version to come in at the next start; it did not in 20 s")
		}
		b.do(chromedp.Navigate("about:blank"))
		time.Sleep(300 * time.Millisecond)
	}
	if eval[bool](b, `!!document.querySelector('[data-notice="update"]')`) {
		t.Error("expected no message about an update that is in use already")
	}
	b.clean()
}

func TestInterruptedUpdateLeavesTheOldVersion(t *testing.T) {
	h := startShifting(t, must(theSite()))
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	// A deployment that is half done: the worker's list is new, a page is old
	// still; and then the host dies while it sends the style sheet.
	n := newer(t)
	mixed := maps.Clone(n)
	mixed["read/labs-funding/"] = must(theSite())["read/labs-funding/"]
	h.set(func() { h.now, h.broken = &server{files: mixed}, ".css" })
	givenUp := `navigator.serviceWorker.getRegistration().then(r => !r.installing && !r.waiting)`
	b.look()
	b.until("the half update to be given up", givenUp)
	h.set(func() { h.broken = "" })
	b.look()
	b.until("the mixed update to be given up", givenUp)
	if eval[bool](b, `!!document.querySelector('[data-notice="update"]')`) {
		t.Error("expected no message about an update that did not arrive")
	}
	h.set(func() { h.stopped = true })
	b.reload()
	if eval[bool](b, isNewer) {
		t.Error("expected the old version to go on after half an update")
	}
	b.open(h.url + "/read/labs-funding/")

	// The host is back: the update goes on where it stopped.
	h.set(func() { h.now, h.stopped = &server{files: n}, false })
	h.forget()
	b.look()
	b.until("the update to be ready after all", `document.querySelector('[data-notice="update"] button')`)
	for _, path := range h.requests() {
		if strings.HasSuffix(path, ".css") {
			t.Errorf("expected what had arrived of the update to be kept, %s was fetched again", path)
		}
	}
}

func TestTwoTabsDuringAnUpdate(t *testing.T) {
	h := startShifting(t, must(theSite()))
	b := newTab(t)
	b.open(h.url + "/")
	b.offlineReady()
	c := b.second()
	c.open(h.url + "/read/labs-funding/")
	h.set(func() { h.now = &server{files: newer(t)} })
	b.look()
	b.until("the first tab to say so", `document.querySelector('[data-notice="update"] button')`)
	c.until("the second tab to say so", `document.querySelector('[data-notice="update"] button')`)
	eval[bool](c, `(window.mine = true)`)
	b.clickOn(`[data-notice="update"] button`)
	b.until("the first tab to start anew with the newer version", isNewer+" && "+readyMark)
	b.settle()
	c.until("the second tab to say that another took the newer version", `document.querySelector('[data-notice="update"]')?.textContent.includes("另一個分頁")`)
	if !eval[bool](c, `window.mine === true`) {
		t.Error("expected the second tab to go on undisturbed; it was started anew")
	}
	c.drag(0, 0, 0, 6)
	c.tag("1")
	if c.stored() != 1 {
		t.Error("expected the second tab to go on saving")
	}
	c.clickOn(`[data-notice="update"] button`)
	c.until("the second tab to start anew when its reader says so", isNewer+" && "+readyMark)
	c.settle()
	if len(c.quotes()) != 1 {
		t.Error("expected the second tab's annotation to be there after the update")
	}
	b.clean()
	c.clean()
}
