package words

import (
	"sort"
	"unicode"

	"pizhu/app/article"
)

// The rules of selecting and walking by words. Each takes a text, usually one
// block, and the words of that text as [Segmenter.Words] has them; positions are
// runes of the text, and whatever lies outside it is brought inside.

// Snap settles a selection on word edges: every word it touches is taken whole, and
// then words of punctuation and white space are dropped at both ends. A selection
// that holds nothing else, or nothing at all, comes back empty, at its start.
func Snap(text string, words []article.Span, sel article.Span) article.Span {
	rs := []rune(text)
	sel = clip(rs, sel)
	if sel.Empty() || len(words) == 0 {
		return article.Span{Start: sel.Start, End: sel.Start}
	}
	i, j := indexAt(words, sel.Start), indexAt(words, sel.End-1)
	for i <= j && !IsWord(rs, words[i]) {
		i++
	}
	for j > i && !IsWord(rs, words[j]) {
		j--
	}
	if i > j {
		return article.Span{Start: sel.Start, End: sel.Start}
	}
	return clip(rs, article.Span{Start: words[i].Start, End: words[j].End})
}

// IsWord reports whether a span holds a letter, a digit, an ideograph or an emoji.
func IsWord(rs []rune, s article.Span) bool {
	s = clip(rs, s)
	for _, r := range rs[s.Start:s.End] {
		if solid(r) {
			return true
		}
	}
	return false
}

func solid(r rune) bool {
	return isHan(r) || unicode.In(r, unicode.L, unicode.N, unicode.So, unicode.M) && !(0xfe00 <= r && r <= 0xfe0f)
}

// Trim drops punctuation, white space and control characters at both ends of a
// selection that is not settled on words. A per-cent or degree sign stays with its
// number, and so does a currency sign.
func Trim(text string, sel article.Span) article.Span {
	rs := []rune(text)
	sel = clip(rs, sel)
	start := sel.Start
	for sel.Start < sel.End && !solid(rs[sel.Start]) && !(unicode.Is(unicode.Sc, rs[sel.Start]) && sel.Start+1 < sel.End && unicode.IsDigit(rs[sel.Start+1])) {
		sel.Start++
	}
	for sel.Start < sel.End && !solid(rs[sel.End-1]) {
		switch rs[sel.End-1] {
		case '%', '％', '‰', '°', '′', '″':
			if sel.End-2 >= sel.Start && unicode.IsDigit(rs[sel.End-2]) {
				return sel
			}
		case '+', '#':
			if sel.End-2 >= sel.Start && (alnum(rs[sel.End-2]) || rs[sel.End-2] == '+') {
				return sel // C++, C#
			}
		case 0xfe0e, 0xfe0f, '\u200d':
			return sel // the end of an emoji
		}
		sel.End--
	}
	if sel.Empty() {
		return article.Span{Start: start, End: start}
	}
	return sel
}

// WordAt is the word at a caret position, which lies between two runes: the one
// that the next rune belongs to, else the one that ends there. It is false, with
// the span of punctuation or white space that lies there, if neither is a word.
func WordAt(text string, words []article.Span, pos int) (article.Span, bool) {
	rs := []rune(text)
	if len(words) == 0 {
		return article.Span{}, false
	}
	pos = min(max(pos, 0), len(rs))
	w := words[indexAt(words, min(pos, max(len(rs)-1, 0)))]
	if IsWord(rs, w) {
		return w, true
	}
	if pos > 0 {
		if before := words[indexAt(words, pos-1)]; before.End == pos && IsWord(rs, before) {
			return before, true
		}
	}
	return w, false
}

// Next is the first word that begins at the end of cur or later; false if there is
// none. Punctuation and white space are passed over.
func Next(text string, words []article.Span, cur article.Span) (article.Span, bool) {
	rs := []rune(text)
	for i := sort.Search(len(words), func(i int) bool { return words[i].Start >= cur.End }); i < len(words); i++ {
		if IsWord(rs, words[i]) {
			return words[i], true
		}
	}
	return article.Span{}, false
}

// Prev is the last word that ends at the start of cur or earlier; false if there is
// none.
func Prev(text string, words []article.Span, cur article.Span) (article.Span, bool) {
	rs := []rune(text)
	for i := sort.Search(len(words), func(i int) bool { return words[i].End > cur.Start }) - 1; i >= 0; i-- {
		if IsWord(rs, words[i]) {
			return words[i], true
		}
	}
	return article.Span{}, false
}

// ExtendEnd moves the end of a selection by n words, back if n is negative. At
// least one word is left, and the start stays.
func ExtendEnd(text string, words []article.Span, sel article.Span, n int) article.Span {
	rs := []rune(text)
	sel = clip(rs, sel)
	for ; n > 0; n-- {
		// A word that the end lies in is completed before the next one is taken.
		w, ok := Next(text, words, article.Span{End: sel.End})
		if in, lies := inside(words, sel.End); lies {
			w, ok = in, true
		}
		if !ok {
			break
		}
		sel.End = w.End
	}
	for ; n < 0; n++ {
		last, ok := Prev(text, words, article.Span{Start: sel.End})
		if in, lies := inside(words, sel.End); lies {
			last, ok = in, true
		}
		if !ok {
			break
		}
		w, ok := Prev(text, words, last)
		if !ok || w.End <= sel.Start {
			break
		}
		sel.End = w.End
	}
	return sel
}

