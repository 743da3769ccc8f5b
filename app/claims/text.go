package claims

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"pizhu/app/article"
)

// place is a half-open range of runes of the text in hand.
type place struct{ start, end int }

func (p place) span() article.Span    { return article.Span{Start: p.start, End: p.end} }
func (p place) contains(q place) bool { return p.start <= q.start && q.end <= p.end }
func (p place) overlaps(q place) bool { return p.start < q.end && q.start < p.end }
func (p place) len() int              { return p.end - p.start }
func within(p place, all []place) (int, bool) {
	for i, q := range all {
		if q.start <= p.start && p.start < q.end {
			return i, true
		}
	}
	return 0, false
}

// entity is something recognised by its shape or by a list.
type entity struct {
	place
	class class
	value float64 // of an amount; NaN where it is vague (数十亿)
	unit  string
}

// reading is a text being read. Its slices are reused from sentence to sentence.
type reading struct {
	*ruleset
	text   []rune // as given
	folded []rune // lower case, half width, one form for each mark
	hidden []int32
	words  []place // segmentation, or nil

	sentence place
	clauses  []place
	hits     [][]place // by set, of the sentence in hand
	touched  []int32
	entities []entity
}

// readings holds what one reading leaves for the next: a page reads a long
// article block by block, and the room for the hits alone is 30 KB.
var readings sync.Pool

func (r *reading) done() {
	r.text = nil
	readings.Put(r)
}

// fold brings a rune to the form that the rules are matched in. Every rune
// stays one rune, so that places in the folded text are places in the text.
func fold(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80:
		return r
	case r >= '！' && r <= '～': // full width forms
		return fold(r - '！' + '!')
	case r == '　', r == '\u00a0', r == '\u2009':
		return ' '
	case r == '‘', r == '’', r == '『', r == '』', r == '「', r == '」', r == '“', r == '”':
		return '"'
	case r == '•', r == '‧', r == '・', r == '∙':
		return '·'
	case r == '–', r == '‑':
		return '-'
	}
	return r
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r < 0x250
}
func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r > 0x20000 && unicode.Is(unicode.Han, r)
}

// newReading prepares a text: one pass for the folded form, one for the words
// that hide triggers. Words may be nil.
func newReading(rs *ruleset, text []rune, words []article.Span) *reading {
	r, _ := readings.Get().(*reading)
	if r == nil || r.ruleset != rs {
		r = &reading{ruleset: rs, hits: make([][]place, rs.sets)}
	}
	r.text = text
	r.folded = slices.Grow(r.folded[:0], len(text))[:len(text)]
	r.hidden = slices.Grow(r.hidden[:0], len(text))[:len(text)]
	clear(r.hidden)
	r.words = r.words[:0]
	for i, c := range text {
		r.folded[i] = fold(c)
	}
	mask := int32(rs.named[listMask])
	n := int32(0)
	for i := range r.folded {
		best := 0
		r.match(i, len(r.folded), func(w *ruleWord) {
			if len(w.runes) > best && hasSet(w.sets, mask) {
				best = len(w.runes)
			}
		})
		if best > 0 && (r.hidden[i] == 0 || i+best > len(r.hidden) || r.hidden[i+best-1] == 0) {
			n++
			for j := i; j < i+best; j++ {
				r.hidden[j] = n
			}
		}
	}
	for _, w := range words {
		if 0 <= w.Start && w.Start < w.End && w.End <= len(text) {
			r.words = append(r.words, place{w.Start, w.End})
		}
	}
	return r
}

func hasSet(sets []int32, set int32) bool {
	for _, s := range sets {
		if s == set {
			return true
		}
	}
	return false
}

// match calls found for every word of the rules that begins at i and ends by end.
func (r *reading) match(i, end int, found func(*ruleWord)) {
	words := r.ruleset.from(r.folded[i])
next:
	for n := range words {
		w := &words[n]
		if i+len(w.runes) > end {
			continue
		}
		for j, c := range w.runes {
			if r.folded[i+j] != c {
				continue next
			}
		}
		if w.latin && (i > 0 && isLetter(r.folded[i-1]) || isLetter(w.runes[len(w.runes)-1]) && i+len(w.runes) < len(r.folded) && isLetter(r.folded[i+len(w.runes)])) {
			continue
		}
		found(w)
	}
}

