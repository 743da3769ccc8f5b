package app

import (
	"testing"

	"pizhu/app/article"
)

func TestShelfLines(t *testing.T) {
	a, err := article.Parse("a.txt", []byte("---\ntitle: 一\tb\nauthor: 甲\nsource: 乙\ndate: 2024-03-04\n---\n\n本文。\n"))
	if err != nil {
		t.Fatal(err)
	}
	a.Slug = "one"
	want := shelved{a.ID, "one", "a.txt", "一 b", "甲", "乙", "2024-03-04", a.Variant, a.Len()}
	line := ShelfLine(a, "a.txt")
	for name, c := range map[string]struct {
		lines string
		want  []shelved
	}{
		"nothing":              {"", nil},
		"one":                  {line, []shelved{want}},
		"two":                  {line + "\n" + line, []shelved{want, want}},
		"one of another make":  {"x\ty\n" + line, []shelved{want}},
		"a length in letters":  {line + "x", nil},
		"without where it is":  {"id\t\tf\tt\ta\ts\td\tv\t3", nil},
		"fields without words": {"\tslug\t\t\t\t\t\t\t0", []shelved{{Slug: "slug"}}},
	} {
		got := parseShelf(c.lines)
		if len(got) != len(c.want) {
			t.Errorf("%s: expected %d articles, got %v", name, len(c.want), got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: expected %v, got %v", name, c.want[i], got[i])
			}
		}
	}
}
