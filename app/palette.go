package app

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/words"
)

// renderPalette is the row of claim types beside a selection. It never takes
// the focus (article.js holds presses on it), so the selection stays.
func (p *Page) renderPalette() app.UI {
	parts := []any{is("aria-label", p.t("tag-as"))}
	if p.pending == nil {
		parts = append(parts, is("hidden", true))
	} else {
		parts = append(parts, when(p.canAttach(), el("button.solid[type=button][data-command=attach]", does("click", p.onCommand, "attach"), el("kbd", "a"), " "+p.t("attach"))))
		for i, t := range p.types {
			parts = append(parts, el("button[type=button]", is("data-tag", t.Name), does("click", p.onTag, t.Name),
				when(i < 9, el("kbd", strconv.Itoa(i+1))), el("i.t-"+typeClass(t.Name)), t.Label(p.lang)))
		}
		parts = append(parts, el("button[type=button][data-command=keep-together]", is("title", p.hint("keep-together")), does("click", p.onCommand, "keep-together"),
			icon("keep-together"), p.t("keep-together")))
	}
	return el("div.palette[id=palette][role=toolbar][data-keep-selection=on]", parts...)
}

func (p *Page) onTag(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.tag(ctx, ctx.JSSrc().Get("dataset").Get("tag").String())
}

// selectionSettled reads the selection and offers to tag it. One made with the
// mouse is settled on the edges of words, where the reader sees it; one made by
// keys or by touch is left as it looks while it may still be changed, and what
// is tagged is what it would settle on. It tells whether anything is to be drawn
// for it.
func (p *Page) selectionSettled(mouse, alt bool) bool {
	if p.doc == nil {
		return false
	}
	before := p.pending
	p.pending = nil
	if r, ok := browser.Selection(); ok && before != nil && p.selects(*before, r) {
		p.pending = before // the page's own doing: it is what is meant, to the character
	} else if ok {
		chosen := p.doc.span(r)
		s := p.snap(chosen)
		if alt {
			s = p.doc.Clip(chosen)
		}
		if !s.Empty() {
			p.pending = &s
			if mouse && s != chosen {
				if r, ok := p.doc.domRange(s); ok {
					browser.Select(r)
				}
			}
		}
	}
	if p.pending == nil && before == nil {
		return false // such as after a key has tagged it
	}
	p.placeGrips()
	if p.pending != nil {
		p.later(func(app.Context) { p.placePalette() })
	}
	return true
}

// selects reports whether a selection is that of a span.
func (p *Page) selects(s article.Span, r browser.Range) bool {
	q, ok := p.doc.domRange(s)
	return ok && q == r
}

func (p *Page) placePalette() {
	if p.pending == nil || p.doc == nil {
		return
	}
	if r, ok := p.doc.domRange(*p.pending); ok {
		browser.Float("palette", r)
	}
}

// snap is what a selection means: the words it touches, without the white space
// and punctuation at its ends. Until the dictionaries are here it is trimmed only.
func (p *Page) snap(s article.Span) article.Span {
	if p.prefs.NoSnap || s.Empty() || !p.haveWords() {
		s = p.doc.Clip(s)
		t := words.Trim(p.doc.Slice(s), article.Span{Start: 0, End: s.Len()})
		return article.Span{Start: s.Start + t.Start, End: s.Start + t.End}
	}
	from, to := p.doc.blocksOf(s)
	if from == to {
		return p.snapIn(from, s)
	}
	first, last := p.doc.Blocks[from].Span, p.doc.Blocks[to].Span
	head, tail := p.snapIn(from, s.Intersect(first)), p.snapIn(to, s.Intersect(last))
	if head.Empty() {
		head.Start = first.End
	}
	if tail.Empty() {
		tail.End = last.Start
	}
	return p.doc.Trim(article.Span{Start: head.Start, End: tail.End})
}

func (p *Page) snapIn(block int, s article.Span) article.Span {
	return p.inBlock(block, func(text string, list []article.Span, start int) article.Span {
		return words.Snap(text, list, article.Span{Start: s.Start - start, End: s.End - start})
	})
}

// inBlock runs a rule of package words on a block's source text and its words,
// in runes from the block's start, and gives the answer in runes of the article.
func (p *Page) inBlock(block int, rule func(text string, list []article.Span, start int) article.Span) article.Span {
	start := p.doc.Blocks[block].Start
	var list []article.Span
	if p.haveWords() {
		list = p.localWords(block)
	}
	s := rule(p.doc.BlockText(block), list, start)
	return article.Span{Start: s.Start + start, End: s.End + start}
}

func (p *Page) haveWords() bool { return p.dict.lex["pivot"] != nil && p.dict.lex["words"] != nil }

// clickedTimes selects what a reader means by clicking twice, three or four
// times: the word, the sentence, the block.
func (p *Page) clickedTimes(ctx app.Context, x, y float64, count int) {
	if p.doc == nil {
		return
	}
	start := browser.Now()
	place, ok := browser.Hit(x, y)
	if !ok {
		return
	}
	at := p.doc.rune(place, false)
	p.clickedAt(at)
	block := p.doc.BlockAt(at)
	s := p.inBlock(block, func(text string, list []article.Span, start int) article.Span {
		switch {
		case count == 2:
			if w, ok := words.WordAt(text, list, at-start); ok {
				return w
			}
			return article.Span{}
		case count == 3:
			return words.SentenceAt(text, at-start)
		}
		return article.Span{Start: 0, End: p.doc.Blocks[block].Len()}
	})
	// What is shown is what will be tagged: without the full stop.
	t := words.Trim(p.doc.Slice(s), article.Span{Start: 0, End: s.Len()})
	s = article.Span{Start: s.Start + t.Start, End: s.Start + t.End}
	if r, ok := p.doc.domRange(s); ok && !s.Empty() {
		browser.Select(r)
		p.pending = &s
		browser.Measure("pizhu:words", start)
		p.later(func(app.Context) { p.placePalette() })
	}
}

// tag marks the selection, or changes the type of the annotation that is open.
func (p *Page) tag(ctx app.Context, typ string) {
	if p.doc == nil {
		return
	}
	if p.pending == nil {
		if a := p.chosenAnnotation(); a != nil && a.Type != typ {
			p.edit(ctx, a.ID, func(a *annotation.Annotation) { a.Type = typ })
			p.say(ctx, p.t("tagged", p.typeLabel(typ)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
		}
		return
	}
	a := p.doc.annotate(*p.pending, typ)
	p.pending = nil
	browser.ClearSelection()
	if p.cursor != nil {
		p.cursor.anchor = nil
	}
	p.keep(ctx, a)
	p.choose(ctx, a.ID)
	p.editing = true
	p.drawRow(a.ID)
	p.tourDone(1)
	p.say(ctx, p.t("tagged", p.typeLabel(typ)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
}
