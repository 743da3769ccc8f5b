// Package words finds word boundaries in Simplified Chinese text.
//
// The boundaries are those of gse's shortest path over the entries of a
// [lexicon.Lexicon] that occur in the text: the dictionary is never loaded whole,
// and the frequencies of what is left out are made up by one filler entry, so
// that every probability is the same (see [NewExact], which splits exactly as gse
// with its whole dictionary). On top of that, a [Segmenter] leaves out rare
// entries, knows the names and terms of names.txt and those of the reader, and
// keeps together what readers see as one: see [Segmenter.Words].
//
// All positions are runes of the text given. The text is the Simplified view of an
// article; mapping back to the source is the view's work.
package words

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"pizhu/app/article"
	"pizhu/app/lexicon"
)

const (
	// common and rare are the dictionaries of the lexicon. New leaves the rare words
	// out, which are glued phrases for the most part: with them gse scores F1 .833
	// on news from PKU, without them .876.
	common = "words"
	rare   = "rare"

	// defaultTotal stands in for the lexicon's total when there is no lexicon, so
	// that the names keep their weight against unknown characters.
	defaultTotal = 33_000_000

	// filler carries the frequencies left out. Two private-use runes, so that no
	// text of a reader has them next to each other but on purpose.
	filler = "\U000F6A31\U000F6A32"
)

// Segmenter finds words in the text it was made for, or in parts of it. Other
// text is split too, but words that do not occur in the first are not known,
// unless it learns them. It is not safe for concurrent use.
type Segmenter struct {
	gse   gse.Segmenter
	exact bool

	user  []Entry
	scans []*lexicon.Scan // of the dictionaries, what they have not handed out yet; nil when done learning
	has   *runeSet        // of all text learned
	named map[string]struct{}
	times int // that something was learned
}

// New makes a Segmenter for a Simplified text: an article, all blocks joined by
// line feeds, or one block. A nil lexicon leaves the names and terms alone.
// The cost is that of the text: measured for 2,700 runes, 4 ms and 0.4 MB kept; in
// WebAssembly 10 ms, 60 before its code is warm.
func New(lex *lexicon.Lexicon, simplified string) *Segmenter {
	return NewWith(lex, simplified, nil)
}

// NewWith is New with words of the reader, which go before names.txt and the
// dictionary.
func NewWith(lex *lexicon.Lexicon, simplified string, user []Entry) *Segmenter {
	s := NewLearner(lex, user)
	s.Learn(simplified)
	s.scans, s.has, s.named = nil, nil, nil
	return s
}

// NewLearner makes a Segmenter that knows no text yet: Learn tells it what there is.
// For an article that is split block by block it costs a tenth of one Segmenter a
// block: for 1 MB of 6,400 blocks 0.1 s in place of 1.8. It keeps more of the
// dictionary in memory than one that is done, 1.4 MB for an article where that has 0.4.
func NewLearner(lex *lexicon.Lexicon, user []Entry) *Segmenter {
	s := &Segmenter{user: user, has: new(runeSet), named: map[string]struct{}{}}
	s.open(lex, common)
	return s
}

// NewExact makes a Segmenter whose Words are the pieces of gse's Segment with the
// whole Simplified dictionary (NewEmbed("zh_s")) over the same string, and nothing
// more. It is what New is measured against. The lexicon must hold "words" and
// "rare", of which a page fetches only the first.
func NewExact(lex *lexicon.Lexicon, simplified string) *Segmenter {
	s := &Segmenter{exact: true}
	s.open(lex, common, rare)
	s.learn(simplified)
	return s
}

// open begins with nothing but a filler that has all the frequencies of dicts.
func (s *Segmenter) open(lex *lexicon.Lexicon, dicts ...string) {
	// AddToken and CalcToken do what LoadDictStr does, without its parser and
	// without what that links: the tables of gse's HMM, 150 KB of the program
	// after Brotli.
	s.gse.Dict = gse.NewDict()
	total := int64(0)
	if lex != nil {
		for _, dict := range dicts {
			total += lex.Total(dict, 0)
			if scan := lex.Scan(dict); scan != nil {
				s.scans = append(s.scans, scan)
			}
		}
	}
	if total == 0 {
		total = defaultTotal
	}
	s.add(filler, total, "")
}

