package lexicon

// reader takes values off the front of b. After bytes that make no sense, bad is
// set and everything reads as zero, so that a caller checks once, at the end.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) fail() {
	r.bad = true
	r.b = nil
}

func (r *reader) uvarint() uint64 {
	var v uint64
	for i, c := range r.b {
		if i == 9 && c > 1 {
			break
		}
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.b = r.b[i+1:]
			return v
		}
	}
	r.fail()
	return 0
}

// int reads a number that can be a length of something held in memory.
func (r *reader) int() int {
	v := r.uvarint()
	if v > 1<<30 {
		r.fail()
		return 0
	}
	return int(v)
}

// count reads the number of things that follow, each of at least size bytes, so
// that a damaged number asks for no more memory than the file has bytes.
func (r *reader) count(size int) int {
	n := r.int()
	if n*size > len(r.b) {
		r.fail()
		return 0
	}
	return n
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) str() string { return string(r.take(r.int())) }

func (r *reader) rune() rune {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	c, n := r.b[0], 2
	switch {
	case c >= 0x80:
		n = 1
	case c == 0x52:
		n = 3
	case c == 0x53:
		n = 4
	case c > 0x53:
		n = 5
	}
	if n == 5 || n > len(r.b) {
		r.fail()
		return 0
	}
	b := r.b
	r.b = r.b[n:]
	switch n {
	case 1:
		return rune(c & 0x7f)
	case 2:
		return 0x4e00 + rune(c)<<8 + rune(b[1])
	case 3:
		return rune(b[1])<<8 | rune(b[2])
	}
	return rune(b[1])<<16 | rune(b[2])<<8 | rune(b[3])
}
