package annotation

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pizhu/app/annotation/w3ctest"
)

// Every annotation that leaves the program keeps every rule.
func TestEncodeKeepsTheMustRules(t *testing.T) {
	for seed := range uint64(300) {
		var buf bytes.Buffer
		if err := Encode(&buf, randomSet(rand.New(rand.NewPCG(seed, 3)))); err != nil {
			t.Fatal(err)
		}
		if broken := w3ctest.Check(buf.Bytes()); len(broken) > 0 {
			t.Fatalf("seed %d: want every rule kept, got %v in %.3000s", seed, broken, buf.String())
		}
	}
	var buf bytes.Buffer
	Encode(&buf, Set{Annotations: []Annotation{{ID: "not an IRI"}, {}}})
	if broken := w3ctest.Check(buf.Bytes()); len(broken) > 0 {
		t.Errorf("identities that are none: want every rule kept, got %v in %s", broken, buf.String())
	}
	buf.Reset()
	Encode(&buf, Set{})
	if broken := w3ctest.Check(buf.Bytes()); len(broken) > 0 {
		t.Errorf("an empty set: want every rule kept, got %v in %s", broken, buf.String())
	}
}

// The samples that the W3C calls correct are all taken, and what was taken
// goes out again by the rules and comes back the same.
func TestDecodeTakesTheCorrectSamples(t *testing.T) {
	for _, s := range w3ctest.Correct() {
		set, problems, err := Decode(bytes.NewReader(s.Data))
		if err != nil {
			t.Errorf("%s: want it taken, got %v", s.Name, err)
			continue
		}
		for _, p := range problems {
			if p.Code != Elsewhere {
				t.Errorf("%s: want no problem, got %v", s.Name, p)
			}
		}
		want := 1
		switch path.Base(s.Name) {
		case "collection1.json":
			want = 41
		case "example41.json":
			want = 0 // its page stands elsewhere
		case "example42.json", "example43.json":
			want = 2
		}
		if len(set.Annotations) != want {
			t.Errorf("%s: want %d annotations, got %d", s.Name, want, len(set.Annotations))
		}
		var buf bytes.Buffer
		Encode(&buf, set)
		again, problems, err := Decode(bytes.NewReader(buf.Bytes()))
		if err != nil || len(problems) > 0 || !reflect.DeepEqual(again, set) {
			t.Errorf("%s: want it unchanged by going out and in, %s; problems %v, error %v", s.Name, difference(set, again), problems, err)
		}
		for _, b := range w3ctest.Check(buf.Bytes()) {
			if !strings.Contains(b, "3.2-targetObjectsRecognized") { // sets other than Choice
				t.Errorf("%s: want every rule kept on the way out, but %s\n%.900s", s.Name, b, buf.String())
				break
			}
		}
	}
}

// The members of a sample that the model has no field for are all kept.
func TestDecodeKeepsWhatItDoesNotUnderstand(t *testing.T) {
	for _, s := range w3ctest.Correct() {
		if !strings.Contains(s.Name, "/anno") {
			continue
		}
		set, _, err := Decode(bytes.NewReader(s.Data))
		if err != nil {
			t.Fatal(err)
		}
		var in, out map[string]any
		json.Unmarshal(s.Data, &in)
		json.Unmarshal([]byte(JSON(set.Annotations[0])), &out)
		for name, want := range in {
			switch name {
			case "@context", "created", "modified", "body", "bodyValue", "target":
				continue
			}
			if !reflect.DeepEqual(out[name], want) {
				t.Errorf("%s: want %s kept as %v, got %v", s.Name, name, want, out[name])
			}
		}
	}
}

func TestDecodeRefusesTheIncorrectSamples(t *testing.T) {
	for _, s := range w3ctest.Incorrect() {
		set, problems, err := Decode(bytes.NewReader(s.Data))
		var p Problem
		switch {
		case errors.As(err, &p):
		case len(problems) > 0:
			p = problems[0]
		}
		if len(set.Annotations) > 0 || !p.Refused || p.Code == "" {
			t.Errorf("%s: want it refused with a reason, got %d annotations and %+v", s.Name, len(set.Annotations), p)
		}
	}
}

