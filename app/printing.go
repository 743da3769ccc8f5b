package app

import (
	"strings"

	"pizhu/app/annotation"
	"pizhu/app/browser"
)

// listenPrint makes, when the page is about to be printed, a copy of the article
// for paper: every annotation marked and numbered, its note under that number at
// the end. The article on the screen colours only what is in view, and nothing
// may be put into its text.
func (p *Page) listenPrint() {
	browser.OnPrint(func() []browser.Printed {
		if p.doc == nil {
			return nil
		}
		p.flushNote(p.ctx)
		list := make([]browser.Printed, 0, len(p.doc.order))
		for _, a := range p.doc.order {
			if r, ok := p.doc.domRange(a.Span); ok {
				list = append(list, browser.Printed{Range: r, Class: "t-" + typeClass(a.Type), Quote: p.doc.quote(a.Span), Meta: p.printedMeta(a), Note: a.Note})
			}
		}
		for _, a := range p.doc.lost {
			list = append(list, browser.Printed{Quote: a.Quote.Exact, Meta: p.printedMeta(a) + " · " + p.t("orphan"), Note: a.Note})
		}
		return list
	})
}

// printedMeta is what is said of a claim in one line.
func (p *Page) printedMeta(a *annotation.Annotation) string {
	parts := []string{p.typeLabel(a.Type)}
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	if a.Attribution != "" {
		add(p.t("attribution") + " " + a.Attribution)
	}
	if a.Quantity.Value != 0 {
		add(decimal(p.lang, a.Quantity.Value) + " " + a.Quantity.Unit)
	}
	if a.Certainty != "" {
		add(p.t("certainty-" + string(a.Certainty)))
	}
	if a.Verdict != "" && a.Verdict != annotation.Unchecked {
		add(p.t("verdict-" + string(a.Verdict)))
	}
	add(a.Link)
	return strings.Join(parts, " · ")
}
