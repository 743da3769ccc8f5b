// Package script shows a Chinese text in another script: Traditional,
// Simplified, and the forms of Taiwan and Hong Kong. It gives not only the
// converted text but, with it, which part of it came from where, so that a span
// of the source stays on the same words in every script.
//
// A conversion is a chain of stages, each a group of dictionaries; at every
// position the first dictionary of the group that has any entry there decides,
// by its longest. That is how OpenCC and gocc do it, and the tries are gocc's
// (github.com/liuzl/da), built over the rows of a lexicon that occur in the text.
// The loop over them is our own: gocc's Convert keeps no alignment, builds a map
// at every position, and eats the neighbours of invalid UTF-8. Its package is
// imported by tests alone, as it embeds its dictionaries of 1.1 MB; a test holds
// that both give the same text.
package script

import (
	"fmt"
	"unicode/utf8"

	"pizhu/app/article"
	"pizhu/app/lexicon"
	"pizhu/app/words"
)

// config is one of OpenCC's: stages of groups of dictionaries, each dictionary
// the union of those named.
type config struct {
	stages [][][]string
	// segment is the dictionary whose phrases no match of any stage may cross,
	// as OpenCC converts each segment by itself; "first" is that of the first
	// stage, which then says by its own matches where they are.
	segment string
}

var (
	normal = [][]string{{"CJK_Compatibility_Ideographs"}}
	st     = [][]string{{"STPhrases", "STPhrases_GeneratedFromRegionalPhrases"}, {"STCharacters"}}
	ts     = [][]string{{"TSPhrases"}, {"TSCharactersExt"}, {"TSCharacters"}}
	tw     = [][]string{{"TWVariantsPhrases"}, {"TWVariants"}}
	twp    = [][]string{{"TWPhrases"}, {"TWVariantsPhrases"}, {"TWVariants"}}
	hk     = [][]string{{"HKVariantsPhrases"}, {"HKVariants"}}
	twRev  = [][]string{{"TWVariantsRevPhrases"}, {"TWVariantsRev"}}
	twpRev = [][]string{{"TWPhrasesRev"}, {"TWVariantsRevPhrases"}, {"TWVariantsRev"}}
	hkRev  = [][]string{{"HKVariantsRevPhrases"}, {"HKVariantsRev"}}
)

var configs = map[string]config{
	"s2t":   {stages: [][][]string{normal, st}},
	"t2s":   {stages: [][][]string{normal, ts}},
	"s2tw":  {stages: [][][]string{normal, st, tw}, segment: "first"},
	"s2twp": {stages: [][][]string{normal, st, twp}, segment: "first"},
	"s2hk":  {stages: [][][]string{normal, st, hk}, segment: "first"},
	"t2tw":  {stages: [][][]string{normal, tw}},
	// Not one of OpenCC's: Taiwan's phrases for a text that is Traditional already.
	"t2twp": {stages: [][][]string{normal, twp}},
	"t2hk":  {stages: [][][]string{normal, hk}},
	"tw2s":  {stages: [][][]string{normal, twRev, ts}, segment: "TSPhrases"},
	"tw2sp": {stages: [][][]string{normal, twpRev, ts}, segment: "TSPhrases"},
	"hk2s":  {stages: [][][]string{normal, hkRev, ts}, segment: "TSPhrases"},
}

// Configs are the names New takes, as OpenCC has them.
func Configs() []string {
	return []string{"s2t", "t2s", "s2tw", "s2twp", "s2hk", "t2tw", "t2hk", "tw2s", "tw2sp", "hk2s"}
}

// Converter converts texts by one configuration. It loads the entries that a
// text has when it first sees that text, and keeps them: give it an article block
// by block, as they are needed, and go on using it. Not for concurrent use.
type Converter struct {
	config string
	stages []*stage
	// segment finds the segments before the first stage, where a stage of its
	// own is needed for that; segmented says that the second stage (the first
	// after normalization) marks them instead.
	segment   *stage
	segmented bool
	seen      map[uint64]struct{}
	ids       bool
	// better departs from OpenCC where a reader is better served; words are what
	// it asks for the words of a Simplified source, or nil.
	better bool
	words  Words
}