// Many of the incorrect samples break more than what their label says (an id
// that is a list, a comma too many). Here each breaks one rule, and the place is
// the place.
func TestDecodeNamesThePlace(t *testing.T) {
	whole := func(members string) string {
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation"` + members + `}`
	}
	item := func(members string) string {
		if !strings.Contains(members, `"target"`) {
			members = `,"target":"http://example.org/t"` + members
		}
		return whole(`,"id":"http://example.org/1"` + members)
	}
	for _, c := range []struct {
		name, in, path string
		code           Code
	}{
		{"no context", `{"id":"http://example.org/1","type":"Annotation","target":"urn:x:1"}`, "", NoContext},
		{"another context", `{"@context":["urn:x:1"],"id":"http://example.org/1","type":"Annotation","target":"urn:x:1"}`, "", NoContext},
		{"no id", whole(`,"target":"urn:x:1"`), "/id", BadID},
		{"id with spaces", whole(`,"id":"not a uri","target":"urn:x:1"`), "/id", BadID},
		{"two ids", whole(`,"id":["urn:x:1","urn:x:2"],"target":"urn:x:1"`), "/id", BadID},
		{"another type", `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Squirrel"}`, "/type", BadType},
		{"no target", whole(`,"id":"urn:x:1"`), "/target", BadTarget},
		{"no target in the list", item(`,"target":[]`), "/target", BadTarget},
		{"a number for a target", item(`,"target":9`), "/target", BadTarget},
		{"a text for a target", item(`,"target":{"type":"TextualBody","value":"x"}`), "/target/type", BadTarget},
		{"the second target", item(`,"target":["urn:x:1","no uri"]`), "/target/1", BadTarget},
		{"a body that is no IRI", item(`,"body":"this is not a uri"`), "/body", BadBody},
		{"a body whose id is none", item(`,"body":{"id":"nor this"}`), "/body/id", BadBody},
		{"a format that is a number", item(`,"body":{"id":"http://example.org/1","format":6}`), "/body/format", BadType},
		{"a language that is a number", item(`,"body":{"id":"http://example.org/1","language":3}`), "/body/language", BadType},
		{"a direction that is none", item(`,"body":{"id":"http://example.org/1","textDirection":"squirrel"}`), "/body/textDirection", BadType},
		{"two directions", item(`,"body":{"id":"http://example.org/1","textDirection":["ltr","rtl"]}`), "/body/textDirection", BadType},
		{"two processing languages", item(`,"body":{"id":"http://example.org/1","processingLanguage":["en","de"]}`), "/body/processingLanguage", BadType},
		{"a text without value", item(`,"body":[{"type":"TextualBody"}]`), "/body/0/id", BadBody},
		{"a text of two values", item(`,"body":{"type":"TextualBody","value":["a","b"]}`), "/body/value", BadBody},
		{"body and bodyValue", item(`,"body":"urn:x:1","bodyValue":"a"`), "/bodyValue", BothBodies},
		{"two bodyValues", item(`,"bodyValue":["a","b"]`), "/bodyValue", BadBody},
		{"a number for bodyValue", item(`,"bodyValue":23`), "/bodyValue", BadBody},
		{"two kinds of set", item(`,"body":{"type":["Choice","List"],"items":["urn:x:1"]}`), "/body/type", BadType},
		{"a set of no kind", item(`,"body":{"items":["urn:x:1"]}`), "/body", BadBody},
		{"a set without items", item(`,"body":{"type":"Choice"}`), "/body/items", BadBody},
		{"a creator that is a number", item(`,"creator":6`), "/creator", BadAgent},
		{"a generator that is a number", item(`,"generator":42`), "/generator", BadAgent},
		{"created yesterday", item(`,"created":"yesterday"`), "/created", BadTime},
		{"modified twice", item(`,"modified":["2015-01-28T12:00:00Z","2015-01-28T12:00:01Z"]`), "/modified", BadTime},
		{"rights that are no IRI", item(`,"rights":"not a uri"`), "/rights", BadIRI},
		{"via that is none", item(`,"via":"not a uri"`), "/via", BadIRI},
		{"canonical that is none", item(`,"canonical":"not a uri"`), "/canonical", BadIRI},
		{"a resource without source", item(`,"target":{"type":"SpecificResource"}`), "/target/id", BadTarget},
		{"a selector without source", item(`,"target":{"id":"urn:x:1","selector":{"type":"FragmentSelector","value":"a"}}`), "/target/selector", BadTarget},
		{"a fragment without value", item(`,"target":{"source":"urn:x:1","selector":{"type":"FragmentSelector"}}`), "/target/selector/value", BadSelector},
		{"a quote without words", item(`,"target":{"source":"urn:x:1","selector":[{"type":"TextQuoteSelector"}]}`), "/target/selector/0/exact", BadSelector},
		{"a place before the start", item(`,"target":{"source":"urn:x:1","selector":{"type":"TextPositionSelector","start":-1,"end":4}}`), "/target/selector/start", BadSpan},
		{"a place between runes", item(`,"target":{"source":"urn:x:1","selector":{"type":"TextPositionSelector","start":1.5,"end":4}}`), "/target/selector/start", BadSpan},
		{"a place reversed", item(`,"target":{"source":"urn:x:1","selector":{"type":"TextPositionSelector","start":9,"end":4}}`), "/target/selector", BadSpan},
		{"a place beyond any text", item(`,"target":{"source":"urn:x:1","selector":{"type":"TextPositionSelector","start":9,"end":9007199254740991}}`), "/target/selector", BadSpan},
		{"a time state of both kinds", item(`,"target":{"source":"urn:x:1","state":{"type":"TimeState","sourceDate":"2015-01-28T12:00:00Z","sourceDateStart":"2015-01-28T12:00:00Z","sourceDateEnd":"2015-01-28T12:00:00Z"}}`), "/target/state", BadSelector},
	} {
		for _, in := range []struct{ prefix, doc string }{
			{"", c.in},
			{"/first/items/1", `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:x:1","type":"AnnotationCollection","first":{"id":"urn:x:2","type":"AnnotationPage","items":[` + item("") + "," + c.in + `]}}`},
		} {
			if c.code == NoContext && in.prefix != "" {
				continue // it inherits its collection's
			}
			set, problems, err := Decode(strings.NewReader(in.doc))
			var p Problem
			if errors.As(err, &p) {
				problems = append(problems, p)
			}
			if len(problems) == 0 || problems[0].Path != in.prefix+c.path || problems[0].Code != c.code {
				t.Errorf("%s: want %s at %s, got %v", c.name, c.code, in.prefix+c.path, problems)
			}
			refused := slices.ContainsFunc(problems, func(p Problem) bool { return p.Refused })
			if want := strings.Count(in.prefix, "1"); len(set.Annotations) != want || !refused {
				t.Errorf("%s: want it refused and %d others taken, got %d, problems %v", c.name, want, len(set.Annotations), problems)
			}
		}
	}
}

