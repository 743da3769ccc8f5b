package formats

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"sync"

	"pizhu/app/annotation"
)

// words around the annotations, in the program's languages; made when they are
// first needed, not as the program starts.
var words = sync.OnceValue(func() map[Language]map[string]string {
	return map[Language]map[string]string{
		Hant: {"claims": "批註", "said": "說法出自", "sure": "把握", "amount": "數量", "verdict": "查證", "source": "佐證", "note": "註記",
			"fact": "事實", "plan": "計劃", "forecast": "預測", "rumour": "傳聞",
			"unchecked": "未查", "confirmed": "屬實", "disputed": "有爭議", "false": "不實"},
		Hans: {"claims": "批注", "said": "说法出自", "sure": "把握", "amount": "数量", "verdict": "查证", "source": "佐证", "note": "注记",
			"fact": "事实", "plan": "计划", "forecast": "预测", "rumour": "传闻",
			"unchecked": "未查", "confirmed": "属实", "disputed": "有争议", "false": "不实"},
		En: {"claims": "Annotations", "said": "Said by", "sure": "Certainty", "amount": "Quantity", "verdict": "Verdict", "source": "Source", "note": "Note",
			"fact": "fact", "plan": "plan", "forecast": "forecast", "rumour": "rumour",
			"unchecked": "unchecked", "confirmed": "confirmed", "disputed": "disputed", "false": "false"},
	}
})

func (l Language) word(key string) string {
	if w := words()[l][key]; w != "" {
		return w
	}
	return words()[Hant][key]
}

// facets is what is known of a claim, as names and values.
func facets(a annotation.Annotation, lang Language) (out [][2]string) {
	add := func(name, value string) {
		if value != "" {
			out = append(out, [2]string{lang.word(name), value})
		}
	}
	add("said", a.Attribution)
	if a.Certainty != "" {
		add("sure", lang.word(string(a.Certainty)))
	}
	q := quantity(a.Quantity)
	if a.Quantity.Compared != "" {
		q += " (" + a.Quantity.Compared + ")"
	}
	add("amount", q)
	if a.Verdict != "" {
		add("verdict", lang.word(string(a.Verdict)))
	}
	return out
}

// Markdown writes a reading note: for each article its quotes in order, with
// what was said about them.
func Markdown(w io.Writer, set annotation.Set, lang Language) error {
	out := bufio.NewWriter(w)
	for i, g := range groups(set) {
		if i > 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(out, "# %s\n", plain(g.source.Title))
		var about []string
		for _, s := range []string{g.source.Author, g.source.Publisher, g.source.Date} {
			if s != "" {
				about = append(about, plain(s))
			}
		}
		if annotation.IsLink(g.source.URL) {
			about = append(about, "<"+g.source.URL+">")
		}
		if len(about) > 0 {
			fmt.Fprintf(out, "\n%s\n", strings.Join(about, " · "))
		}
		for _, a := range g.list {
			out.WriteString("\n")
			if a.Quote.Exact != "" {
				for _, line := range strings.Split(a.Quote.Exact, "\n") {
					fmt.Fprintf(out, "> %s\n", plain(line))
				}
				out.WriteString("\n")
			}
			var parts []string
			if a.Type != "" {
				parts = append(parts, "**"+plain(label(set, a.Type, lang))+"**")
			}
			for _, f := range facets(a, lang) {
				parts = append(parts, plain(f[0])+": "+plain(f[1]))
			}
			if annotation.IsLink(a.Link) {
				parts = append(parts, fmt.Sprintf("[%s](<%s>)", lang.word("source"), a.Link))
			}
			if len(parts) > 0 {
				fmt.Fprintf(out, "%s\n", strings.Join(parts, " · "))
			}
			if a.Note != "" {
				fmt.Fprintf(out, "\n%s\n", note(a.Note))
			}
		}
	}
	return out.Flush()
}

