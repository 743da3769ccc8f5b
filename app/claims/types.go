// Package claims knows what kinds of claim a reader can mark, proposes claims
// in a text by rule, and counts what has been claimed. It is plain functions
// over text and data: nothing here draws, stores or touches a browser.
package claims

// Name of a claim type that ships with the program. A name is what is stored
// and exported; it is made of a-z, 0-9 and "-" alone, so that it can stand in a
// CSS identifier, an HTML attribute and an IRI without quoting.
const (
	Benchmark   = "benchmark"
	Lawsuit     = "lawsuit"
	Funding     = "funding"
	Release     = "release"
	Partnership = "partnership"
	Personnel   = "personnel"
	Controversy = "controversy"
	Forecast    = "forecast"
	Acquisition = "acquisition"
	Regulation  = "regulation"
	Price       = "price"
	Opinion     = "opinion"
)

// Labels is a type's name as readers see it, in the program's three languages.
type Labels struct {
	Hant, Hans, English string
}

// Colours is one theme's pair: Fg for the underline, chips and words set in the
// type's colour, Bg for the ground under the article's own ink. Both are
// "#rrggbb". Fg keeps 4.5:1 against Bg and the surfaces a panel stands on, and
// the article's ink keeps 4.5:1 against Bg (WCAG 2.2, 1.4.3 level AA).
type Colours struct {
	Fg, Bg string
}

// Underline is how a type's highlights are underlined, so that colour does not
// carry the meaning alone. Style is a CSS text-decoration-style; Thickness is in
// tenths of a CSS pixel. No two types that ship share the pair.
type Underline struct {
	Style     string
	Thickness int
}

// Type is a kind of claim.
type Type struct {
	Name      string
	Labels    Labels
	Light     Colours
	Dark      Colours
	Underline Underline
}

// Label is the type's label in a language given as a BCP 47 tag: Simplified for
// zh-Hans, zh-CN and zh-SG, Traditional for any other Chinese, else English. A
// type a reader named in one language alone answers with that one.
func (t Type) Label(lang string) string {
	var order [3]string
	switch {
	case hasTagPrefix(lang, "zh-Hans"), hasTagPrefix(lang, "zh-CN"), hasTagPrefix(lang, "zh-SG"):
		order = [3]string{t.Labels.Hans, t.Labels.Hant, t.Labels.English}
	case hasTagPrefix(lang, "zh"):
		order = [3]string{t.Labels.Hant, t.Labels.Hans, t.Labels.English}
	default:
		order = [3]string{t.Labels.English, t.Labels.Hant, t.Labels.Hans}
	}
	for _, label := range order {
		if label != "" {
			return label
		}
	}
	return t.Name
}

func hasTagPrefix(tag, prefix string) bool {
	return len(tag) >= len(prefix) && tag[:len(prefix)] == prefix &&
		(len(tag) == len(prefix) || tag[len(prefix)] == '-')
}

// shipped is in the order of the tagging keys: the first nine answer to the
// digits 1 to 9. The hues of the first six are the ones that are easiest to tell
// apart with deuteranopia; later ones lean on their underlines.
var shipped = []Type{
	{Benchmark, Labels{"基準測試", "基准测试", "Benchmark"},
		Colours{"#1c5fb8", "#dbe9fb"}, Colours{"#8fbcf7", "#1d3352"}, Underline{"solid", 20}},
	{Lawsuit, Labels{"訴訟", "诉讼", "Lawsuit"},
		Colours{"#a3262f", "#fbdcdd"}, Colours{"#f59aa0", "#4f2023"}, Underline{"double", 20}},
	{Funding, Labels{"融資", "融资", "Funding"},
		Colours{"#1d6b3c", "#d6efdd"}, Colours{"#86d3a0", "#1a3d28"}, Underline{"dashed", 20}},
	{Release, Labels{"產品發布", "产品发布", "Product release"},
		Colours{"#6b3fa0", "#e9defa"}, Colours{"#c8a8f5", "#392657"}, Underline{"dotted", 20}},
	{Partnership, Labels{"合作", "合作", "Partnership"},
		Colours{"#0b6468", "#cdeeee"}, Colours{"#74d2d4", "#123c3f"}, Underline{"solid", 35}},
	{Personnel, Labels{"人事", "人事", "Personnel"},
		Colours{"#9b1f75", "#fbdcf1"}, Colours{"#f3a0d6", "#4b1d3e"}, Underline{"dashed", 35}},
	{Controversy, Labels{"爭議", "争议", "Controversy"},
		Colours{"#9a4a00", "#fde6cc"}, Colours{"#f5b56e", "#4a2f10"}, Underline{"wavy", 15}},
	{Forecast, Labels{"預測", "预测", "Forecast"},
		Colours{"#2f4b9e", "#dfe3fb"}, Colours{"#a9b8fa", "#262f5c"}, Underline{"dotted", 35}},
	{Acquisition, Labels{"併購", "并购", "Acquisition"},
		Colours{"#4a6410", "#e5efc6"}, Colours{"#b5d268", "#2d3b10"}, Underline{"double", 35}},
	{Regulation, Labels{"監管", "监管", "Regulation"},
		Colours{"#4d5561", "#e2e6eb"}, Colours{"#b6c1cf", "#30363e"}, Underline{"solid", 10}},
	{Price, Labels{"價格", "价格", "Price"},
		Colours{"#7a5200", "#f8e9b4"}, Colours{"#e3c15c", "#413408"}, Underline{"dashed", 10}},
	{Opinion, Labels{"觀點", "观点", "Opinion"},
		Colours{"#5c5a00", "#f3f0bf"}, Colours{"#dcd86a", "#3a380f"}, Underline{"wavy", 10}},
}

// Types is the claim types that ship with the program, in the order in which
// tagging offers them. The slice is the caller's own.
func Types() []Type {
	return append([]Type(nil), shipped...)
}

// Digit is the key that tags with the i-th type of a list: '1' to '9' for the
// first nine, 0 for the rest.
func Digit(i int) rune {
	if i < 0 || i > 8 {
		return 0
	}
	return '1' + rune(i)
}
