package annotation

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pizhu/app/annotation/internal/tree"
	"pizhu/app/article"
)

// Decode reads W3C Web Annotations in JSON-LD: one, a page, a collection with
// embedded pages, or an array of them. What the model has no field for is kept
// in [Annotation.Extra]. Nothing is dropped in silence: every item that was
// refused and everything that was mended is a Problem, and the rest is taken.
// The set is in normal form, sorted by identity.
//
// The error is r's, or a [Problem] where nothing at all could be read.
func Decode(r io.Reader) (Set, []Problem, error) { return DecodeWith(r, nil) }

// DecodeWith is Decode that calls pause, if there is one, every few milliseconds
// of work with the share of it that is done, from 0 to 1. Its error ends the
// work and comes back as it is.
func DecodeWith(r io.Reader, pause func(done float64) error) (Set, []Problem, error) {
	text, err := ReadAll(r)
	if err != nil {
		return Set{}, nil, err
	}
	root, err := Parse(text, pause)
	if err != nil {
		return Set{}, nil, err
	}
	return DecodeTree(root, pause)
}

// ReadAll is all that r holds. The error is r's, or a Problem for more than
// MaxBytes.
func ReadAll(r io.Reader) (string, error) {
	var b strings.Builder
	if sized, ok := r.(interface{ Len() int }); ok {
		b.Grow(min(sized.Len(), MaxBytes+1))
	}
	if _, err := io.Copy(&b, io.LimitReader(r, MaxBytes+1)); err != nil {
		return "", fmt.Errorf("read annotations: %w", err)
	}
	if b.Len() > MaxBytes {
		return "", Problem{Code: TooLarge, Detail: "over 64 MB", Refused: true}
	}
	return b.String(), nil
}

// parseShare is how much of the work of reading a file is parsing it.
const parseShare = 0.6

// Parse is the first part of DecodeWith: a file as a tree. The error is pause's,
// or a Problem.
func Parse(text string, pause func(done float64) error) (tree.Value, error) {
	var each func(read int) error
	if pause != nil {
		each = func(read int) error { return pause(parseShare * float64(read) / float64(len(text))) }
	}
	root, err := tree.ParseWith(text, each)
	if e := (*tree.SyntaxError)(nil); errors.As(err, &e) {
		code := NotJSON
		if errors.Is(err, tree.ErrDepth) {
			code = TooDeep
		}
		err = Problem{Code: code, Detail: err.Error(), Refused: true}
	}
	return root, err
}

// DecodeTree is the rest of DecodeWith.
func DecodeTree(root tree.Value, pause func(done float64) error) (Set, []Problem, error) {
	d := decoder{Slices: SlicesOf(pause)}
	if err := d.root(root); err != nil {
		return Set{}, d.problems, err
	}
	if !d.Go(1, 1) {
		return Set{}, nil, d.Err
	}
	return d.finish(), d.problems, nil
}

// Slices is a walk over the items of a file that pauses between some of them.
type Slices struct {
	Err   error // the pause's, which ended the walk
	pause func(done float64) error
	from  float64 // the share of the work that was done before
}

// SlicesOf is a walk over the items of a file that was parsed.
func SlicesOf(pause func(done float64) error) Slices { return Slices{pause: pause, from: parseShare} }

// sliceItems lie between two pauses: a browser reads them in two milliseconds.
const sliceItems = 32

// Go is asked before an item is taken, and is false once the walk has ended.
func (s *Slices) Go(done, total int) bool {
	if s.Err == nil && s.pause != nil && (done%sliceItems == 0 || done == total) {
		s.Err = s.pause(s.from + (1-s.from)*float64(done)/float64(total))
	}
	return s.Err == nil
}

type decoder struct {
	places
	Slices
	set      Set
	problems []Problem
	seen     seen
	full     bool // MaxAnnotations reached, and said so
}

// places makes JSON Pointers, or, while quiet, none: almost every annotation is
// without a problem, and writing down where each of its values stands took half
// the time of reading it. One with problems is read a second time, aloud.
type places struct{ quiet bool }

