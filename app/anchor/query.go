package anchor

import (
	"cmp"
	"math"
	"slices"
)

// query is a quote being looked for, in the form of the text it is looked for in.
type query struct {
	t         *Text
	exact     []rune
	before    []rune // read away from the quote, as after is
	after     []rune
	ownBefore int // how many of before are of the quote's own sentence
	ownAfter  int
	place     int // where it is expected, in source runes; negative for nowhere
	weight    float32
	own       float32 // weight of what else there is of its sentence
	cells     []cell
	window    []rune
}

// match is a place where a quote could stand. What speaks for it is counted in
// runes of ordinary text.
type match struct {
	from, to int     // in Text.runes
	errors   int     // runes of the quote that differ
	own      float32 // how much of its own sentence stands around it
	all      float32 // how much of all that stood around it does
	score    float32
	distance int // from where it is expected
}

// What the search reckons with. The figures were found on encyclopedia articles,
// fiction and news, in texts of 3,000 to 300,000 runes, so that on none of them
// more than 8 in 1,000 quotes of two runes, or 6 of longer ones, are found
// somewhere when their sentence is deleted. What is left are texts that say the
// same twice. This package's tests measure them on the articles that ship.
const (
	// slack is how many runes may have come between a quote and its context.
	// In its own sentence it is less: who writes more there writes another one.
	slack, ownSlack = 64, 24
	// A gap costs as much as one and a half runes of agreement, so that chance
	// agreement of single runes counts for nothing, and a little for its length.
	gapCost          = 1.5
	skipCost         = 0.03
	ownSkipCost      = 0.1
	missing          = 0.5  // what a rune of its own sentence that is gone counts against it
	beyond           = 0.25 // what agreement beyond its own sentence counts for
	enough           = 5    // what has to speak for a quote of no length
	quoteCounts      = 0.7  // how much of that each rune of the quote makes up for
	leastEnough      = -4
	perPlace         = 0.5 // more for each doubling of the places that it could be
	wholeOwn         = 8   // runes of its own sentence that settle it, if all but a fifth are there
	rivalMargin      = 3   // how much better the text must agree without the quote than with it
	rivalQuoteCounts = 0.5
	copyMargin       = 6  // how much what is beyond may speak for one copy of a whole sentence over another
	perError         = 3  // what a rune of the quote that differs counts against it
	wholeContext     = 24 // runes of context, all of them there, that need no weighing
	most             = 64 // places that are measured
)

// best is the place where the quote stands. sure is false where another one
// comes close.
func (q *query) best() (m match, sure, ok bool) {
	for _, r := range q.exact {
		q.weight += q.t.weight(r)
	}
	for _, r := range q.before[:q.ownBefore] {
		q.own += q.t.weight(r)
	}
	for _, r := range q.after[:q.ownAfter] {
		q.own += q.t.weight(r)
	}
	places := q.t.index.find(q.exact)
	count := len(places)
	if m, sure, ok := q.unchanged(places); ok {
		return m, sure, true
	}
	matches := q.prune(places)
	if len(matches) == 0 {
		matches = q.similar()
		count = len(matches)
	}
	for i := range matches {
		q.measure(&matches[i])
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.distance, b.distance), cmp.Compare(a.from, b.from))
	})
	if len(matches) == 0 {
		return m, false, false
	}
	// Of places that are as good, the one nearest to where it is expected.
	m = matches[0]
	sure = true
	for _, other := range matches[1:] {
		if other.score < matches[0].score-copyMargin {
			break
		}
		if other.score < matches[0].score-1 && (other.own < matches[0].own-0.5 || other.own < 0.8*q.own) {
			continue
		}
		sure = false
		if q.place >= 0 && other.distance < m.distance {
			m = other
		}
	}
	return m, sure, q.take(m, count)
}

// unchanged is the place, of those with all of the context right beside them,
// that is nearest to where the quote is expected: the common case of a text
// that has changed elsewhere, and a hundredth of the work of measuring.
func (q *query) unchanged(places []int) (best match, sure, ok bool) {
	all := len(q.before) + len(q.after)
	if all < wholeContext {
		return best, false, false
	}
	nearest, found := math.MaxInt, 0
	for _, from := range places {
		m := match{from: from, to: from + len(q.exact), distance: q.distance(from)}
		nearest = min(nearest, m.distance)
		if q.beside(m) < all {
			continue
		}
		if found++; found == 1 || m.distance < best.distance {
			best = m
		}
	}
	// Where another place is nearer, its sentence may have been doubled.
	return best, found == 1, found > 0 && best.distance == nearest
}

// take decides whether what speaks for a place is enough.
func (q *query) take(m match, count int) bool {
	counts := q.weight - perError*float32(m.errors)
	need := max(enough-quoteCounts*counts, leastEnough)
	need += perPlace * float32(math.Log2(float64(1+count)))
	if m.score < need {
		return false
	}
	if m.own >= wholeOwn && m.own >= 0.8*q.own {
		return true
	}
	// If the words before the quote and those after it stand together without
	// it, its sentence was deleted, and this is the next one.
	return q.without(m) <= m.all+rivalMargin+rivalQuoteCounts*max(counts, 0)
}

