package claims

import (
	"math"
	"sort"
	"strings"
	"unicode"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

// Suggestion is a claim that a rule sees in a text. It is not an annotation
// until the reader accepts it.
type Suggestion struct {
	Span       article.Span // in runes of the text that was read
	Type       string
	Facets     annotation.Facets // filled in as far as the sentence says; texts are in the Simplified form
	Parts      Parts
	Reason     Reason
	Confidence float64 // 0 to 1: how often suggestions like it are right
	Key        string  // the same for the same words and type, so that a rejected one does not come back
}

// Parts is where the sentence says what the facets hold, so that the source's
// own characters can be shown in place of the Simplified ones. Empty spans
// stand for what it does not say.
type Parts struct {
	Attribution, Quantity, Compared article.Span
}

// Reason says why something was suggested.
type Reason struct {
	Rule    string         // as rules.txt names it: lawsuit.sue
	Trigger string         // the words that set it off, … for what stood between them
	At      []article.Span // where they stand
	Doubts  []Doubt        // what lowered the confidence
}

// Doubt is a reason to believe a suggestion less.
type Doubt string

// The doubts.
const (
	Negated     Doubt = "negated"     // did not happen: 没有起诉
	Denied      Doubt = "denied"      // somebody says so: 否认收购
	Asked       Doubt = "asked"       // a question
	Conditional Doubt = "conditional" // if
	General     Doubt = "general"     // how such things are done, not that one was
	CutWord     Doubt = "cut-word"    // the trigger is a part of a longer word
)

// Sure is the confidence from which Suggest proposes something.
const Sure = .5

// Options are what a reader's own habits add to the rules.
type Options struct {
	Learned Learned           // counts of what was accepted and rejected
	Types   []annotation.Type // the reader's types: their triggers are rules too, and deleted types propose nothing
	Min     float64           // the least confidence that is proposed; 0 stands for Sure
	Skip    func(key string) bool
}

// Prepare reads the rules, which the first suggestion does otherwise: a few
// milliseconds natively, some forty in a browser that has just started. It calls
// pause some sixty times as it goes, so that a page can be drawn in between.
func Prepare(pause func()) {
	if readRules.Load() == nil {
		prepare(pause)
	}
}

// Suggest reads a text in its Simplified form and proposes claims, the surest
// first and, among equals, in the order of the text. Words are the text's word
// boundaries, as package words gives them, and may be nil: they catch triggers
// that are only a part of a longer word.
//
// A sentence is read without regard to the others, so a long text may be read
// in slices cut at line breaks, with the words and spans shifted accordingly.
func Suggest(simplified string, words []article.Span) []Suggestion {
	return SuggestWith(simplified, words, Options{})
}

// SuggestWith is Suggest with what the program knows of its reader.
func SuggestWith(simplified string, words []article.Span, o Options) []Suggestion {
	if o.Min == 0 {
		o.Min = Sure
	}
	rs := rules()
	text := []rune(simplified)
	if len(text) == 0 {
		return nil
	}
	r := newReading(rs, text, words)
	defer r.done()
	own := ownRules(o.Types)
	deleted := map[string]bool{}
	for _, t := range o.Types {
		deleted[t.Name] = t.Deleted
	}
	var out []Suggestion
	r.sentences(func() {
		var found []Suggestion
		r.find(func(f finding) {
			if !deleted[f.rule.typ] {
				if s, ok := r.suggestion(f, o); ok {
					found = append(found, s)
				}
			}
		})
		for _, f := range own.find(r) {
			if s, ok := r.suggestion(f, o); ok {
				found = append(found, s)
			}
		}
		for _, s := range distinct(found) {
			if s.Confidence >= o.Min && (o.Skip == nil || !o.Skip(s.Key)) {
				out = append(out, s)
			}
		}
	})
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.Confidence != b.Confidence {
			return a.Confidence > b.Confidence
		}
		return a.Span.Start < b.Span.Start
	})
	return out
}

