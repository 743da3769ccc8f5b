package annotation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pizhu/app/annotation/internal/tree"
)

// A record is an annotation as a browser keeps it: fields with tabs between
// them, empty ones at the end left out. As JSON-LD 10,000 annotations would be
// 12 million UTF-16 units, and a browser's localStorage holds about five; as
// records they are two and a half, and are read in a twentieth of the time.

// Errors that Unmarshal wraps.
var (
	ErrRecord = errors.New("not a record of an annotation")
	ErrNewer  = errors.New("written by a newer version of the program")
)

const recordVersion = "1"

// The places of a record's fields. They never change meaning; new ones go to
// the end, and a record with more than these is of a newer version.
const (
	recVersion = iota
	recStart   // base 36
	recLength  // base 36, source runes
	recExact
	recPrefix
	recSuffix
	recType
	recNote
	recCreated  // base 36, milliseconds since 1970
	recModified // base 36, after created; absolute where that is empty
	recCreator
	recStamps // field number in base 36, then how long before modified in base 36, with commas
	recDeleted
	recAttribution
	recCertainty
	recValue
	recUnit
	recCompared
	recVerdict
	recLink
	recRelations // kind and identity in turn, with spaces: no IRI holds one
	recExtra
	recFields
)

// Marshal is a as a record: all but ID and Article, which the key says that it
// is kept under.
func Marshal(a Annotation) string {
	a = a.Normal()
	var f [recFields]string
	f[recVersion] = recordVersion
	if !a.Span.Empty() {
		f[recStart], f[recLength] = base36(int64(a.Span.Start)), base36(int64(a.Span.Len()))
	}
	f[recExact], f[recPrefix], f[recSuffix] = escape(a.Quote.Exact), escape(a.Quote.Prefix), escape(a.Quote.Suffix)
	f[recType], f[recNote], f[recCreator] = escape(a.Type), escape(a.Note), escape(a.Creator)
	created, modified := unixMilli(a.Created), unixMilli(a.Modified)
	if !a.Created.IsZero() {
		f[recCreated] = base36(created)
	}
	if !a.Modified.IsZero() {
		f[recModified] = base36(modified - created)
	}
	if a.Stamps != (Stamps{}) {
		var b []byte
		for i, ms := range a.Stamps {
			if ms != 0 {
				if len(b) > 0 {
					b = append(b, ',')
				}
				b = strconv.AppendInt(b, int64(i), 36)
				b = strconv.AppendInt(b, modified-ms, 36)
			}
		}
		f[recStamps] = string(b)
	}
	if a.Deleted {
		f[recDeleted] = "1"
	}
	f[recAttribution], f[recCertainty] = escape(a.Attribution), string(a.Certainty)
	if a.Quantity != (Quantity{}) {
		f[recValue] = strconv.FormatFloat(a.Quantity.Value, 'g', -1, 64)
		f[recUnit], f[recCompared] = escape(a.Quantity.Unit), escape(a.Quantity.Compared)
	}
	f[recVerdict], f[recLink], f[recExtra] = string(a.Verdict), escape(a.Link), escape(a.Extra)
	for i, r := range a.Relations {
		if i > 0 {
			f[recRelations] += " "
		}
		f[recRelations] += string(r.Kind) + " " + escape(identity(r.To))
	}
	n := recFields
	for f[n-1] == "" {
		n--
	}
	return strings.Join(f[:n], "\t")
}

// Unmarshal reads a record. The error wraps ErrNewer for one that a newer
// version wrote, which must be left alone, and ErrRecord for anything else.
func Unmarshal(id, articleID, record string) (Annotation, error) {
	var f [recFields]string
	rest, n, more := record, 0, true
	for more && n < recFields {
		f[n], rest, more = strings.Cut(rest, "\t")
		n++
	}
	if f[recVersion] != recordVersion {
		if v, err := strconv.Atoi(f[recVersion]); err == nil && v > 1 {
			return Annotation{}, fmt.Errorf("%w: version %d", ErrNewer, v)
		}
		return Annotation{}, fmt.Errorf("%w: version %.20q", ErrRecord, f[recVersion])
	}
	r := reader{f: &f}
	if more {
		r.fail("more fields than there are")
	}
	a := Annotation{ID: id, Article: articleID}
	start := r.number(recStart, MaxPosition)
	a.Span.Start, a.Span.End = int(start), int(start+r.number(recLength, MaxPosition))
	a.Quote = Quote{r.text(recExact, MaxQuote), r.text(recPrefix, MaxContext), r.text(recSuffix, MaxContext)}
	a.Type, a.Note, a.Creator = r.text(recType, MaxName), r.text(recNote, MaxNote), r.text(recCreator, MaxName)
	created := r.number(recCreated, maxMilli)
	modified := created + r.number(recModified, maxMilli)
	if f[recModified] == "" {
		modified = 0
	}
	a.Created, a.Modified = fromMilli(created), fromMilli(modified)
	r.stamps(&a, modified)
	a.Deleted = f[recDeleted] != ""
	a.Attribution = r.text(recAttribution, MaxName)
	if a.Certainty = Certainty(f[recCertainty]); a.Certainty != "" && !slices.Contains(Certainties, a.Certainty) {
		r.fail("certainty")
	}
	if f[recValue] != "" {
		v, err := strconv.ParseFloat(f[recValue], 64)
		if err != nil {
			r.fail("value")
		}
		a.Quantity = Quantity{v, r.text(recUnit, MaxName), r.text(recCompared, MaxName)}
	}
	if a.Verdict = Verdict(f[recVerdict]); a.Verdict != "" && !slices.Contains(Verdicts, a.Verdict) {
		r.fail("verdict")
	}
	if a.Link = r.text(recLink, MaxName); a.Link != "" && !IsLink(a.Link) {
		r.fail("link")
	}
	r.relations(&a)
	a.Extra = r.text(recExtra, MaxExtra)
	if r.broken != "" {
		return Annotation{}, fmt.Errorf("%w: %s", ErrRecord, r.broken)
	}
	return a.Normal(), nil
}

