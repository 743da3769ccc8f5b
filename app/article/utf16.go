package article

import "unicode/utf8"

// The DOM counts UTF-16 units, everything else here counts runes. The two
// differ only behind a character outside the basic plane (an emoji, a rare Han
// character), so the conversions walk a block's text and no table is kept.

// ToUTF16 is the offset in UTF-16 units of a rune offset in text; an offset
// past the end is taken as the end.
func ToUTF16(text string, rune int) int {
	units := 0
	for _, r := range text {
		if rune <= 0 {
			break
		}
		rune--
		units += width(r)
	}
	return units
}

// FromUTF16 is the rune offset of an offset in UTF-16 units of text. An offset
// inside a surrogate pair is moved out of it: back when it is the start of a
// range, forward when it is its end, so that the pair is always taken whole.
func FromUTF16(text string, unit int, end bool) int {
	rune := 0
	for _, r := range text {
		if unit <= 0 {
			break
		}
		w := width(r)
		if unit < w {
			if end {
				rune++
			}
			break
		}
		unit -= w
		rune++
	}
	return rune
}

// UTF16Len is the length of text in UTF-16 units.
func UTF16Len(text string) int { return ToUTF16(text, utf8.RuneCountInString(text)) }

func width(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}
