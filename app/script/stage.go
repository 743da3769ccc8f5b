package script

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/liuzl/da"

	"pizhu/app/lexicon"
)

// stage is a group of dictionaries: the first that has an entry decides.
type stage struct {
	dicts []*dict
	// pages and starts say for a rune, in two steps, what begins with it. Most
	// positions of a text are decided here, without a look into a trie.
	pages  [256]*[256]uint16
	beyond map[rune]uint16   // of runes beyond the BMP, which are few
	starts []start           // 0 is of what begins nothing
	better *strings.Replacer // what to rewrite where it departs from OpenCC, else nil
	place  context           // where a rule looks, kept here to be no allocation
}

// maxDicts is the most that a group has.
const maxDicts = 3

// start is what begins with one rune.
type start struct {
	long uint8           // bit set of the dictionaries with entries of several runes
	solo [maxDicts]int32 // the one-rune entry of each dictionary, or -1
}

// dict is a dictionary, or several taken as one, as far as it is loaded.
type dict struct {
	names   []string
	scans   []*lexicon.Scan
	trie    *da.Dict
	entries []entry // by value number of the trie
	own     int     // how many of names, the first ones, are our own
}

type entry struct {
	out     string
	in, len int32 // runes of the entry and of out
	name    uint8 // of names
	same    bool  // out is the entry itself
	across  bool  // applies across the edges of words too
	solo    func(*context) string
	beside  *neighbour
	yields  string // where one of these follows, the entry leaves its last rune to it
}

// yielding are the last runes of OpenCC's entries that belong to what follows: a
// storm (台风) in the month (月台 is a platform), by means of (借由) after 想借.
var yielding = map[string]string{"台": "风", "借": "由此"}

// form is what a rule makes of an entry where it stands, or "".
func (e *entry) form(c *context) string {
	if e.beside != nil {
		return e.beside.form(c)
	}
	return e.solo(c)
}

func newStage(lex *lexicon.Lexicon, group [][]string, better *strings.Replacer) *stage {
	s := &stage{starts: make([]start, 1), better: better}
	for _, names := range group {
		d := &dict{names: names}
		if own := betterGroups[names[0]]; better != nil && own != nil && lex.Has(own...) {
			d.names, d.own = append(append([]string{}, own...), names...), len(own)
		}
		for _, name := range d.names {
			d.scans = append(d.scans, lex.Scan(name))
		}
		s.dicts = append(s.dicts, d)
	}
	return s
}

// learn loads the entries that occur in text and were not loaded yet.
func (s *stage) learn(text []byte) {
	runes := make([]rune, 0, len(text)/2)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		runes = append(runes, r)
		i += size
	}
	for i, d := range s.dicts {
		var rows strings.Builder
		var added map[string]bool
		for n, scan := range d.scans {
			for _, row := range scan.Next(runes) {
				if len(d.scans) > 1 {
					if added[row.Text] {
						continue
					}
					if added == nil {
						added = map[string]bool{}
					}
					added[row.Text] = true
				}
				if s.better != nil && strings.HasPrefix(d.names[n], "ST") {
					for k, v := range row.Values {
						row.Values[k] = s.better.Replace(v)
					}
				}
				s.note(i, row.Text, len(d.entries))
				out := row.Values[0]
				e := entry{
					out: out, in: int32(utf8.RuneCountInString(row.Text)), len: int32(utf8.RuneCountInString(out)),
					name: uint8(n), same: out == row.Text,
				}
				e.across = n < d.own && (e.in > 2 || d.names[n] == "STAcross")
				if s.better != nil && n >= d.own && e.in > 1 && strings.HasPrefix(d.names[n], "ST") {
					_, size := utf8.DecodeLastRuneInString(row.Text)
					e.yields = yielding[row.Text[len(row.Text)-size:]]
				}
				if s.better != nil && (n < d.own || d.names[n] == "STCharacters") {
					if e.solo = solo[row.Text]; e.solo == nil {
						e.beside = neighbourOf(row.Text)
					}
				}
				d.entries = append(d.entries, e)
				if d.trie != nil {
					// The trie grows in place. Insert fails for values below zero alone.
					d.trie.Trie.Insert([]byte(row.Text), len(d.trie.Values))
					d.trie.Values = append(d.trie.Values, row.Values)
					continue
				}
				rows.WriteString(row.Text)
				rows.WriteByte('\t')
				for k, v := range row.Values {
					if k > 0 {
						rows.WriteByte(' ')
					}
					rows.WriteString(v)
				}
				rows.WriteByte('\n')
			}
		}
		if d.trie == nil && rows.Len() > 0 {
			// Build reads from memory, which does not fail, and inserts values from 0 on.
			d.trie, _ = da.Build(strings.NewReader(rows.String()))
		}
	}
}

