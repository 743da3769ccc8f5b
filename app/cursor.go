package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/words"
)

// wordCursor is where a reader who uses the keyboard is in the article. Words
// are its step, so that it can never stand between two characters of one.
type wordCursor struct {
	at     article.Span  // the word, in source runes
	anchor *article.Span // the word that a selection began with; nil while none is made
	x      float64       // column kept from line to line; negative for the word's own
}

// step units of the cursor.
type stride int

const (
	byWord stride = iota
	bySentence
	byLine
)

// onText reports whether the article has the keys: it has the focus, or nothing
// has and the cursor is in it.
func (p *Page) onText() bool {
	if p.doc == nil || p.modal() {
		return false
	}
	at := browser.Focused()
	return at == "reading" || at == "" && p.cursor != nil
}

// onLines is onText where the arrows up and down are the cursor's. After a
// click they scroll until the cursor has been called, as in any page.
func (p *Page) onLines() bool {
	return p.onText() && (p.cursor != nil || browser.FocusShown("reading"))
}

// onVim is onText for readers who want h, j, k and l.
func (p *Page) onVim() bool { return p.prefs.Vim && p.onText() }

// walks is a command that moves the cursor.
func walks(by stride, step int, extend bool) func(*Page, app.Context) {
	return func(p *Page, ctx app.Context) { p.walk(ctx, by, step, extend) }
}

// walk moves the cursor, or shows it where the reader is if it is not there yet;
// with extend, what lies between is selected.
func (p *Page) walk(ctx app.Context, by stride, step int, extend bool) {
	doc := p.doc
	if doc == nil {
		return
	}
	p.need(ctx, pivotAssets, func(ctx app.Context, err error) {
		if err != nil {
			p.dictionaryFailed(err, func(ctx app.Context) { p.walk(ctx, by, step, extend) })
			return
		}
		if p.doc != doc {
			return
		}
		c := p.cursor
		first := c == nil
		if first {
			at, ok := p.cursorStart(step)
			if !ok {
				return
			}
			c = &wordCursor{at: at, x: -1}
			if extend && p.pending != nil {
				head, _ := p.wordAt(p.pending.Start)
				tail, _ := p.wordAt(p.pending.End - 1)
				c.anchor, c.at = &head, tail
				if step < 0 && head == tail {
					c.anchor = &tail
				}
				first = false
			}
		}
		next := *c
		if !extend {
			next.anchor = nil
		} else if next.anchor == nil {
			anchor := c.at
			next.anchor = &anchor
		}
		// The first press shows where the cursor is; with Shift it selects that word.
		if !first {
			if !p.advance(&next, by, step) && !extend {
				next = wordCursor{at: c.at, x: c.x}
			}
		}
		p.setCursor(&next)
		p.announceCursor(by)
	})
}

// cursorStart is where the cursor comes up: at what is selected, at the last
// click, at the open annotation, or at the first line in view.
func (p *Page) cursorStart(step int) (article.Span, bool) {
	at := p.doc.rune(browser.ReadingTop().Place, false)
	switch a := p.chosenAnnotation(); {
	case p.pending != nil && step > 0:
		at = max(p.pending.End-1, p.pending.Start)
	case p.pending != nil:
		at = p.pending.Start
	case p.place != nil:
		at = *p.place
	case p.doc.stands(a):
		at = a.Span.Start
	}
	return p.wordAt(at)
}

// wordAt is the word at a source rune, or the next one after it, or before it
// at the article's end.
func (p *Page) wordAt(at int) (article.Span, bool) {
	block := p.doc.BlockAt(at)
	if block < 0 {
		return article.Span{}, false
	}
	start := p.doc.Blocks[block].Start
	if w, ok := words.WordAt(p.doc.BlockText(block), p.localWords(block), at-start); ok {
		return article.Span{Start: w.Start + start, End: w.End + start}, true
	}
	here := article.Span{Start: at, End: at}
	if w, ok := p.nextWord(here, 1); ok {
		return w, true
	}
	return p.nextWord(here, -1)
}

// nextWord is the word after a span, or before it, in this block or beyond.
func (p *Page) nextWord(s article.Span, by int) (article.Span, bool) {
	block := p.doc.BlockAt(s.Start)
	for first := true; block >= 0 && block < len(p.doc.Blocks); first = false {
		b := p.doc.Blocks[block]
		from := article.Span{Start: s.Start - b.Start, End: s.End - b.Start}
		find := words.Next
		if by < 0 {
			find = words.Prev
		}
		if !first {
			from = article.Span{}
			if by < 0 {
				from = article.Span{Start: b.Len(), End: b.Len()}
			}
		}
		if w, ok := find(p.doc.BlockText(block), p.localWords(block), from); ok {
			return article.Span{Start: w.Start + b.Start, End: w.End + b.Start}, true
		}
		block += by
	}
	return article.Span{}, false
}