// A wrong value beside a good one is mended and told; the annotation is taken.
func TestDecodeMends(t *testing.T) {
	item := func(target, more string) string {
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"urn:x:1","target":{"source":"urn:x:2","selector":[` + target + `]}` + more + `}`
	}
	const quote = `{"type":"TextQuoteSelector","exact":"模型"}`
	for _, c := range []struct {
		name, in, path string
		code           Code
		ok             func(Annotation) bool
	}{
		{"a reversed place beside a quote", item(`{"type":"TextPositionSelector","start":9,"end":4},`+quote, ""), "/target/selector/0", BadSpan,
			func(a Annotation) bool { return a.Quote.Exact == "模型" && a.Span.Empty() }},
		{"an unknown selector", item(`{"type":"MoonSelector"},`+quote, ""), "/target/selector/0", BadSelector,
			func(a Annotation) bool { return a.Quote.Exact == "模型" && a.Extra == "" }},
		{"a bare UUID", strings.Replace(item(quote, ""), "urn:x:1", "#DBFB1861-0ecf-41ad-be94-a584e5c4f1df", 1), "/id", BadID,
			func(a Annotation) bool { return a.ID == "urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df" }},
		{"a name for a creator", item(quote, `,"creator":"讀者"`), "/creator", BadAgent,
			func(a Annotation) bool { return a.Creator == "讀者" }},
		{"a note that is too long", item(quote, `,"bodyValue":"`+strings.Repeat("長", MaxNote)+`"`), "/bodyValue", TooLong,
			func(a Annotation) bool {
				return len(a.Note) <= MaxNote && len(a.Note) > MaxNote-3 && strings.Trim(a.Note, "長") == ""
			}},
		{"bytes that are no text", item(quote, ",\"bodyValue\":\"a\xff\""), "/bodyValue", NotText,
			func(a Annotation) bool { return a.Note == "a\ufffd" }},
		{"a time before there were clocks", item(quote, `,"created":"0001-01-01T00:00:00Z"`), "/created", BadTime,
			func(a Annotation) bool { return a.Created.IsZero() }},
		{"a certainty that is none", item(quote, `,"body":{"type":["TextualBody","schema:Claim"],"value":"","pizhu:certainty":"sure"}`), "/body/pizhu:certainty", BadFacet,
			func(a Annotation) bool { return a.Certainty == "" }},
		{"a number too large", item(quote, `,"body":{"type":["TextualBody","schema:Claim"],"value":"","pizhu:quantity":{"schema:value":1e999}}`), "/body/pizhu:quantity/schema:value", BadFacet,
			func(a Annotation) bool { return a.Quantity == Quantity{} }},
		{"a verdict that is none", item(quote, `,"body":{"type":["TextualBody","schema:ClaimReview"],"purpose":"assessing","value":"hm"}`), "/body/value", BadFacet,
			func(a Annotation) bool { return a.Verdict == "" }},
		{"a relation that is none", item(quote, `,"body":{"source":"urn:x:3","purpose":"linking","pizhu:relation":"eats"}`), "/body/pizhu:relation", BadRelation,
			func(a Annotation) bool { return len(a.Relations) == 0 }},
		{"too much that is not understood", item(quote, `,"x":"`+strings.Repeat("y", MaxExtra)+`"`), "/x", TooLong,
			func(a Annotation) bool { return a.Extra == "" }},
	} {
		set, problems, err := Decode(strings.NewReader(c.in))
		if err != nil || len(set.Annotations) != 1 {
			t.Errorf("%s: want the annotation taken, got %v, %v", c.name, problems, err)
			continue
		}
		if len(problems) != 1 || problems[0].Path != c.path || problems[0].Code != c.code || problems[0].Refused {
			t.Errorf("%s: want %s at %s, got %v", c.name, c.code, c.path, problems)
		}
		if !c.ok(set.Annotations[0]) {
			t.Errorf("%s: want it mended, got %+v", c.name, set.Annotations[0])
		}
		var buf bytes.Buffer
		Encode(&buf, set)
		if broken := w3ctest.Check(buf.Bytes()); len(broken) > 0 {
			t.Errorf("%s: want every rule kept afterwards, got %v", c.name, broken)
		}
	}
}

// What other tools write lands in the fields that are there for it.
func TestDecodeForeign(t *testing.T) {
	for _, c := range []struct {
		name, members string
		want          Annotation
	}{
		{"a tag is a type", `"body":[{"type":"TextualBody","purpose":"tagging","value":"融資"},{"type":"TextualBody","purpose":"commenting","value":"好"}]`,
			Annotation{Type: "融資", Note: "好"}},
		{"the second tag is kept", `"body":[{"type":"TextualBody","purpose":"tagging","value":"a"},{"type":"TextualBody","purpose":"tagging","value":"b"}]`,
			Annotation{Type: "a", Extra: `{"body":[{"type":"TextualBody","purpose":"tagging","value":"b"}]}`}},
		{"a class goes before a tag", `"motivation":"classifying","body":[{"type":"TextualBody","purpose":"tagging","value":"a"},{"type":"TextualBody","purpose":"classifying","value":"b"}]`,
			Annotation{Type: "b", Extra: `{"body":[{"type":"TextualBody","purpose":"tagging","value":"a"}]}`}},
		{"the motivation counts for a body without purpose", `"motivation":"tagging","body":{"type":"TextualBody","value":"important"}`,
			Annotation{Type: "important", Extra: `{"motivation":"tagging"}`}},
		{"a second note is kept", `"motivation":"commenting","body":[{"type":"TextualBody","value":"一"},{"type":"TextualBody","value":"二"}]`,
			Annotation{Note: "一", Extra: `{"body":[{"type":"TextualBody","value":"二"}]}`}},
		{"a link", `"motivation":"highlighting","body":{"type":"SpecificResource","purpose":"linking","source":"https://example.org/"}`,
			Annotation{Facets: Facets{Link: "https://example.org/"}}},
		{"a link that would run", `"motivation":"highlighting","body":{"type":"SpecificResource","purpose":"linking","source":"javascript:alert(1)"}`,
			Annotation{Extra: `{"body":[{"type":"SpecificResource","purpose":"linking","source":"javascript:alert(1)"}]}`}},
		{"Recogito's body", `"motivation":"commenting","body":[{"id":"1","type":"TextualBody","purpose":"commenting","value":"好"}]`, Annotation{Note: "好"}},
	} {
		in := `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"urn:x:1","target":"urn:x:2",` + c.members + `}`
		set, problems, err := Decode(strings.NewReader(in))
		if err != nil || len(set.Annotations) != 1 || len(problems) > 0 {
			t.Errorf("%s: want it taken, got %v, %v", c.name, problems, err)
			continue
		}
		c.want.ID, c.want.Article = "urn:x:1", "urn:x:2"
		if got := set.Annotations[0]; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: want\n%+v, got\n%+v", c.name, c.want, got)
		}
	}
}

func TestDecodeFiles(t *testing.T) {
	one := `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"urn:x:1","target":"urn:x:2"}`
	for _, c := range []struct {
		name, in string
		n        int
		code     Code // of the first problem, "" for none
		err      bool
	}{
		{"empty", "", 0, NotJSON, true},
		{"binary", "\x00\x01\x02", 0, NotJSON, true},
		{"words", "hello", 0, NotJSON, true},
		{"a string", `"hello"`, 0, NotAnnotation, true},
		{"something else", `{"a":1}`, 0, NoContext, true},
		{"too deep", strings.Repeat(`[`, 100_000), 0, TooDeep, true},
		{"an array of them", "[" + one + "," + strings.Replace(one, "x:1", "x:3", 1) + "]", 2, "", false},
		{"one twice", "[" + one + "," + one + "]", 1, Duplicate, false},
		{"an empty array", "[]", 0, "", false},
		{"after a byte order mark", "\ufeff" + one, 1, "", false},
		{"https in the context", strings.Replace(one, "http:", "https:", 1), 1, "", false},
		{"a page inside a page", `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:x:9","type":"AnnotationPage","items":[` + one + `],"next":{"type":"AnnotationPage","items":[` + strings.Replace(one, "x:1", "x:3", 1) + `]}}`, 2, "", false},
	} {
		set, problems, err := Decode(strings.NewReader(c.in))
		var p Problem
		if errors.As(err, &p) {
			problems = append(problems, p)
		}
		if (err != nil) != c.err || len(set.Annotations) != c.n {
			t.Errorf("%s: want %d annotations, error %v; got %d, %v", c.name, c.n, c.err, len(set.Annotations), err)
		}
		if c.code == "" && len(problems) > 0 || c.code != "" && (len(problems) == 0 || problems[0].Code != c.code) {
			t.Errorf("%s: want the problem %q, got %v", c.name, c.code, problems)
		}
	}
}

// FuzzDecode asks of any bytes: no panic, and what was taken goes out by the
// rules and comes back the same.
func FuzzDecode(f *testing.F) {
	for _, s := range slices.Concat(w3ctest.Correct(), w3ctest.Incorrect()) {
		f.Add(s.Data)
	}
	for seed := range uint64(4) {
		var buf bytes.Buffer
		Encode(&buf, randomSet(rand.New(rand.NewPCG(seed, 4))))
		f.Add(buf.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, _, err := Decode(bytes.NewReader(data))
		if err != nil {
			return
		}
		var buf bytes.Buffer
		Encode(&buf, set)
		again, problems, err := Decode(bytes.NewReader(buf.Bytes()))
		if err != nil || !reflect.DeepEqual(again, set) {
			t.Fatalf("want it unchanged by going out and in, %s; problems %v, error %v\n%s", difference(set, again), problems, err, buf.String())
		}
		for _, b := range w3ctest.Check(buf.Bytes()) {
			if !strings.Contains(b, "3.2-targetObjectsRecognized") && !strings.Contains(b, "3.2-bodyObjectsRecognized") {
				t.Fatalf("want every rule kept on the way out, but %s\n%s", b, buf.String())
			}
		}
	})
}
