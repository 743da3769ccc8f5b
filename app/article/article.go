package article

import (
	"crypto/sha256"
	"encoding/base32"
	"sort"
	"strings"
	"unicode/utf8"
)

// Kind says what a block is to a reader.
type Kind uint8

// The kinds of block. A text file has paragraphs alone; the others come from
// the marks of Markdown and of the corpus files.
const (
	Paragraph Kind = iota
	Heading
	Quote
	Item
	Code
)

// Block is one unit of the text that stands in an element of its own and holds
// exactly one text node, so that an offset in the text is an offset in the DOM.
type Block struct {
	Span       // in source runes of the article
	Kind  Kind // what it is
	Level int  // of a Heading: 1 to 6
}

// Article is a text and what is known about it. It does not change after Parse.
type Article struct {
	ID      string // identity: made from Text alone, so the same text opened twice is the same article
	Slug    string // name in an address; only the articles that ship with the program have one
	Title   string
	Author  string
	Source  string // where it appeared: a name or an address
	Date    string // YYYY-MM-DD, or empty
	Variant string // BCP 47: zh-Hans, zh-Hant, zh-TW, zh-HK, or empty where it could not be told
	Text    string // what is read: UTF-8, line breaks as \n
	Blocks  []Block

	Encoding Encoding // in which its file was read
	Sure     bool     // that it is the right one

	marks []int32 // byte offset of every markEvery-th rune
	runes int
}

// markEvery is how many runes lie between two entries of the rune index. It
// bounds the walk of Offset to that many runes at four bytes for each stretch.
const markEvery = 64

// identity names a text. 80 bits are enough to tell apart all the articles a
// reader will ever open, and short enough for a key in storage.
func identity(text string) string {
	sum := sha256.Sum256([]byte(text))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// New makes an article of a text and its blocks and gives it its identity and
// its rune index. Invalid UTF-8 in text becomes U+FFFD.
func New(text string, blocks []Block) *Article {
	text = valid(text)
	a := &Article{ID: identity(text), Text: text, Blocks: blocks}
	a.marks = make([]int32, 0, len(text)/(3*markEvery)+1)
	n := 0
	for i := range text {
		if n%markEvery == 0 {
			a.marks = append(a.marks, int32(i))
		}
		n++
	}
	a.runes = n
	return a
}

// Len is the length of the text in source runes.
func (a *Article) Len() int { return a.runes }

// Offset is the byte offset in Text of a source rune; places outside the text
// are taken as its nearer end.
func (a *Article) Offset(rune int) int {
	if rune <= 0 {
		return 0
	}
	if rune >= a.runes {
		return len(a.Text)
	}
	at := int(a.marks[rune/markEvery])
	for n := rune % markEvery; n > 0; n-- {
		// The first byte of a rune tells its length; the text is valid, as New left it.
		switch c := a.Text[at]; {
		case c < 0x80:
			at++
		case c < 0xe0:
			at += 2
		case c < 0xf0:
			at += 3
		default:
			at += 4
		}
	}
	return at
}

// Clip is s brought inside the text; a reversed span comes back empty.
func (a *Article) Clip(s Span) Span {
	s.Start = min(max(s.Start, 0), a.runes)
	s.End = min(max(s.End, s.Start), a.runes)
	return s
}

// Slice is the text of a span.
func (a *Article) Slice(s Span) string {
	s = a.Clip(s)
	return a.Text[a.Offset(s.Start):a.Offset(s.End)]
}

// BlockText is the text of the nth block.
func (a *Article) BlockText(n int) string { return a.Slice(a.Blocks[n].Span) }

// BlockAt is the number of the block that holds a source rune. A place between
// two blocks belongs to the one before it, a place before the first to the first.
// It is -1 where there are no blocks.
func (a *Article) BlockAt(rune int) int {
	n := sort.Search(len(a.Blocks), func(i int) bool { return a.Blocks[i].Start > rune })
	if n == 0 {
		return min(len(a.Blocks), 1) - 1
	}
	return n - 1
}

// Trim is s without white space at either end, which nobody means to mark.
func (a *Article) Trim(s Span) Span {
	s = a.Clip(s)
	text := a.Slice(s)
	left := strings.TrimLeft(text, " \t\r\n\u3000\u00a0")
	s.Start += utf8.RuneCountInString(text) - utf8.RuneCountInString(left)
	s.End = s.Start + utf8.RuneCountInString(strings.TrimRight(left, " \t\r\n\u3000\u00a0"))
	return s
}
