// Package lexicon is a sorted dictionary that hands out only the entries which
// occur in a given text.
//
// Loaded whole, the dictionaries of a segmenter and a converter cost a browser
// seconds and hundreds of megabytes, and almost none of their entries occur in
// any one article. A [Lexicon] is therefore left as the bytes that arrived: it
// knows where the entries with a given first rune lie, and decodes those with a
// given second rune when a text has that bigram.
//
// # Format
//
// An asset (.lex) is little-endian; "uvarint" is that of encoding/binary,
// "string" a uvarint length and UTF-8 bytes, "rune" the code described below.
//
//	magic "PZLX", version byte 1
//	uint32  length of the whole file in bytes
//	uint64  checksum of all that follows (see Checksum)
//	uvarint number of tags, then the tags, strings (parts of speech)
//	uvarint number of dictionaries, then for each
//	        string name; byte kind; uvarint entries; uvarint length of its section;
//	        for kind conversion: string base
//	        for kind words: uvarint n, then n pairs in ascending order of
//	        frequency: uvarint step in frequency, uvarint sum of the weights of
//	        the entries with just that frequency
//	sections, one a dictionary, in the same order
//
//	section: uvarint n, then n pairs (uvarint step in first rune, uvarint length
//	         of its chunk), then the chunks
//	chunk:   uvarint 2n+s; if s is 1, the value of the one-rune entry; then n
//	         pairs (uvarint step in second rune, uvarint length of its group),
//	         then the groups
//	group:   entries in ascending order to its end, each: uvarint 8·shared+min(7,
//	         added), if added is 7 or more uvarint added-7, then the added runes;
//	         shared counts the runes after the second that it has in common with
//	         the entry before; then its value
//	value:   for kind words: uvarint frequency, uvarint tag
//	         for kind conversion: candidates, each a uvarint 4·x+2·k+m, where m says
//	         that another candidate follows; with k 0, x is a bit set of the runes
//	         that differ from what is expected, and those runes follow; with k 1, x
//	         runes follow, which are the candidate. Expected is, for each rune of the
//	         entry, what the dictionary named base converts it to, if it is one rune;
//	         the rune itself where base has none, or is "". Most phrases are spelled
//	         so: it saves a quarter of what is sent
//	rune:    U+4E00–U+9FFF: two bytes, the offset from U+4E00, high byte first
//	         U+0000–U+007F: one byte, with the high bit set
//	         other BMP: 0x52 and two bytes, high first; beyond: 0x53 and three
//
// Entries are sorted by rune, which is the order of their UTF-8 bytes.
package lexicon

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
	"unicode/utf8"
)

// RareBelow parts the words: those counted fewer times are in a dictionary and an
// asset of their own, "rare", the others in "words". They are more than half of
// all words and 0.76 of 1.38 MB as sent, and splitting with them is worse (F1 on
// PKU .833 with, .876 without), so a page has no reason to fetch them.
const RareBelow = 4

// What Open reports. A caller that fetched the bytes can offer a retry for all
// three; ErrVersion means that program and asset are of different releases.
var (
	ErrFormat    = errors.New("not a lexicon")
	ErrVersion   = errors.New("lexicon of another version")
	ErrTruncated = errors.New("lexicon is truncated")
	ErrCorrupt   = errors.New("lexicon is corrupted")
)

const (
	magic   = "PZLX"
	version = 1
	header  = len(magic) + 1 + 4 + 8

	kindWords      = 1
	kindConversion = 2
)

// Row is one entry of a dictionary.
type Row struct {
	Text   string   // the entry; in a words dictionary with A–Z lower-cased, as gse indexes it
	Values []string // what it converts to, the preferred candidate first; nil in a words dictionary
	Freq   int64    // how often the word was counted, as its source has it; 0 in a conversion dictionary
	Tag    string   // part of speech in the notation of the PKU corpus; "" in a conversion dictionary
}

// Weight is the frequency that gse gives r: 2 for a word of one rune, whatever
// was counted.
func (r Row) Weight() int64 { return Weight(r.Text, r.Freq) }

// Weight is the frequency gse gives a word with a counted frequency (its
// Segmenter.Size): words of one rune are held down to 2.
func Weight(word string, freq int64) int64 {
	if utf8.RuneCountInString(word) < 2 {
		return 2
	}
	return freq
}

// Lexicon is a set of named dictionaries. It holds on to the bytes it was opened
// from, which must not change, and is safe for concurrent use.
type Lexicon struct {
	dicts map[string]*dictionary
	bytes int
}

type dictionary struct {
	name    string
	kind    byte
	entries int
	tags    []string
	// firsts are the first runes in ascending order; the chunk of firsts[i] is
	// data[offs[i]:offs[i+1]].
	firsts []rune
	offs   []uint32
	data   []byte
	freqs  []freqTotal
	base   *dictionary // what most candidates can be told from; nil if none
}

type freqTotal struct{ freq, weight int64 }

