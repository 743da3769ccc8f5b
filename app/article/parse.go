package article

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"
)

// MaxBytes is the largest file that is opened. Ten megabytes hold some three
// million characters, more than any novel; what is larger is a mistake, and
// would fill the browser's storage.
const MaxBytes = 10 << 20

// MaxBook is the largest book file that is opened: most of it is pictures. Its
// text may be MaxBytes.
const MaxBook = 64 << 20

// Problem says why a file could not be read, so that the page can say it in the
// reader's language.
type Problem string

// The problems that Parse reports.
const (
	Empty         Problem = "empty"          // no text in it
	TooLarge      Problem = "too-large"      // more than MaxBytes
	Binary        Problem = "binary"         // zero bytes or control characters: not a text
	NotUTF8       Problem = "not-utf-8"      // not UTF-8, and no other encoding makes sense of it
	HeaderOpen    Problem = "header-open"    // no line --- closes the header
	HeaderLine    Problem = "header-line"    // a header line that is not "name: value"
	HeaderName    Problem = "header-name"    // a name that the header does not have, or twice
	HeaderTitle   Problem = "header-title"   // no title
	HeaderDate    Problem = "header-date"    // a date that is not YYYY-MM-DD
	Unsupported   Problem = "unsupported"    // a format that this program has no reader for
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

// Parse reads a file as an article. The name decides the format: .md is
// Markdown, .html a web page of which the readable part is taken, .epub a book,
// everything else text with one block a line. It stands in for a missing title.
// The encoding is told from the bytes (see Detect). A header between two lines
// of three hyphens is optional in .txt and .md. Every error is an *Error.
//
// A browser has its own readers of pages and books; there, .html and .epub
// are refused as Unsupported.
func Parse(name string, data []byte) (*Article, error) {
	return ParseWith(name, data, Options{})
}

// Options for ParseWith.
type Options struct {
	Encoding Encoding // "" is told from the bytes
	// Pause, if there is one, is called every few milliseconds of work with the
	// share of it that is done, from 0 to 1. Its error ends the work and is
	// returned as it is.
	Pause func(done float64) error
}

// Formats that only some programs can read set these.
var (
	readHTML func(name, text string) (*Article, error)
	readEPUB func(name string, data []byte) (*Article, error)
)

// Format is the kind of file that a name says.
type Format uint8

// The formats.
const (
	PlainText Format = iota
	Markdown
	HTML
	EPUB
)

// FormatOf is the format that a file's name says.
func FormatOf(name string) Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return Markdown
	case ".html", ".htm", ".xhtml", ".xht":
		return HTML
	case ".epub":
		return EPUB
	}
	return PlainText
}

// ParseWith is Parse with options.
func ParseWith(name string, data []byte, o Options) (*Article, error) {
	if bytes.HasPrefix(data, []byte(packed)) {
		if a, ok := Unpack(string(data)); ok {
			a.Encoding, a.Sure = UTF8, true
			complete(name, a)
			return a, nil
		}
	}
	format := FormatOf(name)
	if format == EPUB {
		if readEPUB == nil {
			return nil, &Error{Name: name, Problem: Unsupported}
		}
		if len(data) > MaxBook {
			return nil, &Error{Name: name, Problem: TooLarge, Detail: fmt.Sprintf("%d bytes", len(data))}
		}
		return readEPUB(name, data)
	}
	text, e, sure, err := Read(name, data, o)
	if err != nil {
		return nil, err
	}
	var a *Article
	if format == HTML {
		if readHTML == nil {
			return nil, &Error{Name: name, Problem: Unsupported}
		}
		a, err = readHTML(name, text)
	} else {
		a, err = fromText(name, text, format, o)
	}
	if err != nil {
		return nil, err
	}
	a.Encoding, a.Sure = e, sure
	return a, nil
}