// plain is text with what Markdown would take for marks escaped.
func plain(s string) string {
	var b strings.Builder
	for i, r := range strings.Map(oneLine, s) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_[]<>|~$", r):
			b.WriteByte('\\')
		case i == 0 && strings.ContainsRune("#+-=:", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	s = b.String()
	if dot := strings.IndexAny(s, ".)"); dot > 0 && strings.Trim(s[:dot], "0123456789") == "" {
		s = s[:dot] + `\` + s[dot:] // the number of a list
	}
	return s
}

func oneLine(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	if r < ' ' {
		return -1
	}
	return r
}

// note is a note in Markdown as it was written, but for what could be more than
// text: tags, entities (which may spell anything), and links that run something.
func note(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '<':
			b.WriteByte('\\')
		case r == '&':
			b.WriteString("&amp;") // a backslash does not stop every reader
			continue
		}
		if r == ':' && runs(s[:i]) {
			b.WriteString("&#8203;") // what is before it is no scheme any more
		}
		b.WriteRune(r)
	}
	return b.String()
}

// runs reports whether what stands before a colon is a scheme that runs
// something.
func runs(before string) bool {
	if len(before) > 64 {
		before = before[len(before)-64:]
	}
	word := before[strings.LastIndexAny(before, "(<[ \n\t\"'")+1:]
	word = strings.ToLower(strings.ReplaceAll(word, `\`, ""))
	return strings.HasSuffix(word, "javascript") || strings.HasSuffix(word, "vbscript") || strings.HasSuffix(word, "data")
}

// style is all that the page needs; colours are the types' own where they are
// given in figures, and come from a list of eight where not.
const style = `:root{color-scheme:light dark}
body{font:18px/1.9 "Noto Serif TC","Songti TC","Songti SC",serif;max-width:38em;margin:2em auto;padding:0 1em}
mark{color:inherit;background:color-mix(in srgb,var(--c) 22%,transparent);border-bottom:2px solid var(--c)}
sup a{text-decoration:none}
aside{font:15px/1.7 system-ui,sans-serif;border-top:1px solid;margin-top:3em}
blockquote{margin:0;border-left:3px solid var(--c);padding-left:.8em}
li{margin:1em 0}
.note{white-space:pre-wrap}
`

var palette = []string{"#b45309", "#0f766e", "#6d28d9", "#be123c", "#1d4ed8", "#4d7c0f", "#a21caf", "#0369a1"}

// HTML writes a page that shows each article with its highlights and, below it,
// what was said. It needs nothing else: no script, no other file, and a policy
// that allows neither.
func HTML(w io.Writer, set annotation.Set, lang Language) error {
	out := bufio.NewWriter(w)
	all := groups(set)
	title := set.Label
	if title == "" && len(all) > 0 {
		title = all[0].source.Title
	}
	fmt.Fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n",
		html.EscapeString(string(lang)), html.EscapeString(title), style)
	number := 0
	for _, g := range all {
		p := page{out: out, set: set, lang: lang, first: number}
		p.article(g)
		number += len(g.list)
	}
	out.WriteString("</body>\n</html>\n")
	return out.Flush()
}

type page struct {
	out   *bufio.Writer
	set   annotation.Set
	lang  Language
	first int // number of the group's first annotation, less one
}

func (p *page) article(g group) {
	esc := html.EscapeString
	fmt.Fprintf(p.out, "<article lang=\"%s\">\n<h1>%s</h1>\n", esc(g.source.Variant), esc(g.source.Title))
	var about []string
	for _, s := range []string{g.source.Author, g.source.Publisher, g.source.Date} {
		if s != "" {
			about = append(about, esc(s))
		}
	}
	if annotation.IsLink(g.source.URL) {
		about = append(about, p.link(g.source.URL, g.source.URL))
	}
	if len(about) > 0 {
		fmt.Fprintf(p.out, "<p>%s</p>\n", strings.Join(about, " · "))
	}
	if g.source.Text != "" {
		p.text(g)
	}
	fmt.Fprintf(p.out, "</article>\n<aside>\n<h2>%s</h2>\n<ol start=\"%d\">\n", p.lang.word("claims"), p.first+1)
	for i, a := range g.list {
		fmt.Fprintf(p.out, "<li id=\"a%d\" style=\"--c:%s\">", p.first+i+1, p.colour(a.Type))
		if a.Quote.Exact != "" {
			fmt.Fprintf(p.out, "<blockquote>%s</blockquote>", esc(a.Quote.Exact))
		}
		var parts []string
		if a.Type != "" {
			parts = append(parts, "<b>"+esc(label(p.set, a.Type, p.lang))+"</b>")
		}
		for _, f := range facets(a, p.lang) {
			parts = append(parts, esc(f[0])+": "+esc(f[1]))
		}
		if annotation.IsLink(a.Link) {
			parts = append(parts, p.link(a.Link, p.lang.word("source")))
		}
		if len(parts) > 0 {
			fmt.Fprintf(p.out, "<p>%s</p>", strings.Join(parts, " · "))
		}
		if a.Note != "" {
			fmt.Fprintf(p.out, "<p class=\"note\">%s</p>", esc(a.Note))
		}
		p.out.WriteString("</li>\n")
	}
	p.out.WriteString("</ol>\n</aside>\n")
}

func (p *page) link(to, text string) string {
	return fmt.Sprintf("<a href=\"%s\" rel=\"noreferrer noopener\">%s</a>", html.EscapeString(to), html.EscapeString(text))
}

func (p *page) colour(typ string) string {
	for i, t := range p.set.Types {
		if t.Name != typ {
			continue
		}
		if c := t.Colour; len(c) == 7 && c[0] == '#' && strings.Trim(strings.ToLower(c[1:]), "0123456789abcdef") == "" {
			return c
		}
		return palette[i%len(palette)]
	}
	n := 0
	for _, r := range typ {
		n = n*31 + int(r)
	}
	return palette[(n%len(palette)+len(palette))%len(palette)]
}

// text writes the paragraphs with marks. Where annotations overlap, the text is
// cut at every beginning and end, and the shortest one's colour is taken; each
// has its number at its end.
func (p *page) text(g group) {
	runes := []rune(g.source.Text)
	cuts := []int{0, len(runes)}
	for _, a := range g.list {
		if s := a.Span; !s.Empty() && s.Start >= 0 && s.End <= len(runes) {
			cuts = append(cuts, s.Start, s.End)
		}
	}
	for i, r := range runes {
		if r == '\n' {
			cuts = append(cuts, i, i+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	p.out.WriteString("<p>")
	var open []int // those that the segment lies in
	next := 0
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		for next < len(g.list) && g.list[next].Span.Start <= from {
			if s := g.list[next].Span; !s.Empty() && s.End <= len(runes) {
				open = append(open, next)
			}
			next++
		}
		segment := string(runes[from:to])
		if segment == "\n" {
			p.out.WriteString("</p>\n<p>")
		} else if len(open) == 0 {
			p.out.WriteString(html.EscapeString(segment))
		} else {
			shortest := slices.MinFunc(open, func(a, b int) int { return g.list[a].Span.Len() - g.list[b].Span.Len() })
			fmt.Fprintf(p.out, "<mark style=\"--c:%s\">%s</mark>", p.colour(g.list[shortest].Type), html.EscapeString(segment))
		}
		open = slices.DeleteFunc(open, func(n int) bool {
			if g.list[n].Span.End > to {
				return false
			}
			fmt.Fprintf(p.out, "<sup><a href=\"#a%d\">%d</a></sup>", p.first+n+1, p.first+n+1)
			return true
		})
	}
	p.out.WriteString("</p>\n")
}