// maxMilli is the last millisecond of the year 9999, the last that JSON can say.
const maxMilli = 253_402_300_799_999

type reader struct {
	f      *[recFields]string
	broken string // the first thing that was wrong
}

func (r *reader) fail(what string) {
	if r.broken == "" {
		r.broken = what
	}
}

func (r *reader) number(field int, limit int64) int64 {
	return r.parse(r.f[field], limit)
}

func (r *reader) parse(s string, limit int64) int64 {
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 36, 64)
	if err != nil || n < -limit || n > limit {
		r.fail("number " + cut(s, 20))
		return 0
	}
	return n
}

func (r *reader) text(field, limit int) string {
	s := r.f[field]
	if len(s) > 2*limit { // a rune escaped is two
		r.fail("a text that is too long")
		return ""
	}
	s, ok := unescape(s)
	if !ok || len(s) > limit || !utf8.ValidString(s) {
		r.fail("text " + cut(s, 20))
		return ""
	}
	return s
}

func (r *reader) stamps(a *Annotation, modified int64) {
	rest, more := r.f[recStamps], r.f[recStamps] != ""
	var one string
	for more {
		one, rest, more = strings.Cut(rest, ",")
		if len(one) < 2 {
			r.fail("stamp")
			return
		}
		field := r.parse(one[:1], 35)
		ms := modified - r.parse(one[1:], maxMilli)
		if field < 0 || field >= int64(Fields) || ms < 0 || ms > maxMilli {
			r.fail("stamp")
			return
		}
		a.Stamps[field] = ms
	}
}

func (r *reader) relations(a *Annotation) {
	rest, more := r.f[recRelations], r.f[recRelations] != ""
	var kind, to string
	for more {
		kind, rest, more = strings.Cut(rest, " ")
		if more {
			to, rest, more = strings.Cut(rest, " ")
		}
		to, ok := unescape(to)
		if !ok || to == "" || len(to) > MaxName || !utf8.ValidString(to) || !slices.Contains(RelationKinds, RelationKind(kind)) || len(a.Relations) >= MaxRelations {
			r.fail("relation")
			return
		}
		a.Relations = append(a.Relations, Relation{RelationKind(kind), identity(to)}) // as Marshal writes it
	}
}

func base36(n int64) string { return strconv.FormatInt(n, 36) }

// escape makes s one field: a tab would end it, and a zero a whole record where
// many are handed over in one string. Bytes that are no UTF-8 become
// U+FFFD, as the browser would make them anyway.
func escape(s string) string {
	if strings.IndexByte(s, '\t') < 0 && strings.IndexByte(s, '\\') < 0 && strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.NewReplacer("\t", `\t`, "\x00", `\0`, `\`, `\\`).Replace(strings.ToValidUTF8(s, "\ufffd"))
}

func unescape(s string) (string, bool) {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for ; i >= 0; i = strings.IndexByte(s, '\\') {
		if b = append(b, s[:i]...); i+1 >= len(s) {
			return "", false
		}
		switch s[i+1] {
		case 't':
			b = append(b, '\t')
		case '0':
			b = append(b, 0)
		case '\\':
			b = append(b, '\\')
		default:
			return "", false
		}
		s = s[i+2:]
	}
	return string(append(b, s...)), true
}

// MarshalType is t as the JSON it has in an exported set.
func MarshalType(t Type) string {
	o := object{[]byte("{")}
	o.claimType(t.normal())
	o.close()
	return string(o.buf)
}

// UnmarshalType reads what MarshalType wrote; the error wraps ErrRecord.
func UnmarshalType(record string) (Type, error) {
	set, err := unmarshalEntry(record, (*decoder).claimType)
	if err != nil || len(set.Types) != 1 {
		return Type{}, errors.Join(ErrRecord, err)
	}
	return set.Types[0].normal(), nil
}

// MarshalWord is w as the JSON it has in an exported set.
func MarshalWord(w Word) string {
	o := object{[]byte("{")}
	o.word(w.normal())
	o.close()
	return string(o.buf)
}

// UnmarshalWord reads what MarshalWord wrote; the error wraps ErrRecord.
func UnmarshalWord(record string) (Word, error) {
	set, err := unmarshalEntry(record, (*decoder).word)
	if err != nil || len(set.Words) != 1 {
		return Word{}, errors.Join(ErrRecord, err)
	}
	return set.Words[0].normal(), nil
}

func unmarshalEntry(record string, take func(*decoder, tree.Value, string)) (Set, error) {
	v, err := tree.Parse(record)
	if err != nil {
		return Set{}, err
	}
	d := decoder{}
	take(&d, v, "")
	if len(d.problems) > 0 {
		return Set{}, d.problems[0]
	}
	return d.set, nil
}
