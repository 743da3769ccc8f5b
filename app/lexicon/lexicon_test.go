//go:build !js

package lexicon_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pizhu/app/lexicon"
	"pizhu/app/lexicon/internal/encode"
)

var small = []encode.Dict{
	{Name: "chars", Rows: []lexicon.Row{
		{Text: "发", Values: []string{"發", "髮"}},
		{Text: "𫘨", Values: []string{"騱"}},
		{Text: "干", Values: []string{"幹", "乾", "干"}},
	}},
	{Name: "phrases", Base: "chars", Rows: []lexicon.Row{
		{Text: "理发", Values: []string{"理髮"}},
		{Text: "理发店", Values: []string{"理髮店"}},
		{Text: "理发师傅", Values: []string{"理髮師傅"}},
		{Text: "发理", Values: []string{"發理", "髮理", "发理"}},
		{Text: "U盘", Values: []string{"隨身碟"}},
		{Text: "一二三四五六七八九十", Values: []string{"十九八七六五四三二一", "十"}},
	}},
	{Name: "words", Words: true, Rows: []lexicon.Row{
		{Text: "理", Freq: 900, Tag: "n"},
		{Text: "理发", Freq: 40, Tag: "v"},
		{Text: "理发店", Freq: 7, Tag: "n"},
		{Text: "4s店", Freq: 3, Tag: "n"},
		{Text: "发", Freq: 3},
	}},
}

func encoded(t testing.TB, dicts []encode.Dict) []byte {
	t.Helper()
	data, err := encode.Encode(dicts)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func show(rows []lexicon.Row) string {
	var b strings.Builder
	for i, r := range rows {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(r.Text)
		if r.Values != nil {
			b.WriteString("=" + strings.Join(r.Values, ","))
		} else {
			b.WriteString(" " + strconv.FormatInt(r.Freq, 10) + r.Tag)
		}
	}
	return b.String()
}

func TestRows(t *testing.T) {
	lex, err := lexicon.Open(encoded(t, small))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, dict, text, want string }{
		{"nothing in nothing", "chars", "", ""},
		{"no dictionary of that name", "nosuch", "发", ""},
		{"one rune, once", "chars", "发了又发", "发=發,髮"},
		{"beyond the BMP", "chars", "𫘨", "𫘨=騱"},
		{"a phrase and those it begins with", "phrases", "去理发店", "理发=理髮; 理发店=理髮店"},
		{"as expected, not as expected, and as it was", "phrases", "发理", "发理=發理,髮理,发理"},
		{"a phrase cut off by the end", "phrases", "理发师", "理发=理髮"},
		{"each once, in order of place", "phrases", "理发师傅在理发店理发", "理发=理髮; 理发师傅=理髮師傅; 理发店=理髮店"},
		{"a conversion knows upper case", "phrases", "u盘和U盘", "U盘=隨身碟"},
		{"more than seven runes, of another length", "phrases", "零一二三四五六七八九十", "一二三四五六七八九十=十九八七六五四三二一,十"},
		{"words with frequency and tag", "words", "理发店", "理 900n; 理发 40v; 理发店 7n; 发 3"},
		{"words know no upper case", "words", "24S店", "4s店 3n"},
		{"invalid UTF-8 is a rune like any other", "chars", "\xff发\xe5", "发=發,髮"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(lex.Rows(c.dict, c.text)); got != c.want {
				t.Errorf("the rows of %s for %q are\n%s\nand should be\n%s", c.dict, c.text, got, c.want)
			}
		})
	}
}

func TestAll(t *testing.T) {
	lex, err := lexicon.Open(encoded(t, small))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(lex.All("words")), "4s店 3n; 发 3; 理 900n; 理发 40v; 理发店 7n"; got != want {
		t.Errorf("all words are %q, should be %q", got, want)
	}
	for _, dict := range lexicon.Embedded().Dictionaries() {
		if got, want := len(lexicon.Embedded().All(dict)), lexicon.Embedded().Len(dict); got != want {
			t.Errorf("%s gives %d rows and counts %d", dict, got, want)
		}
	}
}

