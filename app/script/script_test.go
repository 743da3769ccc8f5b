//go:build !js

package script

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/liuzl/da"
	"github.com/liuzl/gocc"

	"pizhu/app/article"
	"pizhu/app/lexicon"
)

func converter(t testing.TB, name string) *Converter {
	t.Helper()
	c, err := NewExact(name, lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// openccCases reads OpenCC's test cases: input, then what each configuration
// should make of it.
func openccCases(t testing.TB) (cases []struct {
	ID, Input string
	Expected  map[string]string
}) {
	t.Helper()
	data, err := os.ReadFile("testdata/opencc-testcases.json")
	if err != nil {
		t.Fatal(err)
	}
	// The file has commas before closing braces, which its own reader allows.
	data = regexp.MustCompile(`,(\s*[}\]])`).ReplaceAll(data, []byte("$1"))
	var file struct {
		Cases []struct {
			ID, Input string
			Expected  map[string]string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

func TestOpenCCCases(t *testing.T) {
	total := 0
	cases := openccCases(t)
	for _, name := range Configs() {
		// What departs from OpenCC does so where no case of its own says otherwise.
		for _, c := range []*Converter{converter(t, name), better(t, name), reader(t, name)} {
			for _, tc := range cases {
				want, ok := tc.Expected[name]
				if !ok {
					continue
				}
				total++
				if got := c.Convert(tc.Input).Text; got != want {
					t.Errorf("%s, for readers %v, %s: %s becomes\n%s, should be\n%s", name, c.better, tc.ID, tc.Input, got, want)
				}
			}
		}
	}
	if total != 3*484 {
		t.Errorf("%d cases were run, there are 484 for these configurations", total)
	}
}

// peer is gocc with the dictionaries of a configuration, whole.
func peer(t testing.TB, name string) *gocc.OpenCC {
	t.Helper()
	cc := &gocc.OpenCC{Conversion: name}
	for _, group := range configs[name].stages {
		g := &gocc.Group{}
		for _, names := range group {
			g.Dicts = append(g.Dicts, wholeDict(t, names))
		}
		cc.DictChains = append(cc.DictChains, g)
	}
	return cc
}

var wholeDicts = map[string]*da.Dict{}

// wholeDict has every entry of the dictionaries named: those that occur in the
// text made of all their entries, which the generator's own reader lists.
func wholeDict(t testing.TB, names []string) *da.Dict {
	t.Helper()
	key := strings.Join(names, "+")
	if wholeDicts[key] == nil {
		var b bytes.Buffer
		seen := map[string]bool{}
		for _, name := range names {
			for _, row := range lexicon.Embedded().All(name) {
				if !seen[row.Text] {
					seen[row.Text] = true
					b.WriteString(row.Text + "\t" + strings.Join(row.Values, " ") + "\n")
				}
			}
		}
		d, err := da.Build(&b)
		if err != nil {
			t.Fatal(err)
		}
		wholeDicts[key] = d
	}
	return wholeDicts[key]
}

// plain is a converter without what OpenCC does before and beside the chain that
// gocc has: segments, and sequences that describe a character.
func plain(t testing.TB, name string) *Converter {
	c := converter(t, name)
	c.segment, c.segmented, c.ids = nil, false, false
	return c
}

var samples = []string{
	"",
	"plain ASCII, 123\tand\nnothing else",
	"鼠标里面的硅二极管坏了，导致光标分辨率降低。我们在老挝的服务器的硬盘需要使用互联网算法软件解决异步的问题。为什么你在床里面睡着？",
	"滑鼠裡面的矽二極體壞了，導致游標解析度降低。我們在寮國的伺服器的硬碟需要使用網際網路演算法軟體解決非同步的問題。為什麼你在床裡面睡著？",
	"太后的头发很干燥，他只发现了一只松鼠；后来面对面吃面，干部干活后口干。",
	"乾隆皇帝和乾淨的毛巾，著名作家著手寫作，藉口與憑藉，瞭望臺上瞭解情況。",
	"CRLF\r\n和CR\r各是一个换行\n\n",
	"𠀀𫘨𱁬😀👩‍👩‍👧发展\ue000\U000f0000里程",
	"⿰氵青和⿱发⿰干里，⿰⿰⿰",
	"U盘、SQL注入与PN结；程序员用数组。",
}

func TestConvertEqualsGocc(t *testing.T) {
	for _, name := range Configs() {
		cc, c := peer(t, name), plain(t, name)
		texts := append([]string{strings.Join(samples, "\n")}, samples...)
		for _, tc := range openccCases(t) {
			texts = append(texts, tc.Input)
		}
		for _, text := range texts {
			want, err := cc.Convert(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Convert(text).Text; got != want {
				t.Errorf("%s: %q becomes\n%q, with gocc\n%q", name, text, got, want)
			}
		}
	}
}

func FuzzConvert(f *testing.F) {
	for i, s := range samples {
		f.Add(uint8(i), s)
	}
	f.Add(uint8(3), "\x01干")
	f.Add(uint8(3), "\xe5发\xff里\xed\xa0\x80面")
	peers := make([]*gocc.OpenCC, len(Configs()))
	plains := make([]*Converter, len(Configs()))
	whole, ours := make([]*Converter, len(Configs())), make([]*Converter, len(Configs()))
	for i, name := range Configs() {
		peers[i], plains[i], whole[i] = peer(f, name), plain(f, name), converter(f, name)
		// Words of two runes: where they end matters less than that they do.
		ours[i], _ = NewWithWords(name, lexicon.Embedded(), func(s string) (all []article.Span) {
			for at := range utf8.RuneCountInString(s) / 2 {
				all = append(all, article.Span{Start: 2 * at, End: 2*at + 2})
			}
			return all
		})
	}
	f.Fuzz(func(t *testing.T, n uint8, text string) {
		i := int(n) % len(peers)
		v := whole[i].Convert(text)
		checkView(t, v, text)
		checkView(t, ours[i].Convert(text), text)
		if fresh := converter(t, Configs()[i]).Convert(text); fresh.Text != v.Text {
			t.Errorf("%q becomes %q with a new converter, %q with one that has seen other texts", text, fresh.Text, v.Text)
		}
		// gocc loses what stands beside invalid UTF-8, takes a zero byte for a label of
		// its trie, and drops a byte of one.
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x01") {
			return
		}
		want, err := peers[i].Convert(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := plains[i].Convert(text).Text; got != want {
			t.Errorf("%s: %q becomes\n%q, with gocc\n%q", Configs()[i], text, got, want)
		}
	})
}

// checkView holds a view to what every view promises.
func checkView(t testing.TB, v View, source string) {
	t.Helper()
	src, out := []rune(source), []rune(v.Text)
	if v.SourceLen() != len(src) || v.Len() != len(out) {
		t.Fatalf("%q → %q: the view counts %d and %d runes, there are %d and %d", source, v.Text, v.SourceLen(), v.Len(), len(src), len(out))
	}
	whole := article.Span{Start: 0, End: len(src)}
	if got := v.FromSource(article.Span{Start: -3, End: len(src) + 9}); got != (article.Span{Start: 0, End: len(out)}) {
		t.Errorf("%q → %q: the whole source is shown at %v", source, v.Text, got)
	}
	if got := v.ToSource(article.Span{Start: -3, End: len(out) + 9}); got != whole {
		t.Errorf("%q → %q: the whole view comes from %v", source, v.Text, got)
	}
	check := func(from, to func(article.Span) article.Span, n, m int, what string) {
		last := article.Span{}
		for at := 0; at <= n; at++ {
			for _, l := range []int{0, 1, 3} {
				s := article.Span{Start: at, End: min(at+l, n)}
				got := from(s)
				if got.Start < 0 || got.End > m || got.Start > got.End {
					t.Fatalf("%q → %q: %s takes %v to %v, out of %d", source, v.Text, what, s, got, m)
				}
				if s.Empty() != got.Empty() {
					t.Fatalf("%q → %q: %s takes %v to %v: only what is empty may be empty", source, v.Text, what, s, got)
				}
				if !s.Empty() {
					if back := to(got); !back.Contains(s) {
						t.Fatalf("%q → %q: %s takes %v to %v, which comes back as %v", source, v.Text, what, s, got, back)
					}
				}
				if l == 1 {
					if got.Start < last.Start || got.End < last.End {
						t.Fatalf("%q → %q: %s is not monotone: %v after %v", source, v.Text, what, got, last)
					}
					last = got
				}
			}
		}
	}
	check(v.FromSource, v.ToSource, len(src), len(out), "FromSource")
	check(v.ToSource, v.FromSource, len(out), len(src), "ToSource")
	if source == v.Text {
		return
	}
	// What no change touched is the same on both sides.
	end := 0
	for _, c := range v.Changes() {
		if c.Source.Start < end || c.Source.Empty() || c.View.Empty() || len(c.Steps) == 0 {
			t.Fatalf("%q → %q: change %+v after %d", source, v.Text, c, end)
		}
		same := article.Span{Start: end, End: c.Source.Start}
		if got := v.FromSource(same); !same.Empty() && string(src[same.Start:same.End]) != string(out[got.Start:got.End]) && utf8.ValidString(source) {
			t.Fatalf("%q → %q: %v is not among the changes, and changed", source, v.Text, same)
		}
		end = c.Source.End
	}
}

func TestViewsKeepTheirPromises(t *testing.T) {
	for _, name := range Configs() {
		c := converter(t, name)
		for _, tc := range openccCases(t) {
			checkView(t, c.Convert(tc.Input), tc.Input)
		}
		for _, s := range samples {
			checkView(t, c.Convert(s), s)
		}
	}
	checkView(t, Identity("原樣😀"), "原樣😀")
}

func TestSpans(t *testing.T) {
	span := func(s string, part string) article.Span {
		i := strings.Index(s, part)
		if i < 0 {
			t.Fatalf("%q is not in %q", part, s)
		}
		start := utf8.RuneCountInString(s[:i])
		return article.Span{Start: start, End: start + utf8.RuneCountInString(part)}
	}
	for _, c := range []struct{ name, config, text, part, shown, back string }{
		{"rune by rune", "s2t", "他的头发", "发", "髮", "发"},
		{"after a phrase that grew", "s2twp", "用算法排序数组", "数组", "陣列", "数组"},
		{"all of a phrase that grew", "s2twp", "用算法排序", "算法", "演算法", "算法"},
		{"into a phrase that grew", "s2twp", "用算法排序", "用算", "用演算法", "用算法"},
		{"out of a phrase that grew", "s2twp", "用算法排序", "法排", "演算法排", "算法排"},
		{"inside a phrase that shrank", "tw2sp", "這是網際網路", "際", "互联网", "網際網路"},
		{"beside a phrase that shrank", "tw2sp", "網際網路的", "的", "的", "的"},
		{"emoji are one rune", "s2tw", "😀发展", "展", "展", "展"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := converter(t, c.config).Convert(c.text)
			got := v.FromSource(span(c.text, c.part))
			if s := string([]rune(v.Text)[got.Start:got.End]); s != c.shown {
				t.Errorf("%s of %s is shown as %s in %s, should be %s", c.part, c.text, s, v.Text, c.shown)
			}
			back := v.ToSource(got)
			if s := string([]rune(c.text)[back.Start:back.End]); s != c.back {
				t.Errorf("%s in %s comes from %s, should come from %s", c.shown, v.Text, s, c.back)
			}
		})
	}
}

func TestCompose(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, b, want []piece
	}{
		{"nothing before", nil, []piece{{2, 3, 2, 5}}, []piece{{2, 3, 2, 5}}},
		{"nothing after", []piece{{2, 3, 2, 5}}, nil, []piece{{2, 3, 2, 5}}},
		{"apart", []piece{{0, 1, 0, 2}}, []piece{{4, 6, 4, 5}}, []piece{{0, 1, 0, 2}, {3, 5, 4, 5}}},
		{"the later first", []piece{{4, 5, 4, 6}}, []piece{{0, 1, 0, 3}}, []piece{{0, 1, 0, 3}, {4, 5, 6, 8}}},
		{"side by side", []piece{{0, 1, 0, 2}}, []piece{{2, 3, 2, 4}}, []piece{{0, 1, 0, 2}, {1, 2, 2, 4}}},
		{"the same stretch", []piece{{1, 2, 1, 3}}, []piece{{1, 3, 1, 5}}, []piece{{1, 2, 1, 5}}},
		{"sharing a rune", []piece{{1, 2, 1, 3}}, []piece{{2, 4, 2, 3}}, []piece{{1, 3, 1, 3}}},
		{"one over two", []piece{{0, 1, 0, 2}, {3, 4, 4, 6}}, []piece{{1, 5, 1, 2}}, []piece{{0, 4, 0, 3}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compose(c.a, c.b)
			if len(got) != len(c.want) {
				t.Fatalf("got %v, should be %v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Fatalf("got %v, should be %v", got, c.want)
				}
			}
		})
	}
}

func TestUntouched(t *testing.T) {
	for _, name := range Configs() {
		c := converter(t, name)
		for _, text := range []string{
			"Latin, digits 0123, and punctuation: …—！？「」",
			"a\r\nb\rc\n\n\u2028d", "😀👩‍👩‍👧🇹🇼", "\ue000\uf8ff\U000f0000\U0010fffd", "𠀋𡃁", "\xff\xfe\xe5\xe4", "⿰发干",
		} {
			if got := c.Convert(text).Text; got != text {
				t.Errorf("%s: %q becomes %q, should stay", name, text, got)
			}
		}
	}
	for _, c := range []struct{ config, text, want string }{
		{"s2t", "\xe5发\xff里程\xe5\x8f", "\xe5發\xff里程\xe5\x8f"},
		{"t2s", "頭\x00髮", "头\x00发"},
	} {
		if got := converter(t, c.config).Convert(c.text).Text; got != c.want {
			t.Errorf("%s: %q becomes %q, should be %q: what is no text eats no neighbours", c.config, c.text, got, c.want)
		}
	}
}

// TestPivotIsEnough holds that the small asset does what the whole one does for
// t2s, and nothing else.
func TestPivotIsEnough(t *testing.T) {
	asset, _ := lexicon.AssetNamed("pivot")
	pivot, err := lexicon.Open(asset.Data())
	if err != nil {
		t.Fatal(err)
	}
	for _, make := range []func(lex *lexicon.Lexicon) (*Converter, error){
		func(lex *lexicon.Lexicon) (*Converter, error) { return New("t2s", lex) },
		func(lex *lexicon.Lexicon) (*Converter, error) { return NewWithWords("t2s", lex, nil) },
	} {
		small, err := make(pivot)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := make(lexicon.Embedded())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(samples, fromTaiwan...) {
			if got, want := small.Convert(s).Text, whole.Convert(s).Text; got != want {
				t.Errorf("%s becomes %s with the pivot, %s with all", s, got, want)
			}
		}
	}
	if _, err := New("s2tw", pivot); err == nil {
		t.Error("the pivot alone should not do for s2tw")
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New("s2x", lexicon.Embedded()); err == nil {
		t.Error("a configuration that is none should be refused")
	}
	if _, err := New("s2t", nil); err == nil {
		t.Error("a lexicon that is missing should be refused")
	}
}

func TestChanges(t *testing.T) {
	v := converter(t, "s2twp").Convert("发展算法，皇后的头发里")
	var got []string
	for _, c := range v.Changes() {
		s := c.From + "→" + c.To
		for _, step := range c.Steps {
			s += " " + step.Dict + ":" + step.Entry + ">" + step.Taken
			if len(step.Candidates) > 1 {
				s += "=" + strings.Join(step.Candidates, ",")
			}
		}
		if c.Uncertain {
			s += " ?"
		}
		got = append(got, s)
	}
	want := []string{
		"发展→發展 STPhrases:发展>發展",
		"算法→演算法 TWPhrases:算法>演算法",
		"头发→頭髮 STPhrases:头发>頭髮",
		"里→裡 STCharacters:里>裏=裏,里,哩 TWVariants:裏>裡 ?",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the changes are\n%s\nand should be\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if Identity("发展").Changes() != nil {
		t.Error("a text shown as it is has no changes")
	}
}
