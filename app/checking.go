package app

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/script"
	"pizhu/app/words"
)

// checking is what was found wrong with the source's own script. Nothing of it
// changes the source: it can be shown as corrected, as one more view.
type checking struct {
	faults [][]script.Fault // by block, in runes from the block's start
	count  int
	chosen [2]int // block and number of the fault that is shown; {-1, 0} for none
}

// composed is one view on top of another: that of a corrected block, converted.
type composed struct{ below, above aligned }

func (c composed) ToSource(s article.Span) article.Span {
	return c.below.ToSource(c.above.ToSource(s))
}

func (c composed) FromSource(s article.Span) article.Span {
	return c.above.FromSource(c.below.FromSource(s))
}

// checkSource lists the places where the source itself looks wrong.
func (p *Page) checkSource(ctx app.Context) {
	if p.doc == nil {
		return
	}
	if p.checking != nil {
		p.toggle("check-source")
		return
	}
	doc := p.doc
	p.need(ctx, conversionAssets, func(ctx app.Context, err error) {
		if p.doc != doc {
			return
		}
		if err != nil {
			p.dictionaryFailed(err, p.checkSource)
			return
		}
		checker, err := script.NewChecker(p.dict.lex["conversion"], p.wordsOf)
		if err != nil {
			p.dictionaryFailed(err, p.checkSource)
			return
		}
		p.checkSlice(ctx, doc, checker, &checking{faults: make([][]script.Fault, len(doc.Blocks)), chosen: [2]int{-1, 0}}, 0)
	})
}

// wordsOf are the words of a Simplified text, for converters. Those of a block
// are kept: every script of a Simplified article asks for them. A text that was
// learned with its article costs a twentieth of one that was not.
func (p *Page) wordsOf(simplified string) []article.Span {
	w, known := p.split[simplified]
	if !known {
		if p.pivot != nil && p.pivot.learned(simplified) {
			w = p.pivot.split.Words(simplified)
		} else {
			w = words.NewWith(p.dict.lex["words"], simplified, p.userWords).Words(simplified)
		}
		if p.split == nil {
			p.split = map[string][]article.Span{}
		}
		p.split[simplified] = w
	}
	return w
}

func (p *Page) checkSlice(ctx app.Context, doc *document, checker *script.Checker, c *checking, block int) {
	defer p.rescue()
	if p.doc != doc {
		return
	}
	until := browser.Now() + sliceMilliseconds
	for ; block < len(doc.Blocks) && browser.Now() < until; block++ {
		if p.haveWords() {
			p.worded(block)
		}
		c.faults[block] = checker.Check(doc.BlockText(block))
		c.count += len(c.faults[block])
	}
	if block < len(doc.Blocks) {
		browser.After(0, func() {
			p.do(func(ctx app.Context) { p.checkSlice(ctx, doc, checker, c, block) })
		})
		return
	}
	p.checking = c
	p.announce = p.t("faults-found", c.count)
	if p.open != "check-source" {
		p.toggle("check-source")
	}
	p.repaint()
}

// tiers in the order in which they are listed, the surest first.
var tiers = []script.Tier{script.SimplifiedLeft, script.OverConverted, script.Regional}

func (p *Page) renderCheck() app.UI {
	c := p.checking
	if c == nil {
		return el("div.body")
	}
	if c.count == 0 {
		return el("div.body", el("p", p.t("faults-none")))
	}
	var body []app.UI
	body = append(body, el("p", p.t("faults-found", c.count)), p.checkbox("corrected", p.corrected, func(bool) { p.toggleCorrected(p.ctx) }))
	for _, tier := range tiers {
		var rows []app.UI
		for b, faults := range c.faults {
			for i, f := range faults {
				if f.Tier == tier {
					rows = append(rows, p.renderFault(b, i, f))
				}
			}
		}
		if len(rows) > 0 {
			body = append(body, el("p.group", p.t("tier-"+string(tier), len(rows))), el("ul.faults", rows))
		}
	}
	return el("div.body", body)
}

func (p *Page) renderFault(block, i int, f script.Fault) app.UI {
	text := []rune(p.doc.BlockText(block))
	before := string(text[max(f.Span.Start-8, 0):f.Span.Start])
	after := string(text[min(f.Span.End, len(text)):min(f.Span.End+8, len(text))])
	why := p.t("reason-" + string(f.Reason))
	if f.Word != "" {
		why = p.t("reason-word", f.Word)
	}
	id := faultID(block, i)
	return el("li", el("button[type=button]", is("data-fault", id), does("click", p.onFault, id),
		el("span", is("lang", p.doc.Variant), before, el("del", f.Text), " ", el("ins", f.Suggestion), after),
		el("small", why),
	))
}

// faultID names a fault by its block and its number there.
func faultID(block, i int) string { return strconv.Itoa(block) + "-" + strconv.Itoa(i) }

// onFault scrolls the text to a fault.
func (p *Page) onFault(ctx app.Context, e app.Event) {
	defer p.rescue()
	id := ctx.JSSrc().Get("dataset").Get("fault").String()
	for b, faults := range p.checking.faults {
		for i, f := range faults {
			if faultID(b, i) != id {
				continue
			}
			p.checking.chosen = [2]int{b, i}
			start := p.doc.Blocks[b].Start
			if r, ok := p.doc.domRange(article.Span{Start: f.Span.Start + start, End: f.Span.End + start}); ok {
				browser.Reveal(r, false)
			}
			p.repaint()
			return
		}
	}
}

// toggleCorrected shows the article as it would be without its faults, in
// whichever script, or as it is.
func (p *Page) toggleCorrected(ctx app.Context) {
	if p.checking == nil {
		return
	}
	p.corrected = !p.corrected
	p.converted, p.ahead, p.converting = nil, nil, nil // they were made of the other text
	p.showScript(ctx, p.prefs.Script)
}

// base is the text of a block that is converted: the source, or the source as
// corrected, with the way from one to the other.
func (p *Page) base(block int) script.View {
	text := p.doc.BlockText(block)
	if p.corrected && p.checking != nil && len(p.checking.faults[block]) > 0 {
		return script.Corrected(text, p.checking.faults[block])
	}
	return script.Identity(text)
}

// faultMarks are a block's faults as they are drawn.
func (p *Page) faultMarks(block int) []mark {
	if p.checking == nil || p.open != "check-source" {
		return nil
	}
	var out []mark
	start := p.doc.Blocks[block].Start
	for i, f := range p.checking.faults[block] {
		s := article.Span{Start: f.Span.Start + start, End: f.Span.End + start}
		out = append(out, mark{s, layerDoubt})
		if p.checking.chosen == [2]int{block, i} {
			out = append(out, mark{s, layerFound})
		}
	}
	return out
}