// distinct leaves one suggestion of a type where several stand on the same
// words: the surest, made a little surer by each other rule that agrees.
func distinct(found []Suggestion) []Suggestion {
	sort.SliceStable(found, func(i, j int) bool { return found[i].Confidence > found[j].Confidence })
	var out []Suggestion
	for _, s := range found {
		known := false
		for i := range out {
			t := &out[i]
			if t.Type == s.Type && t.Span.Overlaps(s.Span) {
				known = true
				if t.Reason.Rule != s.Reason.Rule {
					t.Confidence += (.98 - t.Confidence) * .3 * s.Confidence
				}
				break
			}
		}
		if !known {
			out = append(out, s)
		}
	}
	for i := range out {
		out[i].Confidence = math.Round(out[i].Confidence*1000) / 1000
	}
	return out
}

func (r *reading) suggestion(f finding, o Options) (Suggestion, bool) {
	s := Suggestion{Type: f.rule.typ, Reason: Reason{Rule: f.rule.id}}
	c := o.Learned.adjust(f.rule.id, f.rule.weight)
	doubt := func(d Doubt, factor float64) {
		s.Reason.Doubts = append(s.Reason.Doubts, d)
		c *= factor
	}
	ignores := r.ignores[f.rule.typ]
	clause := r.clauseOf(place{f.at.start, f.at.start + 1})
	if ignores&doubtNegation == 0 {
		if r.negated(clause, f.at) {
			doubt(Negated, .4)
		} else if r.anyIn(listDeny, r.sentence) {
			doubt(Denied, .5)
		}
	}
	if ignores&doubtQuestion == 0 && (r.asks() || r.anyIn(listQuestion, clause)) {
		doubt(Asked, .5)
	}
	if ignores&doubtCondition == 0 {
		if r.anyIn(listCondition, place{r.sentence.start, f.at.start}) {
			doubt(Conditional, .55)
		}
		if r.anyIn(listGeneric, r.sentence) {
			doubt(General, .5)
		}
	}
	if r.cuts(f.parts) {
		doubt(CutWord, .75)
	}
	if len(s.Reason.Doubts) == 0 && r.anyIn(listFirm, clause) {
		c += (.97 - c) * .2
	}
	if c < o.Min*.8 {
		return s, false // nothing that agrees could lift it over the bar
	}
	s.Confidence = c
	p := r.extent(f.at)
	s.Span = p.span()
	for i, part := range f.parts {
		if i > 0 && part.start > f.parts[i-1].end {
			s.Reason.Trigger += "…"
		}
		s.Reason.Trigger += string(r.text[part.start:part.end])
		s.Reason.At = append(s.Reason.At, part.span())
	}
	s.Facets, s.Parts = r.facets(f, p)
	s.Key = key(f.rule.typ, r.folded[p.start:p.end])
	return s, true
}

// negated reports whether a negation reaches the match. One of two runes or
// more (没有, 从未, 拒绝) reaches eight runes ahead; one of a single rune (不, 未)
// only what follows it at once or through words that carry it on (未与其合作):
// in 未走红状告公司 it belongs to another verb.
func (r *reading) negated(clause, at place) bool {
	for _, n := range r.list(listNot) {
		if n.start >= at.start && n.end <= at.end {
			return true // inside the match: 达成…没有…合作
		}
		if n.start < clause.start || n.end > at.start {
			continue
		}
		if n.len() > 1 {
			if at.start-n.end <= 8 {
				return true
			}
			continue
		}
		i := n.end
		for i < at.start {
			end, ok := r.at(listThrough, i)
			if !ok {
				break
			}
			i = end
		}
		if i >= at.start {
			return true
		}
	}
	return false
}

// asks reports whether the sentence is a question.
func (r *reading) asks() bool {
	for i := r.sentence.end - 1; i >= r.sentence.start && i >= r.sentence.end-3; i-- {
		if r.folded[i] == '?' {
			return true
		}
		if isHan(r.folded[i]) {
			return r.folded[i] == '吗' || r.folded[i] == '呢'
		}
	}
	return false
}

