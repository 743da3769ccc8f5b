package annotation

import (
	"bufio"
	"encoding/hex"
	"hash/fnv"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pizhu/app/annotation/internal/tree"
)

const (
	annoContext = "http://www.w3.org/ns/anno.jsonld"
	vocabulary  = "urn:pizhu:vocab:" // what pizhu: stands for in our context
	articleIRI  = "urn:pizhu:article:"
	// Every annotation carries the context, so that one cut out of its
	// collection is still whole: 84 bytes that any compression takes back.
	context = `"@context":["` + annoContext + `",{"pizhu":"` + vocabulary + `"}]`
)

// Encode writes set as a W3C AnnotationCollection in JSON-LD with one embedded
// page. Terms that the W3C does not have stand under pizhu:, which the file's own
// context binds; schema.org's under schema:, which the W3C's context binds.
// Equal sets give equal bytes. The only errors are w's.
func Encode(w io.Writer, set Set) error {
	set = Merge(set, Set{}) // sorted, joined, normal
	items := make([]byte, 0, 1024*len(set.Annotations))
	for i, a := range set.Annotations {
		if i > 0 {
			items = append(items, ",\n"...)
		}
		items = appendAnnotation(items, a)
	}
	// The collection's identity follows from whose it is and how new.
	sum := fnv.New128a()
	io.WriteString(sum, set.Label)
	for _, a := range set.Annotations {
		io.WriteString(sum, a.ID)
		io.WriteString(sum, strconv.FormatInt(unixMilli(a.Modified), 36))
	}
	id := "urn:pizhu:collection:" + hex.EncodeToString(sum.Sum(nil))

	out := bufio.NewWriter(w)
	o := object{buf: []byte("{" + context)}
	o.str("id", id)
	o.str("type", "AnnotationCollection")
	if set.Label != "" {
		o.str("label", set.Label)
	}
	o.num("total", len(set.Annotations))
	o.list("pizhu:types", len(set.Types), func(i int, o *object) { o.claimType(set.Types[i]) })
	o.list("pizhu:articles", len(set.Articles), func(i int, o *object) { o.source(set.Articles[i]) })
	o.list("pizhu:words", len(set.Words), func(i int, o *object) { o.word(set.Words[i]) })
	if len(set.Annotations) > 0 {
		o.str("last", id+":1")
		o.key("first")
		o.buf = append(o.buf, "{"+context...)
		o.str("id", id+":1")
		o.str("type", "AnnotationPage")
		o.open("partOf") // an object: the W3C's checks refuse the bare IRI of its own example
		o.str("id", id)
		o.str("type", "AnnotationCollection")
		o.num("total", len(set.Annotations))
		o.close()
		o.num("startIndex", 0)
		o.key("items")
		o.buf = append(o.buf, "[\n"...)
		out.Write(o.buf)
		out.Write(items)
		o.buf = append(o.buf[:0], "\n]}"...)
	}
	o.buf = append(o.buf, "}\n"...)
	out.Write(o.buf)
	return out.Flush() // bufio keeps the first error
}

// JSON is one annotation as JSON-LD on one line, as Encode writes it among
// others. Decode reads it.
func JSON(a Annotation) string { return string(appendAnnotation(nil, a.Normal())) }

// object writes members; their names are ours and need no escapes.
type object struct{ buf []byte }

func (o *object) key(name string) {
	if last := o.buf[len(o.buf)-1]; last != '{' && last != '[' {
		o.buf = append(o.buf, ',')
	}
	o.buf = append(append(append(o.buf, '"'), name...), `":`...)
}

func (o *object) str(name, s string) {
	o.key(name)
	o.buf = tree.Quote(o.buf, s)
}

// opt writes s unless it is empty.
func (o *object) opt(name, s string) {
	if s != "" {
		o.str(name, s)
	}
}

func (o *object) num(name string, n int) {
	o.key(name)
	o.buf = strconv.AppendInt(o.buf, int64(n), 10)
}

func (o *object) raw(name, json string) {
	o.key(name)
	o.buf = append(o.buf, json...)
}

func (o *object) time(name string, t time.Time) {
	if !t.IsZero() {
		o.key(name)
		o.buf = append(t.AppendFormat(append(o.buf, '"'), timeFormat), '"')
	}
}

const timeFormat = "2006-01-02T15:04:05.000Z"

// open and close stand around a nested object; name is "" inside an array.
func (o *object) open(name string) {
	if name != "" {
		o.key(name)
	} else if last := o.buf[len(o.buf)-1]; last != '[' {
		o.buf = append(o.buf, ',')
	}
	o.buf = append(o.buf, '{')
}

