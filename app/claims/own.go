package claims

import (
	"strings"

	"pizhu/app/annotation"
)

// ownWeight is the confidence in a word that a reader gave a type: the reader
// means it, but a bare word is wrong as often as any.
const ownWeight = .7

// triggers are the readers' own trigger words, by type.
type triggers []trigger

type trigger struct {
	word []rune
	rule *rule
}

func ownRules(types []annotation.Type) triggers {
	var out triggers
	for _, t := range types {
		if t.Deleted {
			continue
		}
		ru := &rule{id: t.Name + ".own", typ: t.Name, weight: ownWeight}
		for _, w := range t.Triggers {
			if w = strings.TrimSpace(w); w == "" {
				continue
			}
			word := []rune(w)
			for i, c := range word {
				word[i] = fold(c)
			}
			out = append(out, trigger{word, ru})
		}
	}
	return out
}

// find is where the words stand in the sentence in hand. There are few of them,
// so every one is looked for at every place.
func (ts triggers) find(r *reading) []finding {
	var out []finding
	for _, t := range ts {
	next:
		for i := r.sentence.start; i+len(t.word) <= r.sentence.end; i++ {
			for j, c := range t.word {
				if r.folded[i+j] != c {
					continue next
				}
			}
			p := place{i, i + len(t.word)}
			out = append(out, finding{t.rule, p, []place{p}})
		}
	}
	return out
}
