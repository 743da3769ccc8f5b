// Package article is the text being read: how a file becomes blocks, how a
// place in it is named, and how that name crosses into the browser's DOM.
package article

// Span is a half-open range [Start, End) of source runes (Unicode code points)
// of an article's text. Everything that is stored, compared, merged or exported
// is a Span: the W3C annotation model counts code points too, so it goes out
// as it is, and an emoji before it never shifts it as UTF-16 would.
type Span struct {
	Start, End int
}

// Len is the number of source runes in s.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s covers no rune; a reversed span is empty too.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether every rune of t lies in s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one rune.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Intersect is the range that s and t share; it is empty where they share none.
func (s Span) Intersect(t Span) Span {
	return Span{max(s.Start, t.Start), min(s.End, t.End)}
}
