package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The program comes in two parts (web/slim/split.go). These tests hold what a page
// does before the second has come.

// byHand serves the site with the program's rest as a test wants it: its answer to
// the worker that fetches it after a start, and to a page that cannot wait.
func byHand(t *testing.T, worker, page func(w http.ResponseWriter, r *http.Request, send http.Handler)) string {
	t.Helper()
	s, err := theSite()
	if err != nil {
		t.Fatal(err)
	}
	send := &server{files: s}
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !strings.Contains(r.URL.Path, "/app.rest."):
			send.ServeHTTP(w, r)
		case r.Header.Get("At-Once") != "":
			page(w, r, send)
		default:
			worker(w, r, send)
		}
	}))
	t.Cleanup(h.CloseClientConnections)
	return strings.Replace(h.URL, "127.0.0.1", "localhost", 1)
}

// marked tells a page's own request for the rest from its worker's.
var marked = before(`{
	const send = XMLHttpRequest.prototype.send;
	XMLHttpRequest.prototype.send = function () { this.setRequestHeader("At-Once", "1"); send.call(this); };
}`)

func never(w http.ResponseWriter, r *http.Request, _ http.Handler) { <-r.Context().Done() }

// A start, and what every reader does, runs no function of the rest. Where it does,
// all still works, and every start is slower: `make parts` lists anew what belongs
// into the first part.
func TestStartNeedsNoRest(t *testing.T) {
	list, err := os.ReadFile("slim/start.txt")
	if err != nil {
		t.Fatal(err)
	}
	if of, _, _ := strings.Cut(strings.TrimPrefix(string(list), "# "), "\n"); of != runtime.Version() {
		t.Skipf("what a start runs was listed with %s; this is %s, which may cut functions in other ways", of, runtime.Version())
	}
	for _, c := range []struct {
		name, query string
		size        option
	}{{"wide", "", sized(1280, 800)}, {"phone, in English", "?lang=en", sized(390, 844)}} {
		t.Run(c.name, func(t *testing.T) {
			var asked atomic.Int32
			url := byHand(t, never, func(w http.ResponseWriter, r *http.Request, send http.Handler) {
				asked.Add(1)
				send.ServeHTTP(w, r)
			})
			b := newTab(t, c.size, marked)
			b.open(url + "/" + c.query)
			for block, digit := range []string{"1", "2"} {
				p := b.glyph(block, 8, 0.5)
				b.click(p)
				b.do(chromedp.MouseClickXY(p.X, p.Y, chromedp.ClickCount(2)))
				b.tag(digit)
				b.key("\x1b")
			}
			b.reload()
			if n := b.stored(); n != 2 {
				t.Errorf("expected two annotations to be kept, there are %d", n)
			}
			if n := asked.Load(); n != 0 {
				t.Errorf("expected the rest of the program not to be asked for, it was, %d times: run `make parts`", n)
			}
			b.clean()
		})
	}
}

func TestRestThatIsWantedAtOnce(t *testing.T) {
	come := make(chan bool)
	url := byHand(t, func(w http.ResponseWriter, r *http.Request, send http.Handler) {
		<-come // the browser fetches a file once: the page's request waits for this one
		send.ServeHTTP(w, r)
	}, func(w http.ResponseWriter, r *http.Request, send http.Handler) { send.ServeHTTP(w, r) })
	b := newTab(t, marked)
	b.open(url + "/")
	time.AfterFunc(500*time.Millisecond, func() { close(come) })
	b.key("?")
	b.until("the help to be open", `document.querySelector(".sheet h2")`)
	b.key("\x1b")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	b.clean()
}

func TestRestThatComesLate(t *testing.T) {
	var tries atomic.Int32
	url := byHand(t, func(w http.ResponseWriter, r *http.Request, send http.Handler) {
		if tries.Add(1) <= 2 { // the worker's try, and the page's when the worker has failed
			http.Error(w, "later", http.StatusServiceUnavailable)
			return
		}
		send.ServeHTTP(w, r)
	}, func(w http.ResponseWriter, r *http.Request, send http.Handler) {
		t.Error("expected nothing to ask for the rest at once")
		send.ServeHTTP(w, r)
	})
	b := newTab(t, marked)
	b.open(url + "/")
	b.until("the program to be whole", `globalThis.pizhuIsWhole()`)
	b.key("?")
	b.until("the help to be open", `document.querySelector(".sheet h2")`)
	b.clean()
}

func TestRestThatDoesNotCome(t *testing.T) {
	var down atomic.Bool
	down.Store(true)
	answer := func(w http.ResponseWriter, r *http.Request, send http.Handler) {
		if down.Load() {
			http.NotFound(w, r)
			return
		}
		send.ServeHTTP(w, r)
	}
	url := byHand(t, answer, answer)
	b := newTab(t, marked)
	b.open(url + "/")
	b.drag(0, 0, 0, 6)
	b.tag("1")
	b.key("?")
	b.until("the reader to be told", `!document.getElementById("boot-error").hidden`)
	down.Store(false)
	b.do(chromedp.Reload())
	b.ready()
	b.key("?")
	b.until("the help to be open", `document.querySelector(".sheet h2")`)
	b.key("\x1b")
	if n := b.stored(); n != 1 {
		t.Errorf("expected the annotation to be kept, there are %d", n)
	}
}
