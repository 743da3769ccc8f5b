package app

import (
	"regexp"
	"testing"
)

// In English one thing is singular and several are plural, in every text that
// counts.
func TestCountsInEnglish(t *testing.T) {
	one, many := regexp.MustCompile(`\b1 (are|were|have|annotations|claims|relations|characters|places|words|records|suggestions|articles)\b|[{}|]`), regexp.MustCompile(`[^e] 2 (is|was|has|belongs)\b|\b2 (annotation|claim|relation|character|place|word|record|suggestion)\b|[{}|]`)
	counting := regexp.MustCompile(`%d`)
	for key, cells := range texts {
		n := len(counting.FindAllString(cells[2], -1))
		if n == 0 {
			continue
		}
		fill := func(v int) []any {
			var args []any
			for _, verb := range regexp.MustCompile(`%[ds]`).FindAllString(cells[2], -1) {
				if verb == "%d" {
					args = append(args, v)
				} else {
					args = append(args, "x")
				}
			}
			return args
		}
		if said := say("en", cells[2], fill(1)); one.MatchString(said) {
			t.Errorf("%s: expected the singular for one: %q", key, said)
		}
		for _, v := range []int{0, 2} {
			if said := say("en", cells[2], fill(v)); many.MatchString(said) {
				t.Errorf("%s: expected the plural for %d: %q", key, v, said)
			}
		}
	}
	for _, c := range []struct {
		key  string
		args []any
		want string
	}{
		{"counts", []any{1, 2}, "1 character · 2 annotations"}, {"counts", []any{3375, 1}, "3,375 characters · 1 annotation"},
		{"remind", []any{1}, "1 annotation is in this browser alone and has not been exported."},
		{"remove-ask", []any{"x", 2}, "Remove “x” and its 2 annotations?"},
		{"examined-well", []any{1}, "The annotation is sound (1)"},
	} {
		if got := Texts("en")(c.key, c.args...); got != c.want {
			t.Errorf("%s: expected %q, got %q", c.key, c.want, got)
		}
	}
}

func TestPlainNumbersAndDates(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234"} {
		if got := number(n); got != want {
			t.Errorf("expected %d to be written %s, it is %s", n, want, got)
		}
	}
	for _, c := range [][3]string{
		{"zh-Hant", "2024-03-10", "2024年3月10日"}, {"zh-Hans", "2024-12-01", "2024年12月1日"}, {"en", "2024-03-10", "Mar 10, 2024"}, {"en", "2024-12-01", "Dec 1, 2024"}, {"en", "2024-13-01", "2024-13-01"}, {"en", "2024-00-01", "2024-00-01"},
		{"zh-Hant", "2024", "2024"}, {"zh-Hant", "三月", "三月"}, {"zh-Hant", "", ""}, {"zh-Hant", "2024-0a-10", "2024-0a-10"},
	} {
		if got := dateOf(c[0], c[1]); got != c[2] {
			t.Errorf("%s: expected %q to be written %q, it is %q", c[0], c[1], c[2], got)
		}
	}
}
