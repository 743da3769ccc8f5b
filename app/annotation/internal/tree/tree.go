// Package tree reads JSON into a tree that remembers where each value stood.
//
// encoding/json would do for files of our own; a file from elsewhere needs more
// than it tells: which member was wrong (as a JSON Pointer), that a name came
// twice, that bytes were not UTF-8, that it nests deeper than anyone would by
// hand. A tree is also three times faster than decoding into map[string]any,
// since numbers stay text and objects stay slices. The cost is this page of
// scanner, which a fuzz target holds against encoding/json.
package tree

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is what a Value is.
type Kind uint8

// The kinds of JSON values; Absent is what looking up a missing member gives.
const (
	Absent Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// Value is one JSON value. The zero Value is Absent.
type Value struct {
	Kind    Kind
	Mended  bool     // Str had bytes or escapes that are no Unicode text, now U+FFFD
	Str     string   // a string's text, a number as written, "true" or "false"
	Items   []Value  // an array's
	Members []Member // an object's, in order; of names that came twice the last counts
}

// Member is one name and value of an object.
type Member struct {
	Name  string
	Value Value
}

// MaxDepth is how deep arrays and objects may nest; real annotations reach
// about ten. The parser recurses, so a limit also bounds its stack.
const MaxDepth = 64

// Errors that Parse wraps in a SyntaxError.
var (
	ErrSyntax = errors.New("not JSON")
	ErrDepth  = fmt.Errorf("nested deeper than %d", MaxDepth)
)

// SyntaxError says at which byte the text stops being JSON. Unwrap gives
// ErrSyntax or ErrDepth.
type SyntaxError struct {
	Offset int // bytes from the start
	Want   string
	err    error
}

func (e *SyntaxError) Error() string {
	if e.err == ErrDepth {
		return fmt.Sprintf("%v at byte %d", e.err, e.Offset)
	}
	return fmt.Sprintf("%v at byte %d: want %s", e.err, e.Offset, e.Want)
}

func (e *SyntaxError) Unwrap() error { return e.err }

// Parse reads one JSON value that fills text. A byte order mark is skipped. The
// error is a *SyntaxError.
func Parse(text string) (Value, error) { return ParseWith(text, nil) }

// pauseBytes lie at least between two pauses: a browser reads them in two
// milliseconds. A single name, string or number is never broken off.
const pauseBytes = 64 << 10

// ParseWith is Parse that calls pause, if there is one, every few milliseconds
// of work with how many bytes are read. Its error ends the reading and comes
// back as it is.
func ParseWith(text string, pause func(read int) error) (Value, error) {
	p := parser{text: strings.TrimPrefix(text, "\ufeff"), pause: pause, due: math.MaxInt}
	if pause != nil {
		p.due = 0
	}
	v, err := p.value(0)
	if err != nil {
		return Value{}, err
	}
	if p.space(); p.at < len(p.text) {
		return Value{}, p.fail("the end")
	}
	return v, nil
}

// Get is the member of an object called name, or Absent.
func (v Value) Get(name string) Value {
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Name == name {
			return v.Members[i].Value
		}
	}
	return Value{}
}

// Has reports whether an object has a member called name.
func (v *Value) Has(name string) bool {
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Name == name {
			return v.Members[i].Value.Kind != Absent
		}
	}
	return false
}

// Len is how many items List gives.
func (v *Value) Len() int {
	switch v.Kind {
	case Absent:
		return 0
	case Array:
		return len(v.Items)
	}
	return 1
}

// At is the item of List with a number, without making a list of one value.
func (v *Value) At(i int) *Value {
	if v.Kind == Array {
		return &v.Items[i]
	}
	return v
}

// List is the items of an array, none of an absent value, and any other value
// as the only item: JSON-LD writes a set of one without its brackets.
func (v Value) List() []Value {
	switch v.Kind {
	case Absent:
		return nil
	case Array:
		return v.Items
	}
	return []Value{v}
}

// Text is the string, and "" of any other kind.
func (v Value) Text() string {
	if v.Kind == String {
		return v.Str
	}
	return ""
}

// Int is the whole number that v is; ok is false for fractions, for other
// kinds, and beyond 2^53, where JSON readers disagree.
func (v Value) Int() (n int, ok bool) {
	f, ok := v.Float()
	if !ok || f < -1<<53 || f > 1<<53 || f != float64(int64(f)) {
		return 0, false
	}
	if int64(int(f)) != int64(f) {
		return 0, false
	}
	return int(f), true
}

