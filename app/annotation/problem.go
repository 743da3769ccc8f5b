package annotation

import "strings"

// Code is the reason for a [Problem], for the page to put into words.
type Code string

// The reasons.
const (
	NotJSON       Code = "not-json"       // the file, or a line of it, is no JSON
	TooLarge      Code = "too-large"      // the file is larger than MaxBytes
	TooMany       Code = "too-many"       // more annotations than MaxAnnotations
	TooDeep       Code = "too-deep"       // nested deeper than anyone would by hand
	TooLong       Code = "too-long"       // a text longer than its limit, cut there
	NotText       Code = "not-text"       // bytes that are no UTF-8, now U+FFFD
	NotAnnotation Code = "not-annotation" // JSON, but of nothing known here
	NoContext     Code = "no-context"     // @context does not name the W3C's
	BadID         Code = "bad-id"         // id is not one IRI
	BadType       Code = "bad-type"       // type is not what it must be
	BadTarget     Code = "bad-target"     // no target, or one that is no resource
	BadBody       Code = "bad-body"       // a body that is no resource
	BothBodies    Code = "both-bodies"    // body and bodyValue in one annotation
	BadTime       Code = "bad-time"       // not one date-time
	BadIRI        Code = "bad-iri"        // rights, via, canonical … that are no IRI
	BadAgent      Code = "bad-agent"      // a creator or generator that is none
	BadSelector   Code = "bad-selector"   // a selector without what it needs
	BadSpan       Code = "bad-span"       // reversed, negative, or beyond any text
	BadFacet      Code = "bad-facet"      // a value that the facet cannot have
	BadLink       Code = "bad-link"       // not an http or https address
	BadRelation   Code = "bad-relation"   // an unknown kind, or to no IRI
	BadEntry      Code = "bad-entry"      // a claim type, article or word without a name
	Elsewhere     Code = "elsewhere"      // a page of the collection in another file
	Duplicate     Code = "duplicate"      // an identity that came before in the file; joined
	NoText        Code = "no-text"        // no quote could be cut: the file lacks the text
)

// Problem is one thing wrong with what was read.
type Problem struct {
	Path    string // JSON Pointer (RFC 6901) to the value; "" for all of it
	Code    Code
	Detail  string // what was found or expected, in English, for the curious
	Refused bool   // the item was left out; otherwise it was mended and taken
}

// Error makes a Problem fit where errors go.
func (p Problem) Error() string {
	s := string(p.Code)
	if p.Path != "" {
		s = p.Path + ": " + s
	}
	if p.Detail != "" {
		s += ": " + p.Detail
	}
	return s
}

// What a file may hold. The limits are far above what a reader makes and far
// below what a browser's memory bears.
const (
	MaxBytes       = 64 << 20 // bytes of a file
	MaxAnnotations = 200_000
	MaxNote        = 64 << 10 // bytes of a note
	MaxQuote       = 64 << 10 // bytes of a quote
	MaxName        = 1 << 10  // bytes of any other text: a type, a creator, a link
	MaxContext     = 1 << 10  // bytes of a prefix or suffix
	MaxExtra       = 64 << 10 // bytes kept of what is not understood
	MaxRelations   = 1_000    // of one annotation
	MaxPosition    = 1 << 30  // source runes
)

// cut is s within limit bytes, at a rune's edge.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}

// Cut is s within limit bytes, at a rune's edge.
func Cut(s string, limit int) string { return cut(s, limit) }
