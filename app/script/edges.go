package script

import (
	"pizhu/app/article"
	"pizhu/app/lexicon"
)

// Words finds the words of a Simplified text, as spans of its runes, in order.
type Words func(simplified string) []article.Span

// edgeSet are the places of a text where one word ends and another begins.
type edgeSet []uint64

func (e edgeSet) has(at int) bool { return e[at>>6]>>(at&63)&1 == 1 }

func (e edgeSet) set(at int) { e[at>>6] |= 1 << (at & 63) }

// edgesOf are the edges of the words of a text of n runes. What is in no word is
// taken as words of one rune.
func edgesOf(words []article.Span, n int) edgeSet {
	e := make(edgeSet, n>>6+1)
	at := 0
	for _, w := range words {
		for ; at <= w.Start && at <= n; at++ {
			e.set(at)
		}
		at = max(at, w.End)
	}
	for ; at <= n; at++ {
		e.set(at)
	}
	return e
}

// through are the edges after a stage that changed the length of pieces.
func (e edgeSet) through(pieces []piece, n int) edgeSet {
	if len(pieces) == 0 {
		return e
	}
	v := View{pieces: pieces}
	out := make(edgeSet, (n+int(grown(pieces)))>>6+1)
	for at := 0; at <= n; at++ {
		if e.has(at) {
			out.set(v.forward(at, true))
		}
	}
	return out
}

// refuses reports whether the runes [at, at+n) cross a word: begin or end inside
// one and reach out of it. What lies within one word, or is made of whole ones,
// does not.
func (e edgeSet) refuses(at, n int) bool {
	if e.has(at) && e.has(at+n) {
		return false
	}
	for i := at + 1; i < at+n; i++ {
		if e.has(i) {
			return true
		}
	}
	return false
}

// NewWithWords is New for the reader rather than for the letter of OpenCC: its
// entries apply within words alone, as words finds them, its own entries go
// before OpenCC's (they are in the lexicon), and a term is not spelled out where
// it stands in full already. Without words, only the last two.
func NewWithWords(name string, lex *lexicon.Lexicon, words Words) (*Converter, error) {
	c, err := newConverter(name, lex, true)
	if err != nil {
		return nil, err
	}
	if simplifiedSource[name] {
		c.words = words
	}
	return c, nil
}

var simplifiedSource = map[string]bool{"s2t": true, "s2tw": true, "s2twp": true, "s2hk": true}