// Learn makes the words of a text known, for a Segmenter from NewLearner. What is
// split later comes out as if it had been made for all text learned. Learn much at
// once: each time costs some microseconds for every word known so far.
func (s *Segmenter) Learn(simplified string) {
	if s.named != nil {
		s.learn(foldWidth(simplified))
	}
}

// learn adds the rows that occur in text and the words listed, and takes their
// frequencies off the filler's.
func (s *Segmenter) learn(text string) {
	runes := []rune(text)
	before := s.gse.Dict.NumTokens()
	listed := s.listed(runes)
	sum := int64(0)
	for _, scan := range s.scans {
		rows := scan.Next(runes)
		var glued map[string]bool
		if !s.exact {
			glued = s.gluedNames(rows)
		}
		for _, row := range rows {
			if glued[row.Text] {
				continue
			}
			e, ok := listed[row.Text]
			if ok {
				delete(listed, row.Text)
			}
			sum += s.addRow(row, e, ok)
		}
	}
	// In order, so that the same text gives the same path whenever two are equal.
	for _, word := range slices.Sorted(maps.Keys(listed)) {
		e := listed[word]
		row, ok := lexicon.Row{}, false
		for _, scan := range s.scans {
			if row, ok = scan.Row([]rune(word)); ok {
				break
			}
		}
		if ok {
			sum += s.addRow(row, e, true)
		} else {
			sum += s.add(word, e.Freq, e.Tag)
		}
	}
	if s.gse.Dict.NumTokens() == before {
		return
	}
	// gse cannot change the frequency of what it has, but it sums whatever it gets:
	// a filler of less than nothing keeps the sum. No path has it, as its two runes
	// do not stand next to each other.
	s.times++
	s.add(filler+string(rune(0xF6A33+s.times)), -sum, "")
	s.gse.CalcToken()
}

// addRow gives gse a row, which is also listed as e if that is so: what the
// dictionary has counted more often keeps its frequency, as the list is there for
// what was counted too rarely or not at all.
func (s *Segmenter) addRow(row lexicon.Row, e Entry, listed bool) int64 {
	weight := s.weight(row)
	if listed {
		weight = max(weight, e.Freq)
		if e.Tag != "" {
			row.Tag = e.Tag
		}
	}
	return s.add(row.Text, weight, row.Tag)
}

// listed are the words of the reader and of names.txt that can occur in the text
// learned, this included, and were not given out before: by their lower-cased form,
// each with the frequency it has at least.
func (s *Segmenter) listed(text []rune) map[string]Entry {
	found := make(map[string]Entry)
	if s.named == nil {
		return found
	}
	if s.has.add(text) == 0 && s.times > 0 {
		return found
	}
	take := func(e Entry, otherwise int64) {
		key := strings.Map(lower, e.Word)
		if _, ok := s.named[key]; !ok {
			s.named[key] = struct{}{}
			e.Freq = e.freq(otherwise)
			found[key] = e
		}
	}
	for _, e := range s.user {
		if s.has.all(e.Word) {
			take(e, userFreq)
		}
	}
	eachName(s.has, func(e Entry) { take(e, nameFreq) })
	return found
}

// gluedNames are personal names of the dictionary that are a preposition and a far
// more frequent word wherever they occur in news: 于微软, 和平安, 在世界.
func (s *Segmenter) gluedNames(rows []lexicon.Row) map[string]bool {
	var tails map[string]lexicon.Row
	for _, row := range rows {
		if !strings.HasPrefix(row.Tag, "nr") || row.Freq > 100 {
			continue
		}
		if r, size := utf8.DecodeRuneInString(row.Text); preposition(r) && utf8.RuneCountInString(row.Text) > 2 {
			if tails == nil {
				tails = make(map[string]lexicon.Row)
			}
			tails[row.Text[size:]] = row
		}
	}
	if tails == nil {
		return nil
	}
	glued := make(map[string]bool)
	for _, row := range rows {
		if name, ok := tails[row.Text]; ok && row.Freq >= 50*name.Freq {
			glued[name.Text] = true
		}
	}
	for tail, name := range tails { // of what was learned before
		if freq, _, ok := s.gse.Dict.Find([]byte(tail)); ok && freq >= float64(50*name.Freq) {
			glued[name.Text] = true
		}
	}
	return glued
}