// cuts reports whether the first part is only the beginning of a longer word:
// 起诉书 is no 起诉. The segmentation is not trusted further than that, since it
// knows neither names nor new words.
func (r *reading) cuts(parts []place) bool {
	if len(r.words) == 0 {
		return false
	}
	for _, p := range parts {
		if p.len() != 2 || !isHan(r.folded[p.start]) || !isHan(r.folded[p.start+1]) {
			continue
		}
		i := sort.Search(len(r.words), func(i int) bool { return r.words[i].end > p.start })
		if i < len(r.words) && r.words[i].start == p.start && r.words[i].end == p.end+1 && isHan(r.folded[p.end]) && !strings.ContainsRune("了过会", r.folded[p.end]) {
			return true
		}
	}
	return false
}

// longestClaim is how many runes a suggested span may have before clauses are
// no longer added to it.
const longestClaim = 64

// extent is the words that make up the claim around a match: the clauses it
// stands in, with the subject from the clause before where there is none, less
// the words that lead over from the sentence before.
func (r *reading) extent(at place) place {
	first, _ := within(place{at.start, at.start + 1}, r.clauses)
	last, _ := within(place{at.end - 1, at.end}, r.clauses)
	p := place{r.clauses[first].start, r.clauses[last].end}
	p = r.trim(p)
	// 同时，还宣布和微软达成了合作: the subject stood before.
	for first > 0 && at.start-r.skipLead(p.start) < 2 && p.end-r.clauses[first-1].start <= longestClaim {
		first--
		p.start = r.clauses[first].start
		p = r.trim(p)
	}
	// A clause of a few runes says nothing by itself.
	for last+1 < len(r.clauses) && p.len() < 8 && r.clauses[last+1].end-p.start <= longestClaim {
		last++
		p.end = r.clauses[last].end
		p = r.trim(p)
	}
	// …，高于 GPT-4 的 86.4%: the clause after carries on.
	for last+1 < len(r.clauses) && r.clauses[last+1].end-p.start <= longestClaim {
		i := r.clauses[last+1].start
		for i < r.clauses[last+1].end && r.folded[i] == ' ' {
			i++
		}
		if _, ok := r.at(listTail, i); !ok {
			break
		}
		last++
		p.end = r.clauses[last].end
		p = r.trim(p)
	}
	if q := r.skipLead(p.start); q < at.start {
		p.start = q
	}
	p = r.trim(r.balance(p, at))
	for p.len() > 2 && r.folded[p.start] == '"' && r.folded[p.end-1] == '"' && p.start < at.start && p.end > at.end && r.quotes(p.start, p.end) == 2 {
		p = r.trim(place{p.start + 1, p.end - 1})
	}
	return p
}

// skipLead is where the claim begins after words that lead over to it: 比如, 同时.
func (r *reading) skipLead(i int) int {
	for {
		end, ok := r.at(listLead, i)
		if !ok {
			return i
		}
		i = end
		for i < r.sentence.end && (unicode.IsSpace(r.folded[i]) || r.folded[i] == ',') {
			i++
		}
	}
}

// trim takes white space and marks off both ends; quotes and brackets are
// balance's business.
func (r *reading) trim(p place) place {
	off := func(c rune) bool {
		return unicode.IsSpace(c) || strings.ContainsRune(",。!?;:、…—-", c)
	}
	for p.start < p.end && off(r.folded[p.start]) {
		p.start++
	}
	for p.end > p.start && off(r.folded[p.end-1]) {
		p.end--
	}
	return p
}

// balance drops a bracket or quote at an end of p whose partner is outside it.
func (r *reading) balance(p place, at place) place {
	for p.start < at.start && strings.ContainsRune("\")]】》」』", r.folded[p.start]) && (r.folded[p.start] != '"' || r.quotes(p.start, p.end)%2 == 1) {
		p.start++
	}
	for p.end > at.end && strings.ContainsRune("\"([【《「『", r.folded[p.end-1]) && (r.folded[p.end-1] != '"' || r.quotes(p.start, p.end)%2 == 1) {
		p.end--
	}
	return p
}

// key names a suggestion by its type and words, so that it is known again in
// another script's view of the same article and after an edit elsewhere in it.
func key(typ string, folded []rune) string {
	var b strings.Builder
	b.WriteString(typ)
	b.WriteByte(':')
	n := 0
	for _, c := range folded {
		if isLetter(c) || isDigit(c) || isHan(c) {
			b.WriteRune(c)
			if n++; n == 48 {
				break
			}
		}
	}
	return b.String()
}