// sentences calls read for every sentence of the text in turn. A sentence ends
// with its mark and the quotes and brackets that close after it, or with the line.
func (r *reading) sentences(read func()) {
	start := 0
	for i := 0; i < len(r.folded); i++ {
		switch c := r.folded[i]; {
		case c == '\n' || c == '\r':
			r.read(place{start, i}, read)
			start = i + 1
		case c == '。', c == '!', c == '?', c == ';', c == '…' && (i+1 == len(r.folded) || r.folded[i+1] != '…'),
			c == '.' && i > 0 && isHan(r.folded[i-1]) && (i+1 == len(r.folded) || r.folded[i+1] == ' ' || r.folded[i+1] == '"'):
			for i+1 < len(r.folded) && strings.ContainsRune("\")]》】!?。", r.folded[i+1]) {
				// A quote mark that opens the next sentence stands after a space or
				// at once; one that closes this one was opened in it.
				if r.folded[i+1] == '"' && r.quotes(start, i+1)%2 == 0 {
					break
				}
				i++
			}
			r.read(place{start, i + 1}, read)
			start = i + 1
		}
	}
	r.read(place{start, len(r.folded)}, read)
}

func (r *reading) quotes(from, to int) int {
	n := 0
	for _, c := range r.folded[from:to] {
		if c == '"' {
			n++
		}
	}
	return n
}

// longest is the most runes that one sentence may have. What is longer is a
// table or code; it is read in pieces, so that no text costs more than its length.
const longest = 400

func (r *reading) read(s place, read func()) {
	for s.start < s.end && unicode.IsSpace(r.folded[s.start]) {
		s.start++
	}
	for s.end > s.start && unicode.IsSpace(r.folded[s.end-1]) {
		s.end--
	}
	for s.len() > longest {
		r.readPiece(place{s.start, s.start + longest}, read)
		s.start += longest
	}
	if s.len() >= 4 {
		r.readPiece(s, read)
	}
}

func (r *reading) readPiece(s place, read func()) {
	r.sentence = s
	for _, t := range r.touched {
		r.hits[t] = r.hits[t][:0]
	}
	r.touched = r.touched[:0]
	for i := s.start; i < s.end; i++ {
		r.match(i, s.end, func(w *ruleWord) {
			p := place{i, i + len(w.runes)}
			if h := r.hidden[p.start]; h != 0 && h == r.hidden[p.end-1] && (p.start > 0 && r.hidden[p.start-1] == h || p.end < len(r.hidden) && r.hidden[p.end] == h) {
				return // inside a longer word that means something else
			}
			for _, set := range w.sets {
				if len(r.hits[set]) == 0 {
					r.touched = append(r.touched, set)
				}
				r.hits[set] = append(r.hits[set], p)
			}
		})
	}
	r.splitClauses()
	r.recognise()
	read()
}

// splitClauses cuts the sentence at commas and colons, and at the dash. A comma
// or colon between two digits belongs to the number or the time.
func (r *reading) splitClauses() {
	r.clauses = r.clauses[:0]
	start := r.sentence.start
	cut := func(end, next int) {
		if end > start {
			r.clauses = append(r.clauses, place{start, end})
		}
		start = next
	}
	for i := r.sentence.start; i < r.sentence.end; i++ {
		switch c := r.folded[i]; {
		case c == ',' || c == ':':
			if i > r.sentence.start && i+1 < r.sentence.end && isDigit(r.folded[i-1]) && isDigit(r.folded[i+1]) {
				continue
			}
			cut(i, i+1)
		case c == '—' && i+1 < r.sentence.end && r.folded[i+1] == '—':
			cut(i, i+2)
			i++
		}
	}
	cut(r.sentence.end, r.sentence.end)
}

