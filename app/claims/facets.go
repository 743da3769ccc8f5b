package claims

import (
	"math"
	"strings"
	"unicode"

	"pizhu/app/annotation"
)

// facets reads who says so, how sure it is and how much it is from the claim at
// p and the sentence around it.
func (r *reading) facets(f finding, p place) (annotation.Facets, Parts) {
	var fs annotation.Facets
	var parts Parts
	if who := r.attribution(f.at); who.len() > 0 {
		fs.Attribution = r.slice(who)
		parts.Attribution = who.span()
	}
	fs.Certainty = r.certainty(f, p)
	if e, ok := r.quantity(f, p); ok {
		fs.Quantity.Value, fs.Quantity.Unit = e.value, e.unit
		parts.Quantity = e.place.span()
		if with := r.compared(e.place, p); with.len() > 0 {
			fs.Quantity.Compared = r.slice(with)
			parts.Compared = with.span()
		}
	}
	return fs, parts
}

// slice is the text of p as given, without marks around it.
func (r *reading) slice(p place) string { return string(r.text[p.start:p.end]) }

// longestSource is how many runes somebody's name and office may have.
const longestSource = 24

// attribution is who says what stands at p: 据 X 报道 anywhere in the sentence,
// else the subject of the nearest verb of saying before it, else of one right
// after it ("…"，X 说).
func (r *reading) attribution(at place) place {
	for _, h := range r.list(listSource) { // 报道, 消息, 透露 after 据
		clause := r.clauseOf(h)
		for i := h.start - 1; i >= clause.start && h.start-i <= longestSource+1; i-- {
			if r.folded[i] == '据' && !r.oneOf(i+1, "说悉了称此") && (i == clause.start || !strings.ContainsRune("根数依占证凭", r.folded[i-1]) || r.folded[i-1] == '根') {
				if who := r.source(place{i + 1, h.start}); who.len() >= 2 {
					return who
				}
			}
		}
	}
	var best place
	for _, h := range r.list(listSay) {
		if h.end > at.start && h.start < at.end { // the match itself: X 认为…
			if who := r.subject(h); who.len() >= 2 {
				return who
			}
			continue
		}
		if h.start >= at.end {
			if best.len() == 0 && h.start-at.end < 2*longestSource && r.closes(h) {
				best = r.subject(h)
			}
			continue
		}
		if who := r.subject(h); who.len() >= 2 {
			best = who
		}
	}
	return best
}

func (r *reading) oneOf(i int, set string) bool {
	return i < len(r.folded) && strings.ContainsRune(set, r.folded[i])
}

// closes reports whether the verb at h ends the sentence: …，他说。
func (r *reading) closes(h place) bool {
	for i := h.end; i < r.sentence.end; i++ {
		if isHan(r.folded[i]) || isLetter(r.folded[i]) {
			return false
		}
	}
	return true
}

// subject is who does what the verb at h says: the clause up to it, less what
// leads over and the adverbs before the verb.
func (r *reading) subject(h place) place {
	clause := r.clauseOf(h)
	p := place{clause.start, h.start}
	for _, q := range r.list(listSay) { // 回应称: the first of the verbs is where the subject ends
		if q.start >= p.start && q.end == p.end {
			p.end = q.start
		}
	}
	p = r.source(p)
	if p.len() == 0 || strings.ContainsRune("的没未不", r.folded[p.end-1]) || r.starts(p.end-2, "没有") {
		return place{} // 如此多的评论 is a noun, and 没有承认 is not said
	}
	for _, e := range r.entities {
		if e.class == classModel && e.place == p {
			return place{} // Llama 3 预计七月推出: a product expects nothing
		}
	}
	return p
}

// source cuts p down to a name and office, or to nothing where it is too long
// to be one.
func (r *reading) source(p place) place {
	p.start = r.skipLead(p.start)
	p = r.trimSource(p)
	// 福布斯对 X 的采访, Jim Fan 就对 Claude 3 给出: the name ends where its object begins.
	for i := p.start + 2; i < p.end; i++ {
		if strings.ContainsRune("对向将把就在", r.folded[i]) {
			for _, e := range r.entities {
				if e.class.has(classWho) && e.end <= i && e.end+2 >= i && p.contains(e.place) {
					return r.trimSource(place{p.start, i})
				}
			}
		}
	}
	if r.width(p) > longestSource {
		// The nearest somebody before the verb is the one who speaks.
		var best place
		for _, e := range r.entities {
			if e.class.has(classWho) && p.contains(e.place) && r.width(place{e.start, p.end}) <= longestSource && (best.len() == 0 || e.start < best.start) {
				best = place{e.start, p.end}
			}
		}
		return best
	}
	return p
}

// width is how long p is to a reader of Chinese: two Latin letters count as one.
func (r *reading) width(p place) int {
	n := 0
	for _, c := range r.folded[p.start:p.end] {
		if c < 0x80 {
			n++
		} else {
			n += 2
		}
	}
	return (n + 1) / 2
}

