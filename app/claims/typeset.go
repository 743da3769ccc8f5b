package claims

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"pizhu/app/annotation"
)

// TypeSet is what a reader made of the claim types: the ones added, and the
// shipped ones that were renamed, recoloured, moved or deleted. It is the Types
// of an annotation.Set, so it is exported, imported and merged with the
// annotations. The functions here leave the set they are given as it was.
//
// Every entry is whole: a type that ships gets one, with all that it had, when
// it is first changed. Deleted entries stay, so that a merge does not bring
// them back.
type TypeSet []annotation.Type

// What the functions on a TypeSet refuse.
var (
	ErrNoType   = errors.New("no such claim type")
	ErrLabel    = errors.New("a label needs 1 to 40 characters")
	ErrTaken    = errors.New("another type has this label")
	ErrColour   = errors.New("not a colour")
	ErrLine     = errors.New("not an underline")
	ErrSame     = errors.New("a type cannot be merged into itself")
	ErrTriggers = errors.New("more than 200 trigger words, or one of more than 40 characters")
)

const (
	labelMost    = 40 // runes
	triggersMost = 200
	// orderStep is the room left between two neighbours, so that moving a type
	// rewrites that one alone.
	orderStep = 1 << 12
)

// Types is the types in the reader's order, without the deleted ones.
func (ts TypeSet) Types() []Type {
	entries := ts.all()
	out := make([]Type, 0, len(entries))
	for _, e := range entries {
		if !e.Deleted {
			out = append(out, resolve(e))
		}
	}
	return out
}

// Find is the type of a name. A name that no type has, as an imported claim may
// bring, or a deleted one, is answered with a plain type of that name and false.
func (ts TypeSet) Find(name string) (Type, bool) {
	for _, e := range ts.all() {
		if e.Name == name {
			return resolve(e), !e.Deleted
		}
	}
	return resolve(annotation.Type{Name: name}), false
}