func (r *reading) clauseOf(p place) place {
	if i, ok := within(p, r.clauses); ok {
		return r.clauses[i]
	}
	return r.sentence
}

// named is where the words of a list stand in the sentence.
func (r *reading) list(name string) []place { return r.hits[r.named[name]] }

// anyIn reports whether a word of the list stands in p.
func (r *reading) anyIn(name string, p place) bool {
	for _, h := range r.list(name) {
		if p.contains(h) {
			return true
		}
	}
	return false
}

// at reports whether a word of the list begins at i, and where the longest ends.
func (r *reading) at(name string, i int) (int, bool) {
	end := -1
	for _, h := range r.list(name) {
		if h.start == i && h.end > end {
			end = h.end
		}
	}
	return end, end > 0
}

// recognise finds amounts, dates, names, organisations, people and titles.
func (r *reading) recognise() {
	r.entities = r.entities[:0]
	s := r.sentence
	for i := s.start; i < s.end; {
		c := r.folded[i]
		switch {
		case c == '《':
			if end := r.index('》', i, min(s.end, i+40)); end > 0 {
				r.add(entity{place: place{i, end + 1}, class: classTitle})
			}
			i++
		case isDigit(c) || c == '$' || c == '€' || c == '£' || c == '¥' || c == '￥' || chineseDigit(c) >= 0:
			if end := r.amount(i); end > i {
				i = end
			} else {
				i++
			}
		case isLetter(c):
			i = r.latin(i)
		default:
			i++
		}
	}
	for _, h := range r.list(listOrg) {
		r.add(entity{place: h, class: classOrg})
	}
	for _, h := range r.list(listPerson) {
		r.add(entity{place: h, class: classPerson})
	}
	for _, h := range r.list(listOrgTail) {
		// 海棠汽车: what stands before the tail is the name, back to the nearest
		// word that cannot be part of one.
		start := h.start
		for start > s.start && h.start-start < 8 && isHan(r.folded[start-1]) && !strings.ContainsRune(notInNames, r.folded[start-1]) {
			start--
		}
		if h.start-start >= 2 {
			r.add(entity{place: place{start, h.end}, class: classOrg})
		}
	}
	for _, h := range r.list(listSurname) {
		if h.end < s.end && strings.ContainsRune("某女男", r.folded[h.end]) && r.folded[h.end] == '某' {
			r.add(entity{place: place{h.start, h.end + 1}, class: classPerson})
		}
	}
	for i := s.start + 1; i+1 < s.end; i++ { // 穆斯塔法·苏莱曼
		if r.folded[i] == '·' && isHan(r.folded[i-1]) && isHan(r.folded[i+1]) {
			a, b := i, i+1
			for a > s.start && i-a < 5 && isHan(r.folded[a-1]) && !strings.ContainsRune(notInNames, r.folded[a-1]) {
				a--
			}
			for b < s.end && b-i < 6 && isHan(r.folded[b]) && !strings.ContainsRune(notInNames, r.folded[b]) {
				b++
			}
			r.add(entity{place: place{a, b}, class: classPerson})
		}
	}
}

// notInNames are runes at which a name made of Chinese characters is cut off:
// particles, prepositions, pronouns and verbs of one rune.
const notInNames = "的了和与及或在将把被对向给让由从为是有于就也都还又再并而但则因以用去来到说称据该这那此其我你他她它们个家名位等之着过"

func (r *reading) add(e entity) { r.entities = append(r.entities, e) }

func (r *reading) index(c rune, from, to int) int {
	for i := from; i < to; i++ {
		if r.folded[i] == c {
			return i
		}
	}
	return -1
}

func (r *reading) starts(i int, s string) bool {
	if i < r.sentence.start {
		return false
	}
	for _, c := range s {
		if i >= r.sentence.end || r.folded[i] != c {
			return false
		}
		i++
	}
	return true
}

