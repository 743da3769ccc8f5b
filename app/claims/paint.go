package claims

import (
	"math"
	"strconv"
)

// What a type's colours stand on, in both themes: the page's tokens of the same
// names. Where the page changes them, these follow; the tests hold the contrast.
const (
	lightPaper, lightRaised, lightInk = "#fbfaf7", "#ffffff", "#1f1d1a"
	darkPaper, darkRaised, darkInk    = "#191816", "#23211e", "#ebe7df"
)

// readable is the least contrast of text (WCAG 2.2, 1.4.3, level AA).
const readable = 4.5

// Palette is the names of the program's colours: the types they were made for.
func Palette() []string {
	names := make([]string, len(shipped))
	for i, t := range shipped {
		names[i] = t.Name
	}
	return names
}

// Paint is the colours that a type has where a reader gave it one: one of the
// Palette by name, or any "#rrggbb", whose hue is kept and whose lightness is
// moved until text in it and on it can be read in both themes.
func Paint(colour string) (light, dark Colours, ok bool) {
	for _, t := range shipped {
		if t.Name == colour {
			return t.Light, t.Dark, true
		}
	}
	c, ok := parseColour(colour)
	if !ok {
		return light, dark, false
	}
	h, s, _ := c.hsl()
	// Grounds are pale in one theme and deep in the other, whatever was asked for.
	for l := .9; ; l += .01 {
		if light.Bg = hsl(h, s*.75, l).String(); contrast(light.Bg, lightInk) >= readable || l >= 1 {
			break
		}
	}
	for l := .5; ; l -= .01 {
		if light.Fg = hsl(h, s*.85, l).String(); least(light.Fg, light.Bg, lightPaper, lightRaised) >= readable || l <= 0 {
			break
		}
	}
	for l := .2; ; l -= .01 {
		if dark.Bg = hsl(h, s*.5, l).String(); contrast(dark.Bg, darkInk) >= readable || l <= 0 {
			break
		}
	}
	for l := .6; ; l += .01 {
		if dark.Fg = hsl(h, s*.85, l).String(); least(dark.Fg, dark.Bg, darkPaper, darkRaised) >= readable || l >= 1 {
			break
		}
	}
	return light, dark, true
}

func least(colour string, grounds ...string) float64 {
	n := math.Inf(1)
	for _, g := range grounds {
		n = min(n, contrast(colour, g))
	}
	return n
}

// rgb is red, green and blue from 0 to 1.
type rgb [3]float64

func parseColour(s string) (c rgb, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return c, false
	}
	for i := range c {
		n, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return c, false
		}
		c[i] = float64(n) / 255
	}
	return c, true
}

func (c rgb) String() string {
	const digits = "0123456789abcdef"
	out := []byte("#000000")
	for i, v := range c {
		n := int(math.Round(min(max(v, 0), 1) * 255))
		out[1+2*i], out[2+2*i] = digits[n>>4], digits[n&15]
	}
	return string(out)
}

// hsl is the hue (0 to 6), saturation and lightness (0 to 1) of c, as CSS Color 4
// defines them.
func (c rgb) hsl() (h, s, l float64) {
	hi, lo := max(c[0], c[1], c[2]), min(c[0], c[1], c[2])
	l = (hi + lo) / 2
	d := hi - lo
	if d == 0 {
		return 0, 0, l
	}
	s = d / (1 - math.Abs(2*l-1))
	switch hi {
	case c[0]:
		h = math.Mod((c[1]-c[2])/d+6, 6)
	case c[1]:
		h = (c[2]-c[0])/d + 2
	default:
		h = (c[0]-c[1])/d + 4
	}
	return h, s, l
}

func hsl(h, s, l float64) rgb {
	l = min(max(l, 0), 1)
	a := s * min(l, 1-l)
	f := func(n float64) float64 {
		k := math.Mod(n+h*2, 12)
		return l - a*max(-1, min(k-3, 9-k, 1))
	}
	return rgb{f(0), f(8), f(4)}
}

// contrast is the ratio that WCAG 2.2 defines, from 1 to 21; 0 for what is no colour.
func contrast(a, b string) float64 {
	x, okX := parseColour(a)
	y, okY := parseColour(b)
	if !okX || !okY {
		return 0
	}
	la, lb := x.luminance(), y.luminance()
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func (c rgb) luminance() float64 {
	var linear rgb
	for i, v := range c {
		if v <= .04045 {
			linear[i] = v / 12.92
		} else {
			linear[i] = math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return .2126*linear[0] + .7152*linear[1] + .0722*linear[2]
}
