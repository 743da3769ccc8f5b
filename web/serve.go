package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/andybalholm/brotli"
)

// server sends a site. Each file is compressed when it is first asked for and
// kept so; the quick Brotli setting costs a third of a second for the program
// once, where the best would cost half a minute.
type server struct {
	files site
	forms sync.Map // "name br" or "name gz" → func() []byte
}

func compressible(kind string) bool { return kind != "image/png" && kind != "image/webp" }

func brotlied(body []byte, level int) []byte {
	var b bytes.Buffer
	// A window as large as the program: a thirtieth less of it than with the usual one.
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: level, LGWin: 24})
	w.Write(body) // a buffer takes everything
	w.Close()
	return b.Bytes()
}

func gzipped(body []byte, level int) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, level) // the level is one of ours
	w.Write(body)
	w.Close()
	return b.Bytes()
}

func (s *server) form(name, coding string, f file) []byte {
	made, _ := s.forms.LoadOrStore(name+" "+coding, sync.OnceValue(func() []byte {
		if coding == "br" {
			return brotlied(f.body, 5)
		}
		return gzipped(f.body, 6)
	}))
	return made.(func() []byte)()
}

// accepts reports whether a request takes a content coding.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == coding {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, line := range headers {
		h.Set(line[0], line[1])
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this site is read only", http.StatusMethodNotAllowed)
		return
	}
	// The site is a table, not a folder: a path outside it cannot be asked for.
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") && name != "" {
		name += "/"
	}
	name = strings.TrimSuffix(name, "index.html")
	f, ok := s.files[name]
	if !ok {
		if _, dir := s.files[name+"/"]; dir {
			to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
			http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
			return
		}
		s.notFound(w, r)
		return
	}
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	if f.forever {
		h.Set("Cache-Control", forever)
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	body, etag := f.body, f.hash
	if compressible(f.kind) && len(body) > 200 {
		for _, coding := range []string{"br", "gzip"} {
			if accepts(r.Header.Get("Accept-Encoding"), coding) {
				body = s.form(name, coding, f)
				etag += "-" + coding
				h.Set("Content-Encoding", coding)
				break
			}
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// notFound sends the page that says so, to who asked for a page.
func (s *server) notFound(w http.ResponseWriter, r *http.Request) {
	f, ok := s.files[missingPage]
	if !ok || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(f.body) // the reader may have gone
	}
}

// listen takes the address, or says what to do when it is taken.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		_, port, _ := net.SplitHostPort(addr)
		return nil, fmt.Errorf("port %s is in use by another program.\nChoose another one: PORT=%s make run", port, next(port))
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return l, nil
}

func next(port string) string {
	var n int
	if _, err := fmt.Sscan(port, &n); err != nil || n < 1 || n > 65534 {
		return "8001"
	}
	return fmt.Sprint(n + 1)
}

// serve sends the site until the context ends, then lets what is under way
// finish. It says where to out.
func serve(ctx context.Context, s site, addr string, out io.Writer) error {
	l, err := listen(addr)
	if err != nil {
		return err
	}
	srv := &http.Server{
		Handler:           &server{files: s},
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	fmt.Fprintf(out, "Pizhu 批註 is at http://localhost:%d (Ctrl+C stops it)\n", l.Addr().(*net.TCPAddr).Port)
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		end, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		return srv.Shutdown(end)
	}
}
