package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// ask sends a request as it is written: no redirects followed, nothing
// decompressed, and the path not cleaned.
func ask(t *testing.T, h http.Handler, method, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost/", nil)
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func bodyOf(t *testing.T, res *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// named is the site's file whose name begins and ends so.
func named(t *testing.T, s site, from, to string) string {
	t.Helper()
	for _, name := range s.names() {
		if strings.HasPrefix(name, from) && strings.HasSuffix(name, to) {
			return name
		}
	}
	t.Fatalf("expected the site to have a file %s…%s", from, to)
	return ""
}

func TestServerAnswers(t *testing.T) {
	s := must(theSite())
	h := &server{files: s}
	wasm, css := "/"+named(t, s, "static/app.", ".wasm"), "/"+named(t, s, "static/page.", ".css")
	for _, c := range []struct {
		name, method, path string
		status             int
		kind, cache        string
	}{
		{"home", "GET", "/", 200, "text/html; charset=utf-8", "no-cache"},
		{"home by its file's name", "GET", "/index.html", 200, "text/html; charset=utf-8", "no-cache"},
		{"an article", "GET", "/read/labs-funding/", 200, "text/html; charset=utf-8", "no-cache"},
		{"an article without its slash", "GET", "/read/labs-funding", 301, "", ""},
		{"an article's text", "GET", "/corpus/labs-funding.txt", 200, "text/plain; charset=utf-8", "no-cache"},
		{"the program", "GET", wasm, 200, "application/wasm", forever},
		{"the style sheet", "GET", css, 200, "text/css; charset=utf-8", forever},
		{"the worker", "GET", "/sw.js", 200, "text/javascript; charset=utf-8", "no-cache"},
		{"the manifest", "GET", "/manifest.webmanifest", 200, "application/manifest+json", "no-cache"},
		{"an icon", "GET", "/static/icon-192.png", 200, "image/png", "no-cache"},
		{"only the head", "HEAD", "/", 200, "text/html; charset=utf-8", "no-cache"},
		{"what is not there", "GET", "/nothing", 404, "text/plain; charset=utf-8", ""},
		{"out of the site", "GET", "/../go.mod", 404, "", ""},
		{"out of the site, with a drive", "GET", `/..\..\go.mod`, 404, "", ""},
		{"out of the site, deep", "GET", "/static/../../../etc/passwd", 404, "", ""},
		{"a folder", "GET", "/static/", 404, "", ""},
		{"posting", "POST", "/", 405, "", ""},
		{"deleting", "DELETE", "/read/labs-funding/", 405, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := ask(t, h, c.method, c.path)
			if res.StatusCode != c.status {
				t.Fatalf("expected %s %s to answer %d, it answered %d", c.method, c.path, c.status, res.StatusCode)
			}
			if got := res.Header.Get("Content-Type"); c.kind != "" && got != c.kind {
				t.Errorf("expected the type %q, got %q", c.kind, got)
			}
			if got := res.Header.Get("Cache-Control"); c.cache != "" && got != c.cache {
				t.Errorf("expected the caching %q, got %q", c.cache, got)
			}
			if body := bodyOf(t, res); c.method == "HEAD" && len(body) > 0 {
				t.Errorf("expected HEAD to send no body, it sent %d bytes", len(body))
			}
			if res.StatusCode == 405 && res.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("expected a refused method to be told what is allowed, got %q", res.Header.Get("Allow"))
			}
			for _, line := range headers {
				if res.Header.Get(line[0]) != line[1] {
					t.Errorf("expected the header %s: %s, got %q", line[0], line[1], res.Header.Get(line[0]))
				}
			}
		})
	}
	if to := ask(t, h, "GET", "/read/labs-funding?x=1").Header.Get("Location"); to != "/read/labs-funding/?x=1" {
		t.Errorf("expected the query to survive the missing slash, it led to %q", to)
	}
	page := string(bodyOf(t, ask(t, h, "GET", "/nothing/at/all", "Accept", "text/html,*/*")))
	for _, want := range []string{"這裡沒有文章", "这里没有文章", "There is no article here", `href="/"`} {
		if !strings.Contains(page, want) {
			t.Errorf("expected the page for what is not there to say %q", want)
		}
	}
}

