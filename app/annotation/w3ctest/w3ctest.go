// Package w3ctest checks documents against the rules that the W3C's Web
// Annotation tests say they MUST keep. It is for tests: it links a JSON Schema
// validator and the W3C's schemas, none of which the program needs.
package w3ctest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed suite
var suite embed.FS

// The lists of assertions, one for each kind of document.
const (
	annotationMusts = "annotations/annotationMusts.test"
	collectionMusts = "collections/collectionMusts.test"
	pageMusts       = "collections/pages/pageMusts.test"
)

// assertion is one rule.
type assertion struct {
	name    string
	message string
	schema  *jsonschema.Schema
}

var assertions = sync.OnceValues(func() (map[string][]assertion, error) {
	// The schemas name each other by file name alone.
	files := map[string]any{}
	err := fs.WalkDir(suite, "suite", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".json") || strings.Contains(name, "/samples/") {
			return err
		}
		data, err := suite.ReadFile(name)
		if err != nil {
			return err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			return fmt.Errorf("read schema %s: %w", name, err)
		}
		files[path.Base(name)] = doc
		return nil
	})
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	c.AssertFormat()
	for name, doc := range files {
		if err := c.AddResource("suite:///"+name, doc); err != nil {
			return nil, fmt.Errorf("add schema %s: %w", name, err)
		}
	}
	out := map[string][]assertion{}
	for _, list := range []string{annotationMusts, collectionMusts, pageMusts} {
		data, err := suite.ReadFile("suite/" + list)
		if err != nil {
			return nil, err
		}
		var test struct{ Assertions []string }
		if err := json.Unmarshal(data, &test); err != nil {
			return nil, fmt.Errorf("read %s: %w", list, err)
		}
		for _, name := range test.Assertions {
			schema, err := c.Compile("suite:///" + path.Base(name))
			if err != nil {
				return nil, fmt.Errorf("compile %s: %w", name, err)
			}
			doc, _ := files[path.Base(name)].(map[string]any)
			message, _ := doc["errorMessage"].(string)
			out[list] = append(out[list], assertion{name, message, schema})
		}
	}
	return out, nil
})

// Check is what is wrong with a document of annotations, one sentence a broken
// rule: with the collection, its embedded first page, and each annotation of
// that page; or with a single page or annotation. It is empty for a document
// that keeps every rule. An annotation inside a page is checked as it stands,
// so it must name the context itself.
func Check(data []byte) []string {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return []string{"not JSON: " + err.Error()}
	}
	object, ok := doc.(map[string]any)
	if !ok {
		return []string{"the document is no object"}
	}
	switch object["type"] {
	case "AnnotationCollection":
		broken := keep(collectionMusts, "collection", object)
		if page, ok := object["first"].(map[string]any); ok {
			broken = append(broken, checkPage(page)...)
		}
		return broken
	case "AnnotationPage":
		return checkPage(object)
	}
	return keep(annotationMusts, "annotation", object)
}

func checkPage(page map[string]any) []string {
	broken := keep(pageMusts, "page", page)
	items, ok := page["items"].([]any)
	if !ok {
		return append(broken, "page: items is no array")
	}
	for i, item := range items {
		broken = append(broken, keep(annotationMusts, fmt.Sprintf("item %d", i), item)...)
	}
	return broken
}

func keep(list, what string, doc any) []string {
	all, err := assertions()
	if err != nil {
		return []string{err.Error()}
	}
	var broken []string
	for _, a := range all[list] {
		if err := a.schema.Validate(doc); err != nil {
			broken = append(broken, fmt.Sprintf("%s breaks %s: %s", what, a.name, a.message))
		}
	}
	return broken
}

// Sample is a document that the W3C publishes with its tests.
type Sample struct {
	Name string // correct/anno1.json
	Data []byte
}

// Correct is the samples that the W3C calls correct.
func Correct() []Sample { return samples("correct") }

// Incorrect is the samples that it calls incorrect.
func Incorrect() []Sample { return samples("incorrect") }

func samples(kind string) (out []Sample) {
	dir := "suite/samples/" + kind
	entries, err := suite.ReadDir(dir)
	if err != nil {
		panic(err) // embedded: cannot be missing
	}
	for _, e := range entries {
		data, err := suite.ReadFile(dir + "/" + e.Name())
		if err != nil {
			panic(err)
		}
		out = append(out, Sample{kind + "/" + e.Name(), data})
	}
	return out
}