// Read is a file's text, and the encoding in which it was read.
func Read(name string, data []byte, o Options) (text string, e Encoding, sure bool, err error) {
	fail := func(line int, p Problem, detail string) (string, Encoding, bool, error) {
		return "", "", false, &Error{Name: name, Line: line, Problem: p, Detail: detail}
	}
	if len(data) > MaxBytes {
		return fail(0, TooLarge, fmt.Sprintf("%d bytes", len(data)))
	}
	e, sure = o.Encoding, true
	if e == "" && FormatOf(name) == HTML {
		e = declared(data)
	}
	if e == "" {
		e, sure = Detect(data)
	}
	if e == "" {
		if i := bytes.IndexByte(data, 0); i >= 0 {
			return fail(0, Binary, fmt.Sprintf("zero byte at %d", i))
		}
		if n := controls(string(data)); n > 8 && n > len(data)/100 {
			return fail(0, Binary, fmt.Sprintf("%d control characters", n))
		}
		return fail(firstBad(data), NotUTF8, "")
	}
	text, err = Decode(data, e)
	if err != nil {
		return fail(1, NotUTF8, err.Error())
	}
	if err := o.pause(0.2); err != nil {
		return "", "", false, err
	}
	if n := controls(text); n > 8 && n > len(text)/100 {
		return fail(0, Binary, fmt.Sprintf("%d control characters", n))
	}
	return text, e, sure, nil
}

func (o Options) pause(done float64) error {
	if o.Pause == nil {
		return nil
	}
	return o.Pause(done)
}

// firstBad is the line of the first bytes that are not UTF-8.
func firstBad(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, w := utf8.DecodeRune(data)
		if r == utf8.RuneError && w <= 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[w:]
	}
	return line
}

// declared is the encoding that a web page names in its first bytes, where it
// is one of those known here and the bytes are that.
func declared(data []byte) Encoding {
	if e, sure := Detect(data); sure && e != GB18030 && e != Big5 {
		return e // a byte order mark, or UTF-8, whatever the page says
	}
	head := strings.ToLower(string(data[:min(len(data), 1024)]))
	at := strings.Index(head, "charset=")
	if at < 0 {
		if at = strings.Index(head, "encoding="); at < 0 {
			return ""
		}
		at++
	}
	label := strings.TrimLeft(head[at+len("charset="):], "\"' ")
	if end := strings.IndexAny(label, "\"' />;?"); end >= 0 {
		label = label[:end]
	}
	switch label {
	case "gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80":
		return GB18030
	case "big5", "big5-hkscs", "cn-big5", "x-x-big5":
		return Big5
	}
	return ""
}

func fromText(name, text string, format Format, o Options) (*Article, error) {
	text = oneBreak(text)
	if err := o.pause(0.4); err != nil {
		return nil, err
	}
	head, body, err := splitHeader(name, text)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(body) == "" {
		return nil, &Error{Name: name, Problem: Empty}
	}
	var blocks []Block
	if format == Markdown || head.present {
		body, blocks = markdown(body)
	} else {
		blocks = lines(body)
	}
	if err := o.pause(0.7); err != nil {
		return nil, err
	}
	if len(blocks) == 0 {
		return nil, &Error{Name: name, Problem: Empty}
	}
	a := New(body, blocks)
	a.Title, a.Author, a.Source, a.Date, a.Variant = head.title, head.author, head.source, head.date, head.variant
	if head.present {
		if a.Variant == "" {
			a.Variant = guessVariant(a.Text)
		}
		return a, o.pause(1)
	}
	complete(name, a)
	if err := o.pause(1); err != nil {
		return nil, err
	}
	return a, nil
}

// lineBreaks makes the three ways to end a line, and Unicode's two more, one.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// oneBreak is text with its line breaks made one. Nearly every text has no others.
func oneBreak(text string) string {
	if strings.IndexByte(text, '\r') < 0 && !strings.Contains(text, "\u2028") && !strings.Contains(text, "\u2029") {
		return text
	}
	return lineBreaks.Replace(text)
}

// controls counts control characters. In a function of its own: a browser soon
// optimizes the code around a loop that runs for each byte, all of it.
//
//go:noinline
func controls(text string) int {
	n := 0
	for i := range len(text) {
		if c := text[i]; c < 0x20 && c != '\n' && c != '\t' && c != '\f' || c == 0x7f {
			n++
		}
	}
	return n
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
			if !IsDate(value) {
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