// Float is the number that v is; ok is false for other kinds and for numbers
// too large to hold.
func (v Value) Float() (f float64, ok bool) {
	if v.Kind != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Str, 64)
	return f, err == nil
}

// Size is about how many bytes v takes as JSON.
func (v Value) Size() int {
	size := 2 + len(v.Str)
	for _, item := range v.Items {
		size += 1 + item.Size()
	}
	for _, m := range v.Members {
		size += len(m.Name) + 4 + m.Value.Size()
	}
	return size
}

// AnyMended reports whether any name or string in v was no Unicode text.
func (v Value) AnyMended() bool {
	if v.Mended {
		return true
	}
	for _, item := range v.Items {
		if item.AnyMended() {
			return true
		}
	}
	for _, m := range v.Members {
		if m.Value.AnyMended() {
			return true
		}
	}
	return false
}

// Pointer appends a reference token to a JSON Pointer (RFC 6901).
func Pointer(path, name string) string {
	if strings.ContainsAny(name, "~/") {
		name = strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
	}
	return path + "/" + name
}

// Index appends an array index to a JSON Pointer.
func Index(path string, i int) string { return path + "/" + strconv.Itoa(i) }

// parser gathers the values of open arrays and objects on two stacks and copies
// them once their number is known, which halves the time that growing a slice
// for each would take.
type parser struct {
	text    string
	at      int
	items   []Value
	members []Member
	pause   func(read int) error
	due     int // where the next pause is
}

func (p *parser) fail(want string) error {
	return &SyntaxError{Offset: p.at, Want: want, err: ErrSyntax}
}

func (p *parser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) value(depth int) (Value, error) {
	if p.space(); p.at >= len(p.text) {
		return Value{}, p.fail("a value")
	}
	if depth > MaxDepth {
		return Value{}, &SyntaxError{Offset: p.at, err: ErrDepth}
	}
	v := Value{}
	var err error
	if p.at >= p.due {
		p.due = p.at + pauseBytes
		if err := p.pause(p.at); err != nil {
			return Value{}, err
		}
	}
	switch c := p.text[p.at]; {
	case c == '{':
		v.Kind = Object
		v.Members, err = p.object(depth)
	case c == '[':
		v.Kind = Array
		v.Items, err = p.array(depth)
	case c == '"':
		v.Kind = String
		v.Str, v.Mended, err = p.string()
	case c == 't':
		v.Kind, v.Str, err = Bool, "true", p.literal("true")
	case c == 'f':
		v.Kind, v.Str, err = Bool, "false", p.literal("false")
	case c == 'n':
		v.Kind, err = Null, p.literal("null")
	default:
		v.Kind = Number
		v.Str, err = p.number()
	}
	return v, err
}

func (p *parser) literal(word string) error {
	if !strings.HasPrefix(p.text[p.at:], word) {
		return p.fail(word)
	}
	p.at += len(word)
	return nil
}

func (p *parser) digits() bool {
	start := p.at
	for p.at < len(p.text) && '0' <= p.text[p.at] && p.text[p.at] <= '9' {
		p.at++
	}
	return p.at > start
}

func (p *parser) next(set string) bool {
	if p.at < len(p.text) && strings.IndexByte(set, p.text[p.at]) >= 0 {
		p.at++
		return true
	}
	return false
}

func (p *parser) number() (string, error) {
	start := p.at
	p.next("-")
	if !p.next("0") && !p.digits() {
		return "", p.fail("a value")
	}
	if p.next(".") && !p.digits() {
		return "", p.fail("a digit")
	}
	if p.next("eE") {
		p.next("+-")
		if !p.digits() {
			return "", p.fail("a digit")
		}
	}
	return p.text[start:p.at], nil
}

func (p *parser) array(depth int) ([]Value, error) {
	p.at++
	if p.space(); p.next("]") {
		return nil, nil
	}
	base := len(p.items)
	for {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		p.items = append(p.items, v)
		p.space()
		if p.next("]") {
			items := append([]Value(nil), p.items[base:]...)
			p.items = p.items[:base]
			return items, nil
		}
		if !p.next(",") {
			return nil, p.fail("a comma or ]")
		}
	}
}

