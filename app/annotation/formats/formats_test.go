package formats

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	markdown "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

const text = "實驗室公布了新模型，得分九十。\n對手不服。"

func sample() annotation.Set {
	at := func(start, end int) (article.Span, annotation.Quote) {
		sel := annotation.Describe(text, article.Span{Start: start, End: end})
		return sel.Span, annotation.Quote{Exact: sel.Exact, Prefix: sel.Prefix, Suffix: sel.Suffix}
	}
	set := annotation.Set{
		Articles: []annotation.Source{{ID: "a", Title: "一篇*文章*", Author: "作者", URL: "https://example.org/a", Date: "2024-03-04", Variant: "zh-Hant", Text: text}},
		Types:    []annotation.Type{{Name: "release", Labels: annotation.Labels{Hant: "產品發布", Hans: "产品发布", En: "Product release"}, Colour: "#112233"}},
	}
	a := annotation.Annotation{ID: "urn:x:1", Article: "a", Type: "release", Note: "第一行\n第二行", Creator: "讀者",
		Facets:  annotation.Facets{Attribution: "實驗室", Certainty: annotation.Fact, Quantity: annotation.Quantity{Value: 90, Unit: "分", Compared: "對手"}, Verdict: annotation.Confirmed, Link: "https://example.org/s"},
		Created: time.UnixMilli(1_709_510_400_000).UTC()}
	a.Span, a.Quote = at(3, 9)
	b := annotation.Annotation{ID: "urn:x:2", Article: "a", Type: "mine"}
	b.Span, b.Quote = at(6, 14)
	gone := annotation.Annotation{ID: "urn:x:3", Article: "a", Deleted: true}
	set.Annotations = []annotation.Annotation{b, a, gone}
	return set
}

