package claims

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// The rules are data: rules.txt says how they are written.
//
//go:embed rules.txt
var rulesText string

// class is a kind of thing recognised by its shape or by a list, which a
// pattern can ask for where it does not care which one it is.
type class uint8

const (
	classNone    class = iota
	classNumber        // any amount that is no date, money and shares included
	classMoney         // an amount of money
	classPercent       // a share: %, 百分之, 成, 个百分点
	classPeople        // so many people: 1500人, 三百名员工
	classModel         // a product's or model's name with a version: GPT-4, Claude 3
	className          // anything in Latin letters that is written like a name
	classOrg           // an organisation
	classPerson        // a person, by name, office or calling
	classDate          // a day, month or year
	classTitle         // 《…》
	classWho           // somebody who can act: org, person or name
	classFigure        // an amount that is neither money nor people
	classes
)

var classNames = map[string]class{
	"NUMBER": classNumber, "MONEY": classMoney, "PERCENT": classPercent, "PEOPLE": classPeople,
	"MODEL": classModel, "NAME": className, "ORG": classOrg, "PERSON": classPerson,
	"FIGURE": classFigure, "DATE": classDate, "TITLE": classTitle, "WHO": classWho,
}

// has reports whether something of class c counts as the class asked for.
func (c class) has(asked class) bool {
	switch {
	case c == asked:
		return true
	case asked == classNumber:
		return c == classMoney || c == classPercent || c == classPeople
	case asked == classFigure:
		return c == classNumber || c == classPercent
	case asked == className:
		return c == classModel
	case asked == classWho:
		return c == classOrg || c == classPerson || c == className || c == classModel
	}
	return false
}

// element is one step of a pattern.
type element struct {
	set      int   // index into ruleset.sets, or -1
	class    class // asked for where set is -1
	gap      int   // runes that may stand before it
	crossing bool  // the gap may cross clauses
	optional bool
}

// condition is what else a rule asks of the clause, or of the sentence.
type condition struct {
	set      int
	class    class
	where    int // inClause, inSentence, directlyBefore, directlyAfter
	unwanted bool
}

const (
	inClause = iota
	inSentence
	directlyBefore
	directlyAfter
)

type rule struct {
	id         string // lawsuit.sue
	typ        string
	weight     float64
	pattern    []element
	conditions []condition
}

// ruleset is rules.txt compiled: every word once, found by its first rune, and
// the sets that it belongs to.
type ruleset struct {
	rules   []rule
	ignores map[string]int // by type: which of the doubts do not apply
	sets    int
	words   []ruleWord        // those with the same first rune stand together
	han     []int32           // by first rune, from firstHan on: where its words begin, and the next one's
	first   map[rune][2]int32 // the same for other runes: begin and end
	named   map[string]int    // the sets of lists by name
	units   map[string]unit
}

type ruleWord struct {
	runes []rune
	sets  []int32
	latin bool // must not continue in more letters on either side
}

type unit struct {
	class class
	name  string // as it is shown: 美元, token
}

// The doubts that a type may say do not apply to it.
const (
	doubtNegation = 1 << iota
	doubtQuestion
	doubtCondition
)

// The lists that the program itself looks for in the text.
const (
	listMask          = "mask"      // longer words in which a trigger means nothing
	listNot           = "negation"  // says that it did not happen
	listDeny          = "denial"    // somebody says that it did not happen
	listQuestion      = "question"  // asks
	listCondition     = "condition" // if
	listGeneric       = "generic"   // tells how such things are done, not that one was
	listFirm          = "firm"      // done, for certain
	listOrg           = "org"
	listOrgTail       = "org-tail"
	listPerson        = "person"
	listSurname       = "surname"
	listBench         = "bench"
	listPlan          = "plan"
	listForecast      = "forecast"
	listRumour        = "rumour"
	listSay           = "say"
	listSource        = "source-end"
	listLead          = "lead"
	listMore          = "more"
	listTime          = "time"
	listCompare       = "compare"
	listTail          = "tail"
	listCompareAmount = "compare-amount"
	listThrough       = "through"
)

var readRules atomic.Pointer[ruleset]

func rules() *ruleset {
	if rs := readRules.Load(); rs != nil {
		return rs
	}
	return prepare(func() {})
}

// prepare reads the rules, with pauses. It holds no lock over them: who needs the
// rules meanwhile reads them too, rather than wait for one who pauses.
func prepare(pause func()) *ruleset {
	rs, err := parseRules("rules.txt", rulesText, pause)
	if err != nil {
		// The tests parse the same bytes: a program that was built has none of this.
		panic(err)
	}
	readRules.CompareAndSwap(nil, rs)
	return readRules.Load()
}

// compiler holds what parsing needs and matching does not.
type compiler struct {
	*ruleset
	lists  map[string][]string
	byText map[string]int32 // word to index
	slab   []rune           // what the words are made of
	setOf  map[string]int   // set by its spelling
	ids    map[string]bool
}