func TestServerCompressesAndRevalidates(t *testing.T) {
	s := must(theSite())
	h := &server{files: s}
	css := "/" + named(t, s, "static/page.", ".css")
	plain := bodyOf(t, ask(t, h, "GET", css))
	tags := map[string]bool{}
	for _, c := range []struct{ accept, coding string }{
		{"", ""}, {"identity", ""}, {"gzip", "gzip"}, {"br", "br"}, {"gzip, deflate, br, zstd", "br"}, {"br;q=0, gzip", "gzip"}, {"gzip;q=0", ""}, {"brotli", ""},
	} {
		res := ask(t, h, "GET", css, "Accept-Encoding", c.accept)
		body := bodyOf(t, res)
		if got := res.Header.Get("Content-Encoding"); got != c.coding {
			t.Errorf("Accept-Encoding %q: expected the coding %q, got %q", c.accept, c.coding, got)
			continue
		}
		var r io.Reader = bytes.NewReader(body)
		switch c.coding {
		case "gzip":
			r = must(gzip.NewReader(r))
		case "br":
			r = brotli.NewReader(r)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("Accept-Encoding %q: expected the style sheet itself once decompressed (%v)", c.accept, err)
		}
		if c.coding != "" && len(body) > len(plain)/2 {
			t.Errorf("Accept-Encoding %q: expected at most half of %d bytes, got %d", c.accept, len(plain), len(body))
		}
		if res.Header.Get("Vary") != "Accept-Encoding" {
			t.Error("expected caches to be told that the answer depends on Accept-Encoding")
		}
		tag := res.Header.Get("ETag")
		tags[tag] = true
		again := ask(t, h, "GET", css, "Accept-Encoding", c.accept, "If-None-Match", tag)
		if again.StatusCode != 304 || len(bodyOf(t, again)) > 0 {
			t.Errorf("Accept-Encoding %q: expected 304 and no body when nothing has changed, got %d", c.accept, again.StatusCode)
		}
		if other := ask(t, h, "GET", css, "Accept-Encoding", c.accept, "If-None-Match", `"other"`); other.StatusCode != 200 {
			t.Errorf("expected the file when it is another than the browser has, got %d", other.StatusCode)
		}
	}
	if len(tags) != 3 {
		t.Errorf("expected one tag for each of the three forms, got %v", tags)
	}
	if coding := ask(t, h, "GET", "/static/icon-512.png", "Accept-Encoding", "br").Header.Get("Content-Encoding"); coding != "" {
		t.Errorf("expected a PNG, which is compressed already, to be sent as it is, got %q", coding)
	}
}

func TestBusyPort(t *testing.T) {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_, err := listen("127.0.0.1:" + port)
	if err == nil {
		t.Fatal("expected a port that is taken to be an error")
	}
	for _, want := range []string{"port " + port, "in use", "PORT="} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("expected the error to say %q: %v", want, err)
		}
	}
}

func TestShutdownLetsAnAnswerFinish(t *testing.T) {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	addr := l.Addr().String()
	l.Close()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s := site{}
	s.add("big.bin", bytes.Repeat([]byte("0123456789abcdef"), 1<<18))
	done := make(chan error, 1)
	go func() { done <- serve(ctx, s, addr, io.Discard) }()
	var res *http.Response
	var err error
	for range 100 {
		if res, err = http.Get("http://" + addr + "/big.bin"); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 1000)
	if _, err := io.ReadFull(res.Body, first); err != nil {
		t.Fatal(err)
	}
	stop() // the answer is under way
	rest, err := io.ReadAll(res.Body)
	if err != nil || len(first)+len(rest) != 16<<18 {
		t.Errorf("expected the answer under way to finish, got %d bytes, %v", len(first)+len(rest), err)
	}
	if err := <-done; err != nil {
		t.Errorf("expected a stop to be no error: %v", err)
	}
}

func TestCorpusFolders(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		says  string // of the error; "" for none
	}{
		{"articles of both kinds", map[string]string{"甲.txt": "甲的第一段。", "b.md": "# 乙\n\n乙的第一段。"}, ""},
		{"nothing to read", map[string]string{"a.pdf": "x"}, "no .txt or .md"},
		{"a reserved name", map[string]string{"own.txt": "文"}, "own.txt"},
		{"two of one address", map[string]string{"a.txt": "文", "a.md": "文"}, "same address"},
		{"one that cannot be read", map[string]string{"a.txt": "---\ntitle: x\ndate: 昨天\n---\n文"}, "a.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range c.files {
				writeFile(t, filepath.Join(dir, name), text)
			}
			articles, err := shelf(dir)
			if c.says != "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("expected an error that says %q, got %v", c.says, err)
				}
				return
			}
			if err != nil || len(articles) != len(c.files) {
				t.Fatalf("expected %d articles, got %d, %v", len(c.files), len(articles), err)
			}
		})
	}
	if _, err := shelf(filepath.Join(t.TempDir(), "nowhere")); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("expected a folder that is not there to be named, got %v", err)
	}
}

// One file is the whole of it: built, carried elsewhere, it serves everything.
func TestOneBinary(t *testing.T) {
	dir := t.TempDir()
	bin := filepath.Join(dir, "pizhu")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build the host: %v\n%s", err, out)
	}
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	addr := l.Addr().String()
	busy := exec.Command(bin, "-addr", addr)
	busy.Dir = dir
	out, err := busy.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "in use") {
		t.Errorf("expected a taken port to stop the program in words, got %v: %s", err, out)
	}
	l.Close()

	cmd := exec.Command(bin, "-addr", addr)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HOME="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	s := must(theSite())
	for _, name := range []string{"", named(t, s, "static/app.", ".wasm"), "read/labs-funding/", "sw.js"} {
		var res *http.Response
		for range 250 {
			if res, err = http.Get("http://" + addr + "/" + name); err == nil {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if err != nil {
			t.Fatal(err)
		}
		if body := bodyOf(t, res); res.StatusCode != 200 || !bytes.Equal(body, s[name].body) {
			t.Errorf("expected the binary to serve %q as this build does, got %d and %d bytes", name, res.StatusCode, len(body))
		}
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Errorf("expected a polite stop to end without an error, got %v", err)
	}
}