func (s *stage) note(d int, key string, n int) {
	r, size := utf8.DecodeRuneInString(key)
	at := s.start(r)
	if at == 0 {
		at = uint16(len(s.starts))
		if r > 0xffff {
			if s.beyond == nil {
				s.beyond = map[rune]uint16{}
			}
			s.beyond[r] = at
		} else {
			if s.pages[r>>8] == nil {
				s.pages[r>>8] = new([256]uint16)
			}
			s.pages[r>>8][r&0xff] = at
		}
		s.starts = append(s.starts, start{solo: [maxDicts]int32{-1, -1, -1}})
	}
	if size < len(key) {
		s.starts[at].long |= 1 << d
	} else {
		s.starts[at].solo[d] = int32(n)
	}
}

// start is the place of r in starts.
func (s *stage) start(r rune) uint16 {
	if r > 0xffff {
		return s.beyond[r]
	}
	if page := s.pages[r>>8]; page != nil {
		return page[r&0xff]
	}
	return 0
}

// job is a text on its way through a stage.
type job struct {
	// in
	ids     bool    // pass over ideographic description sequences
	segment bool    // do not write, only mark
	mark    bool    // put where phrases of the first dictionary begin and end into marks
	record  bool    // put what was decided into matches
	limits  []int32 // ascending; places in the text that no match may cross
	edges   edgeSet // words whose inside no match may cross; nil if not known
	better  bool    // see Converter.better

	// out
	out     []byte
	runes   int     // of the text
	pieces  []piece // of the stage
	marks   []int32 // limits, or what was marked, in the runes of out
	matches []match
}

// match is an entry that decided. Offsets are runes of the stage's text and result.
type match struct {
	s0, s1, v0, v1 int32
	dict           *dict
	entry          int32
}

