package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"pizhu/corpus"
)

// writtenSite writes the static site to a folder and serves it under a path of
// somebody else's host: plain files, no headers of ours.
func writtenSite(t *testing.T, s site, under string) (dir, address string, stop func()) {
	t.Helper()
	dir = t.TempDir()
	if err := s.write(dir, "https://example.org"+under, quick); err != nil {
		t.Fatalf("expected the site to be written: %v", err)
	}
	mux := http.NewServeMux()
	mux.Handle(under, http.StripPrefix(strings.TrimSuffix(under, "/"), http.FileServer(http.Dir(dir))))
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return dir, strings.Replace(srv.URL, "127.0.0.1", "localhost", 1) + under, srv.Close
}

func TestStaticSiteUnderAnyPath(t *testing.T) {
	const under = "/some/sub/folder/"
	_, address, stop := writtenSite(t, must(theSite()), under)
	b := newTab(t)
	b.open(address)
	b.drag(0, 0, 0, 6)
	b.tag("1")
	q := b.quotes()
	b.clickOn(`input[name="script"][value="zh-Hans"]`)
	b.until("the script to switch", `document.getElementById("article").lang === "zh-Hans"`)
	b.clickOn(`input[name="script"][value="source"]`)
	b.reload()
	b.expectQuotes("after a reload", q...)

	// By the list to another article, without loading a page, and back.
	b.clickOn(`[data-command="articles"]`)
	b.clickOn(`.shelf a[href$="read/labs-funding/"]`)
	b.until("the other article", `document.querySelector("h1").textContent === $1`, corpus.Articles()[1].Title)
	if path := eval[string](b, `location.pathname`); path != under+"read/labs-funding/" {
		t.Errorf("expected the article's address to stay under the site's path, it is %s", path)
	}
	b.reload()
	b.open(address + "read/training-data-lawsuits/")
	b.offlineReady()
	b.kept()
	stop()
	for _, path := range []string{"?from=elsewhere", "read/labs-funding/", "read/labs-funding?x", "no/such/page"} {
		b.open(address + path)
		if at := eval[string](b, `location.pathname`); !strings.HasPrefix(at, under) {
			t.Errorf("expected %s to stay under the site's path offline, it led to %s", path, at)
		}
	}
	b.open(address)
	b.expectQuotes("offline", q...)
	for _, u := range b.requests() {
		if !strings.HasPrefix(u, address) && !strings.HasPrefix(u, "data:") {
			t.Errorf("expected every request to stay under %s, one went to %s", address, u)
		}
	}
	b.clean()
}

func TestStaticSiteFiles(t *testing.T) {
	s := must(theSite())
	dir, _, _ := writtenSite(t, s, "/pizhu/")
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatalf("expected the file %s in the site: %v", name, err)
		}
		return data
	}
	for name, f := range s {
		at := name
		if name == "" || strings.HasSuffix(name, "/") {
			at += "index.html"
		}
		if name != "robots.txt" && name != missingPage && !bytes.Equal(read(at), f.body) {
			t.Errorf("expected %s to be written as it is served", at)
		}
		if compressible(f.kind) && len(f.body) > 200 && name != missingPage && name != "robots.txt" {
			if got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(read(at + ".br")))); err != nil || !bytes.Equal(got, f.body) {
				t.Errorf("expected %s.br to be %s compressed (%v)", at, at, err)
			}
			read(at + ".gz")
		}
		if strings.HasSuffix(at, ".html") && at != missingPage {
			page := string(f.body)
			if !strings.Contains(page, `http-equiv="Content-Security-Policy"`) {
				t.Errorf("expected %s to carry the policy in itself", at)
			}
			for _, m := range regexp.MustCompile(`(?:src|href)="([^"#][^"]*)"`).FindAllStringSubmatch(page, -1) {
				if strings.HasPrefix(m[1], "/") || strings.Contains(m[1], "//") {
					t.Errorf("expected every address in %s to be relative, one is %s", at, m[1])
				}
			}
			if m := regexp.MustCompile(`<[^>]* (style|on[a-z]+)=|<style|<script>`).FindString(page); m != "" {
				t.Errorf("expected nothing inline in %s, there is %s", at, m)
			}
		}
	}
	rules := string(read("_headers"))
	for _, want := range []string{"/pizhu/*\n", "frame-ancestors 'none'", "/pizhu/" + named(t, s, "static/app.", ".wasm") + "\n  Cache-Control: " + forever, "/pizhu/sw.js\n  Cache-Control: no-cache"} {
		if !strings.Contains(rules, want) {
			t.Errorf("expected the headers file to have %q", want)
		}
	}
	if sitemap := string(read("sitemap.xml")); !strings.Contains(sitemap, "<loc>https://example.org/pizhu/read/labs-funding/</loc>") || strings.Contains(sitemap, "read/own") {
		t.Errorf("expected the sitemap to list the articles and not the readers' own: %s", sitemap)
	}
	if !strings.Contains(string(read(missingPage)), `href="/pizhu/"`) {
		t.Error("expected the page for what is not there to lead home")
	}
	read(".nojekyll")
	for _, bad := range []string{"example.org/pizhu", "://", "ftp://example.org/"} {
		if err := s.write(t.TempDir(), bad, quick); err == nil {
			t.Errorf("expected -url %s to be refused", bad)
		}
	}
}

// A folder of one's own articles, with the names that files have.
func TestCorpusFolderInTheBrowser(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "甲 100%?#.txt"), "甲的第一段，說一件事。\n甲的第二段。\n")
	writeFile(t, filepath.Join(dir, "乙.md"), "# 乙題\n\n乙的**第一段**。\n")
	s := must(build(must(shelf(dir))))
	h := startSite(t, s, "127.0.0.1:0")
	b := newTab(t)
	b.open(h.url + "/")
	if got := eval[string](b, `document.querySelector('[data-block="1"]').textContent`); got != "乙的第一段。" {
		t.Errorf("expected the first file, Markdown, to be read as that, got %q", got)
	}
	b.clickOn(`[data-command="articles"]`)
	b.clickOn(`.shelf li:nth-child(2) a`)
	b.until("the file with the difficult name", `document.querySelector('[data-block="1"]')?.textContent === "甲的第二段。"`)
	b.drag(0, 0, 0, 2)
	b.tag("1")
	q := b.quotes()
	b.reload()
	b.expectQuotes("after a reload of a difficult address", q...)
	b.offlineReady()
	h.stop()
	b.reload()
	b.expectQuotes("and offline", q...)
	b.clean()
}