// advance moves a cursor; it is false, and the cursor stays, at the ends.
func (p *Page) advance(c *wordCursor, by stride, step int) bool {
	switch by {
	case byLine:
		r, ok := p.doc.domRange(c.at)
		if !ok {
			return false
		}
		to, x, ok := browser.Line(r.From, step, c.x)
		if !ok {
			return false
		}
		w, ok := p.wordAt(p.doc.rune(to, false))
		if !ok || w == c.at {
			return false
		}
		c.at, c.x = w, x
		return true
	case bySentence:
		if w, ok := p.nextSentence(c.at, step); ok {
			c.at, c.x = w, -1
			return true
		}
		return false
	}
	w, ok := p.nextWord(c.at, step)
	if ok {
		c.at, c.x = w, -1
	}
	return ok
}

// nextSentence is the first word of the next sentence; backwards, of this one,
// or of the one before where the cursor is at its beginning.
func (p *Page) nextSentence(s article.Span, by int) (article.Span, bool) {
	for block := p.doc.BlockAt(s.Start); block >= 0 && block < len(p.doc.Blocks); block += by {
		start := p.doc.Blocks[block].Start
		all := words.Sentences(p.doc.BlockText(block))
		for i := range all {
			q := all[i]
			if by < 0 {
				q = all[len(all)-1-i]
			}
			w, ok := p.wordAt(q.Start + start)
			if ok && (by > 0 && w.Start > s.Start || by < 0 && w.Start < s.Start) {
				return w, true
			}
		}
	}
	return article.Span{}, false
}

// setCursor shows the cursor at another word, or, for nil, takes it away.
func (p *Page) setCursor(c *wordCursor) {
	var touched []int
	for _, w := range []*wordCursor{p.cursor, c} {
		if w != nil {
			from, to := p.doc.blocksOf(w.at)
			for b := from; b <= to; b++ {
				touched = append(touched, b)
			}
		}
	}
	p.cursor = c
	if c == nil {
		p.repaintBlocks(touched)
		return
	}
	if c.anchor == nil {
		if p.pending != nil {
			p.pending = nil
			browser.ClearSelection()
		}
	} else {
		s := article.Span{Start: min(c.anchor.Start, c.at.Start), End: max(c.anchor.End, c.at.End)}
		p.pending = &s
		if r, ok := p.doc.domRange(s); ok {
			browser.Select(r)
		}
		p.later(func(app.Context) { p.placePalette() })
	}
	p.repaintBlocks(touched)
	if r, ok := p.doc.domRange(c.at); ok {
		browser.Reveal(r, false)
	}
}

// announceCursor says the word, or the sentence that was gone to, or all that
// is selected, and what it is tagged as.
func (p *Page) announceCursor(by stride) {
	c := p.cursor
	said := p.doc.quote(c.at)
	switch {
	case c.anchor != nil:
		said = p.t("selected", p.doc.quote(*p.pending))
	case by == bySentence:
		block := p.doc.BlockAt(c.at.Start)
		start := p.doc.Blocks[block].Start
		q := words.SentenceAt(p.doc.BlockText(block), c.at.Start-start)
		said = p.doc.quote(article.Span{Start: q.Start + start, End: q.End + start})
	}
	var types []string
	for _, a := range p.doc.at(c.at.Start) {
		types = append(types, p.typeLabel(a.Type))
	}
	if len(types) > 0 {
		said += "（" + strings.Join(types, "、") + "）"
	}
	p.announce = said
}

// cursorAnnotation is the innermost annotation over the cursor's word.
func (p *Page) cursorAnnotation() *annotation.Annotation {
	if p.cursor == nil || p.doc == nil {
		return nil
	}
	if over := p.doc.at(p.cursor.at.Start); len(over) > 0 {
		return over[0]
	}
	return nil
}

// target makes the cursor's word what is tagged, where nothing is selected and
// the word does not belong to the annotation that is open.
func (p *Page) target() {
	if p.cursor == nil || p.pending != nil {
		return
	}
	if a := p.chosenAnnotation(); a != nil && a.Span.Contains(p.cursor.at) {
		return
	}
	s := p.cursor.at
	p.pending = &s
}

// clickedAt remembers where the reader clicked, for the cursor to come up there.
func (p *Page) clickedAt(at int) {
	p.place = &at
	if p.cursor != nil {
		p.setCursor(nil)
	}
}