func TestTotal(t *testing.T) {
	lex, err := lexicon.Open(encoded(t, small))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		min, want int64
	}{{0, 2 + 40 + 7 + 3 + 2}, {3, 2 + 40 + 7 + 3 + 2}, {4, 2 + 40 + 7}, {41, 2}, {901, 0}} {
		if got := lex.Total("words", c.min); got != c.want {
			t.Errorf("words counted at least %d times weigh %d together, should be %d (words of one rune weigh 2)", c.min, got, c.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	good := encoded(t, small)
	change := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"an HTML page in its place", []byte("<!doctype html><title>404</title>"), lexicon.ErrFormat},
		{"a first part of the magic", good[:3], lexicon.ErrTruncated},
		{"no more than the magic", good[:4], lexicon.ErrTruncated},
		{"half of it", good[:len(good)/2], lexicon.ErrTruncated},
		{"all but a byte", good[:len(good)-1], lexicon.ErrTruncated},
		{"a byte more", append(bytes.Clone(good), 0), lexicon.ErrCorrupt},
		{"another version", change(4), lexicon.ErrVersion},
		{"another checksum", change(9), lexicon.ErrCorrupt},
		{"a changed table", change(18), lexicon.ErrCorrupt},
		{"a changed last byte", change(len(good) - 1), lexicon.ErrCorrupt},
		{"a base that is not there", encode.Seal([]byte{0, 1, 1, 'x', 2, 0, 1, 1, 'y', 0}), lexicon.ErrCorrupt},
		{"a base of itself", encode.Seal([]byte{0, 1, 1, 'x', 2, 0, 1, 1, 'x', 0}), lexicon.ErrCorrupt},
		{"contents that do not add up", encode.Seal([]byte{0, 1, 1, 'x', 2, 5, 9, 0, 1}), lexicon.ErrCorrupt},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := lexicon.Open(c.data); !errors.Is(err, c.want) {
				t.Errorf("Open says %v, should say %v", err, c.want)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	a, err := lexicon.Open(encoded(t, small[:2]))
	if err != nil {
		t.Fatal(err)
	}
	b, err := lexicon.Open(encoded(t, small[2:]))
	if err != nil {
		t.Fatal(err)
	}
	m := lexicon.Merge(a, nil, b)
	if got := strings.Join(m.Dictionaries(), " "); got != "chars phrases words" {
		t.Errorf("merged dictionaries are %q", got)
	}
	if !m.Has("chars", "words") || m.Has("chars", "rare") || a.Has("words") || (*lexicon.Lexicon)(nil).Has("words") {
		t.Error("Has does not say what is there")
	}
	if m.Len("phrases") != 6 || m.Len("nosuch") != 0 {
		t.Error("Len does not count the entries")
	}
}

func TestScanHandsOutEachRowOnce(t *testing.T) {
	lex, err := lexicon.Open(encoded(t, small))
	if err != nil {
		t.Fatal(err)
	}
	if lex.Scan("nosuch") != nil {
		t.Error("a scan of no dictionary should be nil")
	}
	scan := lex.Scan("phrases")
	for _, c := range []struct{ text, want string }{
		{"理发", "理发=理髮"},
		{"理发店", "理发店=理髮店"},
		{"", ""},
		{"U盘理发店", "U盘=隨身碟"},
		{"理发店", ""},
	} {
		if got := show(scan.Next([]rune(c.text))); got != c.want {
			t.Errorf("after what came before, %q should add %q and adds %q", c.text, c.want, got)
		}
	}
}

func TestVerify(t *testing.T) {
	for _, a := range lexicon.Assets() {
		data := a.Data()
		if err := lexicon.Verify(a.Name, data); err != nil {
			t.Errorf("the asset %s as embedded: %v", a.Name, err)
		}
		if err := lexicon.Verify(a.File, data[:len(data)-1]); !errors.Is(err, lexicon.ErrTruncated) {
			t.Errorf("%s without its last byte: %v, should be truncated", a.File, err)
		}
		data = bytes.Clone(data)
		data[len(data)/2] ^= 0x20
		if err := lexicon.Verify(a.Name, data); !errors.Is(err, lexicon.ErrCorrupt) {
			t.Errorf("%s with a changed bit: %v, should be corrupted", a.Name, err)
		}
	}
	if err := lexicon.Verify("nosuch", nil); !errors.Is(err, lexicon.ErrUnknown) {
		t.Errorf("an asset that is none: %v, should be unknown", err)
	}
}

func TestNoticesNameSources(t *testing.T) {
	for _, want := range []string{"gocc", "OpenCC", "1.4.1", "gse", "Apache License 2.0"} {
		if !strings.Contains(lexicon.Notices(), want) {
			t.Errorf("the notices do not name %s", want)
		}
	}
}

// gseLines are the entries of gse's own dictionary, read here a second time so
// that the assets are held against their source and not against their generator.
func gseLines(t testing.TB) []lexicon.Row {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		t.Fatal("the folder of gse:", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "data/dict/zh/s_1.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []lexicon.Row
	seen := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 3 || seen[strings.ToLower(f[0])] {
			continue
		}
		seen[strings.ToLower(f[0])] = true
		freq, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, lexicon.Row{Text: strings.ToLower(f[0]), Freq: freq, Tag: f[2]})
	}
	return rows
}

func TestEmbeddedHoldsEveryWordOfGse(t *testing.T) {
	lex := lexicon.Embedded()
	want := gseLines(t)
	if got := lex.Len("words") + lex.Len("rare"); got != len(want) {
		t.Fatalf("the assets have %d words, gse has %d", got, len(want))
	}
	weight := int64(0)
	for batch := range slices.Chunk(want, 4096) {
		var text strings.Builder
		for _, w := range batch {
			weight += w.Weight()
			text.WriteString(w.Text + "\n")
		}
		rows := map[string]lexicon.Row{}
		for _, dict := range []string{"words", "rare"} {
			for _, row := range lex.Rows(dict, text.String()) {
				if (dict == "rare") != (row.Freq < lexicon.RareBelow) {
					t.Errorf("%s with frequency %d is in %s", row.Text, row.Freq, dict)
				}
				rows[row.Text] = row
			}
		}
		for _, w := range batch {
			if got := rows[w.Text]; got.Freq != w.Freq || got.Tag != w.Tag {
				t.Fatalf("%s should have frequency %d and tag %s, and has %d and %s", w.Text, w.Freq, w.Tag, got.Freq, got.Tag)
			}
		}
	}
	if got := lex.Total("words", 0) + lex.Total("rare", 0); got != weight {
		t.Errorf("all words weigh %d, gse's weigh %d", got, weight)
	}
}

// TestRowsOfLongText holds Rows against a search for every entry of a dictionary.
func TestRowsOfLongText(t *testing.T) {
	lex := lexicon.Embedded()
	text := strings.Repeat("新华社记者报道，今年上半年国内生产总值同比增长百分之五，服务业增加值占比继续提高；iPhone和4S店的销量也有回升。", 3) +
		"中华人民共和国国务院新闻办公室主任在北京举行的新闻发布会上回答了记者的提问。"
	got := map[string]bool{}
	for _, dict := range []string{"words", "rare"} {
		for _, row := range lex.Rows(dict, text) {
			if got[row.Text] {
				t.Errorf("%s comes twice", row.Text)
			}
			got[row.Text] = true
		}
	}
	folded := strings.ToLower(text)
	for _, w := range gseLines(t) {
		if strings.Contains(folded, w.Text) != got[w.Text] {
			t.Errorf("%s: in the text %v, in the rows %v", w.Text, !got[w.Text], got[w.Text])
		}
	}
}

func FuzzOpen(f *testing.F) {
	good := encoded(f, small)
	f.Add(good, false, "理发店")
	f.Add(good[:40], false, "")
	f.Add(good[17:], true, "理发师傅4S店")
	f.Add([]byte{0, 1, 1, 'x', 2, 5, 9, 0, 1}, true, "发")
	f.Fuzz(func(t *testing.T, data []byte, seal bool, text string) {
		if seal {
			data = encode.Seal(data)
		}
		if len(data) == 0 {
			return
		}
		lex, err := lexicon.Open(data)
		if err != nil {
			for _, kind := range []error{lexicon.ErrFormat, lexicon.ErrVersion, lexicon.ErrTruncated, lexicon.ErrCorrupt} {
				if errors.Is(err, kind) {
					return
				}
			}
			t.Fatalf("Open says %v, which is none of its errors", err)
		}
		for _, dict := range lex.Dictionaries() {
			lex.Rows(dict, text)
			lex.Total(dict, 4)
		}
	})
}

var sample = strings.Repeat("据新华社报道，这家人工智能公司在周二发布了新一代大语言模型，并宣布完成新一轮融资。业内人士认为，模型的性能已经超过竞争对手，但训练成本仍然很高。", 40)

func BenchmarkOpen(b *testing.B) {
	for _, a := range lexicon.Assets() {
		b.Run(a.Name, func(b *testing.B) {
			data := a.Data()
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := lexicon.Open(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRows(b *testing.B) {
	lex := lexicon.Embedded()
	for _, c := range []struct {
		name, text string
	}{
		{"2700runes", string([]rune(sample)[:2700])},
		{"1MB", strings.Repeat(sample, 1<<20/len(sample)+1)},
	} {
		for _, dict := range []string{"words", "STPhrases"} {
			b.Run(dict+"/"+c.name, func(b *testing.B) {
				b.SetBytes(int64(len(c.text)))
				b.ReportAllocs()
				for b.Loop() {
					if len(lex.Rows(dict, c.text)) == 0 {
						b.Fatal("no rows")
					}
				}
			})
		}
	}
}
