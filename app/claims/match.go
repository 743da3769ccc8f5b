package claims

// finding is a rule that held in the sentence in hand.
type finding struct {
	rule  *rule
	at    place   // from the first word of the pattern to the last
	parts []place // what the words and classes of the pattern stood for
}

// find calls found for every place in the sentence where a rule holds. A rule
// is tried only where all the words it must have stand in the sentence.
func (r *reading) find(found func(finding)) {
	var parts [8]place
next:
	for i := range r.rules {
		ru := &r.rules[i]
		for _, e := range ru.pattern {
			if !e.optional && !r.present(e.set, e.class) {
				continue next
			}
		}
		r.each(ru.pattern[0], r.sentence, func(p place) {
			if ends, ok := r.rest(ru, 1, p, append(parts[:0], p)); ok {
				at := place{p.start, ends[len(ends)-1].end}
				if r.hold(ru, at, ends) {
					found(finding{ru, at, append([]place(nil), ends...)})
				}
			}
		})
	}
}

func (r *reading) present(set int, c class) bool {
	if set >= 0 {
		return len(r.hits[set]) > 0
	}
	for _, e := range r.entities {
		if e.class.has(c) {
			return true
		}
	}
	return false
}

// each calls f for the places in p where the element's words or class stand.
func (r *reading) each(e element, p place, f func(place)) {
	if e.set >= 0 {
		for _, h := range r.hits[e.set] {
			if p.contains(h) {
				f(h)
			}
		}
		return
	}
	for _, en := range r.entities {
		if en.class.has(e.class) && p.contains(en.place) {
			f(en.place)
		}
	}
}

// rest matches the pattern from element n on after the place before it. Where
// several continuations exist the nearest is taken: Chinese modifiers stand
// before what they modify, and the nearest is the one that is meant.
func (r *reading) rest(ru *rule, n int, before place, parts []place) ([]place, bool) {
	if n == len(ru.pattern) {
		return parts, true
	}
	e := ru.pattern[n]
	end := r.sentence.end
	if !e.crossing {
		end = r.clauseOf(before).end
	}
	var best []place
	nearest := -1
	try := func(p place) {
		between := p.start - before.end
		if between < 0 || p.start >= end || nearest >= 0 && p.start >= nearest {
			return
		}
		if between > e.gap && !(between == 1 && r.folded[before.end] == ' ') {
			return
		}
		if got, ok := r.rest(ru, n+1, p, append(parts, p)); ok {
			best, nearest = append([]place(nil), got...), p.start
		}
	}
	r.each(e, r.sentence, try)
	if nearest >= 0 {
		return best, true
	}
	if e.optional {
		return r.rest(ru, n+1, before, parts)
	}
	return nil, false
}

// hold reports whether the rule's conditions hold for a match.
func (r *reading) hold(ru *rule, at place, parts []place) bool {
	own := func(p place) bool {
		for _, q := range parts {
			if q.contains(p) {
				return true
			}
		}
		return false
	}
	clause := place{r.clauseOf(place{at.start, at.start + 1}).start, r.clauseOf(place{at.end - 1, at.end}).end}
	for _, c := range ru.conditions {
		met := false
		check := func(p place) {
			switch c.where {
			case inClause:
				// What is wanted may stand in a step of the pattern itself; what is not
				// wanted is looked for outside of the steps, the gaps between included.
				met = met || clause.contains(p) && (!c.unwanted || !own(p))
			case inSentence:
				met = met || !c.unwanted || !own(p)
			case directlyBefore:
				met = met || p.end == at.start || p.end == at.start-1 && r.folded[p.end] == ' '
			case directlyAfter:
				met = met || p.start == at.end || p.start == at.end+1 && r.folded[at.end] == ' '
			}
		}
		r.each(element{set: c.set, class: c.class}, r.sentence, check)
		if met == c.unwanted {
			return false
		}
	}
	return true
}