// New is a Converter for readers, for one of Configs, or t2twp, which takes a
// Traditional text to Taiwan's phrases: it passes OpenCC's tests, and departs from
// OpenCC where that is known to be wrong (see NewWithWords). It finds words by
// package words where the lexicon has them. The dictionaries are those of the asset
// "conversion"; without them, or for another configuration, it is an error.
func New(name string, lex *lexicon.Lexicon) (*Converter, error) {
	var find Words
	if lex.Has("words") {
		find = func(simplified string) []article.Span { return words.New(lex, simplified).Words(simplified) }
	}
	return NewWithWords(name, lex, find)
}

// NewExact is a Converter that gives what OpenCC gives, to the letter.
func NewExact(name string, lex *lexicon.Lexicon) (*Converter, error) {
	return newConverter(name, lex, false)
}

func newConverter(name string, lex *lexicon.Lexicon, better bool) (*Converter, error) {
	cfg, ok := configs[name]
	if !ok {
		return nil, fmt.Errorf("script: no configuration %q", name)
	}
	c := &Converter{config: name, seen: map[uint64]struct{}{}, ids: true, better: better}
	for _, group := range cfg.stages {
		for _, names := range group {
			if !lex.Has(names...) {
				return nil, fmt.Errorf("script %s: the dictionary %v is not there", name, names)
			}
		}
		c.stages = append(c.stages, newStage(lex, group, manner(name, better)))
	}
	switch cfg.segment {
	case "":
	case "first":
		c.segmented = true
	default:
		c.segment = newStage(lex, [][]string{{cfg.segment}}, manner(name, better))
	}
	return c, nil
}

// Config is the configuration c was made for.
func (c *Converter) Config() string { return c.config }

// Scope loads the entries for texts that will be converted. It is only ever of
// use to have that cost at another time than the first Convert of each text.
func (c *Converter) Scope(texts ...string) {
	for _, text := range texts {
		c.Convert(text)
	}
}

// Convert is text in the other script. Give it a whole block: at the edges of a
// fragment, phrases are split.
func (c *Converter) Convert(text string) View {
	return c.convert(text, nil)
}

// convert is Convert; with a trace, it says what was decided how.
func (c *Converter) convert(text string, tr *trace) View {
	cur := []byte(text)
	hash := lexicon.Checksum(cur)
	_, known := c.seen[hash]
	var j job
	j.ids = c.ids
	j.better = c.better
	if c.words != nil {
		j.edges = edgesOf(c.words(text), utf8.RuneCount(cur))
	}
	if c.segment != nil {
		if !known {
			c.segment.learn(cur)
		}
		j.segment, j.mark = true, true
		c.segment.run(cur, &j)
		j.segment = false
		j.limits, j.marks = j.marks, nil
	}
	var all []piece
	source := 0
	for i, s := range c.stages {
		if !known {
			s.learn(cur)
		}
		j.mark = c.segmented && i == 1
		if tr != nil {
			j.record = true
			j.matches = nil
		}
		in := cur
		s.run(in, &j)
		if i == 0 {
			source = j.runes
		}
		cur = j.out
		j.out = nil
		if tr != nil {
			tr.stages = append(tr.stages, traced{in, j.matches, j.pieces})
		}
		all = compose(all, j.pieces)
		if j.edges != nil {
			j.edges = j.edges.through(j.pieces, j.runes)
		}
		j.pieces = nil
		j.limits, j.marks = j.marks, j.limits[:0]
	}
	c.seen[hash] = struct{}{}
	return View{Text: string(cur), pieces: all, source: source, shown: source + grown(all), from: text, by: c}
}

// View is a text as it is shown: converted, with its way back to the source.
// Offsets are runes; those of the source are article offsets within the text
// that was converted, those of the view count the runes of Text.
type View struct {
	Text string

	pieces        []piece
	source, shown int
	from          string
	by            *Converter
}