func preposition(r rune) bool {
	switch r {
	case '于', '和', '与', '同', '从', '向', '对', '在', '以', '为', '由', '及', '自':
		return true
	}
	return false
}

// weight is the frequency a row is given. gse holds all words of one rune down to
// 2, the same for 的 as for 罔, so it prefers rare glued words to two common runes;
// their root keeps 的 likelier than 罔. Over all that gained F1 .002 on two treebanks
// that are not of SIGHAN (UD GSD, PUD); the frequency itself gained as much on one
// of them and less on the other.
func (s *Segmenter) weight(row lexicon.Row) int64 {
	w := row.Weight()
	if !s.exact && utf8.RuneCountInString(row.Text) == 1 {
		w += int64(math.Sqrt(float64(row.Freq)))
	}
	return w
}

// add gives gse a word and returns the weight it took; 0 if gse has it already
// (the first one stays).
func (s *Segmenter) add(word string, weight int64, tag string) int64 {
	n := s.gse.Dict.NumTokens()
	// The error says that the trie refuses the key, an empty one or one with a
	// zero byte; such a word is then split like any unknown text.
	if err := s.gse.AddToken(word, float64(weight), tag); err != nil || s.gse.Dict.NumTokens() == n {
		return 0
	}
	return weight
}

// Pieces are the spans of gse's shortest path: in order, without gaps, covering
// the text, white space and punctuation rune by rune.
func (s *Segmenter) Pieces(simplified string) []article.Span {
	if s.exact {
		var spans []article.Span
		for _, p := range s.append(nil, []byte(simplified), 0) {
			spans = append(spans, p.Span)
		}
		return spans
	}
	pieces := s.pieces([]rune(foldWidth(simplified)), nil)
	spans := make([]article.Span, len(pieces))
	for i, p := range pieces {
		spans[i] = p.Span
	}
	return spans
}

// append adds the pieces of text, which begins at rune start.
func (s *Segmenter) append(out []piece, text []byte, start int) []piece {
	for _, seg := range s.gse.Segment(text) {
		end := start + utf8.RuneCount(text[seg.Start():seg.End()])
		out = append(out, piece{article.Span{Start: start, End: end}, plain})
		start = end
	}
	return out
}

const (
	// window is how many runes gse is given at once where a text has no line
	// feed. Its path lengths are 32-bit floats summed from the start: after a
	// hundred thousand runes they are too coarse to tell two splits apart.
	window = 4096
	// overlap is how much of a window's end is split again with the next, since
	// its last words lack what follows them.
	overlap = 64
)

// pieces splits line by line and, within a very long line, by windows; the spans
// of fixed, in order, stand as they are.
func (s *Segmenter) pieces(runes []rune, fixed []piece) []piece {
	out := make([]piece, 0, len(runes)*5/8+8)
	buf := make([]byte, 0, 4*min(len(runes), window))
	for start := 0; start < len(runes); {
		stop := len(runes)
		if len(fixed) > 0 {
			if stop = fixed[0].Start; stop <= start {
				out = append(out, fixed[0])
				start, fixed = fixed[0].End, fixed[1:]
				continue
			}
		}
		end := start
		for end < min(stop, start+window) {
			if end++; runes[end-1] == '\n' {
				break
			}
		}
		for end < stop && alnum(runes[end-1]) && alnum(runes[end]) {
			end++ // a run of letters and digits is one piece, however long
		}
		cut := end < stop && runes[end-1] != '\n'
		buf = buf[:0]
		for _, r := range runes[start:end] {
			buf = utf8.AppendRune(buf, r)
		}
		out = s.append(out, buf, start)
		if cut {
			for n := len(out) - 1; out[n].Start >= end-overlap && out[n].Start > start; n-- {
				out = out[:n]
			}
		}
		start = out[len(out)-1].End
	}
	return out
}

