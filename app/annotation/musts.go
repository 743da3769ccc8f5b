package annotation

import (
	"slices"
	"strings"
	"time"

	"pizhu/app/annotation/internal/tree"
)

// The rules of the W3C Recommendation "Web Annotation Data Model" (23 February
// 2017) that an annotation MUST keep, with their sections. They are checked on
// the way in, so that what goes out again keeps them too.

// checkAnnotation is the first rule that v breaks, or nil.
func checkAnnotation(v tree.Value, path string, p places, s *seen) *Problem {
	c := checker{places: p, seen: s, styled: v.Has("stylesheet")}
	c.annotation(v, path)
	return c.broken
}

// checker remembers the first rule that was broken.
type checker struct {
	places
	broken  *Problem
	seen    *seen
	mayDrop bool // selectors of unknown kind
	styled  bool // the annotation has a style sheet
}

func (c *checker) must(ok bool, path string, code Code, detail string) bool {
	if !ok && c.broken == nil {
		c.broken = &Problem{path, code, detail, true}
	}
	return ok
}

// mustIRI is must for an IRI; what is wrong is put into words only where it is.
func (c *checker) mustIRI(s, path string, code Code) {
	if !c.isIRI(s) {
		c.must(false, path, code, "want an IRI: "+cut(s, 40))
	}
}

// isIRI is IsIRI, which remembers: a file's annotations are about one page.
func (c *checker) isIRI(s string) bool {
	if s == "" || s != c.seen.iri {
		if !IsIRI(s) {
			return false
		}
		c.seen.iri = s
	}
	return true
}

// seen is what an annotation often has in common with the one before, or has
// looked at twice: once to check it, once to take it.
type seen struct {
	iri   string // the last that was found to be one
	times [2]struct {
		text string
		time time.Time
		ok   bool
	}
	next int
}

func (s *seen) dateTime(text string) (time.Time, bool) {
	for i := range s.times {
		if t := &s.times[i]; t.text == text && text != "" {
			return t.time, t.ok
		}
	}
	t := &s.times[s.next]
	s.next ^= 1
	t.text = text
	t.time, t.ok = dateTime(text)
	return t.time, t.ok
}

func (c *checker) annotation(v tree.Value, path string) {
	id := single(v.Get("id")) // 3.1
	c.must(IsIRI(id.Text()) || isUUID(strings.TrimPrefix(id.Text(), "#")), c.at(path, "id"), BadID, "want one IRI")
	for _, m := range v.Members {
		if m.Name == "" || len(m.Name) > MaxName {
			c.must(false, path, NotAnnotation, "a member without a usable name")
		}
	}
	for _, name := range []string{"created", "modified", "generated"} { // 3.3.1
		c.time(v, path, name)
	}
	c.agents(v, path, "creator") // 3.3.1
	c.agents(v, path, "generator")
	c.iris(v, path, "rights", false) // 3.3.6
	c.iris(v, path, "canonical", true)
	c.iris(v, path, "via", false) // 3.3.7
	if m := v.Get("motivation"); m.Kind != tree.Absent {
		c.strings(m, c.at(path, "motivation"), BadType)
	}

	c.must(!v.Has("body") || !v.Has("bodyValue"), c.at(path, "bodyValue"), BothBodies, "want body or bodyValue") // 3.2.5
	if b := v.Get("bodyValue"); b.Kind != tree.Absent {
		c.must(single(b).Kind == tree.String, c.at(path, "bodyValue"), BadBody, "want one string")
	}
	c.resources(v.Get("body"), c.at(path, "body"), BadBody) // 3.2
	target := v.Get("target")
	if c.must(target.Len() > 0, c.at(path, "target"), BadTarget, "an annotation needs a target") { // 3.1
		// Of a plain target, the selectors that are unknown are left out.
		c.mayDrop = single(target).Get("source").Kind == tree.String
		c.resources(target, c.at(path, "target"), BadTarget)
	}
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !strings.Contains("0123456789abcdefABCDEF", s[i:i+1]) {
				return false
			}
		}
	}
	return true
}

