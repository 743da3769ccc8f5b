package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// settle writes the markup that go-app makes in one form. go-app gives an
// element's attributes in no order, and every other order would be another
// page, hence another version of the program for every reader to fetch. Its
// line breaks go too: the program draws none, so nothing moves when it starts.
func settle(markup string) (string, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err != nil {
		return "", fmt.Errorf("settle the page's frame: %w", err)
	}
	var b bytes.Buffer
	for _, n := range nodes {
		settleNode(n)
		if err := html.Render(&b, n); err != nil {
			return "", fmt.Errorf("settle the page's frame: %w", err)
		}
	}
	return b.String(), nil
}

func settleNode(n *html.Node) {
	if n.Type == html.TextNode {
		n.Data = trimBreaks(n.Data)
	}
	for i := range n.Attr {
		// A true attribute is printed without a value, which no ARIA attribute may lack.
		if a := &n.Attr[i]; a.Val == "" && strings.HasPrefix(a.Key, "aria-") {
			a.Val = "true"
		}
	}
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		settleNode(c)
		if c.Type == html.TextNode && c.Data == "" {
			n.RemoveChild(c)
		}
		c = next
	}
}

// trimBreaks takes the indentation around a text away, and not the spaces that
// are its own.
func trimBreaks(s string) string {
	if i := strings.LastIndexByte(s, '\n'); i >= 0 && strings.TrimSpace(s[i:]) == "" {
		s = s[:i]
	}
	if rest := strings.TrimLeft(s, " "); strings.HasPrefix(rest, "\n") {
		s = strings.TrimLeft(rest, "\n ")
	}
	return s
}
