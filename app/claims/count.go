package claims

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pizhu/app/annotation"
)

// A Table counts claims by two things at once. Its cells hold the claims'
// identities rather than their number, since every mark in the overview leads
// to the claims that it stands for.
type Table struct {
	Rows, Columns []string
	Cells         [][][]string // by row, then column; nil where there are none
}

// Row is the identities in a row, in the order of the columns.
func (t Table) Row(row int) []string { return slices.Concat(t.Cells[row]...) }

// Column is the identities in a column, in the order of the rows.
func (t Table) Column(column int) []string {
	var ids []string
	for _, row := range t.Cells {
		ids = append(ids, row[column]...)
	}
	return ids
}

// Most is the greatest number of claims in one cell: the end of a scale.
func (t Table) Most() int {
	most := 0
	for _, row := range t.Cells {
		for _, cell := range row {
			most = max(most, len(cell))
		}
	}
	return most
}

// counted reports whether an annotation is a claim to count: not deleted, and
// of some type. Plain notes are not claims.
func counted(a annotation.Annotation) bool { return !a.Deleted && a.Type != "" }

// cross builds a table over the claims. rows and columns give the order of what
// is known; what else turns up follows, sorted. Empty rows and columns are left
// out, except for the columns that are given when keep is set.
func cross(all []annotation.Annotation, row, column func(annotation.Annotation) string, rows, columns []string, keep bool) Table {
	cells := map[[2]string][]string{}
	inRow, inColumn := map[string]bool{}, map[string]bool{}
	for _, a := range all {
		if !counted(a) {
			continue
		}
		k := [2]string{row(a), column(a)}
		cells[k] = append(cells[k], a.ID)
		inRow[k[0]], inColumn[k[1]] = true, true
	}
	t := Table{Rows: inOrder(inRow, rows, false), Columns: inOrder(inColumn, columns, keep)}
	t.Cells = make([][][]string, len(t.Rows))
	for i, r := range t.Rows {
		t.Cells[i] = make([][]string, len(t.Columns))
		for j, c := range t.Columns {
			t.Cells[i][j] = cells[[2]string{r, c}]
		}
	}
	return t
}