// all is every entry, the untouched shipped types among them, in order.
func (ts TypeSet) all() []annotation.Type {
	out := slices.Clone([]annotation.Type(ts))
	for i := range shipped {
		if !slices.ContainsFunc(ts, func(e annotation.Type) bool { return e.Name == shipped[i].Name }) {
			out = append(out, entry(i))
		}
	}
	slices.SortFunc(out, func(a, b annotation.Type) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	return out
}

// entry is the i-th shipped type as an entry that says nothing new.
func entry(i int) annotation.Type {
	t := shipped[i]
	return annotation.Type{Name: t.Name, Labels: annotation.Labels{Hant: t.Labels.Hant, Hans: t.Labels.Hans, En: t.Labels.English},
		Colour: t.Name, Line: t.Underline.String(), Order: (i + 1) * orderStep}
}

func resolve(e annotation.Type) Type {
	t := Type{Name: e.Name, Labels: Labels{Hant: e.Labels.Hant, Hans: e.Labels.Hans, English: e.Labels.En}}
	var ok bool
	if t.Light, t.Dark, ok = Paint(e.Colour); !ok {
		t.Light, t.Dark, _ = Paint(Regulation) // the greys
	}
	if t.Underline, ok = ParseUnderline(e.Line); !ok {
		t.Underline = Underline{"dotted", 10}
	}
	return t
}

// String is the form in which an underline is kept: "wavy-15", with the
// thickness in tenths of a CSS pixel.
func (u Underline) String() string { return u.Style + "-" + strconv.Itoa(u.Thickness) }

// ParseUnderline reads what String wrote. A style alone has the usual thickness.
func ParseUnderline(s string) (Underline, bool) {
	style, thickness, found := strings.Cut(s, "-")
	switch style {
	case "solid", "double", "dashed", "dotted", "wavy":
	default:
		return Underline{}, false
	}
	if !found {
		return Underline{style, 20}, true
	}
	n, err := strconv.Atoi(thickness)
	if err != nil || n < 5 || n > 60 || strconv.Itoa(n) != thickness {
		return Underline{}, false
	}
	return Underline{style, n}, true
}

// change is ts with the entry of a name changed and stamped: with now, or just
// after its last stamp where this clock is behind.
func (ts TypeSet) change(name string, now time.Time, f func(*annotation.Type) error) (TypeSet, error) {
	all := ts.all()
	i := slices.IndexFunc(all, func(e annotation.Type) bool { return e.Name == name && !e.Deleted })
	if i < 0 {
		return ts, fmt.Errorf("%w: %s", ErrNoType, name)
	}
	e := all[i]
	e.Triggers = slices.Clone(e.Triggers)
	if err := f(&e); err != nil {
		return ts, err
	}
	return ts.put(e, now), nil
}

func (ts TypeSet) put(e annotation.Type, now time.Time) TypeSet {
	out := slices.Clone(ts)
	i := slices.IndexFunc(out, func(o annotation.Type) bool { return o.Name == e.Name })
	now = annotation.Milliseconds(now)
	if i >= 0 && !now.After(out[i].Modified) {
		now = out[i].Modified.Add(time.Millisecond)
	}
	e.Modified = now
	if i < 0 {
		out = append(out, e)
	} else {
		out[i] = e
	}
	slices.SortFunc(out, func(a, b annotation.Type) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func cleanLabel(label string) (string, error) {
	label = strings.Join(strings.Fields(label), " ")
	if n := len([]rune(label)); n < 1 || n > labelMost {
		return "", ErrLabel
	}
	return label, nil
}

// labelled is the live type that has a label in any language.
func (ts TypeSet) labelled(label string) (string, bool) {
	for _, e := range ts.all() {
		if !e.Deleted && (strings.EqualFold(e.Labels.Hant, label) || strings.EqualFold(e.Labels.Hans, label) || strings.EqualFold(e.Labels.En, label)) {
			return e.Name, true
		}
	}
	return "", false
}

// Add is ts with a new type at the end, and its name. The name follows from the
// label, so that two readers who add the same type apart end up with one. colour
// may be empty: then the type gets the colours and the underline that fewest
// types have.
func (ts TypeSet) Add(label, lang, colour string, now time.Time) (TypeSet, string, error) {
	label, err := cleanLabel(label)
	if err != nil {
		return ts, "", err
	}
	if _, taken := ts.labelled(label); taken {
		return ts, "", fmt.Errorf("%w: %s", ErrTaken, label)
	}
	all := ts.all()
	e := annotation.Type{Name: nameFor(label), Order: all[len(all)-1].Order + orderStep}
	for base, n := e.Name, 2; ; n++ {
		i := slices.IndexFunc(all, func(o annotation.Type) bool { return o.Name == e.Name })
		if i < 0 || all[i].Deleted {
			break
		}
		e.Name = base + "-" + strconv.Itoa(n)
	}
	setLabel(&e.Labels, lang, label)
	free := ts.free()
	e.Line = free.Line
	if e.Colour = colour; colour == "" {
		e.Colour = free.Colour
	} else if _, _, ok := Paint(colour); !ok {
		return ts, "", fmt.Errorf("%w: %q", ErrColour, colour)
	}
	return ts.put(e, now), e.Name, nil
}

// free is a colour and an underline that no live type has together, the colour
// being one that as few as possible have.
func (ts TypeSet) free() annotation.Type {
	used, pairs := map[string]int{}, map[string]bool{}
	for _, e := range ts.all() {
		if !e.Deleted {
			used[e.Colour]++
			pairs[e.Colour+" "+e.Line] = true
		}
	}
	best := annotation.Type{Colour: shipped[0].Name, Line: shipped[0].Underline.String()}
	fewest := len(ts) + len(shipped) + 1
	for _, c := range shipped {
		if used[c.Name] >= fewest {
			continue
		}
		for i := range shipped { // any line but the colour's own first
			line := shipped[(i+5)%len(shipped)].Underline.String()
			if !pairs[c.Name+" "+line] {
				best, fewest = annotation.Type{Colour: c.Name, Line: line}, used[c.Name]
				break
			}
		}
	}
	return best
}

// nameFor is a label as a name: its own letters where they are ASCII, else a
// digest of it.
func nameFor(label string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(label) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '_':
			b.WriteByte('-')
		default:
			h := fnv.New64a()
			h.Write([]byte(label))
			return "t-" + strconv.FormatUint(h.Sum64(), 36)
		}
	}
	name := strings.Trim(b.String(), "-")
	if name == "" {
		h := fnv.New64a()
		h.Write([]byte(label))
		return "t-" + strconv.FormatUint(h.Sum64(), 36)
	}
	return name
}

func setLabel(l *annotation.Labels, lang, label string) {
	switch {
	case hasTagPrefix(lang, "zh-Hans"), hasTagPrefix(lang, "zh-CN"), hasTagPrefix(lang, "zh-SG"):
		l.Hans = label
	case hasTagPrefix(lang, "zh"):
		l.Hant = label
	default:
		l.En = label
	}
}

// Rename is ts with a type's label changed in one language.
func (ts TypeSet) Rename(name, lang, label string, now time.Time) (TypeSet, error) {
	label, err := cleanLabel(label)
	if err != nil {
		return ts, err
	}
	if other, taken := ts.labelled(label); taken && other != name {
		return ts, fmt.Errorf("%w: %s", ErrTaken, label)
	}
	return ts.change(name, now, func(e *annotation.Type) error {
		setLabel(&e.Labels, lang, label)
		return nil
	})
}

// Recolour is ts with a type's colour changed: a name of the Palette or "#rrggbb".
func (ts TypeSet) Recolour(name, colour string, now time.Time) (TypeSet, error) {
	if _, _, ok := Paint(colour); !ok {
		return ts, fmt.Errorf("%w: %q", ErrColour, colour)
	}
	return ts.change(name, now, func(e *annotation.Type) error {
		e.Colour = colour
		return nil
	})
}

// Line is ts with a type's underline changed.
func (ts TypeSet) Line(name string, u Underline, now time.Time) (TypeSet, error) {
	if _, ok := ParseUnderline(u.String()); !ok {
		return ts, fmt.Errorf("%w: %s", ErrLine, u)
	}
	return ts.change(name, now, func(e *annotation.Type) error {
		e.Line = u.String()
		return nil
	})
}

// Triggers is ts with the words that suggest a type changed. They are matched
// against the Simplified form of a text, so that is how they are to be given.
func (ts TypeSet) Triggers(name string, words []string, now time.Time) (TypeSet, error) {
	clean, err := cleanTriggers(words)
	if err != nil {
		return ts, err
	}
	return ts.change(name, now, func(e *annotation.Type) error {
		e.Triggers = clean
		return nil
	})
}

func cleanTriggers(words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		w = strings.Join(strings.Fields(w), " ")
		if w == "" || slices.Contains(out, w) {
			continue
		}
		if len([]rune(w)) > labelMost {
			return nil, ErrTriggers
		}
		out = append(out, w)
	}
	if len(out) > triggersMost {
		return nil, ErrTriggers
	}
	return out, nil
}

