// Package annotation is a claim on a span of an article: the model, its form as
// W3C Web Annotations in JSON-LD, and the merging of two sets of them.
//
// An [Annotation] is a value. Nothing here keeps state or asks for the time;
// package store does. Two copies of an annotation that were changed apart are
// joined field by field, so every field has a stamp: when it was last written.
package annotation

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pizhu/app/article"
)

// ContextRunes is how many runes of text before and after a quote are kept with
// it. 32 is what other tools keep, and in Chinese is one or two sentences.
const ContextRunes = 32

// Annotation is a claim on a span of an article.
type Annotation struct {
	ID      string       // an IRI; urn:uuid:… for those made here
	Article string       // the article's identity, or the IRI of a page elsewhere
	Span    article.Span // source runes
	Quote   Quote        // the words at Span and around it, in the source's script

	Type    string // name of a [Type]; "" for a plain note
	Note    string // Markdown
	Creator string // a name, or an IRI
	Facets
	Relations []Relation // sorted, each once

	Created  time.Time // UTC, whole milliseconds; zero where a file did not say
	Modified time.Time // the newest of all stamps
	Stamps   Stamps    // when each field was written, where that was not Modified
	Deleted  bool      // a tombstone: kept so that a merge does not bring it back

	// Extra is what a file held beyond these fields, as a JSON object laid out
	// like the annotation it came from: {"rights":…,"body":[…],"target":{…}}.
	// It goes out again as it came in. "" for most.
	Extra string
}

// Quote is the text an annotation is about and what stands around it.
type Quote struct {
	Exact, Prefix, Suffix string
}

// Selector is all that is known of where a quote stands: its words, their
// neighbours, and the place (source runes) at the time it was made. A Span of
// {-1, -1} says that the place is not known.
type Selector struct {
	Exact, Prefix, Suffix string
	Span                  article.Span
}

// Selector is where a stands, for package anchor to find again.
func (a Annotation) Selector() Selector {
	s := Selector{a.Quote.Exact, a.Quote.Prefix, a.Quote.Suffix, a.Span}
	if a.Span.Empty() && a.Quote.Exact != "" {
		s.Span = article.Span{Start: -1, End: -1}
	}
	return s
}

// Whole reports whether a is about its article as a whole, not about a quote.
func (a Annotation) Whole() bool { return a.Quote.Exact == "" && a.Span.Empty() }

// Facets say more about a claim; each may be left out.
type Facets struct {
	Attribution string    // who says so
	Certainty   Certainty // how sure it is
	Quantity    Quantity
	Verdict     Verdict // the reader's
	Link        string  // an http or https address that the verdict rests on
}

// Certainty is how sure a claim is; "" where nobody said.
type Certainty string

// What Certainty can be.
const (
	Fact     Certainty = "fact"
	Plan     Certainty = "plan"
	Forecast Certainty = "forecast"
	Rumour   Certainty = "rumour"
)

// Certainties lists them in the order they are offered.
var Certainties = []Certainty{Fact, Plan, Forecast, Rumour}

// Verdict is what the reader found; "" is the same as Unchecked.
type Verdict string

// What Verdict can be.
const (
	Unchecked Verdict = "unchecked"
	Confirmed Verdict = "confirmed"
	Disputed  Verdict = "disputed"
	False     Verdict = "false"
)

// Verdicts lists them in the order they are offered.
var Verdicts = []Verdict{Unchecked, Confirmed, Disputed, False}

// Quantity is a number that a claim states. The zero Quantity is none.
type Quantity struct {
	Value    float64 // finite
	Unit     string  // 美元, token, %, 倍 …
	Compared string  // with what: GPT-4, 去年 …
}

// Relation says what an annotation does to another one.
type Relation struct {
	Kind RelationKind
	To   string // the other's ID, of any article
}

// RelationKind is what a Relation does.
type RelationKind string

// What RelationKind can be.
const (
	Supports    RelationKind = "supports"
	Contradicts RelationKind = "contradicts"
	Repeats     RelationKind = "repeats"
	Answers     RelationKind = "answers"
)

// RelationKinds lists them in the order they are offered.
var RelationKinds = []RelationKind{Supports, Contradicts, Repeats, Answers}

// Field is a part of an annotation that is written, and merged, as one.
type Field uint8

// The fields. Where an annotation stands (article, span and quote) is one: half
// a place from one copy and half from another would be nowhere.
const (
	FieldTarget Field = iota
	FieldType
	FieldNote
	FieldCreator
	FieldAttribution
	FieldCertainty
	FieldQuantity
	FieldVerdict
	FieldLink
	FieldRelations
	FieldExtra
	FieldDeleted
	Fields // how many there are
)

var fieldNames = [Fields]string{"target", "type", "note", "creator", "attribution",
	"certainty", "quantity", "verdict", "link", "relations", "extra", "deleted"}

func (f Field) String() string { return fieldNames[f] }