// latin reads a name in Latin letters: words that follow one another with at
// most a space, hyphen or dot between them. With a digit in it, it is a model's
// name or a product's.
func (r *reading) latin(i int) int {
	s := r.sentence
	start, end, digits, upper := i, i, false, false
	for end < s.end {
		c := r.folded[end]
		switch {
		case isLetter(c):
			upper = upper || r.text[end] != c
			end++
		case isDigit(c):
			digits = true
			end++
		case (c == '-' || c == '.' || c == '&' || c == '\'' || c == '+') && end+1 < s.end && (isLetter(r.folded[end+1]) || isDigit(r.folded[end+1])):
			end++
		case c == ' ' && end+1 < s.end && (isLetter(r.folded[end+1]) && r.text[end+1] != r.folded[end+1] || isDigit(r.folded[end+1]) && r.versionAt(end+1)):
			end++
		default:
			goto done
		}
	}
done:
	e := entity{place: place{start, end}, class: className}
	switch {
	case digits && upper:
		e.class = classModel
	case !upper:
		e.class = classNone
	}
	if e.class != classNone && e.len() >= 2 {
		r.add(e)
	}
	return end
}

// versionAt reports whether the digits at i read as a version (Claude 3, Gemini
// 1.5) and not as an amount (Anthropic 40 亿美元).
func (r *reading) versionAt(i int) bool {
	j := i
	for j < r.sentence.end && (isDigit(r.folded[j]) || r.folded[j] == '.') {
		j++
	}
	if j-i > 4 {
		return false
	}
	for j < r.sentence.end && r.folded[j] == ' ' {
		j++
	}
	return j == r.sentence.end || !strings.ContainsRune("万亿千百%元美欧年月日个款家名人倍台辆项位件次月点", r.folded[j])
}

func chineseDigit(c rune) int {
	switch c {
	case '零', '〇':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '数', '几':
		return 11 // vague
	}
	return -1
}

func multiplier(c rune) float64 {
	switch c {
	case '万':
		return 1e4
	case '亿':
		return 1e8
	}
	return 0
}

// amount reads a number at i with its unit and records it, or reads nothing and
// answers i. Vague ones (数十亿美元) are recorded without a value.
func (r *reading) amount(i int) int {
	s := r.sentence
	start := i
	e := entity{class: classNumber}
	prefix := ""
	switch r.folded[i] {
	case '$':
		prefix = "美元"
	case '€':
		prefix = "欧元"
	case '£':
		prefix = "英镑"
	case '¥', '￥':
		prefix = "元"
	}
	if prefix != "" {
		i++
		for i < s.end && r.folded[i] == ' ' {
			i++
		}
	}
	if r.starts(i, "百分之") {
		v, end := r.number(i + 3)
		if end == i+3 {
			return start
		}
		e.place, e.class, e.value, e.unit = place{start, end}, classPercent, v, "%"
		r.add(e)
		return end
	}
	if i >= s.end {
		return start // a currency sign with nothing after it
	}
	if c := r.folded[i]; (c == '百' || c == '千') && !(i+1 < s.end && strings.ContainsRune("万亿余多名", r.folded[i+1])) {
		return start // 百度, 千禧
	}
	v, end := r.number(i)
	if end == i {
		return start
	}
	digits := isDigit(r.folded[i])
	tail := end
	// 10 多万, 三百余名, 40 亿至 50 亿: what stands between the number and its unit.
	for tail < s.end && strings.ContainsRune("多余来 ", r.folded[tail]) && tail-end < 2 {
		tail++
	}
	if tail < s.end && tail > end && multiplier(r.folded[tail]) > 0 {
		v = whole(v * multiplier(r.folded[tail]))
		tail++
		end = tail
	}
	for tail < s.end && r.folded[tail] == ' ' && tail-end < 2 {
		tail++
	}
	// The unit: the longest known one here. A measure word may stand before it:
	// 100 万个 token, 700 亿个参数.
	u, uEnd := r.unitAt(tail)
	if j := tail; uEnd == 0 || u.class == classNumber && u.name == "个" {
		if j < s.end && r.folded[j] == '个' {
			j++
			for j < s.end && r.folded[j] == ' ' {
				j++
			}
			if u2, e2 := r.unitAt(j); e2 > 0 {
				u, uEnd = u2, e2
			}
		}
	}
	if uEnd > 0 && u.class == classDate {
		e.place, e.class = place{start, uEnd}, classDate
		r.add(e)
		return uEnd
	}
	if prefix != "" {
		u, uEnd = unit{classMoney, prefix}, max(uEnd, end)
	}
	if uEnd == 0 {
		if !digits || end-start > 12 {
			return max(end, start+1) // 一个, 三心二意: no amount worth naming
		}
		uEnd = end
	}
	if u.class != classNone {
		e.class = u.class
	}
	e.place, e.value, e.unit = place{start, uEnd}, v, u.name
	if !digits && e.class == classNumber && v < 10 {
		return uEnd // 一家, 三款: counts so small say little, and stand everywhere
	}
	r.add(e)
	return uEnd
}

