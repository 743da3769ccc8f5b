package article

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// complete guesses what a file does not say of itself. A reader can correct all
// of it.
func complete(name string, a *Article) {
	if a.Title == "" {
		a.Title = guessTitle(name, a)
	}
	if a.Variant == "" {
		a.Variant = guessVariant(a.Text)
	}
	if a.Author != "" && a.Date != "" {
		return
	}
	// Who wrote a text, and when, stands in a short line near its beginning.
	for i := range min(len(a.Blocks), 8) {
		if a.Blocks[i].Len() > 60 {
			continue
		}
		line := a.BlockText(i)
		if a.Author == "" {
			a.Author = authorIn(line)
		}
		if a.Date == "" {
			a.Date = dateIn(line)
		}
	}
}

// Complete guesses the facts that are missing, the title by the name of a file.
func (a *Article) Complete(name string) { complete(name, a) }

// authorIn is who a byline names.
func authorIn(line string) string {
	for _, mark := range []string{"作者：", "作者:", "撰文：", "撰文:", "文／", "文/", "記者：", "记者：", "By "} {
		at := strings.Index(line, mark)
		if at < 0 || at > 0 && !strings.ContainsAny(line[at-1:at], " |／/") && !strings.HasSuffix(line[:at], "\u3000") && !strings.HasSuffix(line[:at], "｜") {
			continue
		}
		name := strings.TrimLeft(line[at+len(mark):], " \u3000")
		if end := strings.IndexAny(name, "|｜／/，,；;（(\u3000\t"); end >= 0 {
			name = name[:end]
		}
		name = strings.TrimSpace(name)
		if n := utf8.RuneCountInString(name); n > 0 && n <= 20 && dateIn(name) == "" {
			return name
		}
	}
	return ""
}

// isoDate is the date at the start of s, or in it, as YYYY-MM-DD; "" for none.
func isoDate(s string) string {
	if len(s) >= 10 && IsDate(s[:10]) {
		return s[:10]
	}
	return dateIn(clip(s))
}

// IsDate is whether s is a day of the calendar as YYYY-MM-DD. time.Parse says the
// same and would be the longest thing that the program does on its way to the
// first article: it reads a layout, and a browser compiles all that can stand in one.
func IsDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	year, _, ok := digits(s, 4, 4)
	month, _, ok2 := digits(s[5:], 2, 2)
	day, _, ok3 := digits(s[8:], 2, 2)
	if !ok || !ok2 || !ok3 {
		return false
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month >= 1 && int(d.Month()) == month && d.Day() == day
}

// dateIn is the first date in a line: 2024-03-04, 2024/3/4, 2024.3.4,
// 2024年3月4日.
func dateIn(line string) string {
	for i := 0; i+8 <= len(line); i++ {
		if line[i] < '1' || line[i] > '2' || i > 0 && isDigit(line[i-1]) {
			continue
		}
		year, rest, ok := digits(line[i:], 4, 4)
		if !ok || year < 1900 || year > 2100 {
			continue
		}
		sep := ""
		for _, s := range []string{"-", "/", ".", "年"} {
			if after, ok := strings.CutPrefix(strings.TrimPrefix(rest, " "), s); ok {
				sep, rest = s, strings.TrimPrefix(after, " ")
			}
		}
		if sep == "" {
			continue
		}
		month, rest, ok := digits(rest, 1, 2)
		if !ok {
			continue
		}
		if sep == "年" {
			sep = "月"
		}
		if rest, ok = strings.CutPrefix(strings.TrimPrefix(rest, " "), sep); !ok {
			continue
		}
		day, rest, ok := digits(strings.TrimPrefix(rest, " "), 1, 2)
		if !ok || rest != "" && isDigit(rest[0]) {
			continue
		}
		d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if d.Day() == day && int(d.Month()) == month {
			return d.Format(time.DateOnly)
		}
	}
	return ""
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits reads a number of so many digits.
func digits(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && isDigit(s[i]) {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= least
}

// FirstLine is a title for a text that has no name: what its first line says,
// up to its first stop.
func FirstLine(a *Article) string {
	line := []rune(a.BlockText(0))
	end := min(len(line), 30)
	for i, r := range line[:end] {
		if strings.ContainsRune("。！？；!?;", r) || unicode.IsSpace(r) && i >= 6 {
			end = i
			break
		}
	}
	if end == 0 {
		end = min(len(line), 30)
	}
	return string(line[:end])
}
