package app

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/claims"
	"pizhu/app/lexicon"
	"pizhu/app/script"
)

func testDocument(t testing.TB, text string) *document {
	t.Helper()
	a, err := article.Parse("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return newDocument(a)
}

func claim(id string, start, end int, typ string) annotation.Annotation {
	return annotation.Annotation{ID: id, Span: article.Span{Start: start, End: end}, Type: typ}
}

func TestMarks(t *testing.T) {
	l := makeLayers(claims.Types())
	layer := func(name string) int32 { return l.byName[name] }
	cases := []struct {
		name  string
		set   []annotation.Annotation
		block int
		want  []int32
	}{
		{"nothing to draw", nil, 0, []int32{0, 0}},
		{"one", []annotation.Annotation{claim("a", 1, 3, "benchmark")}, 0, []int32{0, 1, 1, 4, layer("pz-benchmark")}},
		{"a type nobody knows", []annotation.Annotation{claim("a", 0, 1, "mine")}, 0, []int32{0, 1, 0, 1, layer(layerUntyped)}},
		{"nested: the inner one is an overlap", []annotation.Annotation{claim("a", 0, 5, "benchmark"), claim("b", 3, 4, "lawsuit")}, 0,
			[]int32{0, 3, 0, 6, layer("pz-benchmark"), 4, 5, layer("pz-lawsuit"), 4, 5, l.overlap}},
		{"over a block's end, seen from the second", []annotation.Annotation{claim("a", 3, 8, "funding")}, 1, []int32{1, 1, 0, 2, layer("pz-funding")}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := testDocument(t, "甲😀乙丙丁\n第二段文字")
			for _, a := range c.set {
				d.set(a)
			}
			if got := d.marks(nil, c.block, l, nil); !slices.Equal(got, c.want) {
				t.Errorf("expected block %d to be drawn as %v, got %v", c.block, c.want, got)
			}
		})
	}
}

func TestAtGivesTheInnermostFirst(t *testing.T) {
	d := testDocument(t, "零一二三四五六七八九")
	d.set(claim("outer", 0, 9, "a"))
	d.set(claim("inner", 3, 5, "a"))
	d.set(claim("middle", 2, 7, "a"))
	var got []string
	for _, a := range d.at(4) {
		got = append(got, a.ID)
	}
	if want := []string{"inner", "middle", "outer"}; !slices.Equal(got, want) {
		t.Errorf("expected %v over rune 4, got %v", want, got)
	}
	d.remove("middle")
	if n := len(d.at(4)); n != 2 {
		t.Errorf("expected two annotations over rune 4 after one was removed, got %d", n)
	}
	if n := len(d.at(9)); n != 0 {
		t.Errorf("expected none over the last rune, got %d", n)
	}
}

func TestAnnotationsWithoutAPlaceAreKept(t *testing.T) {
	d := testDocument(t, "短文")
	for i, s := range []article.Span{{Start: 1, End: 99}, {Start: -1, End: -1}, {Start: 1, End: 1}} {
		a := claim(fmt.Sprint(i), s.Start, s.End, "a")
		d.set(a)
	}
	if len(d.lost) != 3 || len(d.order) != 0 {
		t.Errorf("expected three annotations without a place and none with one, got %d and %d", len(d.lost), len(d.order))
	}
	d.set(claim("1", 0, 1, "a"))
	if len(d.lost) != 2 || len(d.order) != 1 {
		t.Errorf("expected one to have got its place back, got %d lost and %d placed", len(d.lost), len(d.order))
	}
}

// A span goes to the DOM and back unchanged, and in another script it comes
// back no smaller than it went.
// Many taken at once are as each taken alone.
func TestTakingManyIsTakingEach(t *testing.T) {
	a := testDocument(t, strings.Repeat("昨天發布的模型超過了對手，公司宣布新一輪融資。\n", 40)).Article
	for seed := range int64(30) {
		r := rand.New(rand.NewSource(seed))
		one, many := newDocument(a), newDocument(a)
		var made []annotation.Annotation
		for range 3 {
			var changed []annotation.Annotation
			for range 2 * takeEach {
				start := r.Intn(a.Len() - 40)
				c := annotation.New(a.ID, a.Text, article.Span{Start: start, End: start + 1 + r.Intn(30)}, []string{"release", "funding", ""}[r.Intn(3)], "", time.UnixMilli(1_709_510_400_000))
				if r.Intn(4) == 0 && len(made) > 0 {
					c.ID = made[r.Intn(len(made))].ID
				}
				switch r.Intn(8) {
				case 0:
					c.Deleted = true
				case 1:
					c.Article = "elsewhere"
				case 2:
					c.Quote.Exact = "沒有這句"
				}
				changed, made = append(changed, c), append(made, c)
			}
			seen := map[string]bool{}
			changed = slices.DeleteFunc(changed, func(c annotation.Annotation) bool {
				again := seen[c.ID] // a change names each once
				seen[c.ID] = true
				return again
			})
			for _, c := range changed {
				one.take([]annotation.Annotation{c})
			}
			before := listed(many)
			if meanwhile := claim("meanwhile", 0, 3, ""); many.setMany(changed, func() { many.set(meanwhile) }) {
				t.Fatal("expected lists that changed meanwhile not to be replaced")
			}
			if many.remove("meanwhile"); listed(many) != before {
				t.Fatalf("expected nothing but the change itself, got %s", listed(many))
			}
			if _, all := many.take(changed); !all && len(changed) > takeEach {
				t.Fatal("expected any block to be able to change")
			}
			if got, want := listed(many), listed(one); got != want {
				t.Fatalf("seed %d: expected the same as one by one:\n%s\ngot\n%s", seed, want, got)
			}
		}
	}
}

