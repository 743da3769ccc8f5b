package lexicon

import "unicode/utf8"

// Rows are the entries of a dictionary that occur in text, each once, those of
// one rune included, in the order in which they first occur. In a words
// dictionary a text's A–Z match as a–z. An unknown dictionary has none.
//
// The cost is that of the text, not of the dictionary: one look-up a position.
func (l *Lexicon) Rows(dict, text string) []Row {
	s := l.Scan(dict)
	if s == nil || text == "" {
		return nil
	}
	return s.Next(decode(text))
}

// Scan is a Scan of a dictionary; nil if there is none of that name.
func (l *Lexicon) Scan(dict string) *Scan {
	if l == nil || l.dicts[dict] == nil {
		return nil
	}
	d := l.dicts[dict]
	return d.scan()
}

func (d *dictionary) scan() *Scan {
	s := &Scan{d: d, folded: d.kind == kindWords, chunks: []*chunk{nil, {}}}
	if d.base != nil {
		s.base, s.expected = d.base.scan(), map[rune]rune{}
	}
	return s
}

// All are the rows of a dictionary, in ascending order. It decodes the whole of
// it, which no reader has to wait for: it is there for tests and tools.
func (l *Lexicon) All(dict string) []Row {
	s := l.Scan(dict)
	if s == nil {
		return nil
	}
	for _, first := range s.d.firsts {
		c := s.chunk(first)
		if c.solo != nil {
			s.add([]rune{first}, c.solo)
		}
		for j, second := range c.seconds {
			for _, e := range readGroup(c.data[c.offs[j]:c.offs[j+1]], s.d.kind) {
				s.add(append([]rune{first, second}, e.tail...), e.value)
			}
		}
	}
	return s.out
}

func decode(text string) []rune {
	runes := make([]rune, 0, len(text)/2)
	for _, r := range text {
		runes = append(runes, r)
	}
	return runes
}

// chunk is what is known of the entries with one first rune.
type chunk struct {
	solo    []byte // value of the one-rune entry; nil once handed out, or if there is none
	seconds []rune
	offs    []uint32
	nth     []uint16 // of each second, which of groups, counted from 1; 0 until read
	groups  []group
	data    []byte
}

// group is what is known of the entries with the same first two runes.
type group struct {
	left    int // entries not handed out yet
	entries []entry
}

type entry struct {
	tail  []rune // nil when handed out and the entry is the bigram itself
	value []byte
	done  bool
}

// Scan hands out the rows of one dictionary text by text, each row once, so that
// a long text can be taken in pieces. Not for concurrent use.
type Scan struct {
	d *dictionary
	// pages finds the number of a first rune's chunk in two steps, by the rune's
	// high and low bits: a map costs three times as much, and pages of pointers four
	// times the memory. Runes beyond the BMP, which are few, are in beyond.
	pages  [256]*[256]uint16
	beyond map[rune]uint16
	chunks []*chunk // by number; 0 is none yet, 1 that of runes with which nothing begins
	out    []Row
	folded bool
	// base finds what candidates are expected to be, and expected keeps it.
	base     *Scan
	expected map[rune]rune
}

// Next is what Rows gives for text, less the rows already handed out.
func (s *Scan) Next(text []rune) []Row {
	s.out = nil
	s.scan(text)
	return s.out
}

// Row is the entry that text is, be it handed out or not; false if there is none.
// An entry of one rune is not found once it was handed out.
func (s *Scan) Row(text []rune) (Row, bool) {
	if len(text) == 0 {
		return Row{}, false
	}
	s.out = nil
	c := s.chunk(s.fold(text[0]))
	if len(text) == 1 {
		if c.solo == nil {
			return Row{}, false
		}
		s.add(text, c.solo)
		return s.out[0], true
	}
	j := search(c.seconds, s.fold(text[1]))
	if j == len(c.seconds) || c.seconds[j] != s.fold(text[1]) {
		return Row{}, false
	}
	entries := s.read(c, j).entries
	for depth, r := range text[2:] {
		entries = entries[tailSearch(entries, depth, s.fold(r)):]
		entries = entries[:tailSearch(entries, depth, s.fold(r)+1)]
	}
	if len(entries) == 0 || len(entries[0].tail) != len(text)-2 {
		return Row{}, false
	}
	key := make([]rune, len(text))
	for i, r := range text {
		key[i] = s.fold(r)
	}
	s.add(key, entries[0].value)
	return s.out[0], true
}

// read decodes the jth group of c, unless it is.
func (s *Scan) read(c *chunk, j int) *group {
	if c.nth[j] == 0 {
		entries := readGroup(c.data[c.offs[j]:c.offs[j+1]], s.d.kind)
		c.groups = append(c.groups, group{len(entries), entries})
		c.nth[j] = uint16(len(c.groups))
	}
	return &c.groups[c.nth[j]-1]
}

func (s *Scan) scan(runes []rune) {
	var key []rune
	for i := range runes {
		r := s.fold(runes[i])
		c := s.chunk(r)
		if c.solo != nil {
			s.add(append(key[:0], r), c.solo)
			c.solo = nil
		}
		if len(c.seconds) == 0 || i+1 == len(runes) {
			continue
		}
		second := s.fold(runes[i+1])
		j := search(c.seconds, second)
		if j == len(c.seconds) || c.seconds[j] != second {
			continue
		}
		g := s.read(c, j)
		if g.left == 0 {
			continue
		}
		key = append(key[:0], r, second)
		key = s.match(g, key, runes[i+2:])
	}
}

