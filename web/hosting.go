package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/andybalholm/brotli"

	"pizhu/app"
)

// headers go with every answer. In the static site they are in a file that
// Netlify and Cloudflare Pages read; on a host that knows no such file the
// pages still carry the policy in themselves.
var headers = [][2]string{
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Content-Security-Policy", policy + "; frame-ancestors 'none'"},
}

// forever is for files whose name changes with their content.
const forever = "public, max-age=31536000, immutable"

// missingPage is what hosts send for a path that is not there.
const missingPage = "404.html"

// addMissingPage makes that page. It is sent for paths of any depth, so its own
// addresses cannot be relative: they begin with base.
func (s site) addMissingPage(base, css string) error {
	type line struct{ Lang, Name, Says, Home string }
	var lines []line
	for _, lang := range app.Languages {
		t := app.Texts(lang)
		lines = append(lines, line{lang, t("name"), t("no-page"), t("no-page-home")})
	}
	var b bytes.Buffer
	tmpl := template.Must(template.ParseFS(sources, missingPage))
	if err := tmpl.Execute(&b, map[string]any{"Base": base, "CSS": css, "Lines": lines}); err != nil {
		return fmt.Errorf("page %s: %w", missingPage, err)
	}
	s.add(missingPage, b.Bytes())
	return nil
}

// effort is how hard a file is compressed: half a minute for the best, which a
// site is written with once, a moment for a test's.
type effort struct{ brotli, gzip int }

var (
	best  = effort{brotli.BestCompression, 9}
	quick = effort{4, 4}
)

// write puts the site into a folder, each file with its Brotli and gzip forms.
// Every address in it is relative, so it works from any path; address is where
// it will be, if that is known, for what cannot be relative: the sitemap and the
// page for what is not there.
func (s site) write(dir, address string, e effort) error {
	base := "/"
	if address != "" {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Errorf("-url %s: expected an address such as https://example.org/pizhu/", address)
		}
		address = strings.TrimSuffix(address, "/") + "/"
		base = strings.TrimSuffix(u.Path, "/") + "/"
	}
	css := ""
	for name := range s {
		if strings.HasSuffix(name, ".css") {
			css = name
		}
	}
	extra := site{}
	if err := extra.addMissingPage(base, css); err != nil {
		return err
	}
	extra.add("_headers", s.headersFile(base))
	extra.add(".nojekyll", nil) // GitHub Pages would leave out names that begin with an underscore
	if address != "" {
		extra.add("sitemap.xml", s.sitemap(address))
		extra.add("robots.txt", []byte("User-agent: *\nAllow: /\nSitemap: "+address+"sitemap.xml\n"))
	}
	for _, part := range []site{s, extra} { // what is in both is as the second has it
		for _, name := range part.names() {
			if err := part[name].write(dir, name, e); err != nil {
				return fmt.Errorf("write the site: %w", err)
			}
		}
	}
	return nil
}

func (f file) write(dir, name string, e effort) error {
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	at := path.Join(dir, name)
	if err := os.MkdirAll(path.Dir(at), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(at, f.body, 0o644); err != nil {
		return err
	}
	if !compressible(f.kind) || len(f.body) <= 200 {
		return nil
	}
	if err := os.WriteFile(at+".br", brotlied(f.body, e.brotli), 0o644); err != nil {
		return err
	}
	return os.WriteFile(at+".gz", gzipped(f.body, e.gzip), 0o644)
}

// headersFile is the rules for Netlify and Cloudflare Pages. Files that may be
// kept for ever are named one by one: rules that overlap are joined, not chosen
// from, by one of the two.
func (s site) headersFile(base string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s*\n", base)
	for _, line := range headers {
		fmt.Fprintf(&b, "  %s: %s\n", line[0], line[1])
	}
	for _, name := range s.names() {
		if s[name].forever {
			fmt.Fprintf(&b, "%s%s\n  Cache-Control: %s\n", base, name, forever)
		}
	}
	fmt.Fprintf(&b, "%ssw.js\n  Cache-Control: no-cache\n%smanifest.webmanifest\n  Content-Type: %s\n", base, base, s["manifest.webmanifest"].kind)
	return b.Bytes()
}

// sitemap lists the pages that have an article in them.
func (s site) sitemap(address string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, name := range s.names() {
		if name == "" || strings.HasPrefix(name, "read/") && name != "read/own/" {
			b.WriteString("<url><loc>")
			xml.EscapeText(&b, []byte(address+(&url.URL{Path: name}).EscapedPath())) // a buffer takes everything
			b.WriteString("</loc></url>\n")
		}
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}