// Identity is the view of a text that is shown as it is.
func Identity(text string) View {
	n := 0
	for range text {
		n++
	}
	return View{Text: text, source: n, shown: n, from: text}
}

// SourceLen is the number of runes of the source.
func (v View) SourceLen() int { return v.source }

// Len is the number of runes of Text.
func (v View) Len() int { return v.shown }

// Source is the text that was converted.
func (v View) Source() string { return v.from }

// FromSource is where a span of the source is in the view. Spans that reach
// beyond the text are cut at its ends; one that begins or ends inside a phrase
// whose length changed takes in the whole phrase; an empty one stays empty.
func (v View) FromSource(s article.Span) article.Span {
	s = clamp(s, v.source)
	start := v.forward(s.Start, false)
	if s.Empty() {
		return article.Span{Start: start, End: start}
	}
	return article.Span{Start: start, End: v.forward(s.End, true)}
}

// ToSource is where a span of the view comes from, as FromSource in the other
// direction.
func (v View) ToSource(s article.Span) article.Span {
	s = clamp(s, v.shown)
	start := v.back(s.Start, false)
	if s.Empty() {
		return article.Span{Start: start, End: start}
	}
	return article.Span{Start: start, End: v.back(s.End, true)}
}

func clamp(s article.Span, n int) article.Span {
	s.Start = min(max(s.Start, 0), n)
	s.End = min(max(s.End, s.Start), n)
	return s
}

func (v View) forward(at int, end bool) int { return v.move(at, end, false) }
func (v View) back(at int, end bool) int    { return v.move(at, end, true) }

// move takes a place of the source to the view, or back.
func (v View) move(at int, end, back bool) int {
	// The last piece that begins before at: it alone can have at inside.
	lo, hi := 0, len(v.pieces)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if p := &v.pieces[mid]; !back && int(p.s0) < at || back && int(p.v0) < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return at
	}
	p := v.pieces[lo-1]
	if back {
		p = piece{p.v0, p.v1, p.s0, p.s1}
	}
	if at >= int(p.s1) {
		return at - int(p.s1) + int(p.v1)
	}
	if end {
		return int(p.v1)
	}
	return int(p.v0)
}

// piece is a stretch whose number of runes changed. Between two of them source
// and view go rune by rune.
type piece struct{ s0, s1, v0, v1 int32 }

func grown(pieces []piece) int {
	if len(pieces) == 0 {
		return 0
	}
	last := pieces[len(pieces)-1]
	return int(last.v1 - last.s1)
}

// compose is the alignment of a conversion a whose result is converted by b.
// Pieces that share a rune of the text between become one.
func compose(a, b []piece) []piece {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := make([]piece, 0, len(a)+len(b))
	// da and db are how far ahead the text between is of the source, and the
	// view of the text between, after the pieces passed so far.
	var da, db int32
	for len(a) > 0 || len(b) > 0 {
		// m0 and m1 enclose the cluster in the text between.
		var m0, m1 int32
		if len(b) == 0 || len(a) > 0 && a[0].v0 <= b[0].s0 {
			m0, m1 = a[0].v0, a[0].v0
		} else {
			m0, m1 = b[0].s0, b[0].s0
		}
		p := piece{s0: m0 - da, v0: m0 + db}
		first := true
		for {
			if len(a) > 0 && (first && a[0].v0 == m0 || a[0].v0 < m1) {
				m1 = max(m1, a[0].v1)
				da = a[0].v1 - a[0].s1
				a = a[1:]
			} else if len(b) > 0 && (first && b[0].s0 == m0 || b[0].s0 < m1) {
				m1 = max(m1, b[0].s1)
				db = b[0].v1 - b[0].s1
				b = b[1:]
			} else {
				break
			}
			first = false
		}
		p.s1, p.v1 = m1-da, m1+db
		out = append(out, p)
	}
	return out
}