// open reads one asset. It looks at the checksum and the table of first runes,
// and decodes no entry.
func open(data []byte) (*Lexicon, error) {
	if len(data) < header {
		if len(data) > 0 && len(data) < len(magic) && string(data) == magic[:len(data)] ||
			len(data) >= len(magic) && string(data[:len(magic)]) == magic {
			return nil, fmt.Errorf("%w: %d bytes", ErrTruncated, len(data))
		}
		return nil, ErrFormat
	}
	if string(data[:len(magic)]) != magic {
		return nil, ErrFormat
	}
	if v := data[len(magic)]; v != version {
		return nil, fmt.Errorf("%w: %d, not %d", ErrVersion, v, version)
	}
	switch size := uint64(binary.LittleEndian.Uint32(data[5:])); {
	case uint64(len(data)) < size:
		return nil, fmt.Errorf("%w: %d of %d bytes", ErrTruncated, len(data), size)
	case uint64(len(data)) > size:
		return nil, fmt.Errorf("%w: %d bytes too many", ErrCorrupt, uint64(len(data))-size)
	}
	body := data[header:]
	if Checksum(body) != binary.LittleEndian.Uint64(data[9:]) {
		return nil, fmt.Errorf("%w: checksum", ErrCorrupt)
	}
	r := &reader{b: body}
	tags := make([]string, r.count(1))
	for i := range tags {
		tags[i] = r.str()
	}
	dicts := make([]*dictionary, r.count(4))
	lengths, bases := make([]int, len(dicts)), make([]string, len(dicts))
	for i := range dicts {
		d := &dictionary{name: r.str(), tags: tags, kind: r.byte()}
		d.entries = r.int()
		lengths[i] = r.int()
		if d.kind == kindWords {
			d.freqs = make([]freqTotal, r.count(2))
			freq := int64(0)
			for j := range d.freqs {
				freq += int64(r.uvarint())
				d.freqs[j] = freqTotal{freq, int64(r.uvarint())}
			}
		} else if d.kind == kindConversion {
			bases[i] = r.str()
		} else {
			r.bad = true
		}
		dicts[i] = d
	}
	lex := &Lexicon{dicts: make(map[string]*dictionary, len(dicts)), bytes: len(data)}
	for i, d := range dicts {
		section := r.take(lengths[i])
		if r.bad {
			break
		}
		if !d.index(section) {
			return nil, fmt.Errorf("%w: index of %s", ErrCorrupt, d.name)
		}
		lex.dicts[d.name] = d
	}
	for i, name := range bases {
		if name == "" || r.bad {
			continue
		}
		// A base has no base, so that what is expected is found in one step.
		d := lex.dicts[name]
		for j := range dicts {
			if dicts[j] == d && (bases[j] != "" || d.kind != kindConversion) {
				d = nil
			}
		}
		if d == nil {
			return nil, fmt.Errorf("%w: base of %s", ErrCorrupt, dicts[i].name)
		}
		dicts[i].base = d
	}
	if r.bad || len(r.b) != 0 {
		return nil, fmt.Errorf("%w: table of contents", ErrCorrupt)
	}
	return lex, nil
}

// index reads the table of first runes, and reports whether it adds up.
func (d *dictionary) index(section []byte) bool {
	r := &reader{b: section}
	n := r.count(2)
	d.firsts = make([]rune, n)
	d.offs = make([]uint32, n+1)
	first, off := rune(-1), uint64(0)
	for i := range d.firsts {
		step := r.uvarint()
		if step == 0 || step > utf8.MaxRune+1 {
			return false
		}
		first += rune(step)
		off += r.uvarint()
		if first > utf8.MaxRune || off > uint64(len(section)) {
			return false
		}
		d.firsts[i] = first
		d.offs[i+1] = uint32(off)
	}
	d.data = r.b
	return !r.bad && off == uint64(len(r.b))
}

// Merge is one Lexicon with the dictionaries of all; where two have one of the
// same name, the later counts. Nil ones are passed over. Nothing is copied.
func Merge(all ...*Lexicon) *Lexicon {
	m := &Lexicon{dicts: map[string]*dictionary{}}
	for _, l := range all {
		if l == nil {
			continue
		}
		for name, d := range l.dicts {
			m.dicts[name] = d
		}
		m.bytes += l.bytes
	}
	return m
}

// Dictionaries are the names of what l holds, sorted.
func (l *Lexicon) Dictionaries() []string {
	names := make([]string, 0, len(l.dicts))
	for name := range l.dicts {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Has reports whether l holds every dictionary named.
func (l *Lexicon) Has(names ...string) bool {
	if l == nil {
		return false
	}
	for _, name := range names {
		if l.dicts[name] == nil {
			return false
		}
	}
	return true
}

// Len is the number of entries of a dictionary; 0 if there is none of that name.
func (l *Lexicon) Len(dict string) int {
	if d := l.dicts[dict]; d != nil {
		return d.entries
	}
	return 0
}

// Total is the sum of the weights (see Weight) of the entries of a words
// dictionary that were counted at least min times: what gse would have as the
// total with MinTokenFreq min, had it loaded the whole dictionary.
func (l *Lexicon) Total(dict string, min int64) int64 {
	d := l.dicts[dict]
	if d == nil {
		return 0
	}
	total := int64(0)
	for i := len(d.freqs) - 1; i >= 0 && d.freqs[i].freq >= min; i-- {
		total += d.freqs[i].weight
	}
	return total
}

// Checksum is FNV-1a, 64 bits, taken over little-endian words of eight bytes
// instead of single bytes, with the last padded by zeros and the length in bytes
// taken in at the end. Over words it costs a browser 2 ms for what CRC-32 takes
// ten times as long; it is there for accidents, the SHA-256 of Verify for the rest.
func Checksum(b []byte) uint64 {
	const prime = 1099511628211
	h, n := uint64(14695981039346656037), uint64(len(b))
	for ; len(b) >= 8; b = b[8:] {
		h = (h ^ binary.LittleEndian.Uint64(b)) * prime
	}
	var last [8]byte
	copy(last[:], b)
	h = (h ^ binary.LittleEndian.Uint64(last[:])) * prime
	return (h ^ n) * prime
}
