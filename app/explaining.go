package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/script"
)

// explanation is what a conversion did at one place, shown beside it.
type explanation struct {
	change script.Change
	block  int
	at     browser.Range
}

// changes are what a conversion decided about in a block, worked out once.
func (p *Page) changes(block int) []script.Change {
	if p.doc.views == nil || p.doc.views[block].convert == nil {
		return nil
	}
	v := &p.doc.views[block]
	if !v.asked {
		v.asked, v.changes = true, v.convert.Changes()
	}
	return v.changes
}

// rested is called when the pointer has rested on a place of the article, and
// with nowhere when it has left it.
func (p *Page) rested(x, y float64) {
	before := p.explained
	p.explained = nil
	if p.doc != nil && p.doc.views != nil && x >= 0 {
		if place, ok := browser.Hit(x, y); ok {
			p.explain(place)
		}
	}
	if p.explained != nil || before != nil {
		p.ctx.Update()
		p.placeExplanation()
	}
}

// explain finds what was converted at a place of the DOM.
func (p *Page) explain(place browser.Place) {
	text := p.doc.shown(place.Block)
	at := article.FromUTF16(text, place.Unit, false)
	for _, c := range p.changes(place.Block) {
		if c.View.Start <= at && at < c.View.End {
			p.explained = &explanation{change: c, block: place.Block, at: browser.Range{
				From: browser.Place{Block: place.Block, Unit: article.ToUTF16(text, c.View.Start)},
				To:   browser.Place{Block: place.Block, Unit: article.ToUTF16(text, c.View.End)},
			}}
			return
		}
	}
}

func (p *Page) placeExplanation() {
	p.later(func(app.Context) {
		if p.explained != nil {
			browser.Float("explained", p.explained.at)
		}
	})
}

// explainSelection explains the first converted place of what is selected: the
// way to it without a pointer.
func (p *Page) explainSelection(ctx app.Context) {
	r, ok := browser.Selection()
	if p.doc == nil || p.doc.views == nil || !ok {
		p.say(ctx, p.t("explain-how"), "", nil)
		return
	}
	p.explained = nil
	for u := r.From.Unit; p.explained == nil && (r.From.Block < r.To.Block || u < r.To.Unit) && u < len(p.doc.shown(r.From.Block)); u++ {
		p.explain(browser.Place{Block: r.From.Block, Unit: u})
	}
	if p.explained == nil {
		p.say(ctx, p.t("explain-none"), "", nil)
		return
	}
	c := p.explained.change
	p.announce = c.From + " → " + c.To + "。" + p.why(c)
	p.placeExplanation()
}

// why says what decided a conversion.
func (p *Page) why(c script.Change) string {
	if c.Uncertain {
		return p.t("explain-uncertain")
	}
	for i := len(c.Steps) - 1; i >= 0; i-- {
		if s := c.Steps[i]; s.Phrase {
			return p.t("explain-phrase", s.Entry, s.Dict)
		}
	}
	if len(c.Steps) > 0 {
		return p.t("explain-character", c.Steps[len(c.Steps)-1].Dict)
	}
	return ""
}

func (p *Page) renderExplanation() app.UI {
	box := []any{is("hidden", true)}
	if p.explained != nil {
		c := p.explained.change
		candidates := ""
		for _, s := range c.Steps {
			if len(s.Candidates) > 1 {
				candidates = strings.Join(s.Candidates, " ")
			}
		}
		box = []any{
			el("b", is("lang", p.textLang()), c.From+" → "+c.To),
			when(candidates != "", el("span", p.t("explain-candidates", candidates))),
			el("small", p.why(c)),
		}
	}
	return el("div.explained[id=explained][role=note]", box...)
}

// toggleDoubts dots the characters that a conversion was not sure of, or takes
// the dots away. They are found a few blocks at a time.
func (p *Page) toggleDoubts(ctx app.Context) {
	if p.doubting || p.doc == nil || p.doc.views == nil {
		was := p.doubting
		p.doubting = false
		p.doubts = nil
		p.repaint()
		if !was {
			p.say(ctx, p.t("explain-how"), "", nil)
		}
		return
	}
	p.doubting = true
	p.findDoubts(ctx, p.doc, p.shownScript, 0, map[int][]mark{}, 0)
}

func (p *Page) findDoubts(ctx app.Context, doc *document, shown string, block int, found map[int][]mark, n int) {
	defer p.rescue()
	if p.doc != doc || p.shownScript != shown || !p.doubting {
		return
	}
	until := browser.Now() + sliceMilliseconds
	for ; block < len(doc.Blocks) && browser.Now() < until; block++ {
		for _, c := range p.changes(block) {
			if !c.Uncertain {
				continue
			}
			s := doc.views[block].ToSource(c.View)
			start := doc.Blocks[block].Start
			found[block] = append(found[block], mark{article.Span{Start: s.Start + start, End: s.End + start}, layerDoubt})
			n++
		}
	}
	if block < len(doc.Blocks) {
		browser.After(0, func() {
			p.do(func(ctx app.Context) { p.findDoubts(ctx, doc, shown, block, found, n) })
		})
		return
	}
	p.doubts = found
	p.say(ctx, p.t("doubts-found", n), "", nil)
	p.repaint()
}
