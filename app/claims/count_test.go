package claims

import (
	"math"
	"reflect"
	"testing"

	"pizhu/app/annotation"
	"pizhu/app/article"
)

func claim(id, art, typ string, f annotation.Facets) annotation.Annotation {
	return annotation.Annotation{ID: id, Article: art, Type: typ, Facets: f}
}

var sample = []annotation.Annotation{
	claim("1", "A", Funding, annotation.Facets{Attribution: "Anthropic", Quantity: annotation.Quantity{Value: 4e9, Unit: "美元"}, Verdict: annotation.Confirmed}),
	claim("2", "A", Benchmark, annotation.Facets{Attribution: "ａnthropic ", Quantity: annotation.Quantity{Value: 86.8, Unit: "%", Compared: "GPT-4"}}),
	claim("3", "B", Benchmark, annotation.Facets{Attribution: "Google", Quantity: annotation.Quantity{Value: 1e6, Unit: "tokens"}, Verdict: annotation.Unchecked}),
	claim("4", "B", Release, annotation.Facets{Quantity: annotation.Quantity{Value: 128000, Unit: "個 token"}}),
	claim("5", "B", Price, annotation.Facets{Quantity: annotation.Quantity{Value: 97, Unit: "%"}, Verdict: annotation.Disputed}),
	claim("6", "C", "mine", annotation.Facets{Attribution: "Anthropic", Quantity: annotation.Quantity{Value: 2e7, Unit: "美金"}, Verdict: annotation.False}),
	{ID: "7", Article: "A", Type: Funding, Deleted: true},
	claim("8", "A", "", annotation.Facets{Attribution: "a plain note"}),
	claim("9", "A", Funding, annotation.Facets{Quantity: annotation.Quantity{Value: math.Inf(1), Unit: "美元"}}),
}

func TestByTypeAndVerdict(t *testing.T) {
	got := ByTypeAndVerdict(sample, nil)
	want := Table{
		Rows:    []string{Benchmark, Funding, Release, Price, "mine"},
		Columns: []string{"unchecked", "confirmed", "disputed", "false"},
		Cells: [][][]string{
			{{"2", "3"}, nil, nil, nil},
			{{"9"}, {"1"}, nil, nil},
			{{"4"}, nil, nil, nil},
			{nil, nil, {"5"}, nil},
			{nil, nil, nil, {"6"}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("counted\n%+v, expected\n%+v", got, want)
	}
	if ids := got.Column(0); !reflect.DeepEqual(ids, []string{"2", "3", "9", "4"}) {
		t.Errorf("the unchecked claims are %v, expected 2 3 9 4", ids)
	}
	if ids := got.Row(1); !reflect.DeepEqual(ids, []string{"9", "1"}) {
		t.Errorf("the funding claims are %v, expected 9 1", ids)
	}
	if got.Most() != 2 {
		t.Errorf("the fullest cell is said to hold %d, expected 2", got.Most())
	}
}

func TestTypesAreCountedInTheReadersOrder(t *testing.T) {
	ts, err := TypeSet{}.Move(Price, 0, noon)
	if err != nil {
		t.Fatal(err)
	}
	if got := ByTypeAndVerdict(sample, ts).Rows[0]; got != Price {
		t.Errorf("the first row is %s, expected %s, which the reader moved to the front", got, Price)
	}
}

func TestByAttributionAndType(t *testing.T) {
	got := ByAttributionAndType(sample, nil)
	if want := []string{"Anthropic", "Google", ""}; !reflect.DeepEqual(got.Rows, want) {
		t.Fatalf("the rows are %q, expected %q: the busiest first, nobody last, spellings as one", got.Rows, want)
	}
	if ids := got.Row(0); len(ids) != 3 {
		t.Errorf("Anthropic says %v, expected three claims", ids)
	}
}

func TestByArticleAndType(t *testing.T) {
	got := ByArticleAndType(sample, []string{"C", "B", "A", "unread"}, nil)
	if want := []string{"C", "B", "A"}; !reflect.DeepEqual(got.Rows, want) {
		t.Errorf("the rows are %q, expected %q: as given, without the empty one", got.Rows, want)
	}
}

func TestQuantities(t *testing.T) {
	got := Quantities(sample)
	want := []Scale{
		{Unit: "tokens", Values: []Measured{{"3", Benchmark, 1e6, ""}, {"4", Release, 128000, ""}}},
		{Unit: "美元", Values: []Measured{{"1", Funding, 4e9, ""}, {"6", "mine", 2e7, ""}}, Wide: true},
		{Unit: "%", Type: Benchmark, Values: []Measured{{"2", Benchmark, 86.8, "GPT-4"}}},
		{Unit: "%", Type: Price, Values: []Measured{{"5", Price, 97, ""}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the amounts are\n%+v, expected\n%+v", got, want)
	}
}

func TestTimeline(t *testing.T) {
	got := Timeline(sample, map[string]string{"A": "2024-03-10", "B": "2023-12-06"}, nil)
	want := []Moment{
		{"2023-12-06", []string{Benchmark, Release, Price}, [][]string{{"3"}, {"4"}, {"5"}}},
		{"2024-03-10", []string{Benchmark, Funding}, [][]string{{"2"}, {"1", "9"}}},
		{"", []string{"mine"}, [][]string{{"6"}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the timeline is\n%+v, expected\n%+v", got, want)
	}
}

func TestStrip(t *testing.T) {
	at := func(id string, start, end int) annotation.Annotation {
		return annotation.Annotation{ID: id, Article: "A", Type: Funding, Span: article.Span{Start: start, End: end}}
	}
	got := Strip([]annotation.Annotation{at("late", 150, 250), at("early", 0, 10), at("around", 0, 50), at("lost", -1, -1), at("beyond", 300, 310), {ID: "other", Article: "B", Type: Funding, Span: article.Span{Start: 1, End: 2}}}, "A", 200)
	want := []Mark{{"around", Funding, 0, .25}, {"early", Funding, 0, .05}, {"late", Funding, .75, 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the strip is\n%+v, expected\n%+v", got, want)
	}
}

func TestCountingNothing(t *testing.T) {
	if got := ByTypeAndVerdict(nil, nil); len(got.Rows) != 0 || got.Most() != 0 {
		t.Errorf("no claims are counted as %+v", got)
	}
	if got := ByAttributionAndType(nil, nil); len(got.Rows) != 0 {
		t.Errorf("no claims are attributed as %+v", got)
	}
	if got := Quantities(nil); len(got) != 0 {
		t.Errorf("no claims have the amounts %+v", got)
	}
	if got := Timeline(nil, nil, nil); len(got) != 0 {
		t.Errorf("no claims have the times %+v", got)
	}
	if got := Strip(sample, "A", 0); len(got) != 0 {
		t.Errorf("an article without length has the marks %+v", got)
	}
}
