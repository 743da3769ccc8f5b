package tree

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, in, out string
		mended        bool
	}{
		{"empty object", ` {} `, `{}`, false},
		{"byte order mark", "\ufeff[1]", `[1]`, false},
		{"numbers as written", `[0,-1,1.50,1e9,1E-2]`, `[0,-1,1.50,1e9,1E-2]`, false},
		{"escapes", `"\u6279\u8a3b\n\/"`, `"批註\n/"`, false},
		{"a pair", `"\ud83d\ude00"`, `"😀"`, false},
		{"half a pair", `"a\ud83d!"`, `"a�!"`, true},
		{"two first halves", `"\ud83d\ud83d\ude00"`, `"�😀"`, true},
		{"bytes that are not UTF-8", "\"a\xffb\"", `"a�b"`, true},
		{"a name twice", `{"a":1,"a":2}`, `{"a":2}`, false},
		{"markup", `"</script>"`, `"\u003c/script>"`, false},
	} {
		v, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: want a value, got %v", c.name, err)
			continue
		}
		if got := string(Append(nil, v)); got != c.out {
			t.Errorf("%s: want %s written again, got %s", c.name, c.out, got)
		}
		if v.AnyMended() != c.mended {
			t.Errorf("%s: want mended %v, got %v", c.name, c.mended, v.AnyMended())
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"nothing", "", ErrSyntax},
		{"words", "this is not json", ErrSyntax},
		{"a comma at the end", `{"a":1,}`, ErrSyntax},
		{"NaN", `{"a":NaN}`, ErrSyntax},
		{"a leading zero", `01`, ErrSyntax},
		{"a sign", `+1`, ErrSyntax},
		{"a signed escape", `"\u+123"`, ErrSyntax},
		{"cut off", `{"a":"b`, ErrSyntax},
		{"an unescaped line end", "\"a\nb\"", ErrSyntax},
		{"something after it", `{} {}`, ErrSyntax},
		{"a million brackets", strings.Repeat("[", 1_000_000), ErrDepth},
		{"a million objects", strings.Repeat(`{"a":`, 1_000_000), ErrDepth},
	} {
		if _, err := Parse(c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: want %v, got %v", c.name, c.want, err)
		}
	}
}

func TestParsePauses(t *testing.T) {
	text := "[" + strings.Repeat(`{"a": ["b", 1]}, `, 20_000) + "0]"
	n, last := 0, 0
	v, err := ParseWith(text, func(read int) error {
		if n > 0 && (read-last < pauseBytes || read > len(text)) {
			t.Errorf("want a pause a slice, got one at %d after %d of %d", read, last, len(text))
		}
		n, last = n+1, read
		return nil
	})
	if err != nil || len(v.Items) != 20_001 || n != 1+len(text)/pauseBytes {
		t.Errorf("want %d pauses and all of the text, got %d and %d items, error %v", 1+len(text)/pauseBytes, n, len(v.Items), err)
	}
	stop := errors.New("enough")
	if _, err := ParseWith(text, func(read int) error {
		if read > 0 {
			return stop
		}
		return nil
	}); err != stop {
		t.Errorf("want to be able to stop, got %v", err)
	}
}

func TestInt(t *testing.T) {
	for _, c := range []struct {
		in string
		n  int
		ok bool
	}{
		{"12", 12, true}, {"-3", -3, true}, {"1e2", 100, true}, {"1.5", 0, false},
		{"1e300", 0, false}, {"9007199254740993000", 0, false}, {`"12"`, 0, false}, {"1e999", 0, false},
	} {
		v, err := Parse(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := v.Int(); n != c.n || ok != c.ok {
			t.Errorf("Int of %s: want %d %v, got %d %v", c.in, c.n, c.ok, n, ok)
		}
	}
}

// FuzzParse holds the scanner against encoding/json: both take the same texts
// (up to the depth that only we limit) and read the same from them.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"a":[1,2,{"b":null}],"c":"\u00e9\ud83d\ude00"}`, `[true,false,-0.0e+1]`, "\"\xff\"", `{"a":1,"a":2}`, `"\ud800x"`, `" "`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := Parse(s)
		if errors.Is(err, ErrDepth) {
			return
		}
		valid := json.Valid([]byte(strings.TrimPrefix(s, "\ufeff")))
		if valid != (err == nil) {
			t.Fatalf("want the verdict of encoding/json (%v), got %v", valid, err)
		}
		if err != nil {
			return
		}
		var want, got any
		if json.Unmarshal([]byte(strings.TrimPrefix(s, "\ufeff")), &want) != nil {
			return // a number out of range, which only matters when it is asked for
		}
		out := Append(nil, v)
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("want valid JSON written again, got %q: %v", out, err)
		}
		// Where several bytes are broken encoding/json puts one U+FFFD for each
		// and we one for the run, which nobody can tell apart afterwards.
		if !v.AnyMended() && !reflect.DeepEqual(got, want) {
			t.Fatalf("want %v read from %q, got %v", want, s, got)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	item := `{"id":"urn:uuid:0","type":"Annotation","body":[{"type":"TextualBody","value":"基準測試"}],"target":{"source":"urn:x","selector":[{"type":"TextPositionSelector","start":1,"end":2}]}}`
	text := "[" + strings.Repeat(item+",", 9999) + item + "]"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