func (o *object) close() { o.buf = append(o.buf, '}') }

func (o *object) list(name string, n int, each func(i int, o *object)) {
	if n == 0 {
		return
	}
	o.key(name)
	o.buf = append(o.buf, '[')
	for i := range n {
		o.open("")
		each(i, o)
		o.close()
	}
	o.buf = append(o.buf, ']')
}

func (o *object) claimType(t Type) {
	o.str("pizhu:name", t.Name)
	o.open("pizhu:label")
	o.opt("zh-Hant", t.Labels.Hant)
	o.opt("zh-Hans", t.Labels.Hans)
	o.opt("en", t.Labels.En)
	o.close()
	o.opt("pizhu:colour", t.Colour)
	o.opt("pizhu:line", t.Line)
	if t.Order != 0 {
		o.num("pizhu:order", t.Order)
	}
	if len(t.Triggers) > 0 {
		o.key("pizhu:triggers")
		o.buf = append(o.buf, '[')
		for i, s := range t.Triggers {
			if i > 0 {
				o.buf = append(o.buf, ',')
			}
			o.buf = tree.Quote(o.buf, s)
		}
		o.buf = append(o.buf, ']')
	}
	o.tail(t.Modified, t.Deleted)
}

func (o *object) source(s Source) {
	o.str("id", sourceIRI(s.ID))
	o.str("type", "schema:Article")
	o.opt("schema:headline", s.Title)
	o.opt("schema:author", s.Author)
	o.opt("schema:publisher", s.Publisher)
	o.opt("schema:url", s.URL)
	o.opt("schema:datePublished", s.Date)
	o.opt("schema:inLanguage", s.Variant)
	o.opt("schema:articleBody", s.Text)
	o.opt("pizhu:layout", s.Layout)
	o.tail(s.Modified, s.Deleted)
}

func (o *object) word(w Word) {
	o.str("pizhu:word", w.Text)
	o.tail(w.Modified, w.Deleted)
}

func (o *object) tail(modified time.Time, deleted bool) {
	o.time("modified", modified)
	if deleted {
		o.raw("pizhu:deleted", "true")
	}
}

// appendAnnotation writes a normal annotation.
func appendAnnotation(dst []byte, a Annotation) []byte {
	extra, _ := tree.Parse(a.Extra)
	o := object{append(dst, "{"+context...)}
	o.str("id", identity(a.ID))
	types := extra.Get("type")
	if types.Kind == tree.Array {
		o.key("type")
		o.buf = tree.Append(o.buf, types)
	} else {
		o.str("type", "Annotation")
	}
	o.time("created", a.Created)
	o.time("modified", a.Modified)
	o.creator(a.Creator, extra.Get("creator"))
	if m := extra.Get("motivation"); m.Kind != tree.Absent {
		o.key("motivation")
		o.buf = tree.Append(o.buf, m)
	} else {
		o.str("motivation", motivation(a))
	}
	o.bodies(a, extra.Get("body"))
	o.target(a, extra.Get("target"))
	o.stamps(a)
	if a.Deleted {
		o.raw("pizhu:deleted", "true")
	}
	for _, m := range extra.Members {
		switch m.Name {
		case "type", "creator", "motivation", "body", "target":
		default:
			if o.buf[len(o.buf)-1] != '{' {
				o.buf = append(o.buf, ',')
			}
			o.buf = append(tree.Quote(o.buf, m.Name), ':')
			o.buf = tree.Append(o.buf, m.Value)
		}
	}
	o.close()
	return o.buf
}

// identity is id if it is an IRI, as the W3C demands; what is none becomes one
// that always follows from it.
func identity(id string) string {
	if IsIRI(id) {
		return id
	}
	return NamedID(id)
}

func (o *object) creator(name string, extra tree.Value) {
	switch {
	case extra.Kind != tree.Absent:
		o.key("creator")
		o.buf = tree.Append(o.buf, extra)
	case name == "":
	case IsIRI(name):
		o.str("creator", name)
	default:
		o.open("creator")
		o.str("type", "Person")
		o.str("name", name)
		o.close()
	}
}

func motivation(a Annotation) string {
	switch {
	case a.Type != "":
		return "classifying"
	case a.Note != "":
		return "commenting"
	}
	return "highlighting"
}

