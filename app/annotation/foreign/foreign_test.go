package foreign

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/annotation/formats"
	"pizhu/app/annotation/w3ctest"
	"pizhu/app/article"
)

// An emoji before the words tells code points from UTF-16 units.
const text = "😀實驗室公布了新模型。\n它在數學測驗中得到九十分，比對手高出三分。"

var into = Into{Article: "open", Text: text}

// span is where words stand in text.
func span(words string) article.Span {
	n := len([]rune(text[:strings.Index(text, words)]))
	return article.Span{Start: n, End: n + len([]rune(words))}
}

type want struct{ quote, typ, note, creator, article string }

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, file string
		format     Format
		want       []want
		problems   []annotation.Code
	}{
		{"Hypothesis, an answer of its API", `{"total":2,"rows":[
			{"id":"AbC_1-x","created":"2024-03-04T12:00:00.123456+00:00","updated":"2024-03-05T12:00:00+00:00","user":"acct:reader@hypothes.is","uri":"https://example.org/a",
			 "text":"好","tags":["基準","數學"],"document":{"title":["一篇文章"]},
			 "target":[{"source":"https://example.org/a","selector":[{"type":"RangeSelector","startContainer":"/p[1]","startOffset":0,"endContainer":"/p[1]","endOffset":2},
			 {"type":"TextPositionSelector","start":900,"end":904},{"type":"TextQuoteSelector","exact":"九十分","prefix":"它在數學測驗中得到","suffix":"，比對手高出三分。"}]}]},
			{"id":"Def2","user":"acct:b@hypothes.is","user_info":{"display_name":"乙"},"uri":"https://example.org/a","text":"回覆","tags":[],"references":["AbC_1-x"],"target":[{"source":"https://example.org/a"}]}]}`,
			Hypothesis, []want{{"九十分", "基準", "好", "reader", "open"}, {"", "", "回覆", "乙", "https://example.org/a"}}, nil},
		{"Hypothesis, its client's export, of another page", `{"export_date":"2024-03-04T12:00:00.000Z","export_userid":"acct:a@hypothes.is","client_version":"1.2","annotations":[
			{"id":"x1","user":"acct:a@hypothes.is","uri":"https://example.org/b","text":"","tags":["t"],"target":[{"source":"https://example.org/b","selector":[{"type":"TextQuoteSelector","exact":"不在這裡的話","prefix":"a","suffix":"b"}]}]}]}`,
			Hypothesis, []want{{"不在這裡的話", "t", "", "a", "https://example.org/b"}}, nil},
		{"Recogito's own model", `[{"id":"dbfb1861-0ecf-41ad-be94-a584e5c4f1df","bodies":[{"id":"b1","annotation":"dbfb1861-0ecf-41ad-be94-a584e5c4f1df","purpose":"tagging","value":"發布"},{"id":"b2","purpose":"commenting","value":"一"},{"id":"b3","purpose":"replying","value":"二"}],
			"target":{"annotation":"dbfb1861-0ecf-41ad-be94-a584e5c4f1df","selector":[{"quote":"新模型","start":8,"end":11}],"creator":{"id":"u1","name":"讀者"},"created":"2024-03-04T12:00:00.000Z"}}]`,
			Recogito, []want{{"新模型", "發布", "一\n\n二", "讀者", "open"}}, nil},
		{"Recogito's, its quote an object", `[{"id":"x","bodies":[],"target":{"selector":{"quote":{"exact":"新模型","prefix":"公布了","suffix":"。"},"start":8,"end":11}}}]`,
			Recogito, []want{{"新模型", "", "", "", "open"}}, nil},
		{"recogito-js, W3C without a source", `[{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"#dbfb1861-0ecf-41ad-be94-a584e5c4f1df","body":[{"type":"TextualBody","purpose":"tagging","value":"發布"}],
			"target":{"selector":[{"type":"TextQuoteSelector","exact":"新模型"},{"type":"TextPositionSelector","start":8,"end":11}]}}]`,
			W3C, []want{{"新模型", "發布", "", "", "open"}}, []annotation.Code{annotation.BadID}},
		{"doccano, triples", `{"id":1,"text":"😀實驗室公布了新模型。\n它在數學測驗中得到九十分，比對手高出三分。","label":[[7,10,"發布"],[21,24,"分數"]],"Comments":[]}` + "\n" + `{"text":"另一篇文章，談的是價格。","labels":[[9,11,"價格"]]}` + "\n",
			Doccano, []want{{"新模型", "發布", "", "", "open"}, {"九十分", "分數", "", "", "open"}, {"價格", "價格", "", "", ""}}, nil},
		{"doccano, with relations", `{"id":6,"text":"另一篇文章，談的是價格。","Comments":["全文很好"],"entities":[{"id":10,"label":"a","start_offset":0,"end_offset":2},{"id":11,"label":"b","start_offset":9,"end_offset":11}],"relations":[{"id":1,"from_id":10,"to_id":11,"type":"supports"},{"id":2,"from_id":10,"to_id":11,"type":"達到"}]}`,
			Doccano, []want{{"另一", "a", "", "", ""}, {"價格", "b", "", "", ""}}, []annotation.Code{annotation.BadRelation, annotation.BadBody}},
		{"Label Studio, in UTF-16 units", `[{"id":1,"data":{"text":"😀實驗室公布了新模型。\n它在數學測驗中得到九十分，比對手高出三分。"},"annotations":[{"id":9,"created_at":"2024-03-04T12:00:00.123Z","result":[
			{"id":"r1","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":11,"text":"新模型","labels":["發布","其他"]}},
			{"id":"r1","from_name":"note","to_name":"text","type":"textarea","value":{"start":8,"end":11,"text":["好"]}},
			{"id":"r2","from_name":"label","to_name":"text","type":"labels","value":{"start":22,"end":25,"text":"九十分","labels":["分數"]}},
			{"type":"relation","from_id":"r1","to_id":"r2","direction":"right","labels":["supports"]}]},{"was_cancelled":true,"result":[{"id":"z"}]}]}]`,
			LabelStudio, []want{{"新模型", "發布", "好", "", "open"}, {"九十分", "分數", "", "", "open"}}, nil},
		{"Label Studio, JSON-MIN", `[{"id":1,"text":"另一篇文章，談的是價格。","label":[{"start":9,"end":11,"text":"價格","labels":["價"]}]}]`,
			LabelStudio, []want{{"價格", "價", "", "", ""}}, nil},
		{"Label Studio, JSON Lines, a quote that is not there", `{"data":{"內容":"另一篇文章，談的是價格。"},"annotations":[{"result":[{"id":"r1","type":"labels","value":{"start":0,"end":2,"text":"沒有的話","labels":["x"]}}]}]}`,
			LabelStudio, []want{{"沒有的話", "x", "", "", ""}}, []annotation.Code{annotation.BadSpan}},
		{"doccano, what cannot be used beside what can", `{"text":"另一篇文章。","label":[[2,1,"a"],[0,2,"b"],[90,95,"c"],["x",2,"d"],"e",[-1,2,"f"]]}` + "\n{bad\n\n" + `{"text":"","label":[]}`,
			Doccano, []want{{"另一", "b", "", "", ""}}, []annotation.Code{annotation.NotJSON, annotation.BadSpan, annotation.BadSpan, annotation.BadSpan, annotation.BadSpan, annotation.BadSpan, annotation.NoText}},
		{"Hypothesis, what cannot be used", `{"total":3,"rows":[{"id":"<script>","uri":"https://example.org/","target":[]},{"id":"a","uri":"no","target":[]},7]}`,
			Hypothesis, nil, []annotation.Code{annotation.BadID, annotation.BadTarget, annotation.NotAnnotation}},
	} {
		set, format, problems, err := Decode(strings.NewReader(c.file), into)
		if err != nil || format != c.format {
			t.Errorf("%s: want it read as %s, got %s, %v", c.name, c.format, format, err)
			continue
		}
		var codes []annotation.Code
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		if !slices.Equal(codes, c.problems) {
			t.Errorf("%s: want the problems %v, got %v", c.name, c.problems, problems)
		}
		var got []want
		for _, a := range set.Annotations {
			got = append(got, want{a.Quote.Exact, a.Type, a.Note, a.Creator, a.Article})
		}
		for i := range c.want {
			if c.want[i].article == "" {
				c.want[i].article = article.New("另一篇文章，談的是價格。", nil).ID
				if strings.Contains(c.file, `"另一篇文章。"`) {
					c.want[i].article = article.New("另一篇文章。", nil).ID
				}
			}
		}
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: want %+v, got %+v", c.name, w, got)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: want %d annotations, got %+v", c.name, len(c.want), got)
		}
		for _, a := range set.Annotations {
			if a.Article == "open" && format != W3C {
				if sel := annotation.Describe(text, a.Span); sel.Exact != a.Quote.Exact || a.Span != span(a.Quote.Exact) {
					t.Errorf("%s: want %q in its place, got %v", c.name, a.Quote.Exact, a.Span)
				}
			}
		}
		// It comes in twice as the same, and goes out by the rules.
		again, _, _, _ := Decode(strings.NewReader(c.file), into)
		if !reflect.DeepEqual(again, set) {
			t.Errorf("%s: want the same the second time", c.name)
		}
		var buf bytes.Buffer
		annotation.Encode(&buf, set)
		if broken := w3ctest.Check(buf.Bytes()); len(broken) > 0 {
			t.Errorf("%s: want every rule kept on the way out, got %v", c.name, broken)
		}
	}
}

