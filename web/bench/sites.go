package main

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// command runs a Go command in the repository and gives what it said when it
// fails.
func command(env []string, args ...string) error {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// serve serves a site on a free port until the program ends.
func serve(h http.Handler) (url string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("serve a site: %w", err)
	}
	go (&http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}).Serve(l)
	return fmt.Sprintf("http://localhost:%d/", l.Addr().(*net.TCPAddr).Port), nil
}

// build makes what is to be measured in dir and serves it: Pizhu's static site,
// unless one is running at an address already, and the empty program. Both are
// compressed alike: Brotli at its best, as a host sends what it compressed once.
func (b *bench) build(dir, at string) error {
	var wg sync.WaitGroup
	var ours, empty error
	if at != "" {
		b.ours = strings.TrimSuffix(at, "/") + "/"
	} else {
		wg.Go(func() { ours = b.buildOurs(filepath.Join(dir, "dist")) })
	}
	if b.wants("P1", "P2", "P3") {
		wg.Go(func() { empty = b.buildEmpty(filepath.Join(dir, "empty")) })
	}
	wg.Wait()
	return errors.Join(ours, empty)
}

func (b *bench) buildOurs(dir string) (err error) {
	if err := command([]string{"CGO_ENABLED=0"}, "run", "./web", "-dist", dir); err != nil {
		return err
	}
	b.ours, err = serve(static(dir))
	return err
}

// blank is what the empty program shows, drawn by the host as go-app does.
type blank struct{ app.Compo }

func (*blank) Render() app.UI { return app.H1().Text("空") }

func (b *bench) buildEmpty(dir string) error {
	wasm := filepath.Join(dir, "web", "app.wasm")
	if err := command([]string{"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0"},
		"build", "-trimpath", "-ldflags=-s -w", "-o", wasm, "./web/bench/empty"); err != nil {
		return err
	}
	raw, err := os.ReadFile(wasm)
	if err != nil {
		return fmt.Errorf("read the empty program: %w", err)
	}
	// Its default icons stand on a host of its own: here they are local, so that no network is measured.
	icon := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>`)
	if err := os.WriteFile(filepath.Join(dir, "web", "icon.svg"), icon, 0o644); err != nil {
		return fmt.Errorf("write the empty program: %w", err)
	}
	app.Route("/", func() app.Composer { return &blank{} })
	handler := &app.Handler{Name: "Empty", Title: "Empty", Lang: "zh-Hant", Version: "1", Resources: app.LocalDir(dir),
		Icon:              app.Icon{Default: "/web/icon.svg", Large: "/web/icon.svg", SVG: "/web/icon.svg", Maskable: "/web/icon.svg"},
		WasmContentLength: strconv.Itoa(len(raw))}
	b.empty, err = serve(&compressing{next: handler, wasm: packedBy(raw)})
	return err
}

func packedBy(body []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	w.Write(body) // a buffer takes everything
	w.Close()
	return b.Bytes()
}

var kinds = map[string]string{".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".lex": "application/octet-stream"}

// static serves a folder as `make dist` wrote it, the Brotli form of a file
// where there is one.
type static string

func (dir static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := path.Clean("/" + r.URL.Path)
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	at := filepath.Join(string(dir), filepath.FromSlash(name))
	kind := kinds[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "/static/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body, err := os.ReadFile(at + ".br")
	if err == nil {
		h.Set("Content-Encoding", "br")
	} else if body, err = os.ReadFile(at); err != nil {
		http.NotFound(w, r)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}

// compressing puts Brotli before go-app's handler: the program as it was packed
// in advance, everything else once and kept.
type compressing struct {
	next http.Handler
	wasm []byte
	kept sync.Map // path → recorded
}

type recorded struct {
	header http.Header
	body   []byte
	status int
}

func (c *compressing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "app.wasm") {
		v, ok := c.kept.Load(r.URL.Path)
		if !ok {
			rec := &recorder{header: http.Header{}, status: http.StatusOK}
			c.next.ServeHTTP(rec, r)
			v, _ = c.kept.LoadOrStore(r.URL.Path, recorded{rec.header, packedBy(rec.body.Bytes()), rec.status})
		}
		c.send(w, v.(recorded))
		return
	}
	c.send(w, recorded{http.Header{"Content-Type": {"application/wasm"}, "Cache-Control": {"no-cache"}}, c.wasm, http.StatusOK})
}

func (c *compressing) send(w http.ResponseWriter, r recorded) {
	for k, v := range r.header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Encoding", "br")
	w.Header().Set("Content-Length", strconv.Itoa(len(r.body)))
	w.WriteHeader(r.status)
	w.Write(r.body)
}

type recorder struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *recorder) WriteHeader(status int)      { r.status = status }
