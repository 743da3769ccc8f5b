package claims

import (
	"math"
	"strconv"
	"testing"
)

// The surfaces and inks a type's colours stand on: the page's tokens of the same
// names, light and dark.
var (
	lightSurfaces = map[string]string{"paper": "#fbfaf7", "raised": "#ffffff"}
	darkSurfaces  = map[string]string{"paper": "#191816", "raised": "#23211e"}
)

const (
	lightInk = "#1f1d1a"
	darkInk  = "#ebe7df"
)

// contrast is the ratio of WCAG 2.2, "contrast ratio" and "relative luminance".
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (math.Max(la, lb) + .05) / (math.Min(la, lb) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 || colour[0] != '#' {
		t.Fatalf("colour %q: expected the form #rrggbb", colour)
	}
	var linear [3]float64
	for i := range linear {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatalf("colour %q: expected hexadecimal digits: %v", colour, err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			linear[i] = c / 12.92
		} else {
			linear[i] = math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return .2126*linear[0] + .7152*linear[1] + .0722*linear[2]
}

func TestColoursKeepContrast(t *testing.T) {
	check := func(name, what, a, b string) {
		t.Helper()
		if got := contrast(t, a, b); got < 4.5 {
			t.Errorf("type %s: %s (%s on %s) has contrast %.2f:1, expected at least 4.5:1 (WCAG AA)", name, what, a, b, got)
		}
	}
	for _, typ := range Types() {
		check(typ.Name, "light foreground on its own background", typ.Light.Fg, typ.Light.Bg)
		check(typ.Name, "light ink on the type's background", lightInk, typ.Light.Bg)
		check(typ.Name, "dark foreground on its own background", typ.Dark.Fg, typ.Dark.Bg)
		check(typ.Name, "dark ink on the type's background", darkInk, typ.Dark.Bg)
		for surface, colour := range lightSurfaces {
			check(typ.Name, "light foreground on "+surface, typ.Light.Fg, colour)
		}
		for surface, colour := range darkSurfaces {
			check(typ.Name, "dark foreground on "+surface, typ.Dark.Fg, colour)
		}
	}
}

func TestTypesAreTwelveDistinctAndNamed(t *testing.T) {
	types := Types()
	if len(types) != 12 {
		t.Fatalf("%d types ship, expected 12", len(types))
	}
	names, underlines, grounds := map[string]bool{}, map[Underline]string{}, map[string]string{}
	styles := map[string]bool{"solid": true, "double": true, "dashed": true, "dotted": true, "wavy": true}
	for _, typ := range types {
		if names[typ.Name] {
			t.Errorf("the name %q ships twice, expected each once", typ.Name)
		}
		names[typ.Name] = true
		for _, r := range typ.Name {
			if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
				t.Errorf("name %q holds %q, expected a-z, 0-9 and - alone", typ.Name, r)
			}
		}
		if typ.Labels.Hant == "" || typ.Labels.Hans == "" || typ.Labels.English == "" {
			t.Errorf("type %s lacks a label: %+v, expected all three languages", typ.Name, typ.Labels)
		}
		if !styles[typ.Underline.Style] || typ.Underline.Thickness <= 0 {
			t.Errorf("type %s has underline %+v, expected a CSS text-decoration-style and a thickness", typ.Name, typ.Underline)
		}
		if other, taken := underlines[typ.Underline]; taken {
			t.Errorf("types %s and %s share the underline %+v, expected every pair to differ so that colour is not alone", other, typ.Name, typ.Underline)
		}
		underlines[typ.Underline] = typ.Name
		if other, taken := grounds[typ.Light.Bg]; taken {
			t.Errorf("types %s and %s share the ground %s, expected every one to differ", other, typ.Name, typ.Light.Bg)
		}
		grounds[typ.Light.Bg] = typ.Name
	}
}

func TestTypesStartWithTheDigitKeys(t *testing.T) {
	want := []string{Benchmark, Lawsuit, Funding, Release, Partnership, Personnel, Controversy, Forecast, Acquisition, Regulation, Price, Opinion}
	for i, typ := range Types() {
		if typ.Name != want[i] {
			t.Errorf("type %d is %s, expected %s", i, typ.Name, want[i])
		}
	}
	for i, want := range map[int]rune{-1: 0, 0: '1', 8: '9', 9: 0, 11: 0} {
		if got := Digit(i); got != want {
			t.Errorf("Digit(%d) is %q, expected %q", i, got, want)
		}
	}
}

func TestTypesIsACopy(t *testing.T) {
	Types()[0].Name = "changed"
	if got := Types()[0].Name; got != Benchmark {
		t.Errorf("a caller's change reached the shipped types: first is now %q, expected %q", got, Benchmark)
	}
}

func TestLabel(t *testing.T) {
	full := Type{Name: "funding", Labels: Labels{"融資", "融资", "Funding"}}
	for _, c := range []struct {
		name, lang, want string
		typ              Type
	}{
		{"traditional", "zh-Hant", "融資", full},
		{"taiwan", "zh-TW", "融資", full},
		{"hong kong", "zh-HK", "融資", full},
		{"simplified", "zh-Hans", "融资", full},
		{"mainland", "zh-CN", "融资", full},
		{"english", "en-GB", "Funding", full},
		{"no language", "", "Funding", full},
		{"not a subtag", "zhx", "Funding", full},
		{"named in one language", "en", "我的類別", Type{Name: "t1", Labels: Labels{Hant: "我的類別"}}},
		{"not named at all", "en", "t1", Type{Name: "t1"}},
	} {
		if got := c.typ.Label(c.lang); got != c.want {
			t.Errorf("%s: Label(%q) is %q, expected %q", c.name, c.lang, got, c.want)
		}
	}
}
