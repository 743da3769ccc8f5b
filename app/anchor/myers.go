package anchor

// similar is where in text something like words stands: of all places that
// differ from words by the fewest insertions, deletions and replacements, and
// by no more than limit, the first. words may be up to 64 runes.
//
// It is Myers's bit-parallel algorithm (G. Myers, "A fast bit-vector algorithm
// for approximate string matching based on dynamic programming", JACM 46(3),
// 1999), which keeps a whole column of the distance matrix in two machine words.
func similar(text, words []rune, limit int) (from, to, errors int, ok bool) {
	to, errors = lastOf(text, words, limit)
	if to < 0 {
		return 0, 0, 0, false
	}
	// Backwards from the end that was found, the same tells the beginning.
	back := make([]rune, 0, len(words)+errors)
	for i := to - 1; i >= 0 && i >= to-len(words)-errors; i-- {
		back = append(back, text[i])
	}
	drow := make([]rune, len(words))
	for i, r := range words {
		drow[len(words)-1-i] = r
	}
	n := startOf(back, drow, errors)
	return to - n, to, errors, n >= 0
}

// masks is where each rune stands in a pattern, one bit a place.
type masks struct {
	runes []rune
	bits  []uint64
}

func masksOf(words []rune) masks {
	var m masks
	for i, r := range words {
		k := 0
		for k < len(m.runes) && m.runes[k] != r {
			k++
		}
		if k == len(m.runes) {
			m.runes, m.bits = append(m.runes, r), append(m.bits, 0)
		}
		m.bits[k] |= 1 << i
	}
	return m
}

func (m masks) of(r rune) uint64 {
	for k, c := range m.runes {
		if c == r {
			return m.bits[k]
		}
	}
	return 0
}

// lastOf is the end of the best place, or -1.
func lastOf(text, words []rune, limit int) (end, errors int) {
	end, errors = -1, limit+1
	column(text, words, 0, func(at, distance int) bool {
		if distance < errors {
			end, errors = at, distance
		}
		return errors > 0
	})
	return end, errors
}

// startOf is how much of text, read from its beginning, is words with exactly
// so many errors; -1 for none.
func startOf(text, words []rune, errors int) (n int) {
	n = -1
	if len(words) == errors {
		n = 0
	}
	column(text, words, 1, func(at, distance int) bool {
		if distance == errors && (n < 0 || abs(at-len(words)) < abs(n-len(words))) {
			n = at
		}
		return true
	})
	return n
}

// column walks over text and tells, after each rune, how far words are from
// what ends there; with carry 1, from all of the text so far instead of its best
// ending.
func column(text, words []rune, carry uint64, tell func(at, distance int) bool) {
	m := masksOf(words)
	top := uint64(1) << (len(words) - 1)
	pv, mv := ^uint64(0), uint64(0)
	distance := len(words)
	for i, r := range text {
		eq := m.of(r)
		xv := eq | mv
		xh := (((eq & pv) + pv) ^ pv) | eq
		ph := mv | ^(xh | pv)
		mh := pv & xh
		if ph&top != 0 {
			distance++
		} else if mh&top != 0 {
			distance--
		}
		ph = ph<<1 | carry
		mh <<= 1
		pv = mh | ^(xv | ph)
		mv = ph & xv
		if !tell(i+1, distance) {
			return
		}
	}
}

func abs(n int) int { return max(n, -n) }
