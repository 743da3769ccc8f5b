//go:build !js

package article

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// The native readers of pages and books. In a browser go-readability and its
// parser would be 1.2 MB in Brotli, nearly as much as all the rest; there
// Mozilla's own Readability.js, of which it is a port, is fetched when the first
// page is opened (25 KB), and reads what the browser's parser made.

func init() { readHTML, readEPUB = htmlArticle, epubArticle }

// maxReadable is how many elements a page may have for its readable part to be
// looked for, which takes time that grows faster than they do; of a larger one
// all text is taken.
const maxReadable = 50_000

func htmlArticle(name, text string) (*Article, error) {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, &Error{Name: name, Problem: Binary, Detail: err.Error()}
	}
	page := Page{Title: titleOf(doc), Variant: attribute(find(doc, "html"), "lang")}
	content := find(doc, "body")
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxReadable
	parser.CharThresholds = 100 // characters say more in Chinese than in English, where it is 500
	if r, err := parser.ParseDocument(doc, nil); err == nil && r.Node != nil {
		content = r.Node
		page.Title, page.Author, page.Source = r.Title(), r.Byline(), r.SiteName()
		if t, err := r.PublishedTime(); err == nil {
			page.Date = t.Format("2006-01-02")
		}
		if page.Variant == "" {
			page.Variant = r.Language()
		}
	}
	var b strings.Builder
	writeMarkup(&b, content)
	page.Markup = b.String()
	return FromPage(name, page)
}

func find(n *html.Node, tag string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == tag {
			return d
		}
	}
	return nil
}

func titleOf(doc *html.Node) string {
	if t := find(doc, "title"); t != nil && t.FirstChild != nil {
		return t.FirstChild.Data
	}
	return ""
}

func attribute(n *html.Node, name string) string {
	if n != nil {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
	}
	return ""
}

// writeMarkup writes a node as Page.Markup has it. It does not recurse, since a
// page may be nested as deep as it is long.
func writeMarkup(b *strings.Builder, top *html.Node) {
	for n := top; n != nil; {
		down := n.FirstChild
		switch n.Type {
		case html.TextNode:
			b.WriteString("=" + strings.ReplaceAll(n.Data, "\x00", "\uFFFD") + "\x00")
		case html.ElementNode:
			if n.Data == "template" {
				down = nil
			}
			b.WriteString("<" + n.Data + "\x00")
		}
		if down != nil {
			n = down
			continue
		}
		for {
			if n.Type == html.ElementNode {
				b.WriteString(">\x00")
			}
			if n == top {
				return
			}
			if n.NextSibling != nil {
				n = n.NextSibling
				break
			}
			n = n.Parent
		}
	}
}

// What is read of a book's own description.
type (
	epubContainer struct {
		Roots []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	epubPackage struct {
		Title     []string `xml:"metadata>title"`
		Creator   []string `xml:"metadata>creator"`
		Publisher []string `xml:"metadata>publisher"`
		Date      []string `xml:"metadata>date"`
		Language  []string `xml:"metadata>language"`
		Items     []struct {
			ID   string `xml:"id,attr"`
			Href string `xml:"href,attr"`
			Type string `xml:"media-type,attr"`
		} `xml:"manifest>item"`
		Spine []struct {
			ID     string `xml:"idref,attr"`
			Linear string `xml:"linear,attr"`
		} `xml:"spine>itemref"`
	}
)

var errBook = errors.New("not a book")

func epubArticle(name string, data []byte) (*Article, error) {
	page, err := epubPage(data)
	if err != nil {
		problem := Binary
		if errors.Is(err, errTooLarge) {
			problem = TooLarge
		}
		return nil, &Error{Name: name, Problem: problem, Detail: err.Error()}
	}
	a, err := FromPage(name, page)
	if err != nil {
		return nil, err
	}
	a.Encoding, a.Sure = UTF8, true
	return a, nil
}

var errTooLarge = errors.New("more text than is opened")

func epubPage(data []byte) (Page, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Page{}, fmt.Errorf("open book: %w", err)
	}
	left := int64(4 * MaxBytes) // of what is unpacked: markup takes more than its text
	read := func(name string) ([]byte, error) {
		f, err := archive.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(f, left+1))
		if left -= int64(len(b)); left < 0 {
			return nil, errTooLarge
		}
		return b, err
	}
	load := func(name string, into any) error {
		b, err := read(name)
		if err != nil {
			return err
		}
		d := xml.NewDecoder(bytes.NewReader(b))
		d.Strict = false
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		return d.Decode(into)
	}
	var c epubContainer
	if err := load("META-INF/container.xml", &c); err != nil {
		return Page{}, fmt.Errorf("read container: %w", err)
	}
	if len(c.Roots) == 0 {
		return Page{}, errBook
	}
	var p epubPackage
	if err := load(c.Roots[0].Path, &p); err != nil {
		return Page{}, fmt.Errorf("read package: %w", err)
	}
	hrefs := map[string]string{}
	for _, item := range p.Items {
		if strings.Contains(item.Type, "html") {
			hrefs[item.ID] = item.Href
		}
	}
	var b strings.Builder
	for _, ref := range p.Spine {
		href, ok := hrefs[ref.ID]
		if !ok || ref.Linear == "no" {
			continue
		}
		if u, err := url.PathUnescape(href); err == nil {
			href = u
		}
		chapter, err := read(path.Join(path.Dir(c.Roots[0].Path), href))
		if errors.Is(err, errTooLarge) {
			return Page{}, err
		} else if err != nil {
			continue // a book that lacks a chapter still has the others
		}
		text, _, _, err := Read("chapter.xhtml", chapter, Options{})
		if err != nil {
			continue
		}
		doc, err := html.Parse(strings.NewReader(text))
		if err != nil {
			continue
		}
		if body := find(doc, "body"); body != nil {
			writeMarkup(&b, body)
		}
	}
	first := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return list[0]
	}
	return Page{Title: first(p.Title), Author: strings.Join(p.Creator, "、"), Source: first(p.Publisher),
		Date: first(p.Date), Variant: first(p.Language), Markup: b.String()}, nil
}