func TestCSV(t *testing.T) {
	var buf bytes.Buffer
	if err := CSV(&buf, sample(), Hans); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(buf.String(), "\ufeff") {
		t.Error("want a byte order mark, by which spreadsheets tell UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(buf.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("want a header and two rows, got %d, %v", len(rows), err)
	}
	col := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
	for name, want := range map[string]string{"article": "a", "start": "3", "end": "9", "quote": "公布了新模型", "type": "release", "label": "产品发布",
		"note": "第一行\n第二行", "value": "90", "unit": "分", "verdict": "confirmed", "link": "https://example.org/s", "created": "2024-03-04T00:00:00Z", "modified": "", "id": "urn:x:1"} {
		if got := col(1, name); got != want {
			t.Errorf("%s: want %q, got %q", name, want, got)
		}
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": `"'=1+1"`, "+1+cmd|' /C calc'!A0": `"'+1+cmd|' /C calc'!A0"`, "-2+3": `"'-2+3"`, "@SUM(A1)": `"'@SUM(A1)"`, "＝1": `"'＝1"`,
		"\t=1": "\"'\t=1\"", "-2.5": "-2.5", "一,二": `"一,二"`, `他說"好"`: `"他說""好"""`, "": "", "a=b": "a=b",
	} {
		if got := cell(in); got != want {
			t.Errorf("cell(%q): want %s, got %s", in, want, got)
		}
	}
}

func TestDoccanoAndLabelStudio(t *testing.T) {
	var line struct {
		Text  string
		Label [][]any
	}
	var buf bytes.Buffer
	if err := Doccano(&buf, sample()); err != nil || json.Unmarshal(buf.Bytes(), &line) != nil {
		t.Fatalf("want a line of JSON, got %s, %v", buf.String(), err)
	}
	if line.Text != text || len(line.Label) != 2 || line.Label[0][0] != 3.0 || line.Label[0][1] != 9.0 || line.Label[0][2] != "release" {
		t.Errorf("want the text and its labels by place, got %+v", line)
	}
	var tasks []struct {
		Data        struct{ Text string }
		Annotations []struct {
			Result []struct {
				ID    string
				Type  string
				Value struct {
					Start, End int
					Labels     []string
				}
			}
		}
	}
	buf.Reset()
	if err := LabelStudio(&buf, sample()); err != nil || json.Unmarshal(buf.Bytes(), &tasks) != nil {
		t.Fatalf("want an array of tasks, got %s, %v", buf.String(), err)
	}
	if r := tasks[0].Annotations[0].Result; len(r) != 3 || r[0].Value.Start != 3 || r[1].Type != "textarea" || r[1].ID != r[0].ID {
		t.Errorf("want two regions and a note, got %+v", r)
	}
	buf.Reset()
	if err := LabelStudio(&buf, annotation.Set{}); err != nil || json.Unmarshal(buf.Bytes(), &tasks) != nil || len(tasks) != 0 {
		t.Errorf("want an empty array for an empty set, got %s, %v", buf.String(), err)
	}
	set := sample()
	set.Articles = nil
	if err := Doccano(&buf, set); !errors.Is(err, ErrNoText) {
		t.Errorf("want to be told that the text is missing, got %v", err)
	}
}

func TestMarkdown(t *testing.T) {
	var buf bytes.Buffer
	if err := Markdown(&buf, sample(), Hant); err != nil {
		t.Fatal(err)
	}
	want := `# 一篇\*文章\*

作者 · 2024-03-04 · <https://example.org/a>

> 公布了新模型

**產品發布** · 說法出自: 實驗室 · 把握: 事實 · 數量: 90 分 (對手) · 查證: 屬實 · [佐證](<https://example.org/s>)

第一行
第二行

> 新模型，得分九十

**mine**
`
	if got := buf.String(); got != want {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
}

func TestHTML(t *testing.T) {
	var buf bytes.Buffer
	if err := HTML(&buf, sample(), En); err != nil {
		t.Fatal(err)
	}
	out := buf.String()
	for _, want := range []string{
		`<mark style="--c:#112233">公布了</mark>`, // the two overlap in 新模型, and the shorter has it
		`<mark style="--c:#112233">新模型</mark><sup><a href="#a1">1</a></sup>`,
		`，得分九十</mark><sup><a href="#a2">2</a></sup>。</p>`,
		"<p>對手不服。</p>", `<b>Product release</b>`, "Verdict: confirmed", `<p class="note">第一行` + "\n" + `第二行</p>`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("want %s in\n%s", want, out)
		}
	}
	if broken := alive(out); len(broken) > 0 {
		t.Errorf("want a page at rest, got %v", broken)
	}
}

// payloads are what runs in a page that forgets to escape something.
var payloads = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'><svg onload=alert(1)>`, `javascript:alert(1)`,
	`[x](javascript:alert(1))`, `[x](<javascript:alert(1)>)`, `[x](java&#115;cript:alert(1))`, `[x](javascript&colon;alert(1))`, `[x](JaVaScRiPt:alert(1))`,
	`[x](javascript\:alert(1))`, `[x](data:text/html;base64,PHNjcmlwdD4=)`, `[x](vbscript:msgbox(1))`, `<javascript:alert(1)>`, `![x](javascript:alert(1))`,
	"[x]: javascript:alert(1)\n\n[x]", `<a href="javascript:alert(1)">x</a>`, `<iframe srcdoc="<script>alert(1)</script>">`, `</style><script>alert(1)</script>`,
	`</title><script>alert(1)</script>`, `--></p><script>alert(1)</script>`, `x" onmouseover="alert(1)`, `<math><mi xlink:href="javascript:alert(1)">`,
	"<img\nsrc=x\nonerror=alert(1)>", `<!--<img src="--><img src=x onerror=alert(1)//">`, "#a\n===\n- b\n1. c", "\x00<script>", `</mark></p><form action=javascript:alert(1)>`,
}