// bodies writes the type, the note, and the facets: in the terms of the W3C and
// of schema.org's Claim and ClaimReview where these have one.
func (o *object) bodies(a Annotation, extra tree.Value) {
	mark := len(o.buf)
	o.key("body")
	inside := len(o.buf)
	o.buf = append(o.buf, '[')
	empty := len(o.buf)
	if a.Type != "" {
		o.textual("TextualBody", "classifying", "text/plain", a.Type)
		o.close()
	}
	if a.Note != "" {
		o.textual("TextualBody", "commenting", "text/markdown", a.Note)
		o.close()
	}
	if a.Attribution != "" || a.Certainty != "" || a.Quantity != (Quantity{}) {
		o.textual("schema:Claim", "describing", "text/plain", summary(a.Facets))
		if a.Attribution != "" {
			o.open("schema:author")
			o.str("type", "schema:Thing")
			o.str("schema:name", a.Attribution)
			o.close()
		}
		o.opt("pizhu:certainty", string(a.Certainty))
		if q := a.Quantity; q != (Quantity{}) {
			o.open("pizhu:quantity")
			o.str("type", "schema:QuantitativeValue")
			o.key("schema:value")
			o.buf = strconv.AppendFloat(o.buf, q.Value, 'g', -1, 64)
			o.opt("schema:unitText", q.Unit)
			o.opt("pizhu:compared", q.Compared)
			o.close()
		}
		o.close()
	}
	if a.Verdict != "" {
		o.textual("schema:ClaimReview", "assessing", "text/plain", string(a.Verdict))
		o.opt("schema:claimReviewed", a.Quote.Exact)
		o.open("schema:reviewRating")
		o.str("type", "schema:Rating")
		o.str("schema:alternateName", string(a.Verdict))
		o.close()
		o.close()
	}
	if a.Link != "" {
		o.open("")
		o.str("type", "SpecificResource")
		o.str("purpose", "linking")
		o.str("source", a.Link)
		o.close()
	}
	for _, r := range a.Relations {
		o.open("")
		o.str("type", "SpecificResource")
		o.str("purpose", "linking")
		o.str("source", identity(r.To))
		o.str("pizhu:relation", string(r.Kind))
		o.close()
	}
	for _, v := range extra.List() {
		if len(o.buf) > empty {
			o.buf = append(o.buf, ',')
		}
		o.buf = tree.Append(o.buf, v)
	}
	if len(o.buf) == empty {
		o.buf = o.buf[:mark] // an annotation without a body is fine
		return
	}
	if o.buf[empty] == '"' && len(extra.List()) == 1 {
		// A page's address alone: the W3C's checks refuse it in brackets.
		o.buf = append(o.buf[:inside], o.buf[empty:]...)
		return
	}
	o.buf = append(o.buf, ']')
}

// textual opens a TextualBody; kind is its type, or what it is besides.
func (o *object) textual(kind, purpose, format, value string) {
	o.open("")
	if kind == "TextualBody" {
		o.str("type", kind)
	} else {
		o.raw("type", `["TextualBody","`+kind+`"]`)
	}
	o.str("purpose", purpose)
	o.str("format", format)
	o.str("value", value)
}

