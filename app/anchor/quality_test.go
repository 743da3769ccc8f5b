package anchor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/corpus"
)

// What this package is for, measured: on the articles that ship with the
// program, quotes whose sentence was deleted, and quotes that edits left alone.

// lengths of quotes, in runes.
var lengths = []int{2, 4, 6, 8, 12, 20}

// source is an article that quotes are taken from.
type source struct {
	text      []rune
	sentences []article.Span
	others    [][]rune // sentences of other articles
}

// sentencesOf is the ranges of runes that end with a full stop or a line.
func sentencesOf(text []rune) (out []article.Span) {
	start := 0
	for i, r := range text {
		if strings.ContainsRune("。！？\n", r) {
			if i+1-start > 3 {
				out = append(out, article.Span{Start: start, End: i + 1})
			}
			start = i + 1
		}
	}
	return out
}

// draft is an article about to be edited, in five parts around a quote.
type draft struct {
	pre, left, quote, right, post []rune // left, quote and right are one sentence
	sentences                     []article.Span
	at                            int      // the quote's sentence among them
	others                        [][]rune // sentences of other articles
	r                             *rand.Rand
}

func (d *draft) other() []rune { return slices.Clone(d.others[d.r.IntN(len(d.others))]) }

// some is a few runes of another article.
func (d *draft) some(n int) []rune {
	for {
		if s := d.other(); len(s) > n+1 {
			return s[1 : n+1]
		}
	}
}

// edits are what happens to articles. Each leaves the quote and, but for the
// first, some of its context.
var edits = []struct {
	name string
	do   func(d *draft)
}{
	{"its sentence deleted", func(d *draft) { d.left, d.quote, d.right = nil, nil, nil }},
	{"a sentence put before", func(d *draft) { d.pre = append(d.pre, d.other()...) }},
	{"a sentence put after", func(d *draft) { d.post = append(d.other(), d.post...) }},
	{"sentences put at the front", func(d *draft) {
		for range 1 + d.r.IntN(4) {
			d.pre = append(d.other(), d.pre...)
		}
	}},
	{"the sentence before deleted", func(d *draft) {
		if d.at > 0 {
			d.pre = d.pre[:d.sentences[d.at-1].Start]
		}
	}},
	{"the sentence after deleted", func(d *draft) {
		if d.at+1 < len(d.sentences) {
			d.post = d.post[d.sentences[d.at+1].End-d.sentences[d.at].End:]
		}
	}},
	{"a few runes put beside it", func(d *draft) {
		if some := d.some(1 + d.r.IntN(8)); d.r.IntN(2) == 0 {
			d.left = append(d.left, some...)
		} else {
			d.right = append(some, d.right...)
		}
	}},
	{"runes put on both sides", func(d *draft) {
		d.left, d.right = append(d.left, d.some(3)...), append(d.some(3), d.right...)
	}},
	{"runes beside it replaced", func(d *draft) {
		if n := 1 + d.r.IntN(4); d.r.IntN(2) == 0 {
			k := min(n, len(d.left))
			d.left = append(d.left[:len(d.left)-k], d.some(n)[:k]...)
		} else {
			copy(d.right, d.some(n))
		}
	}},
	{"runes beside it deleted", func(d *draft) {
		if n := 1 + d.r.IntN(4); d.r.IntN(2) == 0 {
			d.left = d.left[:len(d.left)-min(n, len(d.left))]
		} else {
			d.right = d.right[min(n, len(d.right)):]
		}
	}},
	{"one rune in twenty changed", func(d *draft) {
		for _, p := range []*[]rune{&d.pre, &d.left, &d.right, &d.post} {
			var out []rune
			for _, c := range *p {
				if d.r.IntN(20) == 0 {
					if out = append(out, d.some(1)...); d.r.IntN(2) == 0 {
						continue
					}
				}
				out = append(out, c)
			}
			*p = out
		}
	}},
	{"its sentence doubled", func(d *draft) {
		d.post = slices.Concat(d.left, d.quote, d.right, d.post)
	}},
	{"its paragraph moved to the end", func(d *draft) {
		from := lastLine(d.pre)
		to := slices.Index(d.post, '\n') + 1
		if to == 0 {
			return
		}
		rest := slices.Clone(d.post[to:])
		d.pre, d.left = append(slices.Clone(d.pre[:from]), rest...), append(slices.Clone(d.pre[from:]), d.left...)
		d.post = d.post[:to]
	}},
	{"every line flowed anew", func(d *draft) {
		for _, p := range []*[]rune{&d.pre, &d.left, &d.right, &d.post} {
			var out []rune
			for i, c := range *p {
				if out = append(out, c); i%17 == 16 {
					out = append(out, '\n', '　')
				}
			}
			*p = out
		}
	}},
}