func TestRelationsComeAlong(t *testing.T) {
	file := `{"text":"另一篇文章，談的是價格。","entities":[{"id":10,"label":"a","start_offset":0,"end_offset":2},{"id":11,"label":"b","start_offset":9,"end_offset":11}],"relations":[{"from_id":10,"to_id":11,"type":"Contradicts"}]}`
	set, _, _, err := Decode(strings.NewReader(file), Into{})
	if err != nil || len(set.Annotations) != 2 || len(set.Articles) != 1 {
		t.Fatalf("want two annotations of one article, got %+v, %v", set, err)
	}
	for _, a := range set.Annotations {
		for _, b := range set.Annotations {
			if a.Type == "a" && b.Type == "b" && !slices.Equal(a.Relations, []annotation.Relation{{Kind: annotation.Contradicts, To: b.ID}}) {
				t.Errorf("want a to contradict b, got %+v", a.Relations)
			}
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, file string
		code       annotation.Code
	}{
		{"nothing", "", annotation.NotJSON},
		{"prose", strings.Repeat("這是一篇文章。\n", 1000), annotation.NotJSON},
		{"another JSON", `{"a":1}`, annotation.NotAnnotation},
		{"an empty array", `[]`, annotation.NotAnnotation},
		{"a number", `7`, annotation.NotAnnotation},
		{"too deep", strings.Repeat("[", 100_000), annotation.TooDeep},
	} {
		_, _, _, err := Decode(strings.NewReader(c.file), into)
		var p annotation.Problem
		if !errors.As(err, &p) || p.Code != c.code {
			t.Errorf("%s: want %s, got %v", c.name, c.code, err)
		}
	}
}

// What is written for doccano and Label Studio comes back from them.
func TestDecodePauses(t *testing.T) {
	item := `{"id":"urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df","bodies":[],"target":{"selector":{"quote":{"exact":"新模型"},"start":8,"end":11}}}`
	line := `{"text":"另一篇文章，談的是價格。","label":[[9,11,"價格"]]}`
	for _, c := range []struct{ name, file string }{
		{"an array", "[" + strings.Repeat(item+",", 2000) + item + "]"},
		{"JSON Lines", strings.Repeat(line+"\n", 4000)},
	} {
		n := 0
		count := Into{Article: "open", Text: text, Pause: func(done float64) error {
			if done < 0 || done > 1 {
				t.Errorf("%s: want a share that is done, got %v", c.name, done)
			}
			n++
			return nil
		}}
		if _, _, _, err := Decode(strings.NewReader(c.file), count); err != nil || n < 60 {
			t.Errorf("%s: want pauses while it is read, got %d, error %v", c.name, n, err)
		}
		all, enough := n, errors.New("enough")
		for _, at := range []int{1, 2, all / 2, all} { // within the parsing, and within the items
			n = 0
			set, _, _, err := Decode(strings.NewReader(c.file), Into{Pause: func(float64) error {
				if n++; n >= at {
					return enough
				}
				return nil
			}})
			if err != enough || n != at || len(set.Annotations) > 0 {
				t.Errorf("%s, stopped at pause %d of %d: want nothing read, got %d annotations after %d pauses, error %v", c.name, at, all, len(set.Annotations), n, err)
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	id := article.New(text, nil).ID
	var set annotation.Set
	set.Articles = []annotation.Source{{ID: id, Title: "一篇", Text: text}}
	for _, w := range []struct{ words, typ, note string }{{"新模型", "發布", "一"}, {"九十分", "分數", ""}, {"三分", "分數", "二\n三"}} {
		a := annotation.Annotation{ID: annotation.NamedID(w.words), Article: id, Type: w.typ, Note: w.note, Span: span(w.words)}
		a.Quote.Exact = w.words
		set.Annotations = append(set.Annotations, a)
	}
	for _, related := range []bool{false, true} {
		if related {
			set.Annotations[0].Relations = []annotation.Relation{{Kind: annotation.Supports, To: set.Annotations[1].ID}}
		}
		for _, c := range []struct {
			format Format
			write  func(*bytes.Buffer) error
			notes  bool
		}{
			{Doccano, func(b *bytes.Buffer) error { return formats.Doccano(b, set) }, false},
			{LabelStudio, func(b *bytes.Buffer) error { return formats.LabelStudio(b, set) }, true},
		} {
			var buf bytes.Buffer
			if err := c.write(&buf); err != nil {
				t.Fatal(err)
			}
			got, format, problems, err := Decode(bytes.NewReader(buf.Bytes()), Into{})
			if err != nil || format != c.format || len(problems) > 0 || len(got.Annotations) != 3 {
				t.Errorf("%s: want it back, got %s, %v, %v, %+v from %s", c.format, format, problems, err, got.Annotations, buf.String())
				continue
			}
			relations := 0
			for _, a := range got.Annotations {
				i := slices.IndexFunc(set.Annotations, func(b annotation.Annotation) bool { return b.Span == a.Span })
				if i < 0 || a.Article != id || a.Type != set.Annotations[i].Type || a.Quote.Exact != set.Annotations[i].Quote.Exact {
					t.Errorf("%s: want it in its place with its type, got %+v", c.format, a)
				} else if c.notes && a.Note != set.Annotations[i].Note {
					t.Errorf("%s: want the note %q, got %q", c.format, set.Annotations[i].Note, a.Note)
				}
				relations += len(a.Relations)
			}
			if related != (relations == 1) {
				t.Errorf("%s: want the relation to come along (%v), got %d", c.format, related, relations)
			}
		}
	}
}

// FuzzDecode: no file makes it panic, and what it takes goes out by the rules.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"total":1,"rows":[{"id":"a","uri":"https://example.org/","target":[{"selector":[{"type":"TextQuoteSelector","exact":"九十分"}]}]}]}`))
	f.Add([]byte(`[{"id":"x","bodies":[{"value":"a"}],"target":{"selector":[{"quote":"新模型","start":8,"end":11}]}}]`))
	f.Add([]byte(`{"text":"另一篇文章","entities":[{"id":1,"label":"a","start_offset":0,"end_offset":2}],"relations":[{"from_id":1,"to_id":1,"type":"supports"}]}`))
	f.Add([]byte(`[{"data":{"text":"另一篇文章"},"annotations":[{"result":[{"id":"r","type":"labels","value":{"start":0,"end":2,"text":"另一","labels":["a"]}}]}]}]`))
	f.Add([]byte("{\"text\":\"a\r\nb\",\"label\":[[0,1,\"\"]]}\n{\"text\":\"c\"}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, format, _, err := Decode(bytes.NewReader(data), into)
		if err != nil || format == W3C {
			return // the codec has a target of its own
		}
		var buf bytes.Buffer
		annotation.Encode(&buf, set)
		if broken := w3ctest.Check(buf.Bytes()); len(broken) > 0 {
			t.Fatalf("want every rule kept on the way out, got %v\n%.800s", broken, buf.String())
		}
		if _, problems, err := annotation.Decode(bytes.NewReader(buf.Bytes())); err != nil || len(problems) > 0 {
			t.Fatalf("want it read again without a problem, got %v, %v\n%.800s", problems, err, buf.String())
		}
	})
}
