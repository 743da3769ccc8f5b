// Package search finds a phrase in the Simplified text of many articles at once.
//
// The index works on the Simplified view alone: a caller converts articles and
// query, and 訴訟 and 诉讼 find each other. Letters match regardless of case and
// width, full-width digits and punctuation like half-width ones, quotation marks
// like each other, and white space next to Chinese counts for nothing, so that
// 100万 finds 100 万. What a reader cannot see (soft hyphens, variation selectors)
// counts for nothing either.
//
// It is a scan over a folded copy of the text, not an inverted index, and so there is
// nothing to be kept in step. Measured in WebAssembly over 1 MB, adding the text
// costs 30 ms once; a keystroke 1 to 2 ms for [Index.Count] and the first 200 hits,
// and for all hits 5 to 12 ms, 30 ms when the query is 的 and has 13,000.
package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pizhu/app/article"
)

// Index holds the texts to be searched. Its zero value is empty and ready. It is
// not safe for concurrent use.
type Index struct {
	docs []*doc
}

type doc struct {
	id     string
	blocks []string
	text   string // folded blocks, each ended by a line feed, which no folded block has
	starts []int  // where in text each block begins, in bytes
}

// Hit is one place where the query stands.
type Hit struct {
	Article string       // the id given to Add
	Block   int          // number of the block, from 0
	Span    article.Span // runes of the Simplified block, as given to Add
}

// New returns an empty Index.
func New() *Index { return new(Index) }

// Add takes in a text under an id, in the place of the one that had it. Blocks are
// Simplified and searched one by one. Not only articles can be added: notes or
// names of claim types under ids of their own are found like them.
func (x *Index) Add(id string, blocks []string) {
	d := &doc{id: id, blocks: append([]string(nil), blocks...), starts: make([]int, len(blocks))}
	size := 0
	for _, b := range blocks {
		size += len(b) + 1
	}
	text := make([]byte, 0, size)
	for i, b := range blocks {
		d.starts[i] = len(text)
		f := folder{text: b}
		for f.next() {
			if f.space {
				text = append(text, ' ')
			}
			text = utf8.AppendRune(text, f.folded)
		}
		text = append(text, '\n')
	}
	d.text = string(text)
	for i, old := range x.docs {
		if old.id == id {
			x.docs[i] = d
			return
		}
	}
	x.docs = append(x.docs, d)
}

// Remove forgets the text of an id.
func (x *Index) Remove(id string) {
	for i, d := range x.docs {
		if d.id == id {
			x.docs = append(x.docs[:i], x.docs[i+1:]...)
			return
		}
	}
}

// Find is every place where the query stands, in the order in which texts were
// first added; places do not overlap. An empty query, or one of white space, stands
// nowhere. The query must be Simplified.
func (x *Index) Find(query string) []Hit { return x.find(query, -1) }

// FindIn is Find in one text alone.
func (x *Index) FindIn(id, query string) []Hit {
	for _, d := range x.docs {
		if d.id == id {
			return d.find(nil, Fold(query), -1)
		}
	}
	return nil
}

// FindBlock is Find in one block of one text: what a page needs for the blocks in
// view, however many there are.
func (x *Index) FindBlock(id string, block int, query string) []Hit {
	for _, d := range x.docs {
		if d.id != id || block < 0 || block >= len(d.blocks) {
			continue
		}
		end := len(d.text)
		if block+1 < len(d.starts) {
			end = d.starts[block+1]
		}
		one := &doc{id: id, blocks: d.blocks[block : block+1], text: d.text[d.starts[block]:end], starts: []int{0}}
		hits := one.find(nil, Fold(query), -1)
		for i := range hits {
			hits[i].Block = block
		}
		return hits
	}
	return nil
}

// FindFirst is at most n hits of Find, for a list that shows no more.
func (x *Index) FindFirst(query string, n int) []Hit { return x.find(query, max(n, 0)) }

func (x *Index) find(query string, limit int) []Hit {
	folded := Fold(query)
	var hits []Hit
	for _, d := range x.docs {
		hits = d.find(hits, folded, limit)
	}
	return hits
}

// Count is the number of hits in each text that has any, by id, and in all. It is
// less work than Find, which must say where.
func (x *Index) Count(query string) (byID map[string]int, total int) {
	folded := Fold(query)
	byID = make(map[string]int)
	if folded == "" {
		return byID, 0
	}
	for _, d := range x.docs {
		n := 0
		for at := d.index(folded, 0); at >= 0; at = d.index(folded, at+len(folded)) {
			n++
		}
		if n > 0 {
			byID[d.id] = n
			total += n
		}
	}
	return byID, total
}