func inOrder(present map[string]bool, order []string, keep bool) []string {
	var out, rest []string
	for _, name := range order {
		if (keep || present[name]) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for name := range present {
		if !slices.Contains(out, name) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

// typeOrder is the names of the reader's types in order.
func (ts TypeSet) typeOrder() []string {
	var out []string
	for _, t := range ts.Types() {
		out = append(out, t.Name)
	}
	return out
}

func verdictOf(a annotation.Annotation) string {
	return string(cmp.Or(a.Verdict, annotation.Unchecked))
}

// ByTypeAndVerdict counts claims by type, in the reader's order, and verdict,
// of which all four stand even where they are empty.
func ByTypeAndVerdict(all []annotation.Annotation, ts TypeSet) Table {
	var verdicts []string
	for _, v := range annotation.Verdicts {
		verdicts = append(verdicts, string(v))
	}
	return cross(all, func(a annotation.Annotation) string { return a.Type }, verdictOf, ts.typeOrder(), verdicts, true)
}

// ByArticleAndType counts claims by article, in the order given, and type.
func ByArticleAndType(all []annotation.Annotation, articles []string, ts TypeSet) Table {
	return cross(all, func(a annotation.Annotation) string { return a.Article }, func(a annotation.Annotation) string { return a.Type },
		articles, ts.typeOrder(), false)
}

// ByAttributionAndType counts claims by who says so, the busiest first, and
// type. Spellings that differ in case, width or white space alone are one, under
// the spelling met first. Claims of nobody stand in the last row, named "".
func ByAttributionAndType(all []annotation.Annotation, ts TypeSet) Table {
	spelling, number := map[string]string{}, map[string]int{}
	var order []string
	who := func(a annotation.Annotation) string {
		k := foldName(a.Attribution)
		if _, known := spelling[k]; !known {
			spelling[k] = strings.Join(strings.Fields(a.Attribution), " ")
			order = append(order, k)
		}
		return k
	}
	for _, a := range all {
		if counted(a) {
			number[who(a)]++
		}
	}
	slices.SortStableFunc(order, func(a, b string) int {
		if (a == "") != (b == "") {
			if a == "" {
				return 1
			}
			return -1
		}
		return cmp.Or(number[b]-number[a], strings.Compare(a, b))
	})
	t := cross(all, who, func(a annotation.Annotation) string { return a.Type }, order, ts.typeOrder(), false)
	for i, k := range t.Rows {
		t.Rows[i] = spelling[k]
	}
	return t
}

func foldName(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	for i, c := range r {
		r[i] = fold(c)
	}
	return string(r)
}

// Measured is one claim's amount.
type Measured struct {
	ID       string
	Type     string
	Value    float64
	Compared string
}

// Scale is amounts of one kind, to stand side by side.
type Scale struct {
	Unit   string // as first met: token, 美元
	Type   string // set where the unit alone does not make them comparable: shares, scores, counts
	Values []Measured
	Wide   bool // the greatest is more than 100 times the least: a linear axis would hide the least
}

// alike are units that mean the same: other spellings, and other scripts.
var alike = map[string]string{
	"tokens": "token", "个token": "token", "個token": "token", "词元": "token", "詞元": "token",
	"參數": "参数", "个参数": "参数", "個參數": "参数", "美金": "美元", "usd": "美元", "us$": "美元", "$": "美元", "歐元": "欧元", "eur": "欧元", "€": "欧元",
	"英鎊": "英镑", "£": "英镑", "日圓": "日元", "日圆": "日元", "港幣": "港元", "港币": "港元", "人民幣": "元", "人民币": "元", "rmb": "元", "块": "元", "塊": "元", "元人民币": "元",
	"％": "%", "個百分點": "百分点", "百分點": "百分点", "个百分点": "百分点", "個": "个", "輛": "辆", "臺": "台", "韓元": "韩元", "新臺幣": "新台币", "新台幣": "新台币",
}

// sums are the units whose amounts may be compared whatever the claim is about.
var sums = map[string]bool{"token": true, "参数": true, "美元": true, "欧元": true, "英镑": true, "日元": true, "港元": true, "元": true, "韩元": true, "新台币": true, "人": true, "岗位": true}

// Quantities is the amounts that claims state, those of a kind side by side: by
// unit, and where the unit says little, by type too. The kinds with the most
// amounts come first; within one, the greatest.
func Quantities(all []annotation.Annotation) []Scale {
	var out []Scale
	index := map[[2]string]int{}
	for _, a := range all {
		q := a.Quantity
		if !counted(a) || q == (annotation.Quantity{}) || math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
			continue
		}
		unit := foldName(q.Unit)
		unit = strings.ReplaceAll(unit, " ", "")
		if u, ok := alike[unit]; ok {
			unit = u
		}
		k := [2]string{unit, a.Type}
		if sums[unit] {
			k[1] = ""
		}
		i, ok := index[k]
		if !ok {
			i = len(out)
			index[k] = i
			out = append(out, Scale{Unit: strings.TrimSpace(q.Unit), Type: k[1]})
		}
		out[i].Values = append(out[i].Values, Measured{a.ID, a.Type, q.Value, q.Compared})
	}
	for i := range out {
		v := out[i].Values
		slices.SortStableFunc(v, func(a, b Measured) int { return cmp.Compare(b.Value, a.Value) })
		least := v[len(v)-1].Value
		out[i].Wide = least > 0 && v[0].Value/least > 100
	}
	slices.SortStableFunc(out, func(a, b Scale) int {
		return cmp.Or(cmp.Compare(len(b.Values), len(a.Values)), strings.Compare(a.Unit, b.Unit), strings.Compare(a.Type, b.Type))
	})
	return out
}

// Moment is the claims of the articles of one day.
type Moment struct {
	Date   string // YYYY-MM-DD; "" for the articles without one
	Types  []string
	Claims [][]string // identities, by type
}

// Timeline is the claims by their articles' dates, the earliest first and those
// without a date last. dates gives each article's.
func Timeline(all []annotation.Annotation, dates map[string]string, ts TypeSet) []Moment {
	t := cross(all, func(a annotation.Annotation) string { return dates[a.Article] }, func(a annotation.Annotation) string { return a.Type },
		nil, ts.typeOrder(), false)
	var out, undated []Moment
	for i, date := range t.Rows {
		m := Moment{Date: date}
		for j, typ := range t.Columns {
			if len(t.Cells[i][j]) > 0 {
				m.Types = append(m.Types, typ)
				m.Claims = append(m.Claims, t.Cells[i][j])
			}
		}
		if date == "" {
			undated = append(undated, m)
		} else {
			out = append(out, m)
		}
	}
	return append(out, undated...)
}

// Mark is where a claim stands in its article, as shares of its length from 0 to 1.
type Mark struct {
	ID, Type   string
	Start, End float64
}

// Strip is where the claims of an article stand, in the order of the text; the
// length is the article's, in source runes. Notes on the whole article and claims
// whose place is lost are left out.
func Strip(all []annotation.Annotation, articleID string, length int) []Mark {
	var out []Mark
	for _, a := range all {
		if !counted(a) || a.Article != articleID || a.Span.Empty() || a.Span.Start < 0 || a.Span.Start >= length {
			continue
		}
		n := float64(length)
		out = append(out, Mark{a.ID, a.Type, float64(a.Span.Start) / n, min(float64(a.Span.End)/n, 1)})
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return out
}
