package article

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxBytes is the largest file that is opened. Ten megabytes hold some three
// million characters, more than any novel; what is larger is a mistake, and
// would fill the browser's storage.
const MaxBytes = 10 << 20

// Problem says why a file could not be read, so that the page can say it in the
// reader's language.
type Problem string

// The problems that Parse reports.
const (
	Empty         Problem = "empty"          // no text in it
	TooLarge      Problem = "too-large"      // more than MaxBytes
	Binary        Problem = "binary"         // zero bytes or control characters: not a text
	NotUTF8       Problem = "not-utf-8"      // text in another encoding
	HeaderOpen    Problem = "header-open"    // no line --- closes the header
	HeaderLine    Problem = "header-line"    // a header line that is not "name: value"
	HeaderName    Problem = "header-name"    // a name that the header does not have, or twice
	HeaderTitle   Problem = "header-title"   // no title
	HeaderDate    Problem = "header-date"    // a date that is not YYYY-MM-DD
	HeaderVariant Problem = "header-variant" // a variant that is not zh-Hans, zh-Hant, zh-TW or zh-HK
)

// Error is what Parse returns. Line counts from 1 and is 0 where the problem is
// the whole file.
type Error struct {
	Name    string
	Line    int
	Problem Problem
	Detail  string
}

func (e *Error) Error() string {
	at := e.Name
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", e.Name, e.Line)
	}
	if e.Detail != "" {
		return fmt.Sprintf("%s: %s: %s", at, e.Problem, e.Detail)
	}
	return fmt.Sprintf("%s: %s", at, e.Problem)
}

// Variants are the language tags that an article may name as its own.
var Variants = []string{"zh-Hans", "zh-Hant", "zh-TW", "zh-HK"}

// Parse reads a file as an article. The name decides the format (.md is
// Markdown, everything else text with one block a line) and stands in for a
// missing title. A header between two lines of three hyphens is optional.
// Every error is an *Error.
func Parse(name string, data []byte) (*Article, error) {
	fail := func(line int, p Problem, detail string) (*Article, error) {
		return nil, &Error{Name: name, Line: line, Problem: p, Detail: detail}
	}
	if len(data) > MaxBytes {
		return fail(0, TooLarge, fmt.Sprintf("%d bytes", len(data)))
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return fail(0, Binary, fmt.Sprintf("zero byte at %d", i))
	}
	if !utf8.Valid(data) {
		line := 1
		for rest := data; ; {
			r, w := utf8.DecodeRune(rest)
			if r == utf8.RuneError && w <= 1 {
				return fail(line, NotUTF8, "")
			}
			if r == '\n' {
				line++
			}
			rest = rest[w:]
		}
	}
	text := lineBreaks.Replace(string(data))
	if n := controls(text); n > 8 && n > len(text)/100 {
		return fail(0, Binary, fmt.Sprintf("%d control characters", n))
	}
	head, body, err := splitHeader(name, text)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(body) == "" {
		return fail(0, Empty, "")
	}

	var a *Article
	if isMarkdown(name) || head.present {
		a = New(markdown(body))
	} else {
		a = New(body, lines(body))
	}
	if len(a.Blocks) == 0 {
		return fail(0, Empty, "")
	}
	a.Title, a.Author, a.Source, a.Date, a.Variant = head.title, head.author, head.source, head.date, head.variant
	if a.Title == "" {
		a.Title = guessTitle(name, a)
	}
	if a.Variant == "" {
		a.Variant = guessVariant(a.Text)
	}
	return a, nil
}

// lineBreaks makes the three ways to end a line, and Unicode's two more, one.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

func controls(text string) int {
	n := 0
	for _, r := range text {
		if r < 0x20 && r != '\n' && r != '\t' && r != '\f' || r == 0x7f {
			n++
		}
	}
	return n
}

func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return true
	}
	return false
}

// guessTitle takes the heading that opens the article, else the file's name.
func guessTitle(name string, a *Article) string {
	if b := a.Blocks[0]; b.Kind == Heading {
		return a.Slice(b.Span)
	}
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	if t := strings.TrimSpace(strings.TrimSuffix(base, path.Ext(base))); t != "" && t != "." && t != "/" {
		return t
	}
	first := []rune(a.BlockText(0))
	return string(first[:min(len(first), 24)])
}

type header struct {
	present                              bool
	title, author, source, date, variant string
}

// splitHeader takes the header off a text. A text whose first line is --- but
// whose second is not "name: value" has a rule there, not a header.
func splitHeader(name, text string) (header, string, error) {
	var h header
	if !strings.HasPrefix(text, "---\n") {
		return h, text, nil
	}
	rest := text[4:]
	if second, _, _ := strings.Cut(rest, "\n"); !strings.Contains(second, ":") && strings.TrimSpace(second) != "---" {
		return h, text, nil
	}
	h.present = true
	fields := map[string]*string{"title": &h.title, "author": &h.author, "source": &h.source, "date": &h.date, "variant": &h.variant}
	seen := map[string]bool{}
	for line := 2; ; line++ {
		l, after, more := strings.Cut(rest, "\n")
		if strings.TrimRight(l, " \t") == "---" {
			if h.title == "" {
				return h, "", &Error{Name: name, Line: line, Problem: HeaderTitle}
			}
			return h, after, nil
		}
		if !more {
			return h, "", &Error{Name: name, Line: line, Problem: HeaderOpen}
		}
		key, value, ok := strings.Cut(l, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok || key == "" {
			return h, "", &Error{Name: name, Line: line, Problem: HeaderLine, Detail: clip(l)}
		}
		field, known := fields[key]
		if !known || seen[key] {
			return h, "", &Error{Name: name, Line: line, Problem: HeaderName, Detail: clip(key)}
		}
		seen[key] = true
		switch key {
		case "date":
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				return h, "", &Error{Name: name, Line: line, Problem: HeaderDate, Detail: clip(value)}
			}
		case "variant":
			if !knownVariant(value) {
				return h, "", &Error{Name: name, Line: line, Problem: HeaderVariant, Detail: clip(value)}
			}
		}
		*field = value
		rest = after
	}
}

func knownVariant(variant string) bool {
	for _, v := range Variants {
		if v == variant {
			return true
		}
	}
	return false
}

// clip keeps a message short whatever stands in the file.
func clip(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// lines makes every line that is not blank a block, without the white space
// around it: Chinese texts indent a paragraph with two ideographic spaces, and
// the page does that by its style.
func lines(text string) []Block {
	var blocks []Block
	at := 0
	for len(text) > 0 {
		line, after, _ := strings.Cut(text, "\n")
		n := utf8.RuneCountInString(line)
		left := strings.TrimLeft(line, blank)
		start := at + n - utf8.RuneCountInString(left)
		body := strings.TrimRight(left, blank)
		if body != "" {
			blocks = append(blocks, Block{Span: Span{start, start + utf8.RuneCountInString(body)}})
		}
		at += n + 1
		text = after
	}
	return blocks
}

// blank is the white space that a line may begin or end with.
const blank = " \t\f\v\u3000\u00a0\ufeff\u200b"