// ExtendStart moves the start of a selection by n words, back if n is negative. At
// least one word is left, and the end stays.
func ExtendStart(text string, words []article.Span, sel article.Span, n int) article.Span {
	rs := []rune(text)
	sel = clip(rs, sel)
	for ; n < 0; n++ {
		w, ok := Prev(text, words, article.Span{Start: sel.Start})
		if in, lies := inside(words, sel.Start); lies {
			w, ok = in, true
		}
		if !ok {
			break
		}
		sel.Start = w.Start
	}
	for ; n > 0; n-- {
		if len(words) == 0 || sel.Empty() {
			break
		}
		first := words[indexAt(words, sel.Start)]
		w, ok := Next(text, words, first)
		if !ok || w.Start >= sel.End {
			break
		}
		sel.Start = w.Start
	}
	return sel
}

// inside is the word that a place lies in, with some of it on either side.
func inside(words []article.Span, at int) (article.Span, bool) {
	if len(words) == 0 {
		return article.Span{}, false
	}
	w := words[indexAt(words, at)]
	return w, w.Start < at && at < w.End
}

// NextChar is the position after the character at pos, as a reader sees characters:
// an emoji with its modifiers or a letter with its marks is one. PrevChar is its
// counterpart.
func NextChar(text string, pos int) int {
	rs := []rune(text)
	pos = min(max(pos, 0), len(rs))
	for pos++; pos < len(rs) && !boundary(rs, pos); pos++ {
	}
	return min(pos, len(rs))
}

// PrevChar is the position before the character that ends at pos.
func PrevChar(text string, pos int) int {
	rs := []rune(text)
	pos = min(max(pos, 0), len(rs))
	for pos--; pos > 0 && !boundary(rs, pos); pos-- {
	}
	return max(pos, 0)
}

// boundary reports whether a character begins at rs[i], 0 < i < len(rs).
func boundary(rs []rune, i int) bool {
	r, before := rs[i], rs[i-1]
	switch {
	case before == '\r' && r == '\n':
		return false
	case before == '\n' || before == '\r':
		return true
	case extends(r), before == joiner && r > 0x2000:
		return false
	case regional(r) && regional(before):
		n := 0
		for j := i - 1; j >= 0 && regional(rs[j]); j-- {
			n++
		}
		return n%2 == 0
	}
	return true
}

// SentenceAt is the sentence that holds a position, without white space at its
// ends; a position between two sentences belongs to the one after it.
func SentenceAt(text string, pos int) article.Span {
	sentences := Sentences(text)
	if len(sentences) == 0 {
		return article.Span{}
	}
	i := sort.Search(len(sentences), func(i int) bool { return sentences[i].End > pos })
	return sentences[min(i, len(sentences)-1)]
}

// Sentences are the sentences of a text, in order, without the white space between
// them. They end with 。 ！ ？ or …… and the quotes and brackets that close after
// them, with a line, or with a full stop before white space.
func Sentences(text string) []article.Span {
	rs := []rune(text)
	var out []article.Span
	start, quotes := 0, 0
	end := func(i int) {
		s := article.Span{Start: start, End: i}
		for s.Start < s.End && unicode.IsSpace(rs[s.Start]) {
			s.Start++
		}
		for s.Start < s.End && unicode.IsSpace(rs[s.End-1]) {
			s.End--
		}
		if !s.Empty() {
			out = append(out, s)
		}
		start, quotes = i, 0
	}
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; {
		case r == '"':
			quotes++
			continue
		case r == '\n' || r == '\r':
			end(i + 1)
			continue
		case !stop(rs, i):
			continue
		}
		for i+1 < len(rs) && stop(rs, i+1) {
			i++
		}
		for i+1 < len(rs) && closing(rs[i+1], quotes) {
			i++
			if rs[i] == '"' {
				quotes++
			}
		}
		end(i + 1)
	}
	end(len(rs))
	return out
}

func stop(rs []rune, i int) bool {
	switch rs[i] {
	case '。', '！', '？', '!', '?', '｡':
		return true
	case '…':
		return i > 0 && rs[i-1] == '…'
	case '.':
		// Not in 1.5, v2.0 or Abacus.AI; an initial (J. Fan) is none either.
		return i > 1 && (i+1 == len(rs) || unicode.IsSpace(rs[i+1])) && alnum(rs[i-1]) && alnum(rs[i-2])
	}
	return false
}

func closing(r rune, quotes int) bool {
	switch r {
	case '」', '』', '”', '’', '）', ')', '》', '〉', '】', ']':
		return true
	case '"':
		return quotes%2 == 1
	}
	return false
}

func clip(rs []rune, s article.Span) article.Span {
	s.Start = min(max(s.Start, 0), len(rs))
	s.End = min(max(s.End, s.Start), len(rs))
	return s
}

// indexAt is the word that holds a rune, the last one beyond the end.
func indexAt(words []article.Span, pos int) int {
	i := sort.Search(len(words), func(i int) bool { return words[i].End > pos })
	return min(i, max(len(words)-1, 0))
}