// alive is what in a page could run, or reach out, besides a plain link.
func alive(page string) (found []string) {
	allowed := map[string][]string{"html": {"lang"}, "head": nil, "meta": {"charset", "http-equiv", "content", "name"}, "title": nil, "style": nil, "body": nil,
		"article": {"lang"}, "aside": nil, "h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "p": {"class"}, "mark": {"style"}, "sup": nil, "a": {"href", "rel", "title"}, "ol": {"start"}, "ul": nil,
		"li": {"id", "style"}, "blockquote": nil, "b": nil, "strong": nil, "em": nil, "code": {"class"}, "pre": nil, "br": nil, "hr": nil, "img": {"src", "alt", "title"}}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			attrs, ok := allowed[tok.Data]
			if !ok {
				found = append(found, "element "+tok.Data)
			}
			for _, a := range tok.Attr {
				if !slices.Contains(attrs, a.Key) {
					found = append(found, "attribute "+tok.Data+" "+a.Key)
				}
				scheme, _, has := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
				if (a.Key == "href" || a.Key == "src") && has && scheme != "https" && scheme != "http" && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") == "" {
					found = append(found, "address "+a.Val)
				}
				if a.Key == "style" && !strings.HasPrefix(a.Val, "--c:#") {
					found = append(found, "style "+a.Val)
				}
			}
		}
	}
}

// hostile is a set with s in every place that holds text.
func hostile(s string) annotation.Set {
	quote := annotation.Quote{Exact: s, Prefix: s, Suffix: s}
	n := len([]rune(s))
	a := annotation.Annotation{ID: "urn:x:1", Article: s, Type: s, Note: s, Creator: s, Quote: quote, Span: article.Span{Start: 0, End: n},
		Facets: annotation.Facets{Attribution: s, Certainty: annotation.Certainty(s), Verdict: annotation.Verdict(s), Link: s, Quantity: annotation.Quantity{Value: 1, Unit: s, Compared: s}}}
	return annotation.Set{Label: s, Annotations: []annotation.Annotation{a},
		Types:    []annotation.Type{{Name: s, Labels: annotation.Labels{Hant: s, Hans: s, En: s}, Colour: s, Line: s}},
		Articles: []annotation.Source{{ID: s, Title: s, Author: s, Publisher: s, URL: s, Date: s, Variant: s, Text: s + "\n" + s}}}
}

func TestNothingComesAlive(t *testing.T) {
	unsafe := goldmark.New(goldmark.WithRendererOptions(markdown.WithUnsafe()))
	for _, s := range payloads {
		set := hostile(s)
		var buf, page bytes.Buffer
		if err := HTML(&buf, set, Hant); err != nil {
			t.Fatal(err)
		}
		if found := alive(buf.String()); len(found) > 0 {
			t.Errorf("a page with %q: want nothing alive, got %v", s, found)
		}
		buf.Reset()
		if err := Markdown(&buf, set, Hant); err != nil {
			t.Fatal(err)
		}
		// Rendered by what lets everything pass.
		if err := unsafe.Convert(buf.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		if found := alive(page.String()); len(found) > 0 {
			t.Errorf("a note with %q: want nothing alive, got %v in\n%s", s, found, buf.String())
		}
		for _, write := range []func() error{
			func() error { return Doccano(&buf, set) }, func() error { return LabelStudio(&buf, set) }, func() error { return CSV(&buf, set, Hant) },
		} {
			if buf.Reset(); write() != nil {
				t.Errorf("%q: want it written", s)
			}
		}
	}
}

func FuzzNothingComesAlive(f *testing.F) {
	for _, s := range payloads {
		f.Add(s)
	}
	unsafe := goldmark.New(goldmark.WithRendererOptions(markdown.WithUnsafe()))
	f.Fuzz(func(t *testing.T, s string) {
		set := hostile(s)
		var buf, page bytes.Buffer
		HTML(&buf, set, Hant)
		if found := alive(buf.String()); len(found) > 0 {
			t.Fatalf("a page with %q: want nothing alive, got %v", s, found)
		}
		buf.Reset()
		Markdown(&buf, set, Hant)
		unsafe.Convert(buf.Bytes(), &page)
		for _, found := range alive(page.String()) {
			// A link to anything else that runs nothing is the note's own affair.
			to, isAddress := strings.CutPrefix(strings.ToLower(found), "address ")
			if scheme, _, _ := strings.Cut(strings.TrimSpace(to), ":"); !isAddress || scheme == "javascript" || scheme == "vbscript" || scheme == "data" {
				t.Fatalf("a note with %q: want nothing alive, got %v", s, found)
			}
		}
	})
}
