package w3ctest

import (
	"strings"
	"testing"
)

const context = `"@context":"http://www.w3.org/ns/anno.jsonld"`

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		broken    string // part of the name of the rule; "" for none
	}{
		{"the least there can be", `{` + context + `,"id":"urn:x:1","type":"Annotation","target":"urn:x:2"}`, ""},
		{"no context", `{"id":"urn:x:1","type":"Annotation","target":"urn:x:2"}`, "3.1-annotationContextValidated"},
		{"no IRI", `{` + context + `,"id":"x y","type":"Annotation","target":"urn:x:2"}`, "3.1-annotationIdValidated"},
		{"no target", `{` + context + `,"id":"urn:x:1","type":"Annotation"}`, "3.1-targetKeyFound"},
		{"no time", `{` + context + `,"id":"urn:x:1","type":"Annotation","target":"urn:x:2","created":"now"}`, "3.3.1-annotationCreatedValidated"},
		{"a quote without words", `{` + context + `,"id":"urn:x:1","type":"Annotation","target":{"source":"urn:x:2","selector":{"type":"TextQuoteSelector"}}}`, "4.2.4-textQuoteSelectorValid"},
		{"an empty collection", `{` + context + `,"id":"urn:x:1","type":"AnnotationCollection","total":0}`, ""},
		{"a collection without its page", `{` + context + `,"id":"urn:x:1","type":"AnnotationCollection","total":1}`, "5.1-collectionFirstValidated"},
		{"an item without a context", `{` + context + `,"id":"urn:x:1","type":"AnnotationPage","items":[{"id":"urn:x:1","type":"Annotation","target":"urn:x:2"}]}`, "3.1-annotationContextValidated"},
		{"words", `hello`, "not JSON"},
	} {
		broken := Check([]byte(c.doc))
		switch {
		case c.broken == "" && len(broken) > 0:
			t.Errorf("%s: want every rule kept, got %v", c.name, broken)
		case c.broken != "" && !strings.Contains(strings.Join(broken, "\n"), c.broken):
			t.Errorf("%s: want %s broken, got %v", c.name, c.broken, broken)
		}
	}
}

// The tests count for something only if they tell the W3C's own samples apart.
func TestSamples(t *testing.T) {
	if n := len(Correct()); n < 40 {
		t.Fatalf("want the W3C's correct samples, got %d", n)
	}
	for _, s := range Incorrect() {
		if len(Check(s.Data)) == 0 {
			t.Errorf("%s: want a rule broken", s.Name)
		}
	}
	for _, s := range Correct() {
		for _, b := range Check(s.Data) {
			if !known(s.Name, b) {
				t.Errorf("%s: want every rule kept, but %s", s.Name, b)
			}
		}
	}
}

// known tells where the W3C's samples break the W3C's schemas: sets other than
// Choice are in the Recommendation alone; what is embedded need not repeat the
// context (Check wants it all the same); and a page may give its collection as
// an IRI.
func known(sample, broken string) bool {
	set := strings.HasSuffix(sample, "/anno11.json") || strings.HasSuffix(sample, "/anno12.json") ||
		strings.HasSuffix(sample, "/anno13.json") || strings.HasSuffix(sample, "/collection1.json")
	embedded := strings.HasPrefix(broken, "item ") || strings.HasPrefix(broken, "page ")
	switch {
	case set && strings.Contains(broken, "3.2-targetObjectsRecognized"):
		return true
	case embedded && strings.Contains(broken, "ContextValidated"):
		return true
	}
	byIRI := strings.HasSuffix(sample, "/example42.json") || strings.HasSuffix(sample, "/example43.json")
	return byIRI && strings.HasPrefix(broken, "page ") // all seven rules about its collection
}
