package annotation

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"pizhu/app/annotation/internal/tree"
	"pizhu/app/article"
)

// The merge is a join of last-writer-wins registers (Shapiro et al.,
// "Conflict-free replicated data types", 2011), one for each field, so the
// order in which copies meet does not matter. Deleting is a register too, and
// what was written before it falls away with it: a tombstone carries no words
// of what the reader threw out. Bringing an annotation back writes all of it
// anew at that time.

// Stamp is when field f of a was last written, in milliseconds since 1970; for
// FieldDeleted, when a was last deleted or brought back, 0 for never.
func (a Annotation) Stamp(f Field) int64 { return a.stamp(f) }

func (a *Annotation) stamp(f Field) int64 {
	s := a.Stamps[f]
	if f == FieldDeleted {
		if s == 0 && a.Deleted {
			s = max(a.base(), 1) // a deletion without a time is an old one
		}
		return s
	}
	if s == 0 {
		s = a.base()
	}
	// Nothing is older than the last deletion or return.
	return max(s, a.stamp(FieldDeleted))
}

// base is the stamp of a field that has none: Modified, or where a file gave
// none, Created.
func (a *Annotation) base() int64 {
	if a.Modified.IsZero() {
		return unixMilli(a.Created)
	}
	return unixMilli(a.Modified)
}

func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return max(t.UnixMilli(), 0)
}

