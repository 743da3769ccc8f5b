// Package foreign reads the annotations of other tools: the W3C's JSON-LD of
// any, Hypothesis's export and API answers, Recogito's, doccano's and Label
// Studio's. What they have no word for is left out; what the model has no field
// for is kept beside it, or told.
package foreign

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"pizhu/app/anchor"
	"pizhu/app/annotation"
	"pizhu/app/annotation/internal/tree"
	"pizhu/app/article"
)

// Format is what kind of file it was.
type Format string

// The formats that Decode knows.
const (
	W3C         Format = "w3c"
	Hypothesis  Format = "hypothesis"
	Recogito    Format = "recogito"
	Doccano     Format = "doccano"
	LabelStudio Format = "label-studio"
)

// Into is the article that is being read while a file is imported. Files that do
// not name a text are about this one; quotes from pages of the web are looked
// for in it. It may be empty.
type Into struct {
	Article string
	Text    string
	// Pause, if there is one, is called every few milliseconds of work with the
	// share of it that is done, from 0 to 1. Its error ends the reading and comes
	// back as it is.
	Pause func(done float64) error
}

// Decode finds out what a file is and reads it: JSON, or JSON Lines. The
// Problems and the error are as those of annotation.Decode; a line of JSON Lines
// has the path of its number, from 0.
func Decode(r io.Reader, into Into) (annotation.Set, Format, []annotation.Problem, error) {
	text, err := annotation.ReadAll(r)
	if err != nil {
		return annotation.Set{}, "", nil, err
	}
	d := decoder{into: into, Slices: annotation.SlicesOf(into.Pause), texts: map[string]*known{}}
	root, err := annotation.Parse(text, into.Pause)
	if p := (annotation.Problem{}); errors.As(err, &p) {
		root, err = d.lines(text, p)
	}
	if err != nil {
		return annotation.Set{}, "", nil, err
	}
	format := sniff(root)
	switch format {
	case W3C:
		return d.w3c(root)
	case Hypothesis:
		rows := root
		if root.Kind == tree.Object && !root.Has("uri") {
			rows = first(root, "annotations", "rows")
		}
		d.each(rows, d.hypothesis)
	case Recogito:
		d.each(root, d.recogito)
	case Doccano:
		d.each(root, d.doccano)
	case LabelStudio:
		d.each(root, d.labelStudio)
	default:
		return annotation.Set{}, "", d.problems, annotation.Problem{Code: annotation.NotAnnotation, Detail: "of no known tool", Refused: true}
	}
	if !d.Go(1, 1) {
		return annotation.Set{}, "", nil, d.Err
	}
	return annotation.Merge(d.set, annotation.Set{}), format, d.problems, nil
}

// lines reads JSON Lines: each line a value of one array. whole is why the
// text is no JSON; it is the error where no line is JSON either.
func (d *decoder) lines(text string, whole annotation.Problem) (tree.Value, error) {
	root := tree.Value{Kind: tree.Array}
	good, read, paused := 0, 0, 0
	for n, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		if read += len(line) + 1; d.into.Pause != nil && read-paused > lineBytes {
			paused = read
			if err := d.into.Pause(0.5 * float64(read) / float64(len(text)+1)); err != nil {
				return root, err
			}
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		v, err := tree.Parse(line)
		if err != nil {
			d.refuse(tree.Index("", n), annotation.NotJSON, err.Error())
			if good == 0 && len(d.problems) > 10 {
				break // a megabyte of prose has ten thousand lines
			}
			continue
		}
		good++
		for len(root.Items) < n { // so that a place in the array is a line
			root.Items = append(root.Items, tree.Value{})
		}
		root.Items = append(root.Items, v)
	}
	if good == 0 {
		return root, whole
	}
	return root, nil
}

// lineBytes of JSON Lines lie between two pauses: a browser reads them in two
// milliseconds.
const lineBytes = 64 << 10

