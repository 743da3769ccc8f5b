package article

import (
	"strings"
	"unicode/utf8"
)

// Markdown as an article needs it: the text that a reader of the rendered page
// would see, and where its blocks are. A full CommonMark parser (goldmark) was
// measured and left out: it adds 0.78 MB to the program, 0.11 MB in Brotli,
// a ninth of the time to the first annotation. What is not understood here
// (tables, HTML, reference links) stays as it was typed, so nothing is lost.

// markdown turns a Markdown text into the text that is read and its blocks,
// one line a block.
func markdown(src string) (string, []Block) {
	var out written
	var open []string // the lines of the paragraph, item or quote being read
	kind := Paragraph
	flush := func() {
		if len(open) > 0 {
			out.add(kind, 0, inline(join(open)))
		}
		open, kind = open[:0], Paragraph
	}
	fence := ""
	for line := range strings.SplitSeq(src, "\n") {
		trimmed := strings.Trim(line, blank)
		if fence != "" {
			if strings.HasPrefix(trimmed, fence) {
				fence = ""
			} else {
				out.add(Code, 0, line)
			}
			continue
		}
		switch {
		case trimmed == "":
			flush()
		case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
			flush()
			fence = trimmed[:3]
		case headingLevel(trimmed) > 0:
			flush()
			level := headingLevel(trimmed)
			out.add(Heading, level, inline(strings.TrimRight(strings.Trim(trimmed[level:], " \t"), "# ")))
		case isRule(trimmed):
			if len(open) == 1 && trimmed[0] != '*' && trimmed[0] != '_' && kind == Paragraph { // an underlined heading
				level := 2
				if trimmed[0] == '=' {
					level = 1
				}
				text := open[0]
				open = open[:0]
				out.add(Heading, level, inline(text))
				continue
			}
			flush()
		case strings.HasPrefix(trimmed, ">"):
			if kind != Quote {
				flush()
				kind = Quote
			}
			open = append(open, strings.Trim(strings.TrimLeft(trimmed, "> "), blank))
		case itemText(trimmed) != "":
			flush()
			kind = Item
			open = append(open, itemText(trimmed))
		default:
			open = append(open, trimmed)
		}
	}
	flush()
	return out.text.String(), out.blocks
}

func headingLevel(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n >= 1 && n <= 6 && (len(line) == n || line[n] == ' ' || line[n] == '\t') {
		return n
	}
	return 0
}

func isRule(line string) bool {
	c := line[0]
	if c != '-' && c != '*' && c != '_' && c != '=' {
		return false
	}
	n := strings.Count(line, string(c))
	return n >= 3 && n+strings.Count(line, " ") == len(line)
}

// itemText is what follows the mark of a list item, or nothing. A number keeps
// its mark: readers refer to "point 3".
func itemText(line string) string {
	if len(line) > 2 && strings.ContainsRune("-*+", rune(line[0])) && line[1] == ' ' {
		return strings.Trim(line[2:], blank)
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits < 4 && len(line) > digits+2 && (line[digits] == '.' || line[digits] == ')') && line[digits+1] == ' ' {
		return line
	}
	return ""
}

// join puts the lines of a paragraph together: Han text without a space,
// Latin words with one.
func join(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			last, _ := utf8.DecodeLastRuneInString(lines[i-1])
			first, _ := utf8.DecodeRuneInString(l)
			if last < 0x2E80 && first < 0x2E80 {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l)
	}
	return b.String()
}

// inline takes the marks of emphasis, code and links off a line.
func inline(s string) string {
	if !strings.ContainsAny(s, "*_`[\\<~") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte("\\`*_{}[]()#+-.!~<>", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			i += 2
			continue
		case c == '`':
			run := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
			if end := strings.Index(near(s[i+run:]), s[i:i+run]); end >= 0 {
				b.WriteString(strings.TrimSpace(s[i+run : i+run+end]))
				i += 2*run + end
				continue
			}
		case c == '*' || c == '_' || strings.HasPrefix(s[i:], "~~"):
			run := len(s[i:]) - len(strings.TrimLeft(s[i:], string(c)))
			if inner, ok := emphasised(s, i, run); ok {
				b.WriteString(inline(inner))
				i += 2*run + len(inner)
				continue
			}
			b.WriteString(s[i : i+run])
			i += run
			continue
		case c == '[' || strings.HasPrefix(s[i:], "!["):
			from := i
			if c == '!' {
				from++
			}
			if text, width := link(s[from:]); width > 0 {
				b.WriteString(inline(text))
				i = from + width
				continue
			}
		case c == '<':
			if end := strings.IndexByte(near(s[i:]), '>'); end > 0 && (strings.HasPrefix(s[i+1:], "http://") || strings.HasPrefix(s[i+1:], "https://")) {
				b.WriteString(s[i+1 : i+end])
				i += end + 1
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// emphasised is the text between a run of marks at i and the same run after it.
// An underscore inside a word (snake_case) is no mark.
func emphasised(s string, i, run int) (string, bool) {
	if run > 3 || i+run >= len(s) || s[i+run] == ' ' {
		return "", false
	}
	if s[i] == '_' && i > 0 && wordByte(s[i-1]) {
		return "", false
	}
	end := strings.Index(near(s[i+run:]), s[i:i+run])
	if end <= 0 || s[i+run+end-1] == ' ' {
		return "", false
	}
	after := i + 2*run + end
	if s[i] == '_' && after < len(s) && wordByte(s[after]) {
		return "", false
	}
	if after < len(s) && s[after] == s[i] {
		return "", false
	}
	return s[i+run : i+run+end], true
}

// near is the stretch of s in which a closing mark is looked for. The bound
// keeps a hostile line of ten million asterisks linear; no real mark is longer.
func near(s string) string { return s[:min(len(s), 2048)] }

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// link reads "[text](address)" at the start of s and gives the text and how
// many bytes it took.
func link(s string) (string, int) {
	s = near(s)
	close := strings.Index(s, "](")
	if close < 1 || strings.IndexByte(s[1:close], '[') >= 0 {
		return "", 0
	}
	end := strings.IndexByte(s[close:], ')')
	if end < 0 {
		return "", 0
	}
	return s[1:close], close + end + 1
}