func (p *places) at(path, name string) string {
	if p.quiet {
		return ""
	}
	return tree.Pointer(path, name)
}

func (p *places) index(path string, i int) string {
	if p.quiet {
		return ""
	}
	return tree.Index(path, i)
}

func (d *decoder) problem(path string, code Code, detail string) {
	d.problems = append(d.problems, Problem{Path: path, Code: code, Detail: detail})
}

func (d *decoder) refuse(path string, code Code, detail string) {
	d.problems = append(d.problems, Problem{path, code, detail, true})
}

func (d *decoder) finish() Set {
	ids := make(map[string]bool, len(d.set.Annotations))
	for _, a := range d.set.Annotations {
		if ids[a.ID] {
			d.problem("", Duplicate, a.ID)
		}
		ids[a.ID] = true
	}
	return Merge(d.set, Set{})
}

// root takes the whole of a file. The error is a Problem.
func (d *decoder) root(v tree.Value) error {
	if v.Kind == tree.Array {
		for i, item := range v.Items {
			if !d.Go(i, len(v.Items)) {
				break
			}
			d.top(item, d.index("", i))
		}
		return nil
	}
	if v.Kind != tree.Object {
		return Problem{Code: NotAnnotation, Detail: "want an object or an array", Refused: true}
	}
	d.top(v, "")
	if len(d.problems) == 1 && d.problems[0].Path == "" && d.problems[0].Refused {
		return d.problems[0]
	}
	return nil
}

// top takes what stands on its own, and so must carry the context.
func (d *decoder) top(v tree.Value, path string) {
	if !namesContext(v.Get("@context")) {
		d.refuse(path, NoContext, "want "+annoContext+" in @context")
		return
	}
	switch {
	case hasType(v, "AnnotationCollection"):
		d.collection(v, path)
	case hasType(v, "AnnotationPage"):
		d.page(v, path)
	default:
		d.item(v, path)
	}
}

func namesContext(v tree.Value) bool {
	for _, item := range v.List() {
		// The address with an s is a common slip, and means nothing else.
		if s := item.Text(); s == annoContext || s == "https://www.w3.org/ns/anno.jsonld" {
			return true
		}
	}
	return false
}

func hasType(v tree.Value, name string) bool {
	t := v.Get("type")
	for i := range t.Len() {
		if item := t.At(i); item.Kind == tree.String && item.Str == name {
			return true
		}
	}
	return false
}

func (d *decoder) collection(v tree.Value, path string) {
	if !IsIRI(single(v.Get("id")).Text()) {
		d.problem(d.at(path, "id"), BadID, "want one IRI")
	}
	for _, label := range v.Get("label").List() {
		d.set.Label = max(d.set.Label, d.text(label, d.at(path, "label"), MaxName))
	}
	for i, t := range v.Get("pizhu:types").List() {
		d.claimType(t, d.index(d.at(path, "pizhu:types"), i))
	}
	for i, s := range v.Get("pizhu:articles").List() {
		d.source(s, d.index(d.at(path, "pizhu:articles"), i))
	}
	for i, w := range v.Get("pizhu:words").List() {
		d.word(w, d.index(d.at(path, "pizhu:words"), i))
	}
	for _, name := range []string{"first", "items"} {
		list := v.Get(name)
		for i, p := range list.List() {
			if !d.Go(i, list.Len()) {
				return
			}
			at := d.at(path, name)
			if list.Kind == tree.Array {
				at = d.index(at, i)
			}
			switch {
			case p.Kind == tree.Object && hasType(p, "AnnotationPage"):
				d.page(p, at)
			case p.Kind == tree.Object:
				d.item(p, at)
			default:
				d.problem(at, Elsewhere, p.Text())
			}
		}
	}
}

