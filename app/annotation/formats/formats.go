// Package formats writes annotations for other tools: doccano and Label Studio,
// spreadsheets, Markdown notebooks, and a page that anyone can open. What they
// hold is text that came from anywhere, so each escapes for where it goes.
//
// The texts of articles are taken from the set's Articles.
package formats

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"pizhu/app/annotation"
	"pizhu/app/annotation/internal/tree"
)

// ErrNoText is what Doccano and LabelStudio end with where the set lacks the text
// of an article that has annotations: without it their files are nothing.
var ErrNoText = errors.New("the article's text is not in the set")

// Language is the one that labels and the words around them are written in.
type Language string

// The program's languages.
const (
	Hant Language = "zh-Hant"
	Hans Language = "zh-Hans"
	En   Language = "en"
)

// group is the annotations of one article, by place.
type group struct {
	source annotation.Source
	list   []annotation.Annotation
}

// groups sorts a set by article, in the order of its Articles, those that it does
// not describe last. What is deleted is left out.
func groups(set annotation.Set) []group {
	var out []group
	at := map[string]int{}
	for _, s := range set.Articles {
		if !s.Deleted {
			at[s.ID] = len(out)
			out = append(out, group{source: s})
		}
	}
	for _, a := range set.Annotations {
		if a.Deleted {
			continue
		}
		i, ok := at[a.Article]
		if !ok {
			i = len(out)
			at[a.Article] = i
			out = append(out, group{source: annotation.Source{ID: a.Article, Title: a.Article}})
		}
		out[i].list = append(out[i].list, a)
	}
	out = slices.DeleteFunc(out, func(g group) bool { return len(g.list) == 0 })
	for _, g := range out {
		slices.SortFunc(g.list, func(a, b annotation.Annotation) int {
			return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End), cmp.Compare(a.ID, b.ID))
		})
	}
	return out
}

// label is what a claim type is called.
func label(set annotation.Set, name string, lang Language) string {
	for _, t := range set.Types {
		if t.Name == name {
			l := map[Language]string{Hant: t.Labels.Hant, Hans: t.Labels.Hans, En: t.Labels.En}[lang]
			return cmp.Or(l, name)
		}
	}
	return name
}

func quantity(q annotation.Quantity) string {
	if q == (annotation.Quantity{}) {
		return ""
	}
	return strings.TrimSpace(strconv.FormatFloat(q.Value, 'f', -1, 64) + " " + q.Unit)
}

// columns of the CSV file. They are the same in every language, so that a
// formula or a script that reads the file goes on working.
var columns = []string{"article", "title", "start", "end", "quote", "type", "label", "note", "attribution", "certainty",
	"value", "unit", "compared", "verdict", "link", "relations", "creator", "created", "modified", "id"}

// CSV writes a table as RFC 4180 has it, with the byte order mark that
// spreadsheets tell UTF-8 by. A cell that a spreadsheet would run as a formula
// gets an apostrophe before it.
func CSV(w io.Writer, set annotation.Set, lang Language) error {
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff")
	row := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(cell(c))
		}
		out.WriteString("\r\n")
	}
	row(columns)
	for _, g := range groups(set) {
		for _, a := range g.list {
			start, end, value := "", "", ""
			if !a.Span.Empty() {
				start, end = strconv.Itoa(a.Span.Start), strconv.Itoa(a.Span.End)
			}
			if a.Quantity != (annotation.Quantity{}) {
				value = strconv.FormatFloat(a.Quantity.Value, 'f', -1, 64)
			}
			var relations []string
			for _, r := range a.Relations {
				relations = append(relations, string(r.Kind)+" "+r.To)
			}
			row([]string{a.Article, g.source.Title, start, end, a.Quote.Exact, a.Type, label(set, a.Type, lang), a.Note,
				a.Attribution, string(a.Certainty), value, a.Quantity.Unit, a.Quantity.Compared, string(a.Verdict), a.Link,
				strings.Join(relations, " "), a.Creator, stamp(a.Created.IsZero(), a.Created.Format("2006-01-02T15:04:05Z")),
				stamp(a.Modified.IsZero(), a.Modified.Format("2006-01-02T15:04:05Z")), a.ID})
		}
	}
	return out.Flush()
}

func stamp(zero bool, s string) string {
	if zero {
		return ""
	}
	return s
}