// Stamps holds when each field was last written, in milliseconds since 1970;
// 0 stands for the annotation's Modified, except for FieldDeleted, where it
// stands for never.
type Stamps [Fields]int64

// Set is annotations and what is needed to understand them elsewhere.
type Set struct {
	Label       string // what a reader calls it
	Annotations []Annotation
	Types       []Type
	Articles    []Source
	Words       []Word
}

// Type is a kind of claim.
type Type struct {
	Name     string // its identity: what Annotation.Type holds
	Labels   Labels
	Colour   string // #rrggbb, or the name of one of the program's colours
	Line     string // how it is underlined, since colour alone must not tell
	Order    int    // place in the list
	Triggers []string
	Modified time.Time // UTC, whole milliseconds
	Deleted  bool
}

// Labels is one text in the program's three languages.
type Labels struct {
	Hant, Hans, En string
}

// Source is an article that annotations are about.
type Source struct {
	ID        string // what Annotation.Article holds
	Title     string
	Author    string
	Publisher string
	URL       string
	Date      string // as the article gives it: 2024-03-04
	Variant   string // zh-Hant, zh-Hans, zh-TW, zh-HK
	Text      string // "" unless asked for
	Layout    string // of Text into blocks, as article.Layout has it
	Modified  time.Time
	Deleted   bool
}

// Word is one that the reader taught the program to keep whole.
type Word struct {
	Text     string
	Modified time.Time
	Deleted  bool
}

// New is an annotation of type typ on span of an article's source text, with a
// new identity. The quote is cut from text; a span that leaves text is cut to
// it. Its time is now, cut to milliseconds.
func New(articleID, text string, span article.Span, typ, creator string, now time.Time) Annotation {
	sel := Describe(text, span)
	now = Milliseconds(now)
	return Annotation{
		ID: NewID(), Article: articleID, Span: sel.Span,
		Quote: Quote{sel.Exact, sel.Prefix, sel.Suffix},
		Type:  typ, Creator: creator, Created: now, Modified: now,
	}
}

// NewID is a random identity, urn:uuid: and version 4 of RFC 9562.
func NewID() string {
	var u [16]byte
	rand.Read(u[:]) // never fails, says crypto/rand
	return urn(u, 4)
}

// NamedID is the identity that always follows from name (RFC 9562, version 5),
// so that what has no identity of its own comes in twice as the same.
func NamedID(name string) string {
	h := sha1.New()
	h.Write([]byte("pizhu annotation\x00")) // instead of a name space's UUID
	h.Write([]byte(name))
	var u [16]byte
	copy(u[:], h.Sum(nil))
	return urn(u, 5)
}

func urn(u [16]byte, version byte) string {
	u[6] = u[6]&0x0f | version<<4
	u[8] = u[8]&0x3f | 0x80
	h := hex.EncodeToString(u[:])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Describe is the selector of span in text (source runes): its words, and up to
// ContextRunes on either side. It walks text once up to the span, which is 0.3
// milliseconds in the middle of a megabyte.
func Describe(text string, span article.Span) Selector {
	start := max(span.Start, 0)
	from, reached := offset(text, 0, start)
	start = reached
	to, n := offset(text, from, max(span.End-start, 0))
	return Selector{
		Exact:  text[from:to],
		Prefix: text[back(text, from, ContextRunes):from],
		Suffix: text[to:forward(text, to, ContextRunes)],
		Span:   article.Span{Start: start, End: start + n},
	}
}

// offset is the byte n runes after byte from, and how many runes there were.
func offset(text string, from, n int) (at, runes int) {
	at = from
	for runes < n && at < len(text) {
		switch c := text[at]; {
		case c < utf8.RuneSelf:
			at++
		case 0xe1 <= c && c <= 0xe9 && at+2 < len(text) && text[at+1]&0xc0 == 0x80 && text[at+2]&0xc0 == 0x80:
			at += 3 // nearly all of a Chinese text, at a third of the cost
		default:
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		runes++
	}
	return at, runes
}

func forward(text string, from, n int) int {
	at, _ := offset(text, from, n)
	return at
}

func back(text string, from, n int) int {
	for ; n > 0 && from > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	return from
}

// Milliseconds is t as it is kept: UTC, whole milliseconds, no clock reading.
func Milliseconds(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

func sortRelations(rs []Relation) []Relation {
	if len(rs) == 0 {
		return nil
	}
	order := func(a, b Relation) int {
		if c := strings.Compare(a.To, b.To); c != 0 {
			return c
		}
		return strings.Compare(string(a.Kind), string(b.Kind))
	}
	if slices.IsSortedFunc(rs, order) && len(slices.CompactFunc(slices.Clone(rs), equalRelation)) == len(rs) {
		return rs
	}
	rs = slices.Clone(rs) // the caller's own may be shared with an older copy
	slices.SortFunc(rs, order)
	return slices.CompactFunc(rs, equalRelation)
}

func equalRelation(a, b Relation) bool { return a == b }