// summary is the facets in a line, for readers that know no schema.org.
func summary(f Facets) string {
	var parts []string
	if f.Attribution != "" {
		parts = append(parts, f.Attribution)
	}
	if f.Certainty != "" {
		parts = append(parts, string(f.Certainty))
	}
	if q := f.Quantity; q != (Quantity{}) {
		s := strconv.FormatFloat(q.Value, 'g', -1, 64)
		if q.Unit != "" {
			s += " " + q.Unit
		}
		if q.Compared != "" {
			s += " (" + q.Compared + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

func (o *object) target(a Annotation, extra tree.Value) {
	if extra.Kind == tree.Array || extra.Kind == tree.String || extra.Get("source").Kind != tree.Absent || extra.Get("id").Kind != tree.Absent || extra.Get("items").Kind != tree.Absent {
		// A target of a shape that the model has no room for goes as it came.
		o.key("target")
		o.buf = tree.Append(o.buf, extra)
		return
	}
	iri := sourceIRI(a.Article)
	if a.Whole() && len(extra.Members) == 0 {
		o.str("target", iri)
		return
	}
	o.open("target")
	o.str("type", "SpecificResource")
	o.str("source", iri)
	selectors := extra.Get("selector").List()
	if !a.Whole() || len(selectors) > 0 {
		o.key("selector")
		o.buf = append(o.buf, '[')
		if a.Quote != (Quote{}) {
			o.open("")
			o.str("type", "TextQuoteSelector")
			o.str("exact", a.Quote.Exact)
			o.opt("prefix", a.Quote.Prefix)
			o.opt("suffix", a.Quote.Suffix)
			o.close()
		}
		if !a.Span.Empty() {
			o.open("")
			o.str("type", "TextPositionSelector")
			o.num("start", a.Span.Start)
			o.num("end", a.Span.End)
			o.close()
		}
		for _, s := range selectors {
			if o.buf[len(o.buf)-1] != '[' {
				o.buf = append(o.buf, ',')
			}
			o.buf = tree.Append(o.buf, s)
		}
		o.buf = append(o.buf, ']')
	}
	for _, m := range extra.Members {
		if m.Name != "selector" {
			o.buf = append(o.buf, ',')
			o.buf = append(tree.Quote(o.buf, m.Name), ':')
			o.buf = tree.Append(o.buf, m.Value)
		}
	}
	o.close()
}

func (o *object) stamps(a Annotation) {
	if a.Stamps == (Stamps{}) {
		return
	}
	o.open("pizhu:stamps")
	for f, ms := range a.Stamps {
		if ms != 0 {
			o.time("pizhu:"+Field(f).String(), fromMilli(ms))
		}
	}
	o.close()
}

// sourceIRI is the article's identity as an IRI: as it is where it is one, else
// under our URN with what a URN cannot hold percent-encoded (RFC 8141).
func sourceIRI(id string) string {
	if isPlain(id) {
		return articleIRI + id
	}
	if IsIRI(id) && !strings.HasPrefix(id, articleIRI) {
		return id
	}
	return articleIRI + url.PathEscape(id)
}

// isPlain reports whether id needs no escapes, as those made here never do.
func isPlain(id string) bool {
	for i := range len(id) {
		if c := id[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			return false
		}
	}
	return true
}

// articleID turns sourceIRI around.
func articleID(iri string) string {
	if rest, ok := strings.CutPrefix(iri, articleIRI); ok {
		if isPlain(rest) {
			return rest
		}
		if id, err := url.PathUnescape(rest); err == nil && sourceIRI(id) == iri {
			return id
		}
	}
	return iri
}

// IsIRI reports whether s is an absolute IRI: a scheme, no character that
// RFC 3987 leaves out, percent signs that stand for bytes, and where there is a
// host, one that can be. What passes, net/url parses too; a tenth of its time,
// since a file of 10,000 annotations holds 50,000 of them.
func IsIRI(s string) bool {
	_, rest, ok := scheme(s)
	if !ok || rest == "" || len(s) > MaxName {
		return false
	}
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '%':
			if i+2 >= len(rest) || !isHex(rest[i+1]) || !isHex(rest[i+2]) {
				return false
			}
		case c <= ' ' || c == 0x7f || strings.IndexByte("<>\"{}|\\^`", c) >= 0:
			return false
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(rest[i:])
			if r == utf8.RuneError || r < 0xa0 {
				return false
			}
			i += size - 1
		}
	}
	if host, ok := authority(rest); ok {
		return hostOK(host)
	}
	return true
}

// scheme cuts the scheme and its colon from s.
func scheme(s string) (name, rest string, ok bool) {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
			if i == 0 {
				return "", "", false
			}
		default:
			return s[:i], s[i+1:], c == ':' && i > 0
		}
	}
	return "", "", false
}

// authority is the host of what follows a scheme, with port and user.
func authority(rest string) (host string, ok bool) {
	if rest, ok = strings.CutPrefix(rest, "//"); !ok {
		return "", false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest, true
}

// hostOK takes names and addresses of version 4; hosts that need brackets or
// percent signs name no page that anyone cites.
func hostOK(host string) bool {
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		return false // a name before the host misleads whoever reads the link
	}
	host, port, _ := strings.Cut(host, ":")
	for i := range len(port) {
		if port[i] < '0' || port[i] > '9' {
			return false
		}
	}
	return !strings.ContainsAny(host, "%[]!$&'()*+,;=")
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// IsLink reports whether s is an address that may be opened: http or https with
// a host. Everything else, javascript: first of all, is refused on the way in.
func IsLink(s string) bool {
	name, rest, _ := scheme(s)
	host, _ := authority(rest)
	return (strings.EqualFold(name, "http") || strings.EqualFold(name, "https")) && host != "" && IsIRI(s)
}

// ArticleIRI is an article's identity as it stands in a target's source.
func ArticleIRI(id string) string { return sourceIRI(id) }
