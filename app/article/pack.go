package article

import (
	"strconv"
	"strings"
)

// packed begins an article as it is kept: then the blocks, then the text. It is
// what was read, not the file, so that a page or a book is the same article
// whatever a later version of the program would make of its file.
const packed = "pizhu-article 1\n"

const kindLetters = "PHQIC" // in the order of the kinds

// Pack is an article's text and blocks as one string, for Unpack.
func Pack(a *Article) string { return packed + Layout(a) + "\n" + a.Text }

// Layout says how an article's text is divided into blocks: for each the letter
// of its kind, the level of a heading, and its length, with how far it begins
// after the end of the one before where that is not a line break.
func Layout(a *Article) string {
	var b strings.Builder
	b.Grow(4 * len(a.Blocks))
	at := -1
	for _, block := range a.Blocks {
		b.WriteByte(kindLetters[block.Kind])
		if block.Kind == Heading {
			b.WriteByte(byte('0' + min(max(block.Level, 1), 6)))
		}
		b.WriteString(strconv.FormatInt(int64(block.Len()), 36))
		if gap := block.Start - at; gap != 1 {
			b.WriteByte('+')
			b.WriteString(strconv.FormatInt(int64(gap), 36))
		}
		at = block.End
	}
	return b.String()
}

// Restore is the article of a text, divided as a layout says, or where that does
// not fit, one block a line.
func Restore(text, layout string) *Article {
	text = valid(text)
	if a, ok := Unpack(packed + layout + "\n" + text); ok && layout != "" {
		return a
	}
	return New(text, lines(text))
}

// Unpack reads what Pack wrote; ok is false for anything else. The title and
// the other facts are kept elsewhere.
func Unpack(s string) (a *Article, ok bool) {
	rest, ok := strings.CutPrefix(s, packed)
	if !ok {
		return nil, false
	}
	rows, text, ok := strings.Cut(rest, "\n")
	if !ok {
		return nil, false
	}
	var blocks []Block
	number := func(i int) (int, int) {
		j := i
		for j < len(rows) && (isDigit(rows[j]) || rows[j] >= 'a' && rows[j] <= 'z') {
			j++
		}
		n, err := strconv.ParseInt(rows[i:j], 36, 32)
		if err != nil {
			return -1, j
		}
		return int(n), j
	}
	at := -1
	for i := 0; i < len(rows); {
		kind := strings.IndexByte(kindLetters, rows[i])
		if kind < 0 {
			return nil, false
		}
		i++
		b := Block{Kind: Kind(kind)}
		if b.Kind == Heading {
			if i >= len(rows) || rows[i] < '1' || rows[i] > '6' {
				return nil, false
			}
			b.Level = int(rows[i] - '0')
			i++
		}
		length, next := number(i)
		gap := 1
		if i = next; i < len(rows) && rows[i] == '+' {
			gap, i = number(i + 1)
		}
		if length < 1 || gap < 1 {
			return nil, false
		}
		b.Start = at + gap
		b.End = b.Start + length
		at = b.End
		blocks = append(blocks, b)
	}
	a = New(text, blocks)
	if len(blocks) == 0 || at > a.Len() {
		return nil, false
	}
	for i := range blocks {
		if strings.IndexByte(a.BlockText(i), '\n') >= 0 {
			return nil, false
		}
	}
	return a, true
}
