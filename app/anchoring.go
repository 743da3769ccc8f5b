package app

import (
	"strings"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/anchor"
	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/lexicon"
	"pizhu/app/script"
)

// holder tells whether quotes stand where their spans say. Asked in the order of
// the text it walks the text once, however many they are.
type holder struct {
	text      string
	rune, off int
}

func (h *holder) holds(a *annotation.Annotation) bool {
	if a.Quote.Exact == "" {
		return !a.Span.Empty() // nothing to check it by
	}
	if a.Span.Empty() || a.Span.Start < 0 || a.Span.Len() != utf8.RuneCountInString(a.Quote.Exact) {
		return false
	}
	if a.Span.Start < h.rune {
		h.rune, h.off = 0, 0
	}
	for h.rune < a.Span.Start && h.off < len(h.text) {
		_, w := utf8.DecodeRuneInString(h.text[h.off:])
		h.off += w
		h.rune++
	}
	return h.rune == a.Span.Start && strings.HasPrefix(h.text[h.off:], a.Quote.Exact)
}

// finder makes a text ready for quotes of any script to be found in it.
func finder(text string, pivot *lexicon.Lexicon) *anchor.Text {
	c, err := script.NewWithWords("t2s", pivot, nil)
	if err != nil {
		browser.Warn("pizhu:", err) // the asset was verified: it has what its program asks for
		return anchor.NewText(text, nil)
	}
	view := c.Convert(text)
	return anchor.NewText(text, &anchor.Pivot{Text: view.Text, ToSource: view.ToSource, Simplify: func(s string) string { return c.Convert(s).Text }})
}

// relocate looks for annotations in a text and gives how each was found; those
// that were get their new place and its words. It waits.
func relocate(text string, pivot *lexicon.Lexicon, list []*annotation.Annotation) []anchor.Confidence {
	found := make([]anchor.Confidence, len(list))
	var rest []int
	var sels []annotation.Selector
	h := &holder{text: text}
	for i, a := range list {
		if a.Whole() || h.holds(a) {
			found[i] = anchor.Exact
			continue
		}
		rest = append(rest, i)
		sels = append(sels, a.Selector())
	}
	if len(rest) == 0 {
		return found
	}
	var own pace
	all, _ := finder(text, pivot).FindAll(sels, func() error { own.turn(); return nil })
	for k, f := range all {
		if f.Confidence == anchor.None {
			continue
		}
		i := rest[k]
		found[i] = f.Confidence
		sel := annotation.Describe(text, f.Span)
		list[i].Span, list[i].Quote = sel.Span, annotation.Quote{Exact: sel.Exact, Prefix: sel.Prefix, Suffix: sel.Suffix}
	}
	return found
}

// waitFor waits until dictionaries are here; it is for work beside the page.
func (p *Page) waitFor(assets ...string) error {
	done := make(chan error, 1)
	p.do(func(ctx app.Context) { p.need(ctx, assets, func(_ app.Context, err error) { done <- err }) })
	return <-done
}

// findAgain looks for the annotations whose words are not where they were. What
// is found is shown where it stands now, and kept so with the next change of it;
// the rest stays in the list of what is lost.
func (p *Page) findAgain() {
	if p.doc == nil {
		return
	}
	doc := p.doc
	var list []*annotation.Annotation
	for _, a := range doc.lost {
		if a.Quote.Exact != "" && !doc.sought[a.ID+a.Quote.Exact] {
			doc.sought[a.ID+a.Quote.Exact] = true
			c := *a
			list = append(list, &c)
		}
	}
	if len(list) == 0 {
		return
	}
	p.background(func() {
		if err := p.waitFor("pivot"); err != nil {
			browser.Warn("pizhu:", err)
			p.do(func(app.Context) { // lost until the next time
				for _, a := range list {
					delete(doc.sought, a.ID+a.Quote.Exact)
				}
			})
			return
		}
		found := relocate(doc.Text, p.dict.lex["pivot"], list)
		p.do(func(ctx app.Context) {
			if p.doc != doc {
				return
			}
			var touched []int
			for i, a := range list {
				if found[i] != anchor.None && doc.isLost(a.ID) {
					touched = append(touched, doc.put(*a, true)...)
				}
			}
			p.repaintBlocks(touched)
		})
	})
}

// orphan is the open annotation, if its words are not in the text.
func (p *Page) orphan() *annotation.Annotation {
	a := p.chosenAnnotation()
	if a == nil || a.Whole() || !p.doc.isLost(a.ID) {
		return nil
	}
	return a
}

func (p *Page) canAttach() bool { return p.pending != nil && p.doc != nil && p.orphan() != nil }