// trimSource takes marks, white space and adverbs off the ends.
func (r *reading) trimSource(p place) place {
	for {
		q := p
		for p.start < p.end && (unicode.IsSpace(r.folded[p.start]) || strings.ContainsRune(",。:、\"([《)]》…—", r.folded[p.start])) {
			p.start++
		}
		for p.end > p.start && (unicode.IsSpace(r.folded[p.end-1]) || strings.ContainsRune(",。:、\"([《)]》…—", r.folded[p.end-1])) {
			p.end--
		}
		for _, h := range r.list(listMore) { // 就, 还, 随后, 在内部信中
			if h.end == p.end && h.start >= p.start {
				p.end = h.start
			}
			if h.start == p.start && h.end <= p.end {
				p.start = h.end
			}
		}
		for _, h := range r.list(listTime) {
			if h.end == p.end && h.start >= p.start {
				p.end = h.start
			}
			if h.start == p.start && h.end <= p.end {
				p.start = h.end
			}
		}
		for _, e := range r.entities {
			if e.class == classDate {
				if e.end == p.end && e.start >= p.start {
					p.end = e.start
				}
				if e.start == p.start && e.end <= p.end {
					p.start = e.end
				}
			}
		}
		if p == q {
			return p
		}
	}
}

// certainty reads plan, forecast or rumour from the words of the claim; a claim
// that shows none of them is left for the reader to say.
func (r *reading) certainty(f finding, p place) annotation.Certainty {
	clause := place{p.start, max(p.end, f.at.end)}
	switch {
	case r.anyIn(listRumour, r.sentence):
		return annotation.Rumour
	case r.anyIn(listPlan, clause):
		return annotation.Plan
	case r.anyIn(listForecast, clause):
		return annotation.Forecast
	}
	if r.anyIn(listFirm, clause) {
		return annotation.Fact
	}
	return ""
}

// quantity is the amount that the claim is about: money for the types that are
// about money, else the nearest to the match.
func (r *reading) quantity(f finding, p place) (entity, bool) {
	var best entity
	bestScore := math.Inf(-1)
	for _, e := range r.entities {
		if e.class == classDate || !e.class.has(classNumber) || !p.contains(e.place) || math.IsNaN(e.value) || math.IsInf(e.value, 0) {
			continue
		}
		if e.start > 0 && r.folded[e.start-1] == '每' {
			continue // 每百万个 token: what the amount is counted by
		}
		d := 0
		switch {
		case e.start >= f.at.end:
			d = e.start - f.at.end
		case e.end <= f.at.start:
			d = f.at.start - e.end + 4 // what follows is likelier meant than what precedes
		}
		score := -float64(d)
		if e.class == wanted[f.rule.typ] {
			score += 40
		}
		if e.unit == "" {
			score -= 20
		}
		if e.start > 0 && strings.ContainsRune("从由比", r.folded[e.start-1]) {
			score -= 15 // what it was before
		}
		if e.class == classNumber || e.class == classPeople {
			if e.value < 10 && chineseDigit(r.folded[e.start]) >= 0 {
				continue // 一名, 三款: how many somebodies there are, not how much it is
			}
		}
		if score > bestScore {
			best, bestScore = e, score
		}
	}
	if best.unit == "" && f.rule.typ == Benchmark {
		// 参数量最高或超过 1400 亿: the unit stands before the number.
		for i := best.start - 1; i > p.start && best.start-i < 14; i-- {
			if r.folded[i-1] == '参' && r.folded[i] == '数' {
				best.unit = "参数"
			}
			if r.folded[i] == '分' && (r.folded[i-1] == '得' || r.folded[i-1] == '跑') || r.folded[i] == '数' && r.folded[i-1] == '分' {
				best.unit = "分"
			}
		}
	}
	return best, bestScore > math.Inf(-1)
}

// wanted is the class of amount that a type is about.
var wanted = map[string]class{
	Funding: classMoney, Acquisition: classMoney, Price: classMoney, Lawsuit: classMoney, Regulation: classMoney, Personnel: classPeople, Benchmark: classPercent,
}

// compared is what an amount is measured against: 高于 GPT-4 的 86.4%, 比去年, 较上一代.
func (r *reading) compared(amount, p place) place {
	for _, h := range r.list(listCompare) {
		if !p.contains(h) {
			continue
		}
		// 比去年提高, 较上一代快, 超过 GPT-4: a name, a time or an amount after it.
		from := h.end
		for from < p.end && r.folded[from] == ' ' {
			from++
		}
		for _, e := range r.entities {
			if e.start == from && e.place != amount && e.class != classTitle && p.contains(e.place) {
				return e.place
			}
		}
		for _, t := range r.list(listTime) {
			if t.start == from && p.contains(t) {
				return t
			}
		}
	}
	for _, h := range r.list(listCompareAmount) {
		from := h.end
		for from < p.end && r.folded[from] == ' ' {
			from++
		}
		for _, e := range r.entities {
			if e.start == from && e.place != amount && e.class.has(classNumber) && p.contains(h) && p.contains(e.place) {
				return e.place
			}
		}
	}
	return place{}
}