// foldWidth makes full-width letters and digits half-width, rune for rune, since
// gse knows only the latter. Ill-formed UTF-8 comes out as one U+FFFD a byte.
func foldWidth(text string) string {
	plain := true
	for _, r := range text {
		if wide(r) || r == utf8.RuneError {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	out := make([]byte, 0, len(text))
	for _, r := range text {
		if wide(r) {
			r -= '０' - '0'
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

func wide(r rune) bool {
	return '０' <= r && r <= '９' || 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ'
}

// runeSet is the set of runes of a text, A–Z as a–z: a filter that lets names
// through after one pass over the text, whatever their number.
type runeSet struct {
	pages [256]*[4]uint64 // bits of the BMP
	other map[rune]struct{}
}

func runesOf(text string) *runeSet {
	s := new(runeSet)
	s.add([]rune(text))
	return s
}

// add puts in the runes of text and gives the number of those that are new.
func (s *runeSet) add(text []rune) (added int) {
	for _, r := range text {
		r = lower(r)
		if r > 0xffff {
			if s.other == nil {
				s.other = make(map[rune]struct{})
			}
			if _, ok := s.other[r]; !ok {
				s.other[r] = struct{}{}
				added++
			}
			continue
		}
		page := s.pages[r>>8]
		if page == nil {
			page = new([4]uint64)
			s.pages[r>>8] = page
		}
		if bit := uint64(1) << (r & 63); page[r>>6&3]&bit == 0 {
			page[r>>6&3] |= bit
			added++
		}
	}
	return added
}

func (s *runeSet) has(r rune) bool {
	r = lower(r)
	if r > 0xffff {
		_, ok := s.other[r]
		return ok
	}
	page := s.pages[r>>8]
	return page != nil && page[r>>6&3]>>(r&63)&1 != 0
}

func (s *runeSet) all(word string) bool {
	for _, r := range word {
		if !s.has(r) {
			return false
		}
	}
	return true
}

// lower is how gse folds case: A–Z alone.
func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func isHan(r rune) bool {
	if 0x4e00 <= r && r <= 0x9fff {
		return true
	}
	return r > 0x2e7f && unicode.Is(unicode.Han, r)
}

// Words are the words as a reader sees them: in order, without gaps, covering the
// text. Beyond Pieces, one span is
//
//   - a name in Latin letters with its version and edition: Claude 3, GPT-4 Turbo,
//     Gemini 1.5 Pro, Llama 3 70B, Sam Altman, R&D, Abacus.AI;
//   - a number with its magnitude, unit or sign: 100 万, 12.8 万, 3.5 亿美元, 65%, 7 月;
//   - a date or time: 2024 年 3 月 4 日, 2024-03-04, 10:30;
//   - a number in Chinese numerals: 三百五十, 二〇二四年, 百分之三十, while a counter that
//     the dictionary glues to one is parted from it: 十二 名, 第一 次;
//   - a name of a person: 萨姆·奥尔特曼, 阿尔瓦雷茨, 樊增祥;
//   - a title between 《 and 》, without the marks, of at most 16 runes;
//   - a run of white space (line feeds stand alone), of the same dash or dot.
//
// Combining marks, variation selectors and joined emoji are never parted from what
// they belong to.
//
// Readers come before guidelines here: on two treebanks whose numbers and dates were
// put together as PKU does (1998年, 12月, 12万, 3.5%), all this takes F1 from .767 to
// .808 and from .820 to .867; whole dates, units and titles left apart, it would be
// .824 and .876.
func (s *Segmenter) Words(simplified string) []article.Span {
	if s.exact {
		return s.Pieces(simplified)
	}
	runes := []rune(foldWidth(simplified))
	return group(runes, s.pieces(runes, numbers(runes)))
}