// parseRules compiles rules, and pauses every so often. An error names the file,
// the line and what was expected there.
func parseRules(name, text string, pause func()) (*ruleset, error) {
	c := &compiler{
		ruleset: &ruleset{words: make([]ruleWord, 0, 6144), rules: make([]rule, 0, 256), ignores: map[string]int{}, first: make(map[rune][2]int32, 128), named: map[string]int{}, units: map[string]unit{}},
		lists:   map[string][]string{}, byText: make(map[string]int32, 8192), setOf: make(map[string]int, 2048), slab: make([]rune, 0, len(text)/3), ids: map[string]bool{},
	}
	lines := strings.Split(text, "\n")
	// Lists first, so that a rule may use one that stands further down.
	for i, line := range lines {
		if i%40 == 39 {
			pause()
		}
		head, words, ok := strings.Cut(stripComment(line), "=")
		if f := fields(head); !ok || len(f) != 2 || f[0] != "list" && f[0] != "unit" {
			continue
		} else if f[0] == "list" {
			c.lists[f[1]] = append(c.lists[f[1]], fields(words)...)
		} else {
			cl, known := classNames[f[1]]
			if !known {
				return nil, fmt.Errorf("%s:%d: unknown class %q, expected one such as MONEY", name, i+1, f[1])
			}
			for _, w := range fields(words) {
				w, shown, renamed := strings.Cut(w, ":")
				if !renamed {
					shown = w
				}
				c.units[w] = unit{cl, strings.ReplaceAll(shown, "_", "")}
			}
		}
	}
	pause()
	for i, l := range []string{listMask, listNot, listDeny, listQuestion, listCondition, listGeneric, listFirm, listOrg, listOrgTail,
		listPerson, listSurname, listBench, listPlan, listForecast, listRumour, listSay, listSource, listLead, listMore, listTime, listCompare, listCompareAmount, listTail, listThrough} {
		set, err := c.set("&" + l)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c.named[l] = set
		if i%4 == 3 {
			pause()
		}
	}
	typ := ""
	for i, line := range lines {
		if i%10 == 9 {
			pause()
		}
		line = strings.TrimSpace(stripComment(line))
		fields := fields(line)
		if len(fields) == 0 || (fields[0] == "list" || fields[0] == "unit") && strings.Contains(line, "=") {
			continue
		}
		if fields[0] == "type" && len(fields) >= 2 {
			typ = fields[1]
			for _, doubt := range fields[2:] {
				switch doubt {
				case "ignores":
				case "negation":
					c.ignores[typ] |= doubtNegation
				case "question":
					c.ignores[typ] |= doubtQuestion
				case "condition":
					c.ignores[typ] |= doubtCondition
				default:
					return nil, fmt.Errorf("%s:%d: %q, expected negation, question or condition", name, i+1, doubt)
				}
			}
			continue
		}
		if typ == "" {
			return nil, fmt.Errorf("%s:%d: %q, expected a type before the first rule", name, i+1, line)
		}
		r, err := c.rule(typ, line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
		c.rules = append(c.rules, r)
	}
	pause()
	c.index()
	return c.ruleset, nil
}

// firstHan is the first of the Chinese characters that words are found by
// through a table, at 84 KB for all of them; a map costs three times the time.
const (
	firstHan = 0x4e00
	lastHan  = 0x9fff
)

// index puts the words with the same first rune together and notes where each rune's begin.
func (c *compiler) index() {
	// Each to its place by counting: sorting them takes a quarter of all the reading.
	han := func(w ruleWord) bool { return w.runes[0] >= firstHan && w.runes[0] <= lastHan }
	c.han = make([]int32, lastHan-firstHan+2)
	var others []ruleWord
	for _, w := range c.words {
		if han(w) {
			c.han[w.runes[0]-firstHan+1]++
		} else {
			others = append(others, w)
		}
	}
	for i := range c.han[1:] {
		c.han[i+1] += c.han[i]
	}
	next, placed := slices.Clone(c.han), make([]ruleWord, len(c.words)-len(others), len(c.words))
	for _, w := range c.words {
		if han(w) {
			at := &next[w.runes[0]-firstHan]
			placed[*at] = w
			*at++
		}
	}
	slices.SortFunc(others, func(a, b ruleWord) int { return cmp.Compare(a.runes[0], b.runes[0]) })
	c.words = append(placed, others...)
	for i := len(placed); i < len(c.words); i++ {
		span, ok := c.first[c.words[i].runes[0]]
		if !ok {
			span[0] = int32(i)
		}
		span[1] = int32(i + 1)
		c.first[c.words[i].runes[0]] = span
	}
}

// from is the words that begin with a rune.
func (rs *ruleset) from(r rune) []ruleWord {
	if r >= firstHan && r <= lastHan {
		return rs.words[rs.han[r-firstHan]:rs.han[r-firstHan+1]]
	}
	span := rs.first[r]
	return rs.words[span[0]:span[1]]
}

// fields is strings.Fields for lines without any white space but blanks and
// tabs, which is most of the time that reading the rules takes.
func fields(s string) []string {
	n := 1
	for i := range len(s) {
		if s[i] == ' ' {
			n++
		}
	}
	out := make([]string, 0, n)
	start := -1
	for i := range len(s) {
		if c := s[i]; c == ' ' || c == '\t' || c == '\r' {
			if start >= 0 {
				out = append(out, s[start:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

func stripComment(line string) string {
	if i := strings.IndexByte(line, '#'); i >= 0 {
		line = line[:i]
	}
	return line
}

func (c *compiler) rule(typ, line string) (rule, error) {
	pattern, conditions, _ := strings.Cut(line, "|")
	f := fields(pattern)
	if len(f) < 3 {
		return rule{}, fmt.Errorf("%q, expected a name, a weight and a pattern", line)
	}
	r := rule{id: typ + "." + f[0], typ: typ}
	if c.ids[r.id] {
		return rule{}, fmt.Errorf("the name %s stands twice, expected each once", r.id)
	}
	c.ids[r.id] = true
	weight, err := strconv.Atoi(f[1])
	if err != nil || weight < 1 || weight > 99 {
		return rule{}, fmt.Errorf("weight %q, expected 1 to 99", f[1])
	}
	r.weight = float64(weight) / 100
	gap, crossing := 0, false
	for _, word := range f[2:] {
		if strings.HasPrefix(word, "~") {
			n := strings.TrimLeft(word, "~")
			crossing = len(word)-len(n) == 2
			gap = 12
			if n != "" {
				if gap, err = strconv.Atoi(n); err != nil || gap < 1 || gap > 60 {
					return rule{}, fmt.Errorf("gap %q, expected ~ or ~1 to ~60", word)
				}
			}
			continue
		}
		e := element{gap: gap, crossing: crossing}
		if len(word) > 1 && strings.HasSuffix(word, "?") {
			e.optional, word = true, strings.TrimSuffix(word, "?")
		}
		if e.set, e.class, err = c.what(word); err != nil {
			return rule{}, err
		}
		r.pattern = append(r.pattern, e)
		gap, crossing = 0, false
	}
	if len(r.pattern) == 0 || r.pattern[0].optional || r.pattern[0].gap > 0 || gap > 0 {
		return rule{}, fmt.Errorf("pattern %q, expected it to begin and end with what must stand there", pattern)
	}
	for _, word := range fields(conditions) {
		cond := condition{}
		for _, kind := range []struct {
			mark     string
			where    int
			unwanted bool
		}{{"++", inSentence, false}, {"+", inClause, false}, {"--", inSentence, true}, {"-", inClause, true}, {"!<", directlyBefore, true}, {"!>", directlyAfter, true}} {
			if strings.HasPrefix(word, kind.mark) {
				cond.where, cond.unwanted, word = kind.where, kind.unwanted, word[len(kind.mark):]
				if cond.set, cond.class, err = c.what(word); err != nil {
					return rule{}, err
				}
				word = ""
				break
			}
		}
		if word != "" {
			return rule{}, fmt.Errorf("condition %q, expected + ++ - -- !< or !> before it", word)
		}
		r.conditions = append(r.conditions, cond)
	}
	return r, nil
}

// what reads a class, or words and lists with "/" between them.
func (c *compiler) what(word string) (int, class, error) {
	if cl, ok := classNames[word]; ok {
		return -1, cl, nil
	}
	set, err := c.set(word)
	return set, classNone, err
}

// set is the number of a set of words, made on first sight.
func (c *compiler) set(spelling string) (int, error) {
	if n, ok := c.setOf[spelling]; ok {
		return n, nil
	}
	n := c.sets
	c.setOf[spelling] = n
	c.sets++
	for more := true; more; {
		var word string
		word, spelling, more = strings.Cut(spelling, "/")
		if word == "" {
			return 0, fmt.Errorf("an empty word")
		}
		list, ok := strings.CutPrefix(word, "&")
		if !ok {
			c.word(word, int32(n))
			continue
		}
		words, ok := c.lists[list]
		if !ok {
			return 0, fmt.Errorf("no list is called %q", list)
		}
		for _, w := range words {
			c.word(w, int32(n))
		}
	}
	return n, nil
}

func (c *compiler) word(text string, set int32) {
	i, ok := c.byText[text]
	if !ok {
		i = int32(len(c.words))
		c.byText[text] = i
		start := len(c.slab)
		for _, r := range text {
			if r == '_' {
				r = ' '
			}
			c.slab = append(c.slab, fold(r))
		}
		w := ruleWord{runes: c.slab[start:len(c.slab):len(c.slab)]}
		w.latin = isLetter(w.runes[0])
		c.words = append(c.words, w)
	}
	for _, s := range c.words[i].sets {
		if s == set {
			return
		}
	}
	c.words[i].sets = append(c.words[i].sets, set)
}