// listed is all that a document holds of its annotations.
func listed(d *document) string {
	var b strings.Builder
	for _, a := range d.order {
		fmt.Fprintln(&b, a.ID, a.Span)
	}
	for i, block := range d.blocks {
		for _, a := range block {
			fmt.Fprintln(&b, i, a.ID)
		}
	}
	var lost []string
	for _, a := range d.lost {
		lost = append(lost, a.ID)
	}
	slices.Sort(lost)
	return fmt.Sprint(b.String(), lost, len(d.gone), len(d.byID), d.types)
}

func TestSpansGoToTheDOMAndBack(t *testing.T) {
	text := "内存里的软件😀程序\n他发现网络信息的质量很高。\n𠮷野家的头发只有一只\n"
	d := testDocument(t, text)
	c, err := script.NewWithWords("s2twp", lexicon.Embedded(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, converted := range []bool{false, true} {
		d.views = nil
		if converted {
			d.views = make([]blockView, len(d.Blocks))
			for b := range d.Blocks {
				v := c.Convert(d.BlockText(b))
				d.views[b] = blockView{text: v.Text, aligned: v}
			}
		}
		for start := 0; start < d.Len(); start++ {
			for end := start + 1; end <= d.Len(); end++ {
				s := article.Span{Start: start, End: end}
				if d.Slice(s) != oneLine(d.Slice(s)) {
					continue // ends between blocks have no place of their own
				}
				r, ok := d.domRange(s)
				if !ok {
					t.Fatalf("expected %v to have a place in the DOM", s)
				}
				back := d.span(r)
				if !back.Contains(s) || !converted && back != s {
					t.Fatalf("converted %v: expected %v (%q) to come back, got %v (%q) by way of %v", converted, s, d.Slice(s), back, d.Slice(back), r)
				}
			}
		}
	}
}

// Whatever is put in and taken out, the blocks hold what the list holds.
func TestBlocksFollowTheList(t *testing.T) {
	d := testDocument(t, "第一段文字在這裡\n第二段\n第三段比較長一點也無妨\n第四")
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		id := fmt.Sprint(r.Intn(30))
		if r.Intn(3) == 0 {
			d.remove(id)
		} else {
			start := r.Intn(d.Len())
			d.set(claim(id, start, start+1+r.Intn(d.Len()-start), "a"))
		}
		if !slices.IsSortedFunc(d.order, byPlace) {
			t.Fatal("expected the list to be in the order of the text")
		}
		for b := range d.Blocks {
			var want []string
			for _, a := range d.order {
				if from, to := d.blocksOf(a.Span); from <= b && b <= to {
					want = append(want, a.ID)
				}
			}
			var got []string
			for _, a := range d.blocks[b] {
				got = append(got, a.ID)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("expected block %d to hold %v, it holds %v", b, want, got)
			}
		}
	}
}

func TestPlacesOutsideTheArticle(t *testing.T) {
	d := testDocument(t, "一段")
	for _, p := range []browser.Place{{Block: -1, Unit: 0}, {Block: 7, Unit: 3}} {
		if got := d.rune(p, true); got != 0 {
			t.Errorf("expected a place in no block to be taken as the start, got %d", got)
		}
	}
	if got := d.rune(browser.Place{Block: 0, Unit: 99}, true); got != 2 {
		t.Errorf("expected a place past the end to be the end, got %d", got)
	}
}

func TestChord(t *testing.T) {
	cases := []struct {
		key                    string
		ctrl, meta, shift, alt bool
		mac                    bool
		want                   string
	}{
		{"z", true, false, false, false, false, "Mod+z"},
		{"Z", true, false, true, false, false, "Mod+Shift+z"},
		{"z", false, true, false, false, true, "Mod+z"},
		{"z", false, true, false, false, false, ""},
		{"?", false, false, true, false, false, "?"},
		{"N", false, false, true, false, false, "Shift+n"},
		{"Enter", false, false, false, false, false, "Enter"},
		{"ArrowLeft", false, false, true, true, false, "Alt+Shift+ArrowLeft"},
	}
	for _, c := range cases {
		if got := chord(c.key, c.ctrl, c.meta, c.shift, c.alt, c.mac); got != c.want {
			t.Errorf("%+v: expected %q, got %q", c, c.want, got)
		}
	}
}

func TestFileName(t *testing.T) {
	cases := []struct{ title, want string }{
		{"榜首換人的那個星期", "榜首換人的那個星期"},
		{"a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"},
		{"../../etc/passwd", "etc-passwd"},
		{"  . ", "pizhu"},
		{"行\n二", "行-二"},
	}
	for _, c := range cases {
		if got := fileName(c.title); got != c.want {
			t.Errorf("expected the title %q to make the file name %q, got %q", c.title, c.want, got)
		}
	}
}

func TestSay(t *testing.T) {
	cases := []struct {
		format string
		args   []any
		want   string
	}{
		{"%d 字 · %d 則批註", []any{12345, 7}, "12,345 字 · 7 則批註"},
		{"無法開啟「%s」：%s", []any{"100%d.txt", "壞了"}, "無法開啟「100%d.txt」：壞了"},
		{"沒有", []any{"多的"}, "沒有"},
		{"%d", nil, "%d"},
		{"%d", []any{-1000}, "-1,000"},
	}
	for _, c := range cases {
		if got := say("en", c.format, c.args); got != c.want {
			t.Errorf("%q with %v: expected %q, got %q", c.format, c.args, c.want, got)
		}
	}
}