// prune keeps the places that are worth measuring: those where most of the
// context stands right beside the quote, and those nearest to where it is
// expected.
func (q *query) prune(places []int) []match {
	all := make([]match, len(places))
	for i, from := range places {
		m := match{from: from, to: from + len(q.exact), distance: q.distance(from)}
		m.score = float32(q.beside(m))
		all[i] = m
	}
	if len(all) <= most {
		return all
	}
	nearest := slices.Clone(all)
	slices.SortStableFunc(nearest, func(a, b match) int { return cmp.Compare(a.distance, b.distance) })
	slices.SortStableFunc(all, func(a, b match) int { return cmp.Compare(b.score, a.score) })
	// Of places that all have the same beside them, again the nearest: a text
	// that repeats itself has nothing better to offer.
	out := all[:most]
	if q.place >= 0 {
		for _, m := range nearest[:most] {
			if !slices.ContainsFunc(out, func(o match) bool { return o.from == m.from }) {
				out = append(out, m)
			}
		}
	}
	return out
}

func (q *query) distance(from int) int {
	if q.place < 0 {
		return 0
	}
	return abs(q.t.span(from, from+1).Start - q.place)
}

// beside is how many runes of context stand right beside m, unchanged.
func (q *query) beside(m match) (n int) {
	text := q.t.runes
	for i := 0; i < len(q.before) && m.from-1-i >= 0 && text[m.from-1-i] == q.before[i]; i++ {
		n++
	}
	for i := 0; i < len(q.after) && m.to+i < len(text) && text[m.to+i] == q.after[i]; i++ {
		n++
	}
	return n
}

// similar is the places where something like the quote stands. A short quote
// that has changed is another quote.
func (q *query) similar() (matches []match) {
	n := len(q.exact)
	if n < 8 || n > 64 {
		return nil
	}
	limit := min(n/5, 8)
	// Of limit+1 pieces at least one has not changed.
	text := q.t.runes
	for i := range limit + 1 {
		from, to := i*n/(limit+1), (i+1)*n/(limit+1)
		for _, at := range q.t.index.find(q.exact[from:to]) {
			start := max(at-from-limit, 0)
			end := min(at+n-from+limit, len(text))
			f, t, errors, ok := similar(text[start:end], q.exact, limit)
			if !ok || t <= f || slices.ContainsFunc(matches, func(m match) bool { return m.from == start+f }) {
				continue
			}
			matches = append(matches, match{from: start + f, to: start + t, errors: errors, distance: q.distance(start + f)})
			if len(matches) == most {
				return matches
			}
		}
	}
	return matches
}

// measure finds what speaks for m.
func (q *query) measure(m *match) {
	text := q.t.runes
	before := q.backwards(m.from, len(q.before)+slack)
	left := q.agree(q.before, before, skipCost)
	ownLeft := q.agree(q.before[:q.ownBefore], before[:min(len(before), q.ownBefore+ownSlack)], ownSkipCost)
	after := text[m.to:min(m.to+len(q.after)+slack, len(text))]
	right := q.agree(q.after, after, skipCost)
	ownRight := q.agree(q.after[:q.ownAfter], after[:min(len(after), q.ownAfter+ownSlack)], ownSkipCost)
	m.own, m.all = ownLeft+ownRight, left+right
	m.score = m.own - missing*(q.own-m.own) + beyond*max(m.all-m.own, 0) - perError*float32(m.errors)
}

// backwards is the n runes before at, read away from it.
func (q *query) backwards(at, n int) []rune {
	q.window = q.window[:0]
	for i := at - 1; i >= 0 && i >= at-n; i-- {
		q.window = append(q.window, q.t.runes[i])
	}
	return q.window
}

// cell holds the best agreement that ends in a match, and in a gap.
type cell struct{ match, gap float32 }

const never = -1e9

// agree is how well context agrees with text, both read away from the quote:
// the weight of the runes that stand in both in the same order, less the cost of
// the gaps between them. It is alignment with affine gaps (O. Gotoh, "An improved
// algorithm for matching biological sequences", 1982), which begins at the quote
// and ends anywhere.
func (q *query) agree(context, text []rune, skip float32) float32 {
	if len(context) == 0 || len(text) == 0 {
		return 0
	}
	width := len(text) + 1
	if cap(q.cells) < 2*width {
		q.cells = make([]cell, 2*width)
	}
	prev, cur := q.cells[:width], q.cells[width:2*width]
	for j := range prev {
		prev[j] = cell{never, -gapCost - skip*float32(j)}
	}
	prev[0].match = 0
	best := float32(0)
	for i, c := range context {
		cur[0] = cell{never, -gapCost - skip*float32(i+1)}
		w := q.t.weight(c)
		for j, r := range text {
			m := float32(never)
			if c == r {
				m = w + max(prev[j].match, prev[j].gap)
				best = max(best, m)
			}
			cur[j+1] = cell{m, max(m-gapCost, prev[j+1].gap-skip, cur[j].gap-skip)}
		}
		prev, cur = cur, prev
	}
	return best
}

// without is how well the words around the quote agree with the text near m if
// the quote itself is thought gone. It is agree, beginning anywhere.
func (q *query) without(m match) float32 {
	context := make([]rune, 0, len(q.before)+len(q.after))
	for i := len(q.before) - 1; i >= 0; i-- {
		context = append(context, q.before[i])
	}
	context = append(context, q.after...)
	text := q.t.runes[max(m.from-len(q.before)-slack, 0):min(m.to+len(q.after)+slack, len(q.t.runes))]
	prev, cur := make([]cell, len(text)+1), make([]cell, len(text)+1)
	for j := range prev {
		prev[j] = cell{never, never}
	}
	best := float32(0)
	for _, c := range context {
		cur[0] = cell{never, never}
		w := q.t.weight(c)
		for j, r := range text {
			m := float32(never)
			if c == r {
				m = w + max(prev[j].match, prev[j].gap, 0)
				best = max(best, m)
			}
			cur[j+1] = cell{m, max(m-gapCost, prev[j+1].gap-skipCost, cur[j].gap-skipCost)}
		}
		prev, cur = cur, prev
	}
	return best
}