func fromMilli(ms int64) time.Time {
	if ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// equal reports whether a and b hold the same in field f.
func equal(a, b *Annotation, f Field) bool {
	switch f {
	case FieldTarget:
		return a.Article == b.Article && a.Span == b.Span && a.Quote == b.Quote
	case FieldType:
		return a.Type == b.Type
	case FieldNote:
		return a.Note == b.Note
	case FieldCreator:
		return a.Creator == b.Creator
	case FieldAttribution:
		return a.Attribution == b.Attribution
	case FieldCertainty:
		return a.Certainty == b.Certainty
	case FieldQuantity:
		return a.Quantity == b.Quantity
	case FieldVerdict:
		return a.Verdict == b.Verdict
	case FieldLink:
		return a.Link == b.Link
	case FieldRelations:
		return slices.Equal(sortRelations(a.Relations), sortRelations(b.Relations))
	case FieldExtra:
		return a.Extra == b.Extra
	default:
		return a.Deleted == b.Deleted
	}
}

// copyField writes field f of src to dst.
func copyField(dst, src *Annotation, f Field) {
	switch f {
	case FieldTarget:
		dst.Article, dst.Span, dst.Quote = src.Article, src.Span, src.Quote
	case FieldType:
		dst.Type = src.Type
	case FieldNote:
		dst.Note = src.Note
	case FieldCreator:
		dst.Creator = src.Creator
	case FieldAttribution:
		dst.Attribution = src.Attribution
	case FieldCertainty:
		dst.Certainty = src.Certainty
	case FieldQuantity:
		dst.Quantity = src.Quantity
	case FieldVerdict:
		dst.Verdict = src.Verdict
	case FieldLink:
		dst.Link = src.Link
	case FieldRelations:
		dst.Relations = src.Relations
	case FieldExtra:
		dst.Extra = src.Extra
	case FieldDeleted:
		dst.Deleted = src.Deleted
	}
}

// order is the text that decides between two values written in the same
// millisecond. Any order would do, as long as it is the same everywhere.
func order(a *Annotation, f Field) string {
	const sep = "\x00"
	switch f {
	case FieldTarget:
		return strings.Join([]string{a.Article, strconv.Itoa(a.Span.Start), strconv.Itoa(a.Span.End),
			a.Quote.Exact, a.Quote.Prefix, a.Quote.Suffix}, sep)
	case FieldType:
		return a.Type
	case FieldNote:
		return a.Note
	case FieldCreator:
		return a.Creator
	case FieldAttribution:
		return a.Attribution
	case FieldCertainty:
		return string(a.Certainty)
	case FieldQuantity:
		q := a.Quantity
		return strconv.FormatFloat(q.Value, 'g', -1, 64) + sep + q.Unit + sep + q.Compared
	case FieldVerdict:
		return string(a.Verdict)
	case FieldLink:
		return a.Link
	case FieldRelations:
		var b strings.Builder
		for _, r := range sortRelations(a.Relations) {
			b.WriteString(r.To + sep + string(r.Kind) + sep)
		}
		return b.String()
	case FieldExtra:
		return a.Extra
	default:
		return strconv.FormatBool(a.Deleted)
	}
}

// Normal is a in the one form that all equal annotations share: times in UTC
// milliseconds, Modified the newest stamp, stamps only where they differ from
// it, relations sorted, a tombstone without words older than the deletion. New,
// Touch, Merge and Decode give normal annotations.
func (a Annotation) Normal() Annotation {
	if a.isNormal() {
		return a
	}
	var stamps [Fields]int64
	newest := int64(0)
	for f := Field(0); f < Fields; f++ {
		stamps[f] = a.stamp(f)
		newest = max(newest, stamps[f])
	}
	deleted := stamps[FieldDeleted]
	out := Annotation{ID: a.ID, Created: fromMilli(unixMilli(a.Created)), Deleted: a.Deleted,
		Article:  a.Article, // a tombstone too must say whose it is
		Modified: fromMilli(newest)}
	if a.Deleted || deleted > 0 {
		out.Stamps[FieldDeleted] = deleted
	}
	for f := Field(0); f < FieldDeleted; f++ {
		if a.Deleted && stamps[f] <= deleted {
			stamps[f] = deleted
		} else {
			copyField(&out, &a, f)
		}
		if stamps[f] != newest {
			out.Stamps[f] = stamps[f]
		}
	}
	if s := out.Span; s.Empty() || s.Start < 0 || s.End > MaxPosition {
		out.Span = article.Span{}
	}
	if out.Quote.Exact == "" {
		out.Quote = Quote{}
	}
	out.Relations = sortRelations(out.Relations)
	if v := out.Quantity.Value; v == 0 || v-v != 0 {
		out.Quantity.Value = 0 // not the zero with a sign, nor what JSON cannot say
	}
	return out
}

// isNormal recognises the common case of normal form: never deleted, and no
// stamp out of order. It reports false where it would have to look closer.
func (a *Annotation) isNormal() bool {
	if a.Deleted || a.Stamps[FieldDeleted] != 0 || a.Modified.IsZero() {
		return false
	}
	if a.Stamps != (Stamps{}) {
		newest := unixMilli(a.Modified)
		base := false // some field was written at Modified
		for _, ms := range a.Stamps[:FieldDeleted] {
			if ms < 0 || ms >= newest {
				return false
			}
			base = base || ms == 0
		}
		if !base {
			return false
		}
	}
	if s := a.Span; s != (article.Span{}) && (s.Empty() || s.Start < 0 || s.End > MaxPosition) {
		return false
	}
	if a.Quote.Exact == "" && a.Quote != (Quote{}) {
		return false
	}
	if v := a.Quantity.Value; v-v != 0 || v == 0 && math.Signbit(v) {
		return false
	}
	if len(a.Relations) == 0 {
		if a.Relations != nil {
			return false
		}
	} else if len(a.Relations) > 1 {
		return false
	}
	return a.Modified == fromMilli(unixMilli(a.Modified)) && a.Created == fromMilli(unixMilli(a.Created))
}

// identical reports whether a and b, both normal, are the same throughout.
func identical(a, b *Annotation) bool {
	return a.ID == b.ID && a.Modified.Equal(b.Modified) && a.Created.Equal(b.Created) && a.Deleted == b.Deleted &&
		a.Stamps == b.Stamps && a.Article == b.Article && a.Span == b.Span && a.Quote == b.Quote && a.Type == b.Type &&
		a.Note == b.Note && a.Creator == b.Creator && a.Facets == b.Facets && a.Extra == b.Extra && slices.Equal(a.Relations, b.Relations)
}

// Join is the annotation that a and b, two copies of one, become.
func Join(a, b Annotation) Annotation {
	a, b = a.Normal(), b.Normal()
	if identical(&a, &b) {
		return a
	}
	da, db := a.stamp(FieldDeleted), b.stamp(FieldDeleted)
	// The later deletion or return decides; in the same millisecond the
	// deletion does.
	ca, cb := da, db
	if da == db && a.Deleted != b.Deleted {
		if a.Deleted {
			cb--
		} else {
			ca--
		}
	}
	if ca < cb {
		a, b, da, ca, cb = b, a, db, cb, ca
	}
	// From here a's register is the later one or the same.
	out := Annotation{ID: a.ID, Deleted: a.Deleted, Article: a.Article}
	out.Stamps[FieldDeleted] = da
	newest := da
	var stamps [Fields]int64
	for f := Field(0); f < FieldDeleted; f++ {
		from := &a
		sa, sb := a.stamp(f), b.stamp(f)
		if cb == ca || sb > da { // else b's was written before a's register, and is void
			if sb > sa || sb == sa && !equal(&a, &b, f) && order(&b, f) > order(&a, f) {
				from = &b
			}
		}
		stamps[f] = from.stamp(f)
		newest = max(newest, stamps[f])
		copyField(&out, from, f)
	}
	out.Modified = fromMilli(newest)
	copy(out.Stamps[:FieldDeleted], stamps[:FieldDeleted])
	out.Created = earlier(a.Created, b.Created)
	return out.Normal()
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Touch is next, a changed copy of prev, with the fields that differ stamped:
// with now, or a millisecond after their last stamp where this clock is behind
// the one that wrote it. What did not change keeps its stamp, so that writing a
// note here and a verdict there are both kept by a merge. With no prev (the
// zero Annotation), everything is stamped.
func Touch(prev, next Annotation, now time.Time) Annotation {
	ms := max(unixMilli(now), 1)
	if prev.ID == "" {
		next.Modified = fromMilli(ms)
		next.Stamps = Stamps{}
		if next.Created.IsZero() {
			next.Created = next.Modified
		}
		return next.Normal()
	}
	prev = prev.Normal()
	if !equal(&prev, &next, FieldTarget) && next.Extra == prev.Extra {
		next.Extra = withoutTarget(next.Extra)
	}
	next.ID, next.Created = prev.ID, prev.Created
	next.Stamps = prev.Stamps
	next.Modified = prev.Modified
	ms = max(ms, unixMilli(prev.Modified)+1)
	if prev.Deleted != next.Deleted {
		// All is written anew, or voided, with the register.
		next.Modified = fromMilli(ms)
		next.Stamps = Stamps{}
		next.Stamps[FieldDeleted] = ms
		return next.Normal()
	}
	changed := false
	for f := Field(0); f < FieldDeleted; f++ {
		next.Stamps[f] = prev.stamp(f)
		if !equal(&prev, &next, f) {
			next.Stamps[f] = ms
			changed = true
		}
	}
	if changed {
		next.Modified = fromMilli(ms)
	}
	return next.Normal()
}

// Revert takes back the step from before to after, two states of one annotation
// (before is the zero Annotation where the step made it), from current, and
// stamps what it wrote. mine is when whoever takes it back last wrote each
// field: what someone else has written since stays as it is, and ok is false
// where nothing is left to take back.
func Revert(current, before, after Annotation, mine Stamps, now time.Time) (reverted Annotation, ok bool) {
	current = current.Normal()
	own := func(f Field) bool {
		s := current.stamp(f)
		return s == after.stamp(f) || s == mine[f]
	}
	next := current
	switch {
	case before.ID == "" || before.Deleted && !after.Deleted:
		// The step made it, or brought it back: take it away, unless others
		// have worked on it.
		for f := Field(0); f < Fields; f++ {
			if !own(f) {
				return current, false
			}
		}
		if current.Deleted {
			return current, false
		}
		next.Deleted = true
	case after.Deleted && !before.Deleted:
		if !current.Deleted || !own(FieldDeleted) {
			return current, false
		}
		next = before
		for f := Field(0); f < FieldDeleted; f++ {
			if current.stamp(f) > current.stamp(FieldDeleted) {
				copyField(&next, &current, f)
			}
		}
	default:
		if current.Deleted {
			return current, false
		}
		for f := Field(0); f < FieldDeleted; f++ {
			if !equal(&before, &after, f) && own(f) {
				copyField(&next, &before, f)
				ok = true
			}
		}
		if !ok {
			return current, false
		}
	}
	return Touch(current, next, now), true
}

// withoutTarget drops what another tool said of where an annotation stood, once
// it stands elsewhere.
func withoutTarget(extra string) string {
	v, err := tree.Parse(extra)
	if err != nil || !v.Has("target") {
		return extra
	}
	v.Members = slices.DeleteFunc(v.Members, func(m tree.Member) bool { return m.Name == "target" })
	if len(v.Members) == 0 {
		return ""
	}
	return string(tree.Append(nil, v))
}

// Merge joins two sets: annotations with one ID become one, field by field, the
// last writer's; types, articles and words by name, the last writer's whole.
// Merge(a, b) is Merge(b, a), Merge(a, Merge(b, c)) is Merge(Merge(a, b), c) and
// Merge(a, a) is a (in normal form, sorted by identity): copies may meet in any
// order and as often as they like. What was deleted stays deleted, unless it
// was brought back later.
func Merge(a, b Set) Set {
	return Set{
		Label: max(a.Label, b.Label),
		Annotations: joinAll(a.Annotations, b.Annotations,
			func(x *Annotation) string { return x.ID }, Annotation.Normal, Join),
		Types:    joinAll(a.Types, b.Types, func(x *Type) string { return x.Name }, Type.normal, joinType),
		Articles: joinAll(a.Articles, b.Articles, func(x *Source) string { return x.ID }, Source.normal, joinSource),
		Words:    joinAll(a.Words, b.Words, func(x *Word) string { return x.Text }, Word.normal, joinWord),
	}
}

// joinAll sorts and joins what has the same name. It sorts places, not values:
// an annotation is half a kilobyte, and moving it is what costs.
func joinAll[T any](a, b []T, name func(*T) string, normal func(T) T, join func(T, T) T) []T {
	if len(a)+len(b) == 0 {
		return nil
	}
	all := make([]*T, 0, len(a)+len(b))
	for i := range a {
		all = append(all, &a[i])
	}
	for i := range b {
		all = append(all, &b[i])
	}
	slices.SortStableFunc(all, func(x, y *T) int { return strings.Compare(name(x), name(y)) })
	out := make([]T, 0, len(all))
	for i, x := range all {
		if i > 0 && name(all[i-1]) == name(x) {
			last := &out[len(out)-1]
			*last = join(*last, *x)
		} else {
			out = append(out, normal(*x))
		}
	}
	return out
}

func (t Type) normal() Type {
	t.Modified = fromMilli(unixMilli(t.Modified))
	if len(t.Triggers) == 0 {
		t.Triggers = nil
	}
	return t
}

func joinType(a, b Type) Type {
	a, b = a.normal(), b.normal()
	if later(a.Modified, b.Modified, func() (string, string) { return typeOrder(a), typeOrder(b) }) {
		return b
	}
	return a
}

func typeOrder(t Type) string {
	return strings.Join([]string{strconv.FormatBool(t.Deleted), t.Labels.Hant, t.Labels.Hans, t.Labels.En,
		t.Colour, t.Line, strconv.Itoa(t.Order), strings.Join(t.Triggers, "\x01")}, "\x00")
}

func (s Source) normal() Source {
	s.Modified = fromMilli(unixMilli(s.Modified))
	return s
}

// joinSource takes the later title and the rest, but never loses the text that
// only one copy carries.
func joinSource(a, b Source) Source {
	a, b = a.normal(), b.normal()
	text, layout := a.Text, a.Layout
	if b.Text > text || b.Text == text && b.Layout > layout {
		text, layout = b.Text, b.Layout
	}
	if later(a.Modified, b.Modified, func() (string, string) { return sourceOrder(a), sourceOrder(b) }) {
		a = b
	}
	a.Text, a.Layout = text, layout
	return a
}

func sourceOrder(s Source) string {
	return strings.Join([]string{strconv.FormatBool(s.Deleted), s.Title, s.Author, s.Publisher, s.URL,
		s.Date, s.Variant}, "\x00")
}

func (w Word) normal() Word {
	w.Modified = fromMilli(unixMilli(w.Modified))
	return w
}

func joinWord(a, b Word) Word {
	a, b = a.normal(), b.normal()
	if later(a.Modified, b.Modified, func() (string, string) {
		return strconv.FormatBool(a.Deleted), strconv.FormatBool(b.Deleted)
	}) {
		return b
	}
	return a
}

// later reports whether b wins over a.
func later(a, b time.Time, order func() (a, b string)) bool {
	if x, y := unixMilli(a), unixMilli(b); x != y {
		return y > x
	}
	x, y := order()
	return y > x
}