// page takes a page and those embedded after it. The parser's limit on nesting
// bounds how many these can be.
func (d *decoder) page(v tree.Value, path string) {
	items := v.Get("items")
	if items.Kind != tree.Array {
		d.problem(d.at(path, "items"), BadType, "want an array")
	}
	list := items.List()
	if room := min(len(list), MaxAnnotations); cap(d.set.Annotations) < room {
		d.set.Annotations = append(make([]Annotation, 0, room+len(d.set.Annotations)), d.set.Annotations...)
	}
	for i, item := range list {
		if !d.Go(i, len(list)) {
			return
		}
		if d.quietly(item) {
			continue
		}
		at := d.index(d.at(path, "items"), i)
		if item.Kind == tree.String {
			d.problem(at, Elsewhere, cut(item.Str, MaxName))
			continue
		}
		d.item(item, at)
	}
	switch next := v.Get("next"); {
	case next.Kind == tree.Object:
		d.page(next, d.at(path, "next"))
	case next.Kind != tree.Absent:
		d.problem(d.at(path, "next"), Elsewhere, cut(single(next).Text(), MaxName))
	}
}

func (d *decoder) item(v tree.Value, path string) {
	if len(d.set.Annotations) >= MaxAnnotations {
		if !d.full {
			d.refuse(path, TooMany, "and all after it")
			d.full = true
		}
		return
	}
	if d.quietly(v) {
		return
	}
	if a, ok := d.take(v, path); ok {
		d.set.Annotations = append(d.set.Annotations, a)
	}
}

// text is a string within limit bytes.
func (d *decoder) text(v tree.Value, path string, limit int) string {
	s := v.Text()
	if v.Mended {
		d.problem(path, NotText, "")
	}
	if len(s) > limit {
		d.problem(path, TooLong, fmt.Sprintf("%d bytes, cut to %d", len(s), limit))
		return cut(s, limit)
	}
	return s
}

// single is the only item of an array of one: JSON-LD lets one value stand in
// brackets or without.
func single(v tree.Value) tree.Value {
	if v.Kind == tree.Array {
		if len(v.Items) == 1 {
			return v.Items[0]
		}
		return tree.Value{Kind: tree.Null}
	}
	return v
}

// quietly takes v unless there is anything to say about it.
func (d *decoder) quietly(v tree.Value) bool {
	if v.Kind != tree.Object || len(d.set.Annotations) >= MaxAnnotations {
		return false
	}
	before := len(d.problems)
	d.quiet = true
	a, _ := d.take(v, "")
	d.quiet = false
	if len(d.problems) > before {
		d.problems = d.problems[:before]
		return false
	}
	d.set.Annotations = append(d.set.Annotations, a)
	return true
}

// take checks v against the W3C model's MUST rules and takes it.
func (d *decoder) take(v tree.Value, path string) (a Annotation, ok bool) {
	if v.Kind != tree.Object || !hasType(v, "Annotation") {
		d.refuse(d.at(path, "type"), BadType, "want Annotation")
		return a, false
	}
	if p := checkAnnotation(v, path, d.places, &d.seen); p != nil {
		d.problems = append(d.problems, *p)
		return a, false
	}
	id := single(v.Get("id")).Text()
	if a.ID = id; !IsIRI(id) {
		// Recogito writes a bare UUID; checkAnnotation let nothing else through.
		a.ID = "urn:uuid:" + strings.ToLower(strings.TrimPrefix(id, "#"))
		d.problem(d.at(path, "id"), BadID, "a UUID instead of an IRI")
	}
	extra := overlay{d: d, path: path}
	a.Created = d.time(v.Get("created"), d.at(path, "created"))
	if a.Modified = d.time(v.Get("modified"), d.at(path, "modified")); a.Modified.IsZero() {
		a.Modified = a.Created
	}
	if types := v.Get("type"); len(types.List()) > 1 {
		extra.member("type", types)
	}
	d.creator(&a, v.Get("creator"), d.at(path, "creator"), &extra)
	if !d.target(&a, v.Get("target"), d.at(path, "target"), &extra) {
		return a, false
	}
	d.bodies(&a, v, path, &extra)
	if m := v.Get("motivation"); m.Kind != tree.Absent && (m.Kind != tree.String || m.Str != motivation(a)) {
		extra.member("motivation", m)
	}
	a.Deleted = v.Get("pizhu:deleted").Str == "true"
	for _, m := range v.Get("pizhu:stamps").Members {
		if i := slices.Index(fieldNames[:], strings.TrimPrefix(m.Name, "pizhu:")); i >= 0 {
			a.Stamps[i] = unixMilli(d.time(m.Value, d.at(d.at(path, "pizhu:stamps"), m.Name)))
		}
	}
	for _, m := range v.Members {
		switch m.Name {
		case "@context", "id", "type", "created", "modified", "creator", "motivation",
			"body", "bodyValue", "target", "pizhu:deleted", "pizhu:stamps":
		default:
			extra.member(m.Name, m.Value)
		}
	}
	a.Extra = extra.done()
	return a.Normal(), true
}