func (p *parser) object(depth int) ([]Member, error) {
	p.at++
	if p.space(); p.next("}") {
		return nil, nil
	}
	base := len(p.members)
	for {
		if p.space(); p.at >= len(p.text) || p.text[p.at] != '"' {
			return nil, p.fail("a name in quotes")
		}
		name, mended, err := p.string()
		if err != nil {
			return nil, err
		}
		if p.space(); !p.next(":") {
			return nil, p.fail("a colon")
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		v.Mended = v.Mended || mended
		p.members = append(p.members, Member{name, v})
		p.space()
		if p.next("}") {
			members := append([]Member(nil), p.members[base:]...)
			p.members = p.members[:base]
			return members, nil
		}
		if !p.next(",") {
			return nil, p.fail("a comma or }")
		}
	}
}

// string reads the string at p.at. Most have no escape and come back as a slice
// of the text itself.
func (p *parser) string() (s string, mended bool, err error) {
	p.at++
	start := p.at
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			s = p.text[start:p.at]
			p.at++
			if !utf8.ValidString(s) {
				return strings.ToValidUTF8(s, "\ufffd"), true, nil
			}
			return s, false, nil
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			return "", false, p.fail("an escape instead of a control character")
		}
		p.at++
	}
	return "", false, p.fail("a closing quote")
}

func (p *parser) escaped(start int) (string, bool, error) {
	buf := append([]byte(nil), p.text[start:p.at]...)
	mended := false
	for p.at < len(p.text) {
		c := p.text[p.at]
		switch {
		case c == '"':
			p.at++
			if !utf8.Valid(buf) {
				return strings.ToValidUTF8(string(buf), "\ufffd"), true, nil
			}
			return string(buf), mended, nil
		case c < ' ':
			return "", false, p.fail("an escape instead of a control character")
		case c != '\\':
			buf = append(buf, c)
			p.at++
			continue
		}
		p.at++
		if p.at >= len(p.text) {
			break
		}
		c = p.text[p.at]
		if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
			buf = append(buf, "\"\\/\b\f\n\r\t"[i])
			p.at++
			continue
		}
		if c != 'u' {
			return "", false, p.fail("an escape that JSON has")
		}
		p.at++
		r, ok := p.hex4()
		if !ok {
			return "", false, p.fail("four hexadecimal digits")
		}
		if 0xd800 <= r && r < 0xe000 { // half of a pair: the other must follow
			low := rune(0)
			if r < 0xdc00 && strings.HasPrefix(p.text[p.at:], `\u`) {
				mark := p.at
				p.at += 2
				if low, ok = p.hex4(); !ok || low < 0xdc00 || low >= 0xe000 {
					p.at, low = mark, 0
				}
			}
			if low != 0 {
				r = (r-0xd800)<<10 | (low - 0xdc00) + 0x10000
			} else {
				r, mended = utf8.RuneError, true
			}
		}
		buf = utf8.AppendRune(buf, r)
	}
	return "", false, p.fail("a closing quote")
}

func (p *parser) hex4() (rune, bool) {
	if p.at+4 > len(p.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(p.text[p.at:p.at+4], 16, 16)
	if err != nil || strings.ContainsAny(p.text[p.at:p.at+4], "+-_") {
		return 0, false
	}
	p.at += 4
	return rune(n), true
}

// Quote appends s to dst as a JSON string. Bytes that are no UTF-8 become
// U+FFFD; < is escaped, so that the text may stand in a <script> as it is, and
// so are the two separators that older JavaScript took for line ends.
func Quote(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7f {
				i++
				continue
			}
			dst = append(dst, s[from:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\n':
				dst = append(dst, `\n`...)
			case '\t':
				dst = append(dst, `\t`...)
			case '\r':
				dst = append(dst, `\r`...)
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == 0x2028 || r == 0x2029 {
			dst = append(dst, s[from:i]...)
			if r == utf8.RuneError {
				dst = append(dst, "\ufffd"...)
			} else {
				dst = append(dst, `\u202`...)
				dst = append(dst, hex[r&15])
			}
			from = i + size
		}
		i += size
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

// Append writes v to dst as compact JSON, of names that came twice the last.
func Append(dst []byte, v Value) []byte {
	switch v.Kind {
	case String:
		return Quote(dst, v.Str)
	case Number, Bool:
		return append(dst, v.Str...)
	case Array:
		dst = append(dst, '[')
		for i, item := range v.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = Append(dst, item)
		}
		return append(dst, ']')
	case Object:
		dst = append(dst, '{')
		first := true
		for i, m := range v.Members {
			if repeated(v.Members[i+1:], m.Name) {
				continue
			}
			if !first {
				dst = append(dst, ',')
			}
			first = false
			dst = append(Quote(dst, m.Name), ':')
			dst = Append(dst, m.Value)
		}
		return append(dst, '}')
	}
	return append(dst, "null"...)
}

func repeated(later []Member, name string) bool {
	for _, m := range later {
		if m.Name == name {
			return true
		}
	}
	return false
}
