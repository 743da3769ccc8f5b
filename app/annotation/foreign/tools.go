package foreign

import (
	"slices"
	"strconv"
	"strings"

	"pizhu/app/anchor"
	"pizhu/app/annotation"
	"pizhu/app/annotation/internal/tree"
	"pizhu/app/article"
)

// hypothesis takes one annotation of Hypothesis's API, or of its client's
// export. They are of pages of the web; a quote that stands in the article being
// read is taken as one of it.
func (d *decoder) hypothesis(v tree.Value, path string) {
	id := v.Get("id").Text()
	if id == "" || strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		d.refuse(path+"/id", annotation.BadID, "want an identity of Hypothesis's")
		return
	}
	uri := d.text(v.Get("uri"), path+"/uri", annotation.MaxName)
	if !annotation.IsIRI(uri) {
		d.refuse(path+"/uri", annotation.BadTarget, "want the address of a page")
		return
	}
	a := annotation.Annotation{
		ID: hypothesisID(id), Article: uri,
		Note:     d.text(v.Get("text"), path+"/text", annotation.MaxNote),
		Created:  d.time(v.Get("created"), path+"/created"),
		Modified: d.time(v.Get("updated"), path+"/updated"),
		Creator:  d.text(v.Get("user_info").Get("display_name"), path+"/user_info/display_name", annotation.MaxName),
	}
	if a.Creator == "" { // acct:name@hypothes.is
		name, _, _ := strings.Cut(strings.TrimPrefix(v.Get("user").Text(), "acct:"), "@")
		a.Creator = annotation.Cut(name, annotation.MaxName)
	}
	var list []string
	for i, t := range v.Get("tags").List() {
		list = append(list, d.text(t, tree.Index(path+"/tags", i), annotation.MaxName))
	}
	tags(&a, list)
	if refs := v.Get("references").List(); len(refs) > 0 { // the last is what it replies to
		a.Relations = []annotation.Relation{{Kind: annotation.Answers, To: hypothesisID(refs[len(refs)-1].Text())}}
	}
	sel := annotation.Selector{Span: article.Span{Start: -1, End: -1}}
	for _, target := range v.Get("target").List() {
		for _, s := range target.Get("selector").List() {
			if s.Get("type").Text() == "TextQuoteSelector" && sel.Exact == "" {
				sel.Exact = d.text(s.Get("exact"), path+"/target/0/selector", annotation.MaxQuote)
				sel.Prefix = d.text(s.Get("prefix"), path+"/target/0/selector", annotation.MaxContext)
				sel.Suffix = d.text(s.Get("suffix"), path+"/target/0/selector", annotation.MaxContext)
			}
		}
	}
	a.Quote = annotation.Quote{Exact: sel.Exact, Prefix: sel.Prefix, Suffix: sel.Suffix}
	// Its places count units of a page's text as that page had it, and mean
	// nothing here: only the quote counts.
	if t := d.openText(); t != nil && sel.Exact != "" {
		if span, _, ok := t.Find(sel); ok {
			a.Article, a.Span, a.Quote = d.into.Article, span, t.Quote(span)
		}
	}
	if a.Article == uri {
		title := ""
		for _, s := range v.Get("document").Get("title").List() {
			if title == "" {
				title = d.text(s, path+"/document/title", annotation.MaxName)
			}
		}
		source := annotation.Source{ID: uri, Title: title}
		if annotation.IsLink(uri) {
			source.URL = uri
		}
		if !slices.ContainsFunc(d.set.Articles, func(s annotation.Source) bool { return s.ID == uri }) {
			d.set.Articles = append(d.set.Articles, source)
		}
	}
	d.add(a, path)
}

func hypothesisID(id string) string { return "https://hypothes.is/a/" + id }

func (d *decoder) openText() *anchor.Text {
	if d.open == nil && d.into.Text != "" {
		d.open = anchor.NewText(d.into.Text, nil)
	}
	return d.open
}

