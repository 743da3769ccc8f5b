package main

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lighthouseVersion is the release (npm, Apache-2.0) that looks at the site. It
// is fetched when the test runs and is no part of the program.
const lighthouseVersion = "12.2.3"

// leastScore is what every category must reach.
const leastScore = 95

// TestLighthouse is what `make lighthouse` runs: with settings as Lighthouse has
// them, a phone on a slow network, simulated, it looks at what `make run` serves
// and at what `make dist` writes, in a folder of somebody's host.
func TestLighthouse(t *testing.T) {
	if os.Getenv("PIZHU_LIGHTHOUSE") == "" {
		t.Skip("`make lighthouse` runs this: it takes a minute and a quiet machine")
	}
	served := start(t).url
	dir := t.TempDir()
	const under = "/some/sub/folder/"
	if err := must(theSite()).write(dir, "https://example.org"+under, effort{brotli: 9, gzip: 6}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(hosted(t, dir, under))
	t.Cleanup(srv.Close)
	static := strings.Replace(srv.URL, "127.0.0.1", "localhost", 1) + under
	for _, c := range []struct{ name, url string }{
		{"served", served + "/"}, {"served, an article", served + "/read/labs-funding/"},
		{"static", static}, {"static, an article", static + "read/labs-funding/"},
	} {
		t.Run(c.name, func(t *testing.T) { lighthouse(t, c.url) })
	}
}

type lighthouseReport struct {
	Categories map[string]struct {
		Title     string
		Score     float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Title        string
		DisplayValue string
		Score        *float64
		NumericValue float64
	}
}

// lighthouse looks at a page three times; the middle one by performance counts,
// since a machine with other work to do makes one look worse than the others.
func lighthouse(t *testing.T, url string) {
	t.Helper()
	var reports []lighthouseReport
	for range 3 {
		out, said, err := look(url)
		if err != nil && strings.Contains(said, "Please run Lighthouse again") { // its own word on a recording that broke off
			out, said, err = look(url)
		}
		if err != nil {
			t.Fatalf("lighthouse %s: %v\n%s", url, err, said)
		}
		var r lighthouseReport
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatalf("expected a report, got %v: %.300s", err, out)
		}
		reports = append(reports, r)
	}
	slices.SortFunc(reports, func(a, b lighthouseReport) int {
		return int(1000 * (a.Categories["performance"].Score - b.Categories["performance"].Score))
	})
	r := reports[1]
	var scores, times []string
	for _, name := range []string{"performance", "accessibility", "best-practices", "seo"} {
		c := r.Categories[name]
		score := int(c.Score*100 + .5)
		scores = append(scores, fmt.Sprintf("%s %d", name, score))
		if score >= leastScore {
			continue
		}
		t.Errorf("expected %s of at least %d, it is %d", name, leastScore, score)
		for _, ref := range c.AuditRefs {
			if a := r.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < .9 {
				t.Errorf("  %s: %s %s", ref.ID, a.Title, a.DisplayValue)
			}
		}
	}
	for _, m := range [][2]string{{"FCP", "first-contentful-paint"}, {"LCP", "largest-contentful-paint"}, {"TBT", "total-blocking-time"}, {"SI", "speed-index"}} {
		var all []string
		for _, r := range reports {
			all = append(all, fmt.Sprintf("%.0f", r.Audits[m[1]].NumericValue))
		}
		times = append(times, m[0]+" "+strings.Join(all, "/")+" ms")
	}
	t.Logf("%s; %s", strings.Join(scores, ", "), strings.Join(times, ", "))
}

func look(url string) (report []byte, said string, err error) {
	cmd := exec.Command("npx", "--yes", "lighthouse@"+lighthouseVersion, url, "--quiet", "--output=json",
		"--chrome-flags=--headless=new --no-sandbox")
	var log strings.Builder
	cmd.Stderr = &log
	report, err = cmd.Output()
	return report, log.String(), err
}

// hosted is a plain host of files that does what a good one does: it sends the
// headers of the file _headers, and the forms that are compressed already.
func hosted(t *testing.T, dir, under string) http.Handler {
	t.Helper()
	rules := map[string][][2]string{}
	data, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	at := ""
	for line := range strings.Lines(string(data)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if line = strings.TrimRight(line, "\n"); !strings.HasPrefix(line, " ") {
			at = line
		} else if ok {
			rules[at] = append(rules[at], [2]string{name, value})
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, ok := strings.CutPrefix(r.URL.Path, under)
		file := filepath.Join(dir, filepath.Clean("/"+rest))
		if info, err := os.Stat(file); err == nil && info.IsDir() {
			file = filepath.Join(file, "index.html")
		}
		if _, err := os.Stat(file); !ok || err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(filepath.Ext(file)))
		for _, path := range []string{under + "*", r.URL.Path} {
			for _, h := range rules[path] {
				w.Header().Set(h[0], h[1])
			}
		}
		if _, err := os.Stat(file + ".br"); err == nil && accepts(r.Header.Get("Accept-Encoding"), "br") {
			w.Header().Set("Content-Encoding", "br")
			file += ".br"
		}
		body, err := os.ReadFile(file)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Write(body)
	})
}