// time is a date-time that checkAnnotation found well formed; one that the
// stamps cannot hold is none.
func (d *decoder) time(v tree.Value, path string) time.Time {
	if v.Kind == tree.Absent {
		return time.Time{}
	}
	t, ok := d.seen.dateTime(single(v).Text())
	if !ok || t.Unix() < 0 || t.UTC().Year() > 9999 {
		d.problem(path, BadTime, "want a date-time since 1970")
		return time.Time{}
	}
	return Milliseconds(t)
}

func (d *decoder) creator(a *Annotation, v tree.Value, path string, extra *overlay) {
	agent := v
	if list := v.List(); v.Kind == tree.Array {
		agent = list[0]
	}
	switch agent.Kind {
	case tree.Absent:
		return
	case tree.String:
		a.Creator = d.text(agent, path, MaxName)
		if !IsIRI(a.Creator) {
			d.problem(path, BadAgent, "a name instead of an IRI")
			return
		}
	case tree.Object:
		for _, name := range []string{"name", "nickname", "id"} {
			for _, s := range agent.Get(name).List() {
				if a.Creator == "" {
					a.Creator = d.text(s, d.at(path, name), MaxName)
				}
			}
		}
	}
	// What we would write ourselves needs no keeping.
	ours := v.Kind == tree.String && v.Str == a.Creator ||
		v.Kind == tree.Object && len(v.Members) == 2 && v.Get("type").Text() == "Person" && v.Get("name").Text() == a.Creator && !IsIRI(a.Creator)
	if !ours {
		extra.member("creator", v)
	}
}

// target takes where an annotation stands. Of a target in a shape that the
// model has no room for, the page is taken and the whole is kept in Extra.
func (d *decoder) target(a *Annotation, v tree.Value, path string, extra *overlay) bool {
	one := single(v)
	if v.Kind == tree.Array && len(v.Items) > 1 {
		one, path = v.Items[0], d.index(path, 0)
		extra.member("target", v)
	}
	if one.Kind == tree.Object && one.Has("items") {
		extra.member("target", v)
		for one.Kind == tree.Object && one.Has("items") { // as deep as the parser let it
			one = one.Get("items").List()[0]
		}
	}
	if one.Kind == tree.String {
		a.Article = articleID(one.Str)
		return true
	}
	if !one.Has("source") {
		a.Article = articleID(single(one.Get("id")).Text())
		if len(one.Members) > 1 {
			extra.member("target", v)
		}
		return true
	}
	source := one.Get("source")
	if source.Kind == tree.Object {
		extra.member("target", v)
		source = single(source.Get("id"))
	}
	a.Article = articleID(source.Text())

	quoted, placed := false, false
	var rest []tree.Value
	list := one.Get("selector")
	for i, s := range list.List() {
		at := d.at(path, "selector")
		if list.Kind == tree.Array {
			at = d.index(at, i)
		}
		switch {
		case hasType(s, "TextQuoteSelector") && !quoted:
			quoted = true
			a.Quote = d.quote(s, at)
		case hasType(s, "TextPositionSelector") && !placed:
			placed = true
			a.Span = d.span(s, at)
		default:
			if s.Kind == tree.Object && !s.Has("id") && (!knownSelector(s) || strings.HasSuffix(s.Get("type").Text(), "State")) {
				d.problem(at, BadSelector, "unknown, left out: "+cut(s.Get("type").Text(), MaxName))
				continue
			}
			rest = append(rest, s)
			if r := s.Get("refinedBy"); hasType(r, "TextQuoteSelector") && !quoted {
				a.Quote = d.quote(r, d.at(at, "refinedBy"))
			}
			continue
		}
		if s.Has("refinedBy") {
			rest = append(rest, s)
		}
	}
	if placed && a.Span.Empty() && a.Quote.Exact == "" {
		d.refuse(path, BadSpan, "no place and no quote")
		return false
	}
	more := tree.Value{Kind: tree.Object}
	if len(rest) > 0 {
		more.Members = append(more.Members, tree.Member{Name: "selector", Value: tree.Value{Kind: tree.Array, Items: rest}})
	}
	for _, m := range one.Members {
		switch m.Name {
		case "type", "source", "selector":
		default:
			more.Members = append(more.Members, m)
		}
	}
	if len(more.Members) > 0 && !extra.has("target") {
		extra.member("target", more)
	}
	return true
}

