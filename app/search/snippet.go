package search

import (
	"strings"
	"unicode/utf8"
)

// Snippet is a hit with some of its block around it, for a list of results.
type Snippet struct {
	Before, Match, After string
	CutBefore, CutAfter  bool // whether there is more of the block
}

// Snippet is the text of a hit and up to n runes of its block on either side, cut
// where a clause begins if there is such a place near. It is empty if the text of
// the hit has been replaced or removed so that the hit no longer lies in it.
func (x *Index) Snippet(h Hit, n int) Snippet {
	for _, d := range x.docs {
		if d.id == h.Article && h.Block >= 0 && h.Block < len(d.blocks) {
			return snippet(d.blocks[h.Block], h, max(n, 0))
		}
	}
	return Snippet{}
}

func snippet(block string, h Hit, n int) Snippet {
	start := offset(block, 0, h.Span.Start)
	if start < 0 || h.Span.End < h.Span.Start {
		return Snippet{}
	}
	end := offset(block, start, h.Span.End-h.Span.Start)
	if end < 0 {
		return Snippet{}
	}
	before, after := block[:start], block[end:]
	s := Snippet{Match: block[start:end]}
	i := len(before)
	for k := 0; k < n && i > 0; k++ {
		_, size := utf8.DecodeLastRuneInString(before[:i])
		i -= size
	}
	if s.CutBefore = i > 0; s.CutBefore {
		// A clause that begins in the first half of what is shown.
		if j := strings.IndexAny(before[i:], "，。；：！？、,;!? "); j >= 0 && j < (len(before)-i)/2 {
			_, size := utf8.DecodeRuneInString(before[i+j:])
			i += j + size
		}
	}
	s.Before = before[i:]
	j := offset(after, 0, n)
	if s.CutAfter = j >= 0 && j < len(after); s.CutAfter {
		after = after[:j]
	}
	s.After = after
	return s
}

// offset is the byte after n runes of s[from:], as an offset of s; -1 if it has fewer.
func offset(s string, from, n int) int {
	i := from
	for ; n > 0; n-- {
		if i == len(s) {
			return -1
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	if n < 0 {
		return -1
	}
	return i
}