// dateTime is RFC 3339 to the letter. time.Parse lets pass an hour of one digit,
// a comma, and an offset of 99 hours, for the sake of old programs.
func dateTime(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || s[13] != ':' || strings.Contains(s, ",") {
		return t, false
	}
	if zone := s[len(s)-6:]; s[len(s)-1] != 'Z' && (zone[1:3] > "23" || zone[4:] > "59") {
		return t, false
	}
	return t, true
}

func (c *checker) time(v tree.Value, path, name string) {
	if t := v.Get(name); t.Kind != tree.Absent {
		if _, ok := c.seen.dateTime(single(t).Text()); !ok {
			c.must(false, c.at(path, name), BadTime, "want one date-time: "+cut(single(t).Text(), 40))
		}
	}
}

func (c *checker) agents(v tree.Value, path, name string) {
	agents := v.Get(name)
	c.must(agents.Kind != tree.Array || len(agents.Items) > 0, c.at(path, name), BadAgent, "want an agent")
	for i := range agents.Len() {
		agent := agents.At(i)
		c.must(agent.Kind == tree.String || agent.Kind == tree.Object, c.at(path, name), BadAgent, "want an IRI or an object")
	}
}

// iris checks one IRI, or unless one is all there may be, several.
func (c *checker) iris(v tree.Value, path, name string, one bool) {
	list := v.Get(name)
	if list.Kind == tree.Absent {
		return
	}
	at := c.at(path, name)
	n := list.Len()
	c.must(n == 1 || n > 1 && !one, at, BadIRI, "want an IRI")
	for i := range n {
		c.mustIRI(list.At(i).Text(), at, BadIRI)
	}
}

func (c *checker) strings(v tree.Value, path string, code Code) {
	c.must(v.Len() > 0, path, code, "want a string")
	for i := range v.Len() {
		c.must(v.At(i).Kind == tree.String, path, code, "want a string")
	}
}

// resources checks a body or a target (code says which), or a list of them.
func (c *checker) resources(v tree.Value, path string, code Code) {
	if v.Kind == tree.Array {
		for i, item := range v.Items {
			c.resource(item, c.index(path, i), code)
		}
		return
	}
	if v.Kind != tree.Absent {
		c.resource(v, path, code)
	}
}

var sets = []string{"Choice", "List", "Composite", "Independents"} // 3.2.7 and appendix D