func (d *decoder) quote(s tree.Value, path string) Quote {
	q := Quote{
		Exact:  d.text(s.Get("exact"), d.at(path, "exact"), MaxQuote),
		Prefix: d.text(s.Get("prefix"), d.at(path, "prefix"), MaxContext),
		Suffix: d.text(s.Get("suffix"), d.at(path, "suffix"), MaxContext),
	}
	if q.Exact == "" {
		return Quote{}
	}
	return q
}

func (d *decoder) span(s tree.Value, path string) article.Span {
	start, _ := s.Get("start").Int() // checkAnnotation saw that they are
	end, _ := s.Get("end").Int()
	span := article.Span{Start: start, End: end}
	if span.Empty() || end > MaxPosition {
		d.problem(path, BadSpan, fmt.Sprintf("from %d to %d", start, end))
		return article.Span{}
	}
	return span
}

// bodies takes what an annotation says. What fits a field goes there, once; the
// rest is kept.
func (d *decoder) bodies(a *Annotation, v tree.Value, path string, extra *overlay) {
	if s := single(v.Get("bodyValue")); s.Kind == tree.String {
		a.Note = d.text(s, d.at(path, "bodyValue"), MaxNote)
	}
	list := v.Get("body")
	at := func(i int) string {
		if list.Kind == tree.Array {
			return d.index(d.at(path, "body"), i)
		}
		return d.at(path, "body")
	}
	var rest []int
	for i, b := range list.List() {
		if !d.body(a, b, at(i), single(v.Get("motivation")).Text()) {
			rest = append(rest, i)
		}
	}
	// A tag elsewhere is a type here, unless there is one already.
	if a.Type == "" {
		for k, i := range rest {
			b := list.List()[i]
			if isText(b) && purpose(b) == "tagging" && b.Get("value").Str != "" {
				a.Type = d.text(b.Get("value"), d.at(at(i), "value"), MaxName)
				rest = slices.Delete(rest, k, k+1)
				break
			}
		}
	}
	if len(rest) == 0 {
		return
	}
	kept := tree.Value{Kind: tree.Array}
	for _, i := range rest {
		kept.Items = append(kept.Items, withoutID(list.List()[i]))
	}
	extra.member("body", kept)
}

// withoutID drops the id of a text with a purpose: Recogito gives it one, and
// the W3C's checks take it for a page of the web, which can have no purpose.
func withoutID(b tree.Value) tree.Value {
	if !isText(b) || !b.Has("id") || !b.Has("purpose") {
		return b
	}
	b.Members = slices.DeleteFunc(slices.Clone(b.Members), func(m tree.Member) bool { return m.Name == "id" })
	return b
}

func isText(b tree.Value) bool { return b.Get("value").Kind == tree.String && !b.Has("source") }

func purpose(b tree.Value) string { return single(b.Get("purpose")).Text() }

