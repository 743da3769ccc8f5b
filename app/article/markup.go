package article

import (
	"strings"
	"unicode/utf8"
)

// Page is what was taken from a web page or a book: the facts it gives of
// itself, and its elements and texts in order. Natively golang.org/x/net/html
// makes it, in a browser its own inert parser does; from there on both are read
// by the same code.
type Page struct {
	Title, Author, Source, Date, Variant string
	// Markup is the elements and texts, each followed by a zero: "<name" where
	// an element begins, ">" where it ends, "=text" for text.
	Markup string
}

// FromPage makes a page an article; name is that of its file. Every error is an
// *Error.
func FromPage(name string, p Page) (*Article, error) {
	if len(p.Markup) > 8*MaxBytes {
		return nil, &Error{Name: name, Problem: TooLarge}
	}
	text, blocks := flow(p.Markup)
	if len(text) > MaxBytes {
		return nil, &Error{Name: name, Problem: TooLarge}
	}
	if len(blocks) == 0 {
		return nil, &Error{Name: name, Problem: Empty}
	}
	a := New(text, blocks)
	a.Title, a.Author, a.Source = fact(p.Title), fact(p.Author), fact(p.Source)
	a.Date, a.Variant = isoDate(p.Date), variantTag(p.Variant)
	// A page's title often has its site's name behind it, and its text begins with
	// the title alone.
	if b := &a.Blocks[0]; b.Kind == Heading {
		if h := a.Slice(b.Span); a.Title == "" || strings.HasPrefix(a.Title, h) {
			a.Title, b.Level = h, 1
		}
	}
	complete(name, a)
	return a, nil
}

// fact is a title or name from elsewhere on one line.
func fact(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	return string(r[:min(len(r), 200)])
}

// variantTag is the variant that a language tag names; a plain "zh" names none.
func variantTag(tag string) string {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	for _, t := range []struct{ prefix, variant string }{
		{"zh-hant-hk", "zh-HK"}, {"zh-hant-tw", "zh-TW"}, {"zh-hk", "zh-HK"}, {"zh-mo", "zh-HK"}, {"zh-tw", "zh-TW"},
		{"zh-hant", "zh-Hant"}, {"zh-hans", "zh-Hans"}, {"zh-cn", "zh-Hans"}, {"zh-sg", "zh-Hans"},
	} {
		if strings.HasPrefix(tag, t.prefix) {
			return t.variant
		}
	}
	return ""
}

// How an element's text takes part in the article.
const (
	inlineText = iota
	blockText
	noText
)

func role(tag string) int {
	switch tag {
	case "script", "style", "noscript", "template", "head", "title", "iframe", "object", "embed", "applet", "svg", "math",
		"canvas", "audio", "video", "select", "button", "textarea", "input", "datalist", "dialog", "frame", "frameset",
		"rt", "rp", "map", "nav", "meter", "progress":
		return noText
	case "p", "div", "section", "article", "main", "header", "footer", "aside", "h1", "h2", "h3", "h4", "h5", "h6",
		"blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr",
		"figure", "figcaption", "hr", "address", "center", "details", "summary", "fieldset", "legend", "form", "body", "html",
		"search", "hgroup", "plaintext", "listing", "xmp":
		return blockText
	}
	return inlineText
}

// flow turns elements and texts into what is read, one line a block: a block
// element, and a line break in one, begins another.
func flow(markup string) (string, []Block) {
	var out written
	var line strings.Builder
	kind, level := Paragraph, 0
	flush := func() {
		out.add(kind, level, line.String())
		line.Reset()
	}
	// The kinds that the open elements give, innermost last; a paragraph in a
	// quotation is a quotation.
	type state struct {
		tag   string
		kind  Kind
		level int
	}
	var open []state
	skip := 0
	for len(markup) > 0 {
		token, rest, _ := strings.Cut(markup, "\x00")
		markup = rest
		if token == "" {
			continue
		}
		switch token[0] {
		case '<':
			tag := token[1:]
			if skip > 0 || role(tag) == noText {
				skip++
				continue
			}
			if tag == "br" {
				flush()
			}
			if tag == "td" || tag == "th" {
				line.WriteByte(' ')
			}
			next := state{tag, kind, level}
			open = append(open, next)
			if role(tag) == blockText {
				flush()
				switch tag {
				case "h1", "h2", "h3", "h4", "h5", "h6":
					kind, level = Heading, int(tag[1]-'0')
				case "blockquote":
					kind, level = Quote, 0
				case "li", "dd", "dt":
					if kind == Paragraph {
						kind = Item
					}
				case "pre", "listing", "xmp", "plaintext":
					kind, level = Code, 0
				}
			}
		case '>':
			if skip > 0 {
				skip--
				continue
			}
			if len(open) == 0 {
				continue
			}
			last := open[len(open)-1]
			open = open[:len(open)-1]
			if role(last.tag) == blockText {
				flush()
			}
			kind, level = last.kind, last.level
		case '=':
			if skip > 0 {
				continue
			}
			text := valid(token[1:])
			if kind == Code {
				for i, l := range strings.Split(oneBreak(text), "\n") {
					if i > 0 {
						flush()
					}
					line.WriteString(l)
				}
				continue
			}
			spaced(&line, text)
		}
	}
	flush()
	return out.text.String(), out.blocks
}

// written is a text that is written anew, one line a block.
type written struct {
	text   strings.Builder
	runes  int
	blocks []Block
}

// add writes a block, if it is not blank.
func (w *written) add(kind Kind, level int, text string) {
	text = strings.Trim(text, blank+"\n")
	if text == "" {
		return
	}
	if w.runes > 0 {
		w.text.WriteByte('\n')
		w.runes++
	}
	start := w.runes
	w.runes += utf8.RuneCountInString(text)
	w.blocks = append(w.blocks, Block{Span: Span{start, w.runes}, Kind: kind, Level: level})
	w.text.WriteString(text)
}

// spaced writes a text with each run of white space as one space, and none
// where a line was broken between two Han characters, as browsers do not.
func spaced(b *strings.Builder, text string) {
	const space = " \t\r\n\f\v\u2028\u2029"
	for len(text) > 0 {
		i := strings.IndexAny(text, space)
		if i < 0 {
			b.WriteString(text)
			return
		}
		b.WriteString(text[:i])
		rest := strings.TrimLeft(text[i:], space)
		broken := strings.ContainsAny(text[i:len(text)-len(rest)], "\n\r\u2028\u2029")
		text = rest
		so := b.String()
		if so == "" || strings.HasSuffix(so, " ") {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(so)
		first, _ := utf8.DecodeRuneInString(text)
		if broken && (last >= 0x2E80 && (first >= 0x2E80 || text == "")) {
			continue
		}
		b.WriteByte(' ')
	}
}