// match hands out the entries of g that rest begins with.
func (s *Scan) match(g *group, key, rest []rune) []rune {
	// lo and hi enclose the entries whose first depth tail runes are those of rest.
	lo, hi := 0, len(g.entries)
	for depth := 0; lo < hi; depth++ {
		if e := &g.entries[lo]; len(e.tail) == depth {
			if !e.done {
				e.done = true
				g.left--
				s.add(key, e.value)
			}
			lo++
		}
		if depth == len(rest) {
			break
		}
		r := s.fold(rest[depth])
		lo += tailSearch(g.entries[lo:hi], depth, r)
		hi = lo + tailSearch(g.entries[lo:hi], depth, r+1)
		key = append(key, r)
	}
	return key
}

// fold lower-cases as gse does: A–Z alone.
func (s *Scan) fold(r rune) rune {
	if s.folded && 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func (s *Scan) chunk(r rune) *chunk {
	if r > 0xffff {
		n, ok := s.beyond[r]
		if !ok {
			if s.beyond == nil {
				s.beyond = map[rune]uint16{}
			}
			n = s.load(r)
			s.beyond[r] = n
		}
		return s.chunks[n]
	}
	page := s.pages[r>>8]
	if page == nil {
		page = new([256]uint16)
		s.pages[r>>8] = page
	}
	if page[r&0xff] == 0 {
		page[r&0xff] = s.load(r)
	}
	return s.chunks[page[r&0xff]]
}

// load reads the chunk of r and gives its number. There are fewer chunks than
// 65,536, as a dictionary has: encode refuses more.
func (s *Scan) load(r rune) uint16 {
	if i := search(s.d.firsts, r); i < len(s.d.firsts) && s.d.firsts[i] == r && len(s.chunks) < 1<<16 {
		s.chunks = append(s.chunks, readChunk(s.d.data[s.d.offs[i]:s.d.offs[i+1]], s.d.kind))
		return uint16(len(s.chunks) - 1)
	}
	return 1
}

func (s *Scan) add(key []rune, value []byte) {
	row := Row{Text: string(key)}
	r := &reader{b: value}
	if s.d.kind == kindWords {
		row.Freq = int64(r.uvarint())
		if tag := r.uvarint(); tag < uint64(len(s.d.tags)) {
			row.Tag = s.d.tags[tag]
		}
	} else {
		row.Values = s.candidates(r, key)
	}
	s.out = append(s.out, row)
}

func readChunk(b []byte, kind byte) *chunk {
	r := &reader{b: b}
	c := &chunk{}
	n := r.int()
	if n&1 == 1 {
		before := r.b
		skipValue(r, kind)
		c.solo = before[:len(before)-len(r.b)]
	}
	n >>= 1
	if 2*n > len(r.b) {
		return c
	}
	c.seconds = make([]rune, n)
	c.offs = make([]uint32, n+1)
	second, off := rune(-1), uint64(0)
	for i := range c.seconds {
		second += rune(r.uvarint() & 0x1fffff)
		off += uint64(r.int())
		c.seconds[i] = second
		c.offs[i+1] = uint32(off)
	}
	if r.bad || off > uint64(len(r.b)) {
		return &chunk{solo: c.solo}
	}
	c.nth = make([]uint16, n)
	c.data = r.b
	return c
}

func readGroup(b []byte, kind byte) []entry {
	r := &reader{b: b}
	var entries []entry
	var tail []rune
	for len(r.b) > 0 {
		head := r.int()
		shared, added := head>>3, head&7
		if added == 7 {
			added += r.int()
		}
		if shared > len(tail) || added > len(r.b) {
			break
		}
		next := make([]rune, shared, shared+added)
		copy(next, tail)
		for range added {
			next = append(next, r.rune())
		}
		tail = next
		before := r.b
		skipValue(r, kind)
		if r.bad {
			break
		}
		entries = append(entries, entry{tail: tail, value: before[:len(before)-len(r.b)]})
	}
	return entries
}

func skipValue(r *reader, kind byte) {
	if kind == kindWords {
		r.uvarint()
		r.uvarint()
		return
	}
	for more := true; more && !r.bad; {
		head := r.uvarint()
		more = head&1 == 1
		n := head >> 2
		if head&2 == 0 {
			for set := n; set != 0 && !r.bad; set &= set - 1 {
				r.rune()
			}
			continue
		}
		for ; n > 0 && !r.bad; n-- {
			r.rune()
		}
	}
}

func (s *Scan) candidates(r *reader, key []rune) []string {
	var values []string
	var value []rune
	for more := true; more && !r.bad; {
		head := r.uvarint()
		more = head&1 == 1
		n := head >> 2
		value = value[:0]
		if head&2 == 0 {
			for i, k := range key {
				if i < 62 && n>>i&1 == 1 {
					k = r.rune()
				} else {
					k = s.expect(k)
				}
				value = append(value, k)
			}
		} else {
			for ; n > 0 && !r.bad; n-- {
				value = append(value, r.rune())
			}
		}
		values = append(values, string(value))
	}
	return values
}

// expect is what base converts k to.
func (s *Scan) expect(k rune) rune {
	if s.base == nil {
		return k
	}
	to, ok := s.expected[k]
	if !ok {
		to = k
		if c := s.base.chunk(k); c.solo != nil {
			if v := s.base.candidates(&reader{b: c.solo}, []rune{k}); utf8.RuneCountInString(v[0]) == 1 {
				to, _ = utf8.DecodeRuneInString(v[0])
			}
		}
		s.expected[k] = to
	}
	return to
}

// search is the place of r in a sorted slice, or where it would be.
func search(runes []rune, r rune) int {
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if runes[mid] < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// tailSearch is the first entry whose rune at depth is not below r.
func tailSearch(entries []entry, depth int, r rune) int {
	lo, hi := 0, len(entries)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if tail := entries[mid].tail; len(tail) <= depth || tail[depth] < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
