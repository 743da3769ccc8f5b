package script

import (
	"sort"

	"pizhu/app/article"
)

// Change is a stretch of the source that a conversion decided about, and how.
type Change struct {
	Source, View article.Span // runes
	From, To     string       // what is there
	Steps        []Step       // what decided, in the order of the stages; at least one
	// Uncertain: a character with several candidates that no phrase decided.
	Uncertain bool
}

// Step is one entry of one dictionary that was applied.
type Step struct {
	Dict       string   // OpenCC's name of the dictionary, such as STPhrases
	Entry      string   // as the dictionary has it
	Candidates []string // what it can convert to, the usual first
	Taken      string   // what it was converted to: the first of them, as a rule
	Phrase     bool     // the entry is longer than one rune
}

// Certain reports whether the entry leaves no choice.
func (s Step) Certain() bool { return s.Phrase || len(s.Candidates) < 2 }

type trace struct{ stages []traced }

type traced struct {
	in      []byte
	matches []match
	pieces  []piece
}

// Changes are the stretches that look different in the view, and those that are
// Uncertain, in order; they do not overlap. They are worked out when asked for, at
// the cost of another conversion. A View that no conversion made has none.
func (v View) Changes() []Change {
	if v.by == nil {
		return nil
	}
	var tr trace
	v.by.convert(v.from, &tr)
	source, shown := []rune(v.from), []rune(v.Text)
	var all []Change
	for i, st := range tr.stages {
		var before, after View
		before.source, before.shown = v.source, v.source
		for _, t := range tr.stages[:i] {
			before.pieces = compose(before.pieces, t.pieces)
		}
		before.shown += grown(before.pieces)
		for _, t := range tr.stages[i:] {
			after.pieces = compose(after.pieces, t.pieces)
		}
		after.source, after.shown = before.shown, v.shown
		in, made := []rune(string(st.in)), shown
		if i+1 < len(tr.stages) {
			made = []rune(string(tr.stages[i+1].in))
		}
		for _, m := range st.matches {
			e := &m.dict.entries[m.entry]
			candidates := m.dict.trie.Values[m.entry]
			step := Step{Dict: m.dict.names[e.name], Entry: string(in[m.s0:m.s1]), Candidates: candidates, Taken: string(made[m.v0:m.v1]), Phrase: e.in > 1}
			if step.Taken == step.Entry && step.Certain() {
				continue
			}
			span := article.Span{Start: int(m.s0), End: int(m.s1)}
			c := Change{Source: before.ToSource(span), View: after.FromSource(span), Steps: []Step{step}}
			all = append(all, c)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Source.Start < all[j].Source.Start })
	var out []Change
	for _, c := range all {
		if n := len(out); n > 0 && (out[n-1].Source.Overlaps(c.Source) || out[n-1].View.Overlaps(c.View)) {
			last := &out[n-1]
			last.Source.End = max(last.Source.End, c.Source.End)
			last.View.Start = min(last.View.Start, c.View.Start)
			last.View.End = max(last.View.End, c.View.End)
			last.Steps = append(last.Steps, c.Steps...)
			continue
		}
		out = append(out, c)
	}
	kept := out[:0]
	for _, c := range out {
		c.From = string(source[c.Source.Start:c.Source.End])
		c.To = string(shown[c.View.Start:c.View.End])
		c.Uncertain = uncertain(c.Steps)
		if c.Uncertain || c.From != c.To {
			kept = append(kept, c)
		}
	}
	return kept
}

// uncertain reports whether a choice was made that no phrase of any stage decided.
func uncertain(steps []Step) bool {
	open := false
	for _, s := range steps {
		if s.Phrase {
			return false
		}
		open = open || !s.Certain()
	}
	return open
}