// body puts b where it belongs, and reports whether there was such a place.
func (d *decoder) body(a *Annotation, b tree.Value, path, motivation string) bool {
	if b.Kind != tree.Object {
		return false
	}
	why := purpose(b)
	if why == "" {
		why = motivation
	}
	if b.Has("source") {
		return d.link(a, b, path)
	}
	if !isText(b) {
		return false
	}
	value := b.Get("value")
	switch {
	case hasType(b, "schema:Claim"):
		return d.claim(a, b, path)
	case why == "assessing" && slices.Contains(Verdicts, Verdict(value.Str)) && a.Verdict == "":
		a.Verdict = Verdict(value.Str)
	case why == "assessing" && hasType(b, "schema:ClaimReview"):
		d.problem(d.at(path, "value"), BadFacet, "no verdict: "+cut(value.Str, 40))
	case why == "classifying" && a.Type == "" && value.Str != "":
		a.Type = d.text(value, d.at(path, "value"), MaxName)
	case why == "tagging" && a.Type == "" && !b.Has("purpose") && value.Str != "":
		a.Type = d.text(value, d.at(path, "value"), MaxName)
	case slices.Contains([]string{"", "commenting", "describing", "replying", "highlighting"}, why) && a.Note == "":
		a.Note = d.text(value, d.at(path, "value"), MaxNote)
	default:
		return value.Str == "" // says nothing
	}
	return true
}

func (d *decoder) claim(a *Annotation, b tree.Value, path string) bool {
	author := single(b.Get("schema:author"))
	if author.Kind == tree.Object {
		author = single(author.Get("schema:name"))
	}
	if a.Attribution == "" {
		a.Attribution = d.text(author, d.at(path, "schema:author"), MaxName)
	}
	if c := b.Get("pizhu:certainty"); c.Kind != tree.Absent {
		if slices.Contains(Certainties, Certainty(c.Text())) {
			a.Certainty = Certainty(c.Str)
		} else {
			d.problem(d.at(path, "pizhu:certainty"), BadFacet, cut(c.Text(), 40))
		}
	}
	if q := b.Get("pizhu:quantity"); q.Kind != tree.Absent {
		at := d.at(path, "pizhu:quantity")
		value, ok := q.Get("schema:value").Float()
		if !ok {
			d.problem(d.at(at, "schema:value"), BadFacet, "want a finite number")
		} else {
			a.Quantity = Quantity{value, d.text(q.Get("schema:unitText"), d.at(at, "schema:unitText"), MaxName),
				d.text(q.Get("pizhu:compared"), d.at(at, "pizhu:compared"), MaxName)}
		}
	}
	return true
}

// link takes a body that points elsewhere: a relation, or the source of a
// verdict.
func (d *decoder) link(a *Annotation, b tree.Value, path string) bool {
	source := b.Get("source").Text()
	if kind := b.Get("pizhu:relation"); kind.Kind != tree.Absent {
		switch {
		case !slices.Contains(RelationKinds, RelationKind(kind.Text())):
			d.problem(d.at(path, "pizhu:relation"), BadRelation, cut(kind.Text(), 40))
		case !IsIRI(source):
			d.problem(d.at(path, "source"), BadRelation, "want an IRI")
		case len(a.Relations) >= MaxRelations:
			d.problem(path, BadRelation, "too many")
		default:
			a.Relations = append(a.Relations, Relation{RelationKind(kind.Text()), source})
		}
		return true
	}
	if purpose(b) != "linking" || a.Link != "" || !IsLink(source) {
		return false
	}
	for _, m := range b.Members {
		switch m.Name {
		case "type", "purpose", "source":
		default:
			return false // says more than a link can
		}
	}
	a.Link = source
	return true
}