// cell defuses and quotes one cell. A number may begin with a minus.
func cell(s string) string {
	if s != "" {
		if _, err := strconv.ParseFloat(s, 64); err != nil && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(s)[0]) {
			s = "'" + s
		}
	}
	if strings.ContainsAny(s, ",\"\r\n'") || strings.TrimSpace(s) != s {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// Doccano writes JSON Lines as doccano's sequence labelling takes them, a line
// an article; with relations as its entities and relations. Places are code
// points. The error is w's, or wraps ErrNoText.
func Doccano(w io.Writer, set annotation.Set) error {
	return tasks(w, set, func(out *bufio.Writer, n int, g group) {
		related := slices.ContainsFunc(g.list, func(a annotation.Annotation) bool { return len(a.Relations) > 0 })
		fmt.Fprintf(out, `{"id":%d,"text":%s,`, n+1, quote(g.source.Text))
		if !related {
			out.WriteString(`"label":[`)
			for i, a := range g.list {
				fmt.Fprintf(out, `%s[%d,%d,%s]`, comma(i), a.Span.Start, a.Span.End, quote(typeOf(a)))
			}
			out.WriteString("]}\n")
			return
		}
		ids := map[string]int{}
		out.WriteString(`"entities":[`)
		for i, a := range g.list {
			ids[a.ID] = i + 1
			fmt.Fprintf(out, `%s{"id":%d,"label":%s,"start_offset":%d,"end_offset":%d}`, comma(i), i+1, quote(typeOf(a)), a.Span.Start, a.Span.End)
		}
		out.WriteString(`],"relations":[`)
		n = 0
		for i, a := range g.list {
			for _, r := range a.Relations {
				if to := ids[r.To]; to != 0 {
					fmt.Fprintf(out, `%s{"id":%d,"from_id":%d,"to_id":%d,"type":%s}`, comma(n), n+1, i+1, to, quote(string(r.Kind)))
					n++
				}
			}
		}
		out.WriteString("]}\n")
	})
}

// LabelStudio writes an array of tasks as Label Studio imports them, with the
// annotations as its Labels (label → text), notes as a TextArea of each region
// (note → text), and relations. Places are code points. The error is w's, or
// wraps ErrNoText.
func LabelStudio(w io.Writer, set annotation.Set) error {
	before := "[\n"
	err := tasks(w, set, func(out *bufio.Writer, _ int, g group) {
		fmt.Fprintf(out, `%s{"data":{"text":%s,"title":%s},"annotations":[{"result":[`, before, quote(g.source.Text), quote(g.source.Title))
		before = ",\n"
		n := 0
		for _, a := range g.list {
			where := fmt.Sprintf(`"id":%s,"to_name":"text","value":{"start":%d,"end":%d,"text":`, quote(a.ID), a.Span.Start, a.Span.End)
			fmt.Fprintf(out, `%s{"from_name":"label","type":"labels",%s%s,"labels":[%s]}}`, comma(n), where, quote(a.Quote.Exact), quote(typeOf(a)))
			if n++; a.Note != "" {
				fmt.Fprintf(out, `,{"from_name":"note","type":"textarea",%s[%s]}}`, where, quote(a.Note))
			}
		}
		for _, a := range g.list {
			for _, r := range a.Relations {
				if slices.ContainsFunc(g.list, func(b annotation.Annotation) bool { return b.ID == r.To }) {
					fmt.Fprintf(out, `,{"type":"relation","from_id":%s,"to_id":%s,"direction":"right","labels":[%s]}`, quote(a.ID), quote(r.To), quote(string(r.Kind)))
				}
			}
		}
		out.WriteString("]}]}")
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if before == "[\n" {
		end = "[]\n"
	}
	_, err = io.WriteString(w, end)
	return err
}

func typeOf(a annotation.Annotation) string { return cmp.Or(a.Type, "note") }

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// tasks calls each for every article that has annotations with a place.
func tasks(w io.Writer, set annotation.Set, each func(out *bufio.Writer, n int, g group)) error {
	out := bufio.NewWriter(w)
	n := 0
	for _, g := range groups(set) {
		g.list = slices.DeleteFunc(g.list, func(a annotation.Annotation) bool { return a.Span.Empty() })
		if len(g.list) == 0 {
			continue
		}
		if g.source.Text == "" {
			return fmt.Errorf("export %q: %w", g.source.Title, ErrNoText)
		}
		each(out, n, g)
		n++
	}
	return out.Flush()
}

func quote(s string) string { return string(tree.Quote(nil, s)) }
