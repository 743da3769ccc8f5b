package claims

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The surfaces a type's colours stand on.
var (
	lightSurfaces = map[string]string{"paper": lightPaper, "raised": lightRaised}
	darkSurfaces  = map[string]string{"paper": darkPaper, "raised": darkRaised}
)

// checkContrast holds a type's colours to WCAG AA in both themes.
func checkContrast(t *testing.T, name string, light, dark Colours) {
	t.Helper()
	check := func(what, a, b string) {
		t.Helper()
		if got := contrast(a, b); got < readable {
			t.Errorf("%s: %s (%s on %s) has contrast %.2f:1, expected at least 4.5:1 (WCAG AA)", name, what, a, b, got)
		}
	}
	check("light foreground on its own background", light.Fg, light.Bg)
	check("light ink on the type's background", lightInk, light.Bg)
	check("dark foreground on its own background", dark.Fg, dark.Bg)
	check("dark ink on the type's background", darkInk, dark.Bg)
	for surface, colour := range lightSurfaces {
		check("light foreground on "+surface, light.Fg, colour)
	}
	for surface, colour := range darkSurfaces {
		check("dark foreground on "+surface, dark.Fg, colour)
	}
}

func TestContrast(t *testing.T) {
	// The ratios that WCAG's own examples and every checker give.
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}, {"red", "#ffffff", 0}} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > .005 {
			t.Errorf("contrast of %s on %s is %.3f, expected %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestColoursKeepContrast(t *testing.T) {
	for _, typ := range Types() {
		checkContrast(t, "type "+typ.Name, typ.Light, typ.Dark)
	}
}

func TestAnyColourIsMadeReadable(t *testing.T) {
	colours := []string{"#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#ff00ff", "#00ffff"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		colours = append(colours, rgb{rng.Float64(), rng.Float64(), rng.Float64()}.String())
	}
	for _, colour := range colours {
		light, dark, ok := Paint(colour)
		if !ok {
			t.Fatalf("%s was refused, expected any #rrggbb to do", colour)
		}
		checkContrast(t, colour, light, dark)
	}
	for _, colour := range []string{"", "#fff", "#gggggg", "red", "#12345", "#1234567", "url(x)"} {
		if _, _, ok := Paint(colour); ok {
			t.Errorf("%q was taken for a colour", colour)
		}
	}
	for _, name := range Palette() {
		if _, _, ok := Paint(name); !ok {
			t.Errorf("%q of the palette was refused", name)
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