func (d *decoder) claimType(v tree.Value, path string) {
	label := v.Get("pizhu:label")
	t := Type{
		Name: d.text(v.Get("pizhu:name"), d.at(path, "pizhu:name"), MaxName),
		Labels: Labels{
			Hant: d.text(label.Get("zh-Hant"), d.at(d.at(path, "pizhu:label"), "zh-Hant"), MaxName),
			Hans: d.text(label.Get("zh-Hans"), d.at(d.at(path, "pizhu:label"), "zh-Hans"), MaxName),
			En:   d.text(label.Get("en"), d.at(d.at(path, "pizhu:label"), "en"), MaxName),
		},
		Colour:  d.keyword(v.Get("pizhu:colour"), d.at(path, "pizhu:colour")),
		Line:    d.keyword(v.Get("pizhu:line"), d.at(path, "pizhu:line")),
		Deleted: v.Get("pizhu:deleted").Str == "true",
	}
	if t.Name == "" {
		d.refuse(path, BadEntry, "a type without a name")
		return
	}
	t.Order, _ = v.Get("pizhu:order").Int()
	t.Modified = d.time(v.Get("modified"), d.at(path, "modified"))
	for i, s := range v.Get("pizhu:triggers").List() {
		if text := d.text(s, d.index(d.at(path, "pizhu:triggers"), i), MaxName); text != "" && len(t.Triggers) < MaxRelations {
			t.Triggers = append(t.Triggers, text)
		}
	}
	d.set.Types = append(d.set.Types, t)
}

// keyword is a colour or a line style. It ends up in a style sheet, so it may
// hold nothing but what their names are made of.
func (d *decoder) keyword(v tree.Value, path string) string {
	s := v.Text()
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '#' && i == 0) || len(s) > 32 {
			d.problem(path, BadEntry, "no colour or line: "+cut(s, 40))
			return ""
		}
	}
	return s
}

func (d *decoder) source(v tree.Value, path string) {
	text := func(name string, limit int) string {
		return d.text(v.Get(name), d.at(path, name), limit)
	}
	s := Source{
		ID:        articleID(text("id", MaxName*3)),
		Title:     text("schema:headline", MaxName),
		Author:    text("schema:author", MaxName),
		Publisher: text("schema:publisher", MaxName),
		URL:       text("schema:url", MaxName),
		Date:      text("schema:datePublished", MaxName),
		Variant:   text("schema:inLanguage", MaxName),
		Text:      text("schema:articleBody", MaxBytes),
		Layout:    text("pizhu:layout", MaxBytes),
		Modified:  d.time(v.Get("modified"), d.at(path, "modified")),
		Deleted:   v.Get("pizhu:deleted").Str == "true",
	}
	if s.ID == "" {
		d.refuse(path, BadEntry, "an article without an identity")
		return
	}
	if s.URL != "" && !IsLink(s.URL) {
		d.problem(d.at(path, "schema:url"), BadLink, cut(s.URL, 80))
		s.URL = ""
	}
	d.set.Articles = append(d.set.Articles, s)
}

func (d *decoder) word(v tree.Value, path string) {
	w := Word{
		Text:     d.text(v.Get("pizhu:word"), d.at(path, "pizhu:word"), MaxName),
		Modified: d.time(v.Get("modified"), d.at(path, "modified")),
		Deleted:  v.Get("pizhu:deleted").Str == "true",
	}
	if w.Text == "" {
		d.refuse(path, BadEntry, "an empty word")
		return
	}
	d.set.Words = append(d.set.Words, w)
}

// overlay gathers what the model has no field for.
type overlay struct {
	d       *decoder
	path    string
	members []tree.Member
	size    int
}

func (o *overlay) has(name string) bool {
	return slices.ContainsFunc(o.members, func(m tree.Member) bool { return m.Name == name })
}

func (o *overlay) member(name string, v tree.Value) {
	o.size += len(name) + v.Size()
	if o.size > MaxExtra {
		o.d.problem(o.d.at(o.path, name), TooLong, "left out")
		return
	}
	o.members = slices.DeleteFunc(o.members, func(m tree.Member) bool { return m.Name == name })
	o.members = append(o.members, tree.Member{Name: name, Value: v})
}

// done is the overlay as text, with names in order, so that equal extras are
// equal texts.
func (o *overlay) done() string {
	if len(o.members) == 0 {
		return ""
	}
	slices.SortFunc(o.members, func(a, b tree.Member) int { return strings.Compare(a.Name, b.Name) })
	return string(tree.Append(nil, tree.Value{Kind: tree.Object, Members: o.members}))
}
