// Package anchor finds a quote in its article again, after the article has
// changed or been put in another script.
//
// What counts is not to lie. A quote of two characters stands in many places; if
// its sentence is gone, none of them is the one that was meant, and it must be
// said that it is lost. So no place is taken because the words are there: the
// words around them have to agree too, and the fewer characters a quote has, the
// more they have to.
package anchor

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// Confidence is how a quote was found.
type Confidence uint8

// From the least to the most sure.
const (
	None       Confidence = iota
	Unchecked             // there was no quote to check the place by
	Fuzzy                 // the words themselves have changed a little
	Normalised            // the words are the same but for script, width and white space
	Moved                 // the same words elsewhere, or what stands around them has changed
	Exact                 // the same words in the same place
)

// Find is where in text (source runes) a quote stands; ok is false for a quote
// that is gone, or of which several places could be meant.
func Find(text string, sel annotation.Selector) (span article.Span, c Confidence, ok bool) {
	return NewText(text, nil).Find(sel)
}

// FindIn is Find for a quote that may be in another script than text.
func FindIn(text string, pivot Pivot, sel annotation.Selector) (article.Span, Confidence, bool) {
	return NewText(text, &pivot).Find(sel)
}

// Find is where the quote stands.
func (t *Text) Find(sel annotation.Selector) (article.Span, Confidence, bool) {
	f := t.find(sel, sel.Span.Start)
	return f.Span, f.Confidence, f.Confidence != None
}

// Found is where a quote stands; Confidence is None for one that is gone.
type Found struct {
	Span       article.Span
	Confidence Confidence
	sure       bool // no other place came close
}

// FindAll is Find for many quotes of one text, in their order. Where a quote
// stands in several places that are as good, it goes by how far the quotes
// around it have moved.
//
// pause, if there is one, is called every few milliseconds of work; its error
// ends the search and comes back as it is.
func (t *Text) FindAll(sels []annotation.Selector, pause func() error) ([]Found, error) {
	found := make([]Found, len(sels))
	order := make([]int, len(sels))
	for i := range sels {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sels[a].Span.Start, sels[b].Span.Start) })
	shift := 0 // of the last quote before whose place is beyond doubt
	for n, i := range order {
		if pause != nil && n%pauseEvery == 0 {
			if err := pause(); err != nil {
				return nil, err
			}
		}
		at := sels[i].Span.Start
		if at >= 0 {
			found[i] = t.find(sels[i], max(at+shift, 0))
		} else {
			found[i] = t.find(sels[i], at)
		}
		if at >= 0 && found[i].sure {
			shift = found[i].Span.Start - at
		}
	}
	return found, nil
}

// pauseEvery is how many quotes lie between two pauses. One that has moved takes
// a tenth of a millisecond to find.
const pauseEvery = 32

// find looks for a quote that is expected at the source rune expected, or
// anywhere if that is negative.
func (t *Text) find(sel annotation.Selector, expected int) Found {
	inside := sel.Span.Start >= 0 && sel.Span.End <= t.length && !sel.Span.Empty()
	if sel.Exact == "" {
		if inside {
			return Found{Span: sel.Span, Confidence: Unchecked}
		}
		return Found{}
	}
	if inside && t.unchanged(sel) {
		return Found{sel.Span, Exact, true}
	}
	t.prepare()
	q := query{
		t:         t,
		exact:     t.form(sel.Exact),
		before:    t.form(sel.Prefix),
		after:     t.form(sel.Suffix),
		ownBefore: len(t.form(sel.Prefix[lastEnd(sel.Prefix):])),
		ownAfter:  len(t.form(sel.Suffix[:firstEnd(sel.Suffix)])),
		place:     expected,
	}
	slices.Reverse(q.before)
	if len(q.exact) == 0 {
		return Found{} // nothing but white space
	}
	// A script is converted by the phrase, so a part may come out longer alone.
	q.ownBefore, q.ownAfter = min(q.ownBefore, len(q.before)), min(q.ownAfter, len(q.after))
	best, sure, ok := q.best()
	if !ok {
		return Found{}
	}
	span := t.widen(t.span(best.from, best.to), sel.Exact)
	f := Found{span, Normalised, sure}
	switch {
	case best.errors > 0:
		f.Confidence = Fuzzy
	case t.slice(span) == sel.Exact:
		f.Confidence = Moved
	}
	return f
}

// widen takes the white space in that a quote begins or ends with, if it is
// there still.
func (t *Text) widen(s article.Span, exact string) article.Span {
	runes := []rune(exact)
	wide := s
	for i := 0; i < len(runes) && fold(runes[i]) == 0; i++ {
		wide.Start--
	}
	for i := len(runes) - 1; i >= 0 && fold(runes[i]) == 0; i-- {
		wide.End++
	}
	if wide != s && t.slice(wide) == exact {
		return wide
	}
	return s
}

// unchanged reports whether the words of sel stand where they did, between the
// same words.
func (t *Text) unchanged(sel annotation.Selector) bool {
	from, to := t.offset(sel.Span.Start), t.offset(sel.Span.End)
	return t.source[from:to] == sel.Exact &&
		strings.HasSuffix(t.source[:from], sel.Prefix) && strings.HasPrefix(t.source[to:], sel.Suffix)
}

const ends = "。！？!?；;\n\r"

// lastEnd is the byte after the last end of a sentence in s, 0 where there is none.
func lastEnd(s string) int {
	i := strings.LastIndexAny(s, ends)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

// firstEnd is the byte after the first end of a sentence in s, all of it where there is none.
func firstEnd(s string) int {
	i := strings.IndexAny(s, ends)
	if i < 0 {
		return len(s)
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}