func (c *checker) resource(v tree.Value, path string, code Code) {
	if c.broken != nil {
		return
	}
	if v.Kind == tree.String {
		c.mustIRI(v.Str, path, code)
		return
	}
	if !c.must(v.Kind == tree.Object, path, code, "want an IRI or an object") {
		return
	}
	c.properties(&v, path)
	types, set := v.Get("type"), false
	for i := range types.Len() {
		set = set || slices.Contains(sets, types.At(i).Text())
	}
	switch {
	case set: // 3.2.7
		c.must(types.Len() == 1, c.at(path, "type"), BadType, "want one kind of set")
		c.must(!v.Has("value") && !v.Has("source") && !v.Has("purpose"), path, code, "a set has no value, source or purpose")
		items := v.Get("items")
		c.must(items.Kind == tree.Array && len(items.Items) > 0, c.at(path, "items"), code, "want items")
		for i, item := range items.List() {
			c.resource(item, c.index(c.at(path, "items"), i), code)
		}
	case !c.must(!v.Has("items"), path, code, "items, but no kind of set"):
	case v.Has("source"): // 4
		c.must(!v.Has("value"), path, code, "a specific resource has no value")
		source := v.Get("source")
		if source.Kind == tree.Object {
			c.must(IsIRI(single(source.Get("id")).Text()), c.at(c.at(path, "source"), "id"), code, "want an IRI")
			c.must(!source.Has("items") && !source.Has("purpose") && !source.Has("source") && !source.Has("target"),
				c.at(path, "source"), code, "a resource of the web has no items, purpose, source or target")
			c.properties(&source, c.at(path, "source"))
		} else {
			c.mustIRI(source.Text(), c.at(path, "source"), code)
		}
		c.specific(v, path)
	case code == BadTarget && hasType(v, "TextualBody"): // 3.2.4
		c.must(false, c.at(path, "type"), BadTarget, "a text cannot be a target")
	case v.Get("value").Kind != tree.Absent && code == BadBody: // 3.2.4
		c.must(v.Get("value").Kind == tree.String, c.at(path, "value"), BadBody, "want one string")
		if v.Has("id") {
			c.must(IsIRI(single(v.Get("id")).Text()) || v.Has("purpose"), c.at(path, "id"), BadBody, "want an IRI")
		}
		c.must(!v.Has("target") || !v.Has("id"), path, BadBody, "a resource of the web has no target")
	default: // 3.2.1
		c.must(IsIRI(single(v.Get("id")).Text()), c.at(path, "id"), code, "want an IRI")
		c.must(!v.Has("purpose"), c.at(path, "purpose"), code, "a resource of the web has no purpose")
		c.must(!v.Has("target"), path, code, "a resource of the web has no target")
	}
	for _, name := range []string{"selector", "state", "styleClass", "renderedVia", "scope"} {
		c.must(!v.Has(name) || v.Has("source"), c.at(path, name), code, "only a specific resource has it")
	}
}

// properties are those that any resource may have. It walks over the members
// once, since there are many resources and most have none of these.
func (c *checker) properties(v *tree.Value, path string) {
	for i := range v.Members {
		name, m := v.Members[i].Name, &v.Members[i].Value
		switch name {
		case "created", "modified":
			c.time(*v, path, name)
		case "rights", "via":
			c.iris(*v, path, name, false)
		case "canonical":
			c.iris(*v, path, name, true)
		case "textDirection": // 3.2.1
			c.must(slices.Contains([]string{"ltr", "rtl", "auto"}, single(*m).Text()), c.at(path, name), BadType, "want ltr, rtl or auto")
		case "processingLanguage":
			c.must(single(*m).Kind == tree.String, c.at(path, name), BadType, "want one language")
		case "format", "language", "type":
			c.strings(*m, c.at(path, name), BadType)
		}
	}
}

func (c *checker) specific(v tree.Value, path string) {
	if p := v.Get("purpose"); p.Kind != tree.Absent {
		c.strings(p, c.at(path, "purpose"), BadType)
	}
	if s := v.Get("styleClass"); s.Kind != tree.Absent { // 4.4
		c.strings(s, c.at(path, "styleClass"), BadType)
		c.must(c.styled, c.at(path, "styleClass"), BadType, "a class, but no style sheet")
	}
	c.iris(v, path, "scope", false)
	for _, name := range []string{"selector", "state"} { // 4.2, 4.3
		list := v.Get(name)
		at := c.at(path, name)
		c.must(list.Kind != tree.Array || len(list.Items) > 0, at, BadSelector, "want one or more")
		for i := range list.Len() {
			s := list.At(i)
			if list.Kind == tree.Array {
				at = c.index(c.at(path, name), i)
			}
			state := strings.HasSuffix(s.Get("type").Text(), "State")
			c.must(s.Kind == tree.String || s.Has("id") || knownSelector(*s) && state == (name == "state") ||
				c.mayDrop && name == "selector", at, BadSelector, "of no known kind")
			c.selector(*s, at)
		}
	}
}

// selectors is what each kind of selector, or state, needs.
var selectors = map[string][]string{
	"FragmentSelector":     {"value"},
	"CssSelector":          {"value"},
	"XPathSelector":        {"value"},
	"TextQuoteSelector":    {"exact"},
	"TextPositionSelector": {"start", "end"},
	"DataPositionSelector": {"start", "end"},
	"SvgSelector":          {},
	"RangeSelector":        {"startSelector", "endSelector"},
	"TimeState":            {},
	"HttpRequestState":     {"value"},
}