// recogito takes one annotation of Recogito's own model (text-annotator-js),
// which is about the text on the page it was made on.
func (d *decoder) recogito(v tree.Value, path string) {
	target := v.Get("target")
	a := annotation.Annotation{Article: d.into.Article, Created: d.time(target.Get("created"), path+"/target/created"),
		Modified: d.time(target.Get("updated"), path+"/target/updated")}
	id := v.Get("id").Text()
	if a.ID = "urn:uuid:" + strings.ToLower(strings.TrimPrefix(id, "#")); len(a.ID) != 45 || strings.Trim(a.ID[9:], "0123456789abcdef-") != "" {
		a.ID = id
		if !annotation.IsIRI(id) {
			a.ID = annotation.NamedID("recogito\x00" + id)
		}
	}
	if s := target.Get("source").Text(); annotation.IsIRI(s) {
		a.Article = s
	}
	creator := target.Get("creator")
	a.Creator = d.text(first(creator, "name", "id"), path+"/target/creator", annotation.MaxName)
	var list, notes []string
	for i, b := range v.Get("bodies").List() {
		at := tree.Index(path+"/bodies", i)
		value := d.text(b.Get("value"), at+"/value", annotation.MaxNote)
		if t := d.time(b.Get("created"), at+"/created"); t.After(a.Modified) {
			a.Modified = t
		}
		switch purpose := b.Get("purpose").Text(); {
		case value == "":
		case purpose == "tagging" || purpose == "classifying":
			list = append(list, annotation.Cut(value, annotation.MaxName))
		default:
			notes = append(notes, value)
		}
	}
	tags(&a, list)
	a.Note = annotation.Cut(strings.Join(notes, "\n\n"), annotation.MaxNote)
	selectors := target.Get("selector").List()
	if len(selectors) == 0 {
		d.refuse(path+"/target/selector", annotation.BadSelector, "want a selector")
		return
	}
	s := selectors[0]
	at := path + "/target/selector/0"
	quote := s.Get("quote")
	prefix, suffix := s.Get("quotePrefix"), s.Get("quoteSuffix")
	if quote.Kind == tree.Object {
		quote, prefix, suffix = quote.Get("exact"), quote.Get("prefix"), quote.Get("suffix")
	}
	exact := d.text(quote, at+"/quote", annotation.MaxQuote)
	span, ok := d.span(s.Get("start"), s.Get("end"), at)
	if !ok {
		return
	}
	if a.Article == d.into.Article && d.into.Text != "" {
		d.place(&a, &known{source: d.into.Text, article: d.into.Article, here: d.openText(), same: true}, span.Start, span.End, exact, at)
	} else {
		a.Span = span
		a.Quote = annotation.Quote{Exact: exact, Prefix: d.text(prefix, at, annotation.MaxContext), Suffix: d.text(suffix, at, annotation.MaxContext)}
	}
	d.add(a, path)
}

// doccano takes one line of doccano's JSON Lines: a text with its labels, as
// triples or, of a project with relations, as entities.
func (d *decoder) doccano(v tree.Value, path string) {
	text := d.text(v.Get("text"), path+"/text", annotation.MaxBytes)
	if text == "" {
		d.refuse(path+"/text", annotation.NoText, "a line without its text")
		return
	}
	k := d.textOf(text, path)
	comments := v.Get("Comments").List()
	ids := map[string]int{} // of entities, to their place in the set
	take := func(start, end, label tree.Value, path string) (index int, ok bool) {
		span, ok := d.span(start, end, path)
		if !ok {
			return 0, false
		}
		a := annotation.Annotation{Type: d.text(label, path, annotation.MaxName)}
		d.place(&a, k, span.Start, span.End, "", path)
		if a.Span.Empty() {
			d.refuse(path, annotation.BadSpan, "beyond the text")
			return 0, false
		}
		a.ID = annotation.NamedID(strings.Join([]string{"doccano", k.article, strconv.Itoa(a.Span.Start), strconv.Itoa(a.Span.End), a.Type}, "\x00"))
		before := len(d.set.Annotations)
		d.add(a, path)
		return before, len(d.set.Annotations) > before
	}
	labels := first(v, "label", "labels")
	for i, l := range labels.List() {
		at := tree.Index(path+"/label", i)
		if l.Kind != tree.Array || len(l.Items) != 3 {
			d.refuse(at, annotation.BadSpan, "want start, end and label")
			continue
		}
		take(l.Items[0], l.Items[1], l.Items[2], at)
	}
	for i, e := range v.Get("entities").List() {
		if n, ok := take(e.Get("start_offset"), e.Get("end_offset"), e.Get("label"), tree.Index(path+"/entities", i)); ok {
			ids[e.Get("id").Str] = n
		}
	}
	for i, r := range v.Get("relations").List() {
		d.relation(ids, r.Get("from_id").Str, r.Get("to_id").Str, r.Get("type").Text(), tree.Index(path+"/relations", i))
	}
	if len(comments) > 0 {
		d.problem(path+"/Comments", annotation.BadBody, "comments on the whole text, left out")
	}
}