// sniff tells the format by what only that one has.
func sniff(root tree.Value) Format {
	for _, v := range root.List() {
		if v.Kind != tree.Object {
			continue
		}
		rows := first(v, "annotations", "rows").List()
		switch {
		case v.Has("@context"), hasAnnotationType(v):
			return W3C
		case v.Has("bodies") && v.Has("target"):
			return Recogito
		case v.Get("data").Kind == tree.Object && (v.Has("annotations") || v.Has("completions") || v.Has("predictions")):
			return LabelStudio
		case len(rows) > 0 && rows[0].Has("target"), v.Has("export_userid"), v.Has("rows") && v.Has("total"),
			v.Has("uri") && v.Has("target"):
			return Hypothesis
		case v.Has("text") && hasLabels(v.Get("label")):
			return LabelStudio
		case v.Has("text") && (v.Has("label") || v.Has("labels") || v.Has("entities")):
			return Doccano
		}
		return ""
	}
	return ""
}

func hasAnnotationType(v tree.Value) bool {
	for _, t := range v.Get("type").List() {
		switch t.Text() {
		case "Annotation", "AnnotationPage", "AnnotationCollection":
			return true
		}
	}
	return false
}

func hasLabels(list tree.Value) bool {
	return list.Kind == tree.Array && len(list.Items) > 0 && list.Items[0].Has("start")
}

func first(v tree.Value, names ...string) tree.Value {
	for _, name := range names {
		if m := v.Get(name); m.Kind != tree.Absent {
			return m
		}
	}
	return tree.Value{}
}

type decoder struct {
	annotation.Slices
	into     Into
	set      annotation.Set
	problems []annotation.Problem
	texts    map[string]*known // by the text as the file has it
	open     *anchor.Text      // into.Text
	full     bool
}

func (d *decoder) problem(path string, code annotation.Code, detail string) {
	d.problems = append(d.problems, annotation.Problem{Path: path, Code: code, Detail: detail})
}

func (d *decoder) refuse(path string, code annotation.Code, detail string) {
	d.problems = append(d.problems, annotation.Problem{Path: path, Code: code, Detail: detail, Refused: true})
}

func (d *decoder) each(list tree.Value, take func(v tree.Value, path string)) {
	all := list.List()
	for i, v := range all {
		if !d.Go(i, len(all)) {
			return
		}
		path := ""
		if list.Kind == tree.Array {
			path = tree.Index("", i)
		}
		switch v.Kind {
		case tree.Absent: // an empty line
		case tree.Object:
			take(v, path)
		default:
			d.refuse(path, annotation.NotAnnotation, "want an object")
		}
	}
}

func (d *decoder) add(a annotation.Annotation, path string) {
	if len(d.set.Annotations) >= annotation.MaxAnnotations {
		if !d.full {
			d.refuse(path, annotation.TooMany, "and all after it")
			d.full = true
		}
		return
	}
	d.set.Annotations = append(d.set.Annotations, a.Normal())
}

func (d *decoder) text(v tree.Value, path string, limit int) string {
	s := v.Text()
	if v.Mended {
		d.problem(path, annotation.NotText, "")
	}
	if len(s) > limit {
		d.problem(path, annotation.TooLong, fmt.Sprintf("%d bytes, cut to %d", len(s), limit))
		return annotation.Cut(s, limit)
	}
	return s
}

func (d *decoder) time(v tree.Value, path string) time.Time {
	if v.Kind == tree.Absent || v.Kind == tree.Null {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, v.Text())
	if err != nil || t.Unix() < 0 || t.Year() > 9998 {
		d.problem(path, annotation.BadTime, annotation.Cut(v.Text(), 40))
		return time.Time{}
	}
	return annotation.Milliseconds(t)
}

// w3c hands the file to the codec. recogito-js leaves out the source, since it
// knows one text alone; here that is the article being read.
func (d *decoder) w3c(root tree.Value) (annotation.Set, Format, []annotation.Problem, error) {
	if root.Kind == tree.Array {
		items := root.Items
		root.Items = nil
		for _, v := range items {
			if v.Kind != tree.Absent { // an empty line
				root.Items = append(root.Items, d.withSource(v))
			}
		}
	} else if hasAnnotationType(root) {
		root = d.withSource(root)
	}
	set, problems, err := annotation.DecodeTree(root, d.into.Pause)
	return set, W3C, append(d.problems, problems...), err
}

