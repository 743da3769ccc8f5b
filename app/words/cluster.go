package words

import "unicode"

// clusters joins in place the pieces that are one character to a reader: a base
// and its combining marks or variation selectors, emoji with modifiers or joined by
// U+200D, the two halves of a flag. gse splits between any two code points.
//
// This is the part of UAX #29 that matters between words; its full table would
// cost the program more than it gives.
func clusters(rs []rune, in []piece) []piece {
	out := in[:0]
	flag := false // the last piece is half a flag
	for _, p := range in {
		r := rs[p.Start]
		if r < 0x300 && !(len(out) > 0 && alnum(r) && markedLatin(rs, out[len(out)-1])) || 0x3001 <= r && r <= 0x3029 || 0x30a0 <= r && r <= 0xa66e {
			flag = false
			out = append(out, p)
			continue
		}
		join := false
		if len(out) > 0 && p.kind == plain {
			last := &out[len(out)-1]
			before := rs[last.End-1]
			switch {
			case before == '\n' || before == '\r':
			case extends(r), before == joiner && r > 0x2000:
				join = true
			case regional(r) && regional(before) && flag:
				join, flag = true, false
			case alnum(r):
				join = markedLatin(rs, *last) // étude, its é in two code points
			}
			if join {
				if last.End = p.End; last.kind != plain {
					last.kind = quantity // no longer a number that takes a unit
				}
				continue
			}
		}
		flag = regional(r)
		out = append(out, p)
	}
	return out
}

const joiner = '\u200d'

func regional(r rune) bool { return 0x1f1e6 <= r && r <= 0x1f1ff }

// extends reports whether r belongs to the character before it.
func extends(r rune) bool {
	switch {
	case r == joiner, r == '\u200c', 0xfe00 <= r && r <= 0xfe0f, 0x1f3fb <= r && r <= 0x1f3ff, 0xe0020 <= r && r <= 0xe01ef:
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc)
}

// markedLatin reports whether p is Latin letters that end in a combining mark.
func markedLatin(rs []rune, p piece) bool {
	return p.Len() > 1 && p.kind == plain && latin(rs[p.Start]) && rs[p.End-1] >= 0x300 && extends(rs[p.End-1])
}