func lastLine(text []rune) int {
	for i := len(text); i > 0; i-- {
		if text[i-1] == '\n' {
			return i
		}
	}
	return 0
}

func TestQuality(t *testing.T) {
	var texts []source
	for _, a := range corpus.Articles() {
		text := []rune(a.Text)
		texts = append(texts, source{text: text, sentences: sentencesOf(text)})
	}
	for i := range texts {
		for j, other := range texts {
			if j != i {
				for _, s := range other.sentences {
					texts[i].others = append(texts[i].others, other.text[s.Start:s.End])
				}
			}
		}
	}
	rounds := 60
	if testing.Short() {
		rounds = 20
	}
	var table strings.Builder
	fmt.Fprintf(&table, "%-30s", "% found right, by length")
	for _, n := range lengths {
		fmt.Fprintf(&table, "%7d", n)
	}
	table.WriteString("\n")
	kept := make([]float64, len(lengths)) // over all edits but the first
	for ei, e := range edits {
		fmt.Fprintf(&table, "%-30s", e.name)
		for li, n := range lengths {
			rounds := rounds
			if ei == 0 {
				rounds *= 8
			}
			r := rand.New(rand.NewPCG(uint64(ei), uint64(n)))
			good, total := 0, 0
			for total < rounds {
				d, sel := newDraft(r, texts[r.IntN(len(texts))], n)
				if d == nil {
					continue
				}
				total++
				e.do(d)
				now := string(slices.Concat(d.pre, d.left, d.quote, d.right, d.post))
				got, _, ok := Find(now, sel)
				if ei == 0 {
					if !ok {
						good++
					}
				} else if want := len(d.pre) + len(d.left); ok && got == (article.Span{Start: want, End: want + n}) {
					good++
				}
			}
			rate := 100 * float64(good) / float64(total)
			fmt.Fprintf(&table, "%7.1f", rate)
			if ei == 0 && rate < 99 {
				t.Errorf("quotes of %d runes: want at least 99%% of those whose sentence is gone to be lost, got %.1f%%", n, rate)
			}
			if ei > 0 {
				kept[li] += rate / float64(len(edits)-1)
			}
		}
		table.WriteString("\n")
	}
	fmt.Fprintf(&table, "%-30s", "all edits that leave it alone")
	for li, n := range lengths {
		fmt.Fprintf(&table, "%7.1f", kept[li])
		if kept[li] < 99 {
			t.Errorf("quotes of %d runes: want at least 99%% found after edits around them, got %.1f%%", n, kept[li])
		}
	}
	t.Logf("in the first row, lost as it should be\n%s", table.String())
}

// newDraft picks a quote of n runes in a sentence; nil where there was no room.
func newDraft(r *rand.Rand, from source, n int) (*draft, annotation.Selector) {
	text := from.text
	d := &draft{sentences: from.sentences, others: from.others, r: r}
	d.at = r.IntN(len(d.sentences))
	s := d.sentences[d.at]
	if s.Len() < n+6 { // a quote of all of its sentence has no context to lose
		return nil, annotation.Selector{}
	}
	start := s.Start + r.IntN(s.Len()-n)
	quote := text[start : start+n]
	if fold(quote[0]) == 0 || fold(quote[n-1]) == 0 {
		return nil, annotation.Selector{} // words begin and end with something to see
	}
	d.pre, d.post = slices.Clone(text[:s.Start]), slices.Clone(text[s.End:])
	d.left, d.quote, d.right = slices.Clone(text[s.Start:start]), slices.Clone(quote), slices.Clone(text[start+n:s.End])
	return d, annotation.Describe(string(text), article.Span{Start: start, End: start + n})
}