// run converts in.
func (s *stage) run(in []byte, j *job) {
	j.pieces, j.marks = nil, j.marks[:0]
	if len(s.starts) == 1 && !j.mark {
		// Nothing of this stage occurs in the text.
		j.out, j.runes = in, utf8.RuneCount(in)
		j.marks = append(j.marks, j.limits...)
		return
	}
	if !j.segment {
		j.out = make([]byte, 0, len(in)+len(in)/16+16)
	}
	limits := j.limits
	copied := 0    // bytes of in that are in out
	at, to := 0, 0 // runes of in and of out
	for i := 0; i < len(in); {
		r, size := rune(in[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(in[i:])
		}
		for len(limits) > 0 && int(limits[0]) <= at {
			if !j.mark {
				j.marks = append(j.marks, int32(to))
			}
			limits = limits[1:]
		}
		found := &s.starts[s.start(r)]
		if found == &s.starts[0] {
			if 0x2ff0 <= r && r <= 0x2fff && j.ids {
				if length, runes := description(in[i:]); length > 0 {
					i, at, to = i+length, at+runes, to+runes
					continue
				}
			}
			i, at, to = i+size, at+1, to+1
			continue
		}
		room := len(in)
		if len(limits) > 0 {
			room = int(limits[0]) - at
		}
		n, took, which := int32(-1), 0, 0
		for k, d := range s.dicts {
			if found.long>>k&1 == 1 {
				if n, took = d.longest(in, i, at, room, j); n >= 0 {
					which = k
					break
				}
			} else if found.solo[k] >= 0 {
				n, took, which = found.solo[k], size, k
				break
			}
		}
		if n < 0 {
			i, at, to = i+size, at+1, to+1
			continue
		}
		d := s.dicts[which]
		e := &d.entries[n]
		out, width := e.out, int(e.len)
		if e.solo != nil || e.beside != nil {
			// What it says is as long as what it stands for.
			s.place = context{in, i, took, at, j.edges}
			if form := e.form(&s.place); form != "" {
				out, width = form, int(e.in)
			}
		}
		end, stop := at+int(e.in), to+width
		if j.segment {
			stop = to + int(e.in)
		} else {
			if !e.same || len(out) != len(e.out) || out != e.out {
				j.out = append(append(j.out, in[copied:i]...), out...)
				copied = i + took
			}
			if int(e.in) != width {
				j.pieces = append(j.pieces, piece{int32(at), int32(end), int32(to), int32(stop)})
			}
			if j.record {
				j.matches = append(j.matches, match{int32(at), int32(end), int32(to), int32(stop), d, n})
			}
		}
		if j.mark && which == 0 {
			if len(j.marks) == 0 || j.marks[len(j.marks)-1] != int32(to) {
				j.marks = append(j.marks, int32(to))
			}
			j.marks = append(j.marks, int32(stop))
		}
		i, at, to = i+took, end, stop
	}
	if !j.segment {
		j.out = append(j.out, in[copied:]...)
	}
	j.runes = at
}

// longest is the longest entry at byte i and rune at of in, of at most room runes,
// and its length in bytes; -1 if there is none.
func (d *dict) longest(in []byte, i, at, room int, j *job) (entry int32, length int) {
	text := in[i:]
	array := d.trie.Trie.Array
	entry = -1
	node, runes := 0, 0
	for n := 0; n < len(text) && runes < room; {
		size := 1
		if text[n] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(text[n:])
		}
		for _, b := range text[n : n+size] {
			// A zero byte is the label of the trie's own values.
			if b == 0 || array[node].Value >= 0 {
				return entry, length
			}
			next := -(array[node].Value + 1) ^ int(b)
			if array[next].Check != node {
				return entry, length
			}
			node = next
		}
		n += size
		runes++
		value := array[node].Value
		if value < 0 {
			leaf := -(value + 1)
			if array[leaf].Check != node {
				continue
			}
			if value = array[leaf].Value; value < 0 {
				continue
			}
		}
		if j.edges != nil && !d.entries[value].across && j.edges.refuses(at, runes) {
			continue
		}
		if y := d.entries[value].yields; y != "" && n < len(text) {
			if r, _ := utf8.DecodeRune(text[n:]); strings.ContainsRune(y, r) {
				continue
			}
		}
		if j.better && d.entries[value].repeats(in[:i], text[:n], text[n:]) {
			continue
		}
		entry, length = int32(value), n
	}
	return entry, length
}

// description is the length, in bytes and runes, of the ideographic description
// sequence that text begins with, such as ⿰氵青: what describes a character is not
// to be converted. It is 0 for one that is not complete, or goes deeper than 16
// or over 64 runes, where OpenCC stops too.
func description(text []byte) (length, runes int) {
	for open := 1; open > 0; open-- {
		if length == len(text) || runes == 64 {
			return 0, 0
		}
		r, size := utf8.DecodeRune(text[length:])
		length, runes = length+size, runes+1
		switch r {
		case 0x2ff2, 0x2ff3:
			open += 3
		case 0x2ffe, 0x2fff:
			open++
		case 0x2ff0, 0x2ff1, 0x2ff4, 0x2ff5, 0x2ff6, 0x2ff7, 0x2ff8, 0x2ff9, 0x2ffa, 0x2ffb, 0x2ffc, 0x2ffd:
			open += 2
		}
	}
	return length, runes
}

// repeats reports whether an entry that spells a term out would repeat what stands
// around it: 算法 becomes 演算法, but not after 演.
func (e *entry) repeats(before, key, after []byte) bool {
	if e.in == e.len {
		return false
	}
	if rest, ok := strings.CutSuffix(e.out, string(key)); ok && rest != "" && bytes.HasSuffix(before, []byte(rest)) {
		return true
	}
	rest, ok := strings.CutPrefix(e.out, string(key))
	return ok && rest != "" && bytes.HasPrefix(after, []byte(rest))
}