// attach puts the open orphan where the selection is.
func (p *Page) attach(ctx app.Context) {
	a := p.orphan()
	if a == nil || p.pending == nil {
		return
	}
	sel := annotation.Describe(p.doc.Text, *p.pending)
	moved := *a
	moved.Span, moved.Quote = sel.Span, annotation.Quote{Exact: sel.Exact, Prefix: sel.Prefix, Suffix: sel.Suffix}
	p.pending = nil
	browser.ClearSelection()
	p.keep(ctx, moved)
	p.say(ctx, p.t("attached"), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}

// ---- a newer version of an article ----

// olderVersion is the article that one just opened seems to be a newer version
// of: its name or title is the same, its text is not, and it has annotations.
func (p *Page) olderVersion(f browser.Facts) (browser.Facts, bool) {
	for _, o := range p.own {
		if o.ID != f.ID && (o.Title == f.Title || o.Name == f.Name && o.Name != "") && len(p.store.Annotations(o.ID)) > 0 {
			return o, true
		}
	}
	return browser.Facts{}, false
}

// carrying is annotations on their way from one version of an article to another.
type carrying struct {
	from  browser.Facts
	to    *article.Article
	items []carried
	lost  int
}

type carried struct {
	before, after annotation.Annotation
	found         anchor.Confidence
}

func (p *Page) offerCarrying(from browser.Facts, to *article.Article) {
	n := len(p.store.Annotations(from.ID))
	p.notify("carry", p.t("carry-offer", from.Title, n), noticeAction{p.t("carry-look"), func(ctx app.Context) {
		p.dismiss("carry")
		p.prepareCarrying(from, to)
	}})
}

func (p *Page) prepareCarrying(from browser.Facts, to *article.Article) {
	c := &carrying{from: from, to: to}
	for _, a := range p.store.Annotations(from.ID) {
		c.items = append(c.items, carried{before: a, after: a})
	}
	p.background(func() {
		if err := p.waitFor("pivot"); err != nil {
			p.do(func(app.Context) {
				p.dictionaryFailed(err, func(app.Context) { p.prepareCarrying(from, to) })
			})
			return
		}
		list := make([]*annotation.Annotation, len(c.items))
		for i := range c.items {
			list[i] = &c.items[i].after
		}
		for i, found := range relocate(to.Text, p.dict.lex["pivot"], list) {
			c.items[i].found = found
			if found == anchor.None {
				c.items[i].after.Span = article.Span{}
				c.lost++
			}
			c.items[i].after.Article = to.ID
		}
		p.do(func(ctx app.Context) {
			p.carrying = c
			if p.open != "carry" {
				p.toggle("carry")
			}
		})
	})
}

// carriedMost is how many are shown one by one.
const carriedMost = 200

func (p *Page) renderCarry() app.UI {
	c := p.carrying
	if c == nil {
		return el("div.body")
	}
	side := func(a annotation.Annotation, lost bool) app.UI {
		if lost {
			return el("td.soft", p.t("orphan"))
		}
		return el("td", el("span.soft", lastRunes(oneLine(a.Quote.Prefix), 12)), el("mark", oneLine(a.Quote.Exact)),
			el("span.soft", firstRunes(oneLine(a.Quote.Suffix), 12)))
	}
	var rows []app.UI
	for _, it := range c.items[:min(len(c.items), carriedMost)] {
		rows = append(rows, el("tr", is("data-found", int(it.found)),
			el("td", is("lang", p.lang), p.t("found-"+foundName(it))),
			side(it.before, false), side(it.after, it.found == anchor.None)))
	}
	return el("div.body",
		el("p", p.t("carry-what", c.from.Title, len(c.items)-c.lost, c.lost)),
		el("table.compare", is("lang", p.textLang()),
			el("thead", is("lang", p.lang), el("tr",
				el("th[scope=col]", p.t("carry-state")), el("th[scope=col]", p.t("carry-before")), el("th[scope=col]", p.t("carry-after")))),
			el("tbody", rows),
		),
		when(len(c.items) > carriedMost, el("p", p.t("and-more", len(c.items)-carriedMost))),
		el("div.row.end",
			press("plain", p.t("carry-no"), func(app.Context, app.Event) { p.close() }, ""),
			press("solid", p.t("carry-yes", len(c.items)), func(ctx app.Context, e app.Event) {
				defer p.rescue()
				p.carry(ctx)
			}, "", is("id", "carry-yes")),
		),
	)
}

func foundName(c carried) string {
	switch c.found {
	case anchor.None:
		return "none"
	case anchor.Fuzzy:
		return "fuzzy"
	case anchor.Normalised:
		return "normalised"
	}
	if c.before.Span == c.after.Span {
		return "same"
	}
	return "moved"
}

// carry moves the annotations over, as one change.
func (p *Page) carry(ctx app.Context) {
	c := p.carrying
	p.carrying = nil
	p.close()
	list := make([]annotation.Annotation, len(c.items))
	for i := range c.items {
		list[i] = c.items[i].after
	}
	p.keep(ctx, list...)
	p.say(ctx, p.t("carried", len(list)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(len(r)-n, 0):])
}
