package anchor

import (
	"math"
	"unicode"
	"unicode/utf8"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// Pivot is another form of a text, in which quotes of any script can be looked
// for: the Simplified view of it.
type Pivot struct {
	Text     string
	ToSource func(article.Span) article.Span // from runes of Text to source runes
	Simplify func(string) string             // puts a quote and its context in the same form
}

// Text is a text made ready for quotes to be found in it. Making it costs a
// walk over the text and eight bytes a rune, so it is worth keeping while
// several quotes are looked for.
type Text struct {
	source string
	pivot  *Pivot
	runes  []rune  // normalised: widths and quotation marks folded, no white space
	place  []int32 // where each of runes stands in what was normalised; one more for the end
	index  *index
	weight func(rune) float32
	steps  []int // byte offset of every stepth source rune
	length int   // source runes
}

// step is how far apart the offsets in Text.steps are.
const step = 256

// NewText makes source ready. With a pivot, quotes that are not in source word
// for word are looked for in the pivot's form of it; without, in source alone.
func NewText(source string, pivot *Pivot) *Text {
	t := &Text{source: source, pivot: pivot}
	n := 0
	for i := range source {
		if n%step == 0 {
			t.steps = append(t.steps, i)
		}
		n++
	}
	t.length = n
	return t
}

// slice is the source text of a span, "" where it leaves the text.
func (t *Text) slice(s article.Span) string {
	if s.Start < 0 || s.End > t.length || s.Empty() {
		return ""
	}
	return t.source[t.offset(s.Start):t.offset(s.End)]
}

// Slice is the source text of a span, "" where that is empty or leaves the text.
func (t *Text) Slice(s article.Span) string { return t.slice(s) }

// Quote is the words of a span with their context, for a span that was found to
// be described anew.
func (t *Text) Quote(s article.Span) annotation.Quote {
	n := annotation.ContextRunes
	return annotation.Quote{
		Exact:  t.slice(s),
		Prefix: t.slice(article.Span{Start: max(s.Start-n, 0), End: s.Start}),
		Suffix: t.slice(article.Span{Start: s.End, End: min(s.End+n, t.length)}),
	}
}

func (t *Text) offset(n int) int {
	if n >= t.length {
		return len(t.source)
	}
	at := t.steps[n/step]
	for range n % step {
		_, size := utf8.DecodeRuneInString(t.source[at:])
		at += size
	}
	return at
}

// prepare normalises the text, which only quotes that are not where they were
// need.
func (t *Text) prepare() {
	if t.runes != nil {
		return
	}
	text := t.source
	if t.pivot != nil {
		text = t.pivot.Text
	}
	t.runes, t.place = normalise(text)
	t.index = newIndex(t.runes)
	t.weight = weigh(t.runes)
}

// form is a quote, or its context, as it would stand in t.runes.
func (t *Text) form(s string) []rune {
	if t.pivot != nil {
		s = t.pivot.Simplify(s)
	}
	runes, _ := normalise(s)
	return runes
}

// span is a range of t.runes in source runes.
func (t *Text) span(from, to int) article.Span {
	s := article.Span{Start: int(t.place[from]), End: int(t.place[to-1]) + 1}
	if t.pivot != nil {
		return t.pivot.ToSource(s)
	}
	return s
}

func normalise(s string) (runes []rune, place []int32) {
	runes = make([]rune, 0, len(s)/2)
	place = make([]int32, 0, len(s)/2+1)
	n := int32(0)
	for _, r := range s {
		if r = fold(r); r != 0 {
			runes = append(runes, r)
			place = append(place, n)
		}
		n++
	}
	return runes, append(place, n)
}

// fold is r as it is compared: full-width letters as half-width ones, small, and
// the marks that editors exchange for each other as one; 0 for white space and
// for what cannot be seen.
func fold(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r > ' ' && r < 0x7f:
		switch r {
		case '\'':
			return '"'
		}
		return r
	case 0x4e00 <= r && r <= 0x9fff: // nearly all of a Chinese text
		return r
	case 0xff01 <= r && r <= 0xff5e:
		return fold(r - 0xff01 + '!')
	}
	switch r {
	case '“', '”', '‘', '’', '「', '」', '『', '』', '﹁', '﹂', '﹃', '﹄', '＂', '＇':
		return '"'
	case '｡':
		return '。'
	case '、', '､':
		return ','
	case '—', '–', '―', '─', '−':
		return '-'
	case '…', '⋯':
		return '…'
	case '·', '•', '‧', '・', '･':
		return '·'
	case '～', '〜':
		return '~'
	case '《', '〈':
		return '<'
	case '》', '〉':
		return '>'
	case 0xfeff, 0x200b, 0x200c, 0x200d, 0x2060, 0xad:
		return 0
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) || 0xfe00 <= r && r <= 0xfe0f {
		return 0
	}
	return r
}

// weigh tells how much it means that a rune of a quote's context is found: more
// for a rare one. 1 is what a rune of ordinary text tells, about 9 bits;
// Latin letters come in words and tell a third of what their number says.
func weigh(runes []rune) func(rune) float32 {
	var han [0x5200]int32 // the unified ideographs, counted without a map
	rest := map[rune]int32{}
	for _, r := range runes {
		if i := int(r) - 0x4e00; i >= 0 && i < len(han) {
			han[i]++
		} else {
			rest[r]++
		}
	}
	total := float64(len(runes) + 1)
	var weights [0x5200]float32
	for i, n := range han {
		weights[i] = bits(total, n) / 9
	}
	others := make(map[rune]float32, len(rest))
	for r, n := range rest {
		w := bits(total, n) / 9
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			w = min(w, 0.35)
		} else {
			w = min(w, 0.5)
		}
		others[r] = w
	}
	return func(r rune) float32 {
		if i := int(r) - 0x4e00; i >= 0 && i < len(weights) {
			return weights[i]
		}
		return others[r]
	}
}

// bits is what one rune that occurs n times among total tells, between 3 and 10.
func bits(total float64, n int32) float32 {
	return float32(min(max(math.Log2(total/float64(n+1)), 3), 10))
}