// unitAt is the longest unit that begins at i, and where it ends; 0 where none does.
func (r *reading) unitAt(i int) (unit, int) {
	var best unit
	end := 0
	for n := min(6, r.sentence.end-i); n > 0; n-- {
		if u, ok := r.units[string(r.folded[i:i+n])]; ok {
			if isLetter(r.folded[i]) && i+n < r.sentence.end && isLetter(r.folded[i+n]) {
				continue
			}
			best, end = u, i+n
			break
		}
	}
	return best, end
}

// whole is v rounded where it is a whole number but for the error of a product
// of floats: 20.65 亿 is 2065000000.
func whole(v float64) float64 {
	if n := math.Round(v); math.Abs(v-n) < 1e-6*math.Abs(v) {
		return n
	}
	return v
}

// number reads digits (1,400 and 12.8 included) or Chinese numerals, with 万 and
// 亿 after them. NaN stands for a number that does not say how many.
func (r *reading) number(i int) (float64, int) {
	s := r.sentence
	start := i
	if i >= s.end {
		return 0, start
	}
	v := 0.0
	if isDigit(r.folded[i]) {
		scale := 0.0
		for i < s.end {
			c := r.folded[i]
			switch {
			case isDigit(c):
				if scale == 0 {
					v = v*10 + float64(c-'0')
				} else {
					v += float64(c-'0') * scale
					scale /= 10
				}
			case c == '.' && scale == 0 && i+1 < s.end && isDigit(r.folded[i+1]):
				scale = .1
			case c == ',' && scale == 0 && i+3 < s.end && isDigit(r.folded[i+1]) && isDigit(r.folded[i+2]) && isDigit(r.folded[i+3]):
			default:
				goto read
			}
			i++
		}
	read:
		v = math.Round(v*1e9) / 1e9
	} else {
		total, section, digit, vague, any := 0.0, 0.0, 0.0, false, false
		for i < s.end {
			c := r.folded[i]
			d := chineseDigit(c)
			if d < 0 {
				break
			}
			any = true
			switch {
			case d == 11:
				vague = true
				digit = 1
			case d >= 10:
				if digit == 0 {
					digit = 1
				}
				section += digit * float64(d)
				digit = 0
			default:
				digit = digit*10 + float64(d) // 二〇二四
			}
			i++
		}
		if !any {
			return 0, start
		}
		v = total + section + digit
		if vague {
			v = math.NaN()
		}
	}
	for i < s.end {
		j := i
		for j < s.end && r.folded[j] == ' ' && j-i < 1 {
			j++
		}
		if j >= s.end {
			break
		}
		m := multiplier(r.folded[j])
		if r.folded[j] == '千' || r.folded[j] == '百' {
			m = map[rune]float64{'千': 1e3, '百': 1e2}[r.folded[j]]
		}
		if m == 0 {
			break
		}
		v = whole(v * m)
		i = j + 1
	}
	return v, i
}