func knownSelector(v tree.Value) bool {
	_, ok := selectors[v.Get("type").Text()]
	return ok
}

func (c *checker) selector(v tree.Value, path string) {
	if c.broken != nil {
		return
	}
	if v.Kind == tree.String {
		c.must(IsIRI(v.Str), path, BadSelector, "want an IRI")
		return
	}
	if !c.must(v.Kind == tree.Object, path, BadSelector, "want an IRI or an object") {
		return
	}
	if v.Has("id") {
		c.must(IsIRI(single(v.Get("id")).Text()), c.at(path, "id"), BadSelector, "want an IRI")
	}
	kind := v.Get("type").Text()
	for _, name := range selectors[kind] {
		at := c.at(path, name)
		m := v.Get(name)
		switch name {
		case "start", "end":
			// That a span is not reversed is asked when it is taken: beside a
			// good quote a bad place is no loss.
			if n, ok := m.Int(); !ok || n < 0 {
				c.must(false, at, BadSpan, "want a whole number from 0: "+cut(m.Str, 40))
			}
		case "startSelector", "endSelector":
			c.must(m.Kind == tree.Object && knownSelector(m) && !strings.HasSuffix(m.Get("type").Text(), "State") &&
				m.Get("type").Text() != "RangeSelector", at, BadSelector, "want a selector")
			c.selector(m, at)
		default:
			c.must(m.Kind == tree.String, at, BadSelector, "want one string")
		}
	}
	switch kind {
	case "TextQuoteSelector":
		for _, name := range []string{"prefix", "suffix"} {
			c.must(!v.Has(name) || v.Get(name).Kind == tree.String, c.at(path, name), BadSelector, "want one string")
		}
	case "FragmentSelector":
		if v.Has("conformsTo") {
			c.iris(v, path, "conformsTo", true)
			c.must(v.Get("conformsTo").Kind == tree.String, c.at(path, "conformsTo"), BadIRI, "want one string")
		}
	case "SvgSelector": // 4.2.7
		c.must(v.Has("value") != v.Has("id"), path, BadSelector, "want a value or an id")
		c.must(!v.Has("value") || v.Get("value").Kind == tree.String, c.at(path, "value"), BadSelector, "want one string")
	case "TimeState": // 4.3.1
		between := v.Has("sourceDateStart") && v.Has("sourceDateEnd")
		c.must(v.Has("sourceDate") != between, path, BadSelector, "want a date, or a start and an end")
		for _, name := range []string{"sourceDateStart", "sourceDateEnd"} {
			c.time(v, path, name)
			c.must(v.Get(name).Kind != tree.Array, c.at(path, name), BadTime, "want one date-time")
		}
		dates := v.Get("sourceDate")
		c.must(dates.Kind != tree.Array || len(dates.Items) > 0, c.at(path, "sourceDate"), BadTime, "want a date-time")
		for _, t := range dates.List() {
			_, ok := dateTime(t.Text())
			c.must(ok, c.at(path, "sourceDate"), BadTime, "want a date-time")
		}
		c.iris(v, path, "cached", true)
		c.must(v.Get("cached").Kind != tree.Array, c.at(path, "cached"), BadIRI, "want one string")
	}
	refined := v.Get("refinedBy") // 4.3.3
	c.must(refined.Kind != tree.Array || len(refined.Items) > 0, c.at(path, "refinedBy"), BadSelector, "want one or more")
	for _, r := range refined.List() {
		c.must(r.Kind == tree.String || knownSelector(r) || r.Has("id"), c.at(path, "refinedBy"), BadSelector, "unknown")
		c.selector(r, c.at(path, "refinedBy"))
	}
}