// Move is ts with a type at another place, counted from 0 among the types that
// are not deleted; a place beyond the end is the end.
func (ts TypeSet) Move(name string, to int, now time.Time) (TypeSet, error) {
	live := slices.DeleteFunc(ts.all(), func(e annotation.Type) bool { return e.Deleted })
	from := slices.IndexFunc(live, func(e annotation.Type) bool { return e.Name == name })
	if from < 0 {
		return ts, fmt.Errorf("%w: %s", ErrNoType, name)
	}
	to = min(max(to, 0), len(live)-1)
	if to == from {
		return ts, nil
	}
	moved := live[from]
	live = slices.Insert(slices.Delete(live, from, from+1), to, moved)
	switch {
	case to == 0:
		moved.Order = live[1].Order - orderStep
	case to == len(live)-1:
		moved.Order = live[to-1].Order + orderStep
	default:
		before, after := live[to-1].Order, live[to+1].Order
		if after-before < 2 {
			// No room is left: every type gets a new place.
			for i := range live {
				live[i].Order = (i + 1) * orderStep
				ts = ts.put(live[i], now)
			}
			return ts, nil
		}
		moved.Order = before + (after-before)/2
	}
	return ts.put(moved, now), nil
}

// Delete is ts without a type. Its claims keep its name, and are found by InUse;
// what becomes of them is for the reader to say.
func (ts TypeSet) Delete(name string, now time.Time) (TypeSet, error) {
	return ts.change(name, now, func(e *annotation.Type) error {
		e.Deleted = true
		return nil
	})
}

// MergeInto is ts with one type deleted and its trigger words given to another.
// The claims go with Retype.
func (ts TypeSet) MergeInto(from, into string, now time.Time) (TypeSet, error) {
	if from == into {
		return ts, ErrSame
	}
	f, ok := ts.find(from)
	if !ok {
		return ts, fmt.Errorf("%w: %s", ErrNoType, from)
	}
	i, ok := ts.find(into)
	if !ok {
		return ts, fmt.Errorf("%w: %s", ErrNoType, into)
	}
	words, err := cleanTriggers(append(slices.Clone(i.Triggers), f.Triggers...))
	if err != nil {
		return ts, err
	}
	out := ts
	if len(words) != len(i.Triggers) {
		if out, err = out.Triggers(into, words, now); err != nil {
			return ts, err
		}
	}
	return out.Delete(from, now)
}

func (ts TypeSet) find(name string) (annotation.Type, bool) {
	for _, e := range ts.all() {
		if e.Name == name && !e.Deleted {
			return e, true
		}
	}
	return annotation.Type{}, false
}

// InUse is the live annotations of a type.
func InUse(all []annotation.Annotation, name string) []annotation.Annotation {
	var out []annotation.Annotation
	for _, a := range all {
		if a.Type == name && !a.Deleted {
			out = append(out, a)
		}
	}
	return out
}

// Retype is the live annotations of one type as annotations of another, for the
// store to put. Those of other types are left out.
func Retype(all []annotation.Annotation, from, to string) []annotation.Annotation {
	out := InUse(all, from)
	for i := range out {
		out[i].Type = to
	}
	return out
}

// MergeTypes joins two readers' sets of types, type by type, the later change
// winning. The order in which sets are joined makes no difference, nor does
// joining one twice.
func MergeTypes(a, b TypeSet) TypeSet {
	return TypeSet(annotation.Merge(annotation.Set{Types: a}, annotation.Set{Types: b}).Types)
}

// Entries is every entry, the untouched shipped types and the deleted ones among
// them, in order: what a store assumes before the reader has changed anything.
func (ts TypeSet) Entries() []annotation.Type { return ts.all() }