func (d *decoder) withSource(v tree.Value) tree.Value {
	target := v.Get("target")
	if target.Kind != tree.Object || target.Has("source") || target.Has("id") || !target.Has("selector") || d.into.Article == "" {
		return v
	}
	target.Members = append([]tree.Member{{Name: "source", Value: str(annotation.ArticleIRI(d.into.Article))}}, target.Members...)
	v.Members = append(append([]tree.Member(nil), v.Members...), tree.Member{Name: "target", Value: target})
	return v
}

func str(s string) tree.Value { return tree.Value{Kind: tree.String, Str: s} }

// known is a text that a file carries, as an article here.
type known struct {
	source  string // as the file has it
	article string
	here    *anchor.Text // as the article has it
	same    bool
}

// textOf is the article that a file's text is: the one being read, or one of its
// own, which then comes with the set.
func (d *decoder) textOf(text, path string) *known {
	if k := d.texts[text]; k != nil {
		return k
	}
	k := &known{source: text}
	d.texts[text] = k
	here := text
	if a, err := article.Parse("text.txt", []byte(text)); err == nil {
		k.article, here = a.ID, a.Text
		if d.into.Text != "" && a.Text == d.into.Text {
			k.article = d.into.Article
		} else {
			d.set.Articles = append(d.set.Articles, annotation.Source{ID: a.ID, Title: annotation.Cut(a.Title, annotation.MaxName), Variant: a.Variant, Text: a.Text})
		}
	} else {
		d.problem(path, annotation.NoText, err.Error())
		k.article = annotation.NamedID(text)
	}
	k.here, k.same = anchor.NewText(here, nil), here == text
	return k
}

// place puts a span of k's text into a. Tools count in code points or in UTF-16
// units, and not all say which; the quote, where there is one, tells.
func (d *decoder) place(a *annotation.Annotation, k *known, start, end int, quote, path string) {
	a.Article = k.article
	span := article.Span{Start: start, End: end}
	sel := annotation.Describe(k.source, span)
	if quote != "" && sel.Exact != quote {
		units := article.Span{Start: article.FromUTF16(k.source, start, false), End: article.FromUTF16(k.source, end, true)}
		if other := annotation.Describe(k.source, units); other.Exact == quote {
			sel = other
		} else {
			d.problem(path, annotation.BadSpan, "the text there is not the quote")
			sel = annotation.Selector{Exact: annotation.Cut(quote, annotation.MaxQuote), Span: article.Span{Start: -1, End: -1}}
		}
	}
	a.Quote = annotation.Quote{Exact: sel.Exact, Prefix: sel.Prefix, Suffix: sel.Suffix}
	a.Span = sel.Span
	if !k.same || sel.Span.Start < 0 {
		a.Span = article.Span{}
		if span, _, ok := k.here.Find(sel); ok {
			a.Span, a.Quote = span, k.here.Quote(span)
		}
	}
}

// number is a whole number that may stand in quotes.
func number(v tree.Value) (int, bool) {
	if v.Kind == tree.String {
		n, err := strconv.Atoi(v.Str)
		return n, err == nil
	}
	return v.Int()
}

// span is two numbers that can be a span.
func (d *decoder) span(start, end tree.Value, path string) (s article.Span, ok bool) {
	var ok1, ok2 bool
	s.Start, ok1 = number(start)
	s.End, ok2 = number(end)
	if !ok1 || !ok2 || s.Start < 0 || s.Empty() || s.End > annotation.MaxPosition {
		d.refuse(path, annotation.BadSpan, fmt.Sprintf("from %s to %s", annotation.Cut(start.Str, 40), annotation.Cut(end.Str, 40)))
		return s, false
	}
	return s, true
}

// tags puts the first into Type and keeps the rest beside it.
func tags(a *annotation.Annotation, list []string) {
	rest := tree.Value{Kind: tree.Array}
	for _, tag := range list {
		switch {
		case tag == "":
		case a.Type == "":
			a.Type = tag
		case tag != a.Type:
			rest.Items = append(rest.Items, tree.Value{Kind: tree.Object, Members: []tree.Member{
				{Name: "type", Value: str("TextualBody")}, {Name: "purpose", Value: str("tagging")}, {Name: "value", Value: str(tag)}}})
		}
	}
	if len(rest.Items) > 0 && len(rest.Items) <= 100 {
		a.Extra = string(tree.Append(nil, tree.Value{Kind: tree.Object, Members: []tree.Member{{Name: "body", Value: rest}}}))
	}
}