// relation joins two annotations of this file. What a relation is called is up
// to whoever made it; of those that have no name here, only a note is left.
func (d *decoder) relation(ids map[string]int, from, to, kind, path string) {
	f, ok1 := ids[from]
	t, ok2 := ids[to]
	k := annotation.RelationKind(strings.ToLower(kind))
	if !ok1 || !ok2 || !slices.Contains(annotation.RelationKinds, k) {
		d.problem(path, annotation.BadRelation, annotation.Cut(kind, 40))
		return
	}
	a := &d.set.Annotations[f]
	if len(a.Relations) < annotation.MaxRelations {
		a.Relations = append(a.Relations, annotation.Relation{Kind: k, To: d.set.Annotations[t].ID})
	}
}

// labelStudio takes one task of Label Studio's JSON, or of its JSON-MIN.
func (d *decoder) labelStudio(v tree.Value, path string) {
	data := v
	if v.Has("data") {
		data = v.Get("data")
	}
	text := data.Get("text").Text()
	for _, m := range data.Members { // the field may have another name
		if text == "" && m.Value.Kind == tree.String && strings.ContainsFunc(m.Value.Str, func(r rune) bool { return r > 0x2e80 }) {
			text = m.Value.Str
		}
	}
	if text == "" {
		d.refuse(path+"/data/text", annotation.NoText, "a task without its text")
		return
	}
	k := d.textOf(text, path)
	if labels := v.Get("label"); hasLabels(labels) {
		for i, value := range labels.List() {
			d.region(k, tree.Value{}, value, nil, nil, tree.Index(path+"/label", i))
		}
		return
	}
	for i, work := range first(v, "annotations", "completions").List() {
		at := tree.Index(path+"/annotations", i)
		if work.Get("was_cancelled").Str == "true" {
			continue
		}
		ids := map[string]int{}
		results := work.Get("result").List()
		for j, r := range results {
			if value := r.Get("value"); value.Has("start") && value.Has("end") && r.Get("type").Text() != "relation" {
				d.region(k, work, value, &r, ids, tree.Index(at+"/result", j))
			}
		}
		for j, r := range results {
			here := tree.Index(at+"/result", j)
			switch r.Get("type").Text() {
			case "relation":
				kind := ""
				if labels := r.Get("labels").List(); len(labels) > 0 {
					kind = labels[0].Text()
				}
				d.relation(ids, r.Get("from_id").Str, r.Get("to_id").Str, kind, here)
			case "textarea": // a note on a region
				n, ok := ids[r.Get("id").Str]
				if !ok {
					d.problem(here, annotation.BadBody, "a note on nothing")
					continue
				}
				var notes []string
				for _, s := range r.Get("value").Get("text").List() {
					notes = append(notes, d.text(s, here+"/value/text", annotation.MaxNote))
				}
				d.set.Annotations[n].Note = annotation.Cut(strings.Join(notes, "\n\n"), annotation.MaxNote)
			}
		}
	}
}

// region takes one labelled span.
func (d *decoder) region(k *known, work, value tree.Value, result *tree.Value, ids map[string]int, path string) {
	if result != nil && !strings.HasSuffix(result.Get("type").Text(), "labels") {
		return // a note or a choice about a region, which comes by itself
	}
	span, ok := d.span(value.Get("start"), value.Get("end"), path)
	if !ok {
		return
	}
	a := annotation.Annotation{Created: d.time(work.Get("created_at"), path), Modified: d.time(work.Get("updated_at"), path)}
	var list []string
	for _, l := range first(value, "labels", "hypertextlabels").List() {
		list = append(list, d.text(l, path+"/labels", annotation.MaxName))
	}
	tags(&a, list)
	d.place(&a, k, span.Start, span.End, d.text(value.Get("text"), path+"/text", annotation.MaxQuote), path)
	if a.Quote.Exact == "" {
		d.refuse(path, annotation.BadSpan, "beyond the text")
		return
	}
	a.ID = annotation.NamedID(strings.Join([]string{"label-studio", k.article, strconv.Itoa(a.Span.Start), strconv.Itoa(a.Span.End), a.Type}, "\x00"))
	before := len(d.set.Annotations)
	d.add(a, path)
	if result != nil && len(d.set.Annotations) > before {
		ids[result.Get("id").Str] = before
	}
}