// index is where folded stands in d.text at from or later, -1 if nowhere.
func (d *doc) index(folded string, from int) int {
	at := strings.Index(d.text[from:], folded)
	if at < 0 {
		return -1
	}
	return from + at
}

func (d *doc) find(hits []Hit, folded string, limit int) []Hit {
	if folded == "" {
		return hits
	}
	block := 0
	f := folder{}
	started := -1 // the block that f walks
	for at := d.index(folded, 0); at >= 0 && (limit < 0 || len(hits) < limit); at = d.index(folded, at+len(folded)) {
		for block+1 < len(d.starts) && d.starts[block+1] <= at {
			block++
		}
		if started != block {
			f, started = folder{text: d.blocks[block]}, block
		}
		// A place in the folded text is found again in the source by folding it
		// once more up to there: no table is kept, and all hits of a block cost
		// one walk.
		offset := at - d.starts[block]
		var span article.Span
		for f.next() {
			if f.out-f.width == offset {
				span.Start = f.rune - 1
			}
			if f.out >= offset+len(folded) {
				span.End = f.rune
				break
			}
		}
		hits = append(hits, Hit{d.id, block, span})
	}
	return hits
}

// Fold is the form in which texts and queries are compared.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	f := folder{text: s}
	for f.next() {
		if f.space {
			out = append(out, ' ')
		}
		out = utf8.AppendRune(out, f.folded)
	}
	return string(out)
}

// folder walks a text and folds it, one rune at a time.
type folder struct {
	text    string // what is left
	rune    int    // number of runes read, so that the last one is rune-1
	folded  rune   // the last rune, folded
	space   bool   // a space goes before it
	width   int    // of folded, in bytes
	out     int    // bytes of folded text so far
	spaced  bool   // white space was read since the last rune
	started bool
}

// next reads up to and including the next rune that counts.
func (f *folder) next() bool {
	for f.text != "" {
		// Most runes are ideographs of three bytes that stay as they are.
		if c := f.text[0]; 0xe4 <= c && c <= 0xe9 && len(f.text) >= 3 && f.text[1]&0xc0 == 0x80 && f.text[2]&0xc0 == 0x80 {
			f.folded = rune(c&0xf)<<12 | rune(f.text[1]&0x3f)<<6 | rune(f.text[2]&0x3f)
			f.text = f.text[3:]
			f.rune++
			f.space, f.spaced, f.started, f.width = false, false, true, 3
			f.out += 3
			return true
		}
		r, size := utf8.DecodeRuneInString(f.text)
		f.text = f.text[size:]
		f.rune++
		if r >= 0x80 {
			r = foldRune(r)
			if r < 0 {
				continue
			}
		} else if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r <= ' ' || r == 0x7f {
			f.spaced = true
			continue
		}
		f.space = f.spaced && f.started && spacedScript(f.folded) && spacedScript(r)
		f.spaced, f.started, f.folded = false, true, r
		if f.space {
			f.out++
		}
		f.width = utf8.RuneLen(r)
		f.out += f.width
		return true
	}
	return false
}

// foldRune folds a rune beyond ASCII: a space for white space, -1 for what cannot be
// seen.
func foldRune(r rune) rune {
	switch {
	case 0x3400 <= r && r <= 0x9fff, 0x3040 <= r && r <= 0x30ff:
		return r
	case 0xff01 <= r && r <= 0xff5e:
		if r -= 0xff01 - '!'; 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case 0x2000 <= r && r <= 0x206f:
		switch r {
		case '‘', '’', '‚', '‛', '′':
			return '\''
		case '“', '”', '„', '‟', '″':
			return '"'
		case '‐', '‑', '‒', '–':
			return '-'
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		if r < 0x2010 || r > 0x2027 && r < 0x202f || r >= 0x2060 {
			return -1 // zero width, directions, joiners
		}
		return r
	}
	switch r {
	case '「', '」', '『', '』':
		return '"'
	case '\u00ad', '\ufeff', '\u180e':
		return -1
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case 0xfe00 <= r && r <= 0xfe0f, 0xe0100 <= r && r <= 0xe01ef:
		return -1
	}
	return unicode.ToLower(r)
}

// spacedScript reports whether white space between r and its like tells words
// apart: letters and digits of scripts other than Chinese and Japanese.
func spacedScript(r rune) bool {
	if r < 0x80 {
		return '0' <= r && r <= '9' || 'a' <= r && r <= 'z'
	}
	return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
