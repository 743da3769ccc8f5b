package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/words"
)

// placeGrips puts the handles at the ends of the open annotation, once all else
// is drawn: their place has to be measured, and what is drawn after that would
// have the browser lay out the page twice.
func (p *Page) placeGrips() {
	if !p.toGrip {
		p.toGrip = true
		p.later(func(app.Context) { p.gripOpen() })
	}
}

func (p *Page) gripOpen() {
	p.toGrip = false
	a := p.chosenAnnotation()
	if !p.doc.stands(a) || p.pending != nil {
		p.ungrip()
		return
	}
	s := a.Span
	if p.dragged != nil {
		s = *p.dragged
	}
	if r, ok := p.doc.domRange(s); ok {
		browser.Grip(r)
		p.gripped = true
	}
}

func (p *Page) ungrip() {
	if p.gripped {
		p.gripped = false
		browser.Ungrip()
	}
}

// dragGrip follows a handle: its end settles on the words it passes, and what
// is kept changes once, when it is let go.
func (p *Page) dragGrip(ctx app.Context, end bool, to browser.Place, done bool) {
	a := p.chosenAnnotation()
	if !p.doc.stands(a) {
		return
	}
	if to.Block >= 0 {
		s := p.dragTo(a.Span, end, p.doc.rune(to, end))
		if p.dragged == nil || *p.dragged != s {
			p.dragged = &s
			p.repaintChosen(a.Span, s)
		}
	}
	if !done {
		return
	}
	s := p.dragged
	p.dragged = nil
	if s == nil {
		return
	}
	p.repaintChosen(a.Span, *s)
	if to.Block >= 0 {
		p.setSpan(ctx, *s)
	} else {
		p.placeGrips()
	}
}

// repaintChosen draws the blocks that either span touches, and the handles.
func (p *Page) repaintChosen(spans ...article.Span) {
	var touched []int
	for _, s := range spans {
		from, to := p.doc.blocksOf(s)
		for b := from; b <= to; b++ {
			touched = append(touched, b)
		}
	}
	p.repaintBlocks(touched)
	p.placeGrips()
}

// dragTo is a span with one end brought to a place, settled on words. The other
// end stays, and so does at least one word of the span.
func (p *Page) dragTo(s article.Span, end bool, at int) article.Span {
	if end {
		at = max(at, s.Start+1)
		t := p.snap(article.Span{Start: max(at-1, s.Start), End: at})
		if t.Empty() { // on punctuation: the end of the words before it
			t = p.snap(article.Span{Start: s.Start, End: at})
		}
		if !t.Empty() && t.End > s.Start {
			s.End = t.End
		}
		return s
	}
	at = min(at, s.End-1)
	t := p.snap(article.Span{Start: at, End: min(at+1, s.End)})
	if t.Empty() {
		t = p.snap(article.Span{Start: at, End: s.End})
	}
	if !t.Empty() && t.Start < s.End {
		s.Start = t.Start
	}
	return s
}

// setSpan moves the open annotation to other words, as one change to undo.
func (p *Page) setSpan(ctx app.Context, s article.Span) {
	if s.Empty() {
		return
	}
	p.edit(ctx, p.chosen, func(a *annotation.Annotation) {
		q := annotation.Describe(p.doc.Text, s)
		a.Span, a.Quote = q.Span, annotation.Quote{Exact: q.Exact, Prefix: q.Prefix, Suffix: q.Suffix}
	})
	p.announce = p.doc.quote(s)
	p.placeGrips()
}

// adjustable reports whether there is a span that keys can adjust: what is
// selected, or the open annotation.
func (p *Page) adjustable() bool {
	if p.doc == nil {
		return false
	}
	a := p.chosenAnnotation()
	return p.pending != nil || p.doc.stands(a)
}

// adjusts is a command that moves one end of the span by a word or a character.
func adjusts(end bool, step int, chars bool) func(*Page, app.Context) {
	return func(p *Page, ctx app.Context) { p.adjust(ctx, end, step, chars) }
}

func (p *Page) adjust(ctx app.Context, end bool, step int, chars bool) {
	if !chars && !p.haveWords() {
		p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
			if err != nil {
				p.dictionaryFailed(err, func(app.Context) {})
				return
			}
			p.adjust(ctx, end, step, chars)
		})
		return
	}
	if !p.adjustable() {
		return
	}
	s := p.chosenSpan()
	t := p.adjusted(s, end, step, chars)
	if t == s || t.Empty() {
		return
	}
	if p.pending == nil {
		p.setSpan(ctx, t)
		if r, ok := p.doc.domRange(t); ok {
			browser.Reveal(r, false)
		}
		return
	}
	p.pending = &t
	if p.cursor != nil {
		p.setCursor(nil)
	}
	if r, ok := p.doc.domRange(t); ok {
		browser.Select(r)
	}
	p.announce = p.t("selected", p.doc.quote(t))
	p.later(func(app.Context) { p.placePalette() })
}

func (p *Page) chosenSpan() article.Span {
	if p.pending != nil {
		return *p.pending
	}
	return p.chosenAnnotation().Span
}

// adjusted is a span with one end moved. By characters it stays within its
// block; by words it goes beyond.
func (p *Page) adjusted(s article.Span, end bool, step int, chars bool) article.Span {
	if chars {
		at := s.Start
		if end {
			at = s.End
		}
		block := p.doc.BlockAt(max(at-1, 0))
		if !end {
			block = p.doc.BlockAt(at)
		}
		b := p.doc.Blocks[block]
		move := words.NextChar
		if step < 0 {
			move = words.PrevChar
		}
		at = min(max(move(p.doc.BlockText(block), at-b.Start), 0), b.Len()) + b.Start
		if end && at > s.Start {
			s.End = at
		} else if !end && at < s.End {
			s.Start = at
		}
		return s
	}
	if end {
		last, ok := p.wordAt(s.End - 1)
		if !ok {
			return s
		}
		switch {
		case step > 0 && last.Start < s.End && last.End > s.End:
			s.End = last.End // the word that was cut is taken whole first
		case step > 0:
			if w, ok := p.nextWord(article.Span{Start: s.End, End: s.End}, 1); ok {
				s.End = w.End
			}
		default:
			if w, ok := p.nextWord(last, -1); ok && w.End > s.Start {
				s.End = w.End
			}
		}
		return s
	}
	first, ok := p.wordAt(s.Start)
	if !ok {
		return s
	}
	switch {
	case step < 0 && first.Start < s.Start:
		s.Start = first.Start
	case step < 0:
		if w, ok := p.nextWord(article.Span{Start: s.Start, End: s.Start}, -1); ok {
			s.Start = w.Start
		}
	default:
		if w, ok := p.nextWord(first, 1); ok && w.Start < s.End {
			s.Start = w.Start
		}
	}
	return s
}
