// Package encode writes the assets that package lexicon reads, in the format
// which that package documents.
package encode

import (
	"encoding/binary"
	"fmt"
	"sort"

	"pizhu/app/lexicon"
)

// Dict is one dictionary to be written. A dictionary is one of words or one of
// conversions; which of the two decides what of its rows is kept.
type Dict struct {
	Name  string
	Words bool
	// Base is the dictionary of conversions whose single characters tell most of
	// what this one's entries convert to; it must be among those encoded, and have
	// none itself.
	Base string
	Rows []lexicon.Row
}

// Encode is the asset with the given dictionaries. Rows may come in any order;
// two of the same text in one dictionary are an error, as are empty texts and
// conversions without a candidate.
func Encode(dicts []Dict) ([]byte, error) {
	tags := tagTable(dicts)
	number := make(map[string]int, len(tags))
	body := binary.AppendUvarint(nil, uint64(len(tags)))
	for i, tag := range tags {
		body = appendString(body, tag)
		number[tag] = i
	}
	body = binary.AppendUvarint(body, uint64(len(dicts)))
	var sections []byte
	for _, d := range dicts {
		expected, err := base(d.Base, dicts)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", d.Name, err)
		}
		s, err := section(d, &values{words: d.Words, tags: number, expected: expected})
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", d.Name, err)
		}
		body = appendString(body, d.Name)
		kind := byte(2)
		if d.Words {
			kind = 1
		}
		body = append(body, kind)
		body = binary.AppendUvarint(body, uint64(len(d.Rows)))
		body = binary.AppendUvarint(body, uint64(len(s)))
		if d.Words {
			body = appendTotals(body, d.Rows)
		} else {
			body = appendString(body, d.Base)
		}
		sections = append(sections, s...)
	}
	return Seal(append(body, sections...)), nil
}

// base is what the dictionary named converts single runes to, where that is one.
func base(name string, dicts []Dict) (map[rune]rune, error) {
	if name == "" {
		return nil, nil
	}
	for _, d := range dicts {
		if d.Name != name || d.Words || d.Base != "" {
			continue
		}
		m := map[rune]rune{}
		for _, row := range d.Rows {
			from, to := []rune(row.Text), []rune(row.Values[0])
			if len(from) == 1 && len(to) == 1 {
				m[from[0]] = to[0]
			}
		}
		return m, nil
	}
	return nil, fmt.Errorf("%s cannot be its base", name)
}

// Seal puts the header before a body.
func Seal(body []byte) []byte {
	out := []byte("PZLX\x01")
	out = binary.LittleEndian.AppendUint32(out, uint32(len(body)+len(out)+4+8))
	out = binary.LittleEndian.AppendUint64(out, lexicon.Checksum(body))
	return append(out, body...)
}

// tagTable puts the commonest tags first, where their numbers compress best.
func tagTable(dicts []Dict) []string {
	count := map[string]int{}
	for _, d := range dicts {
		if d.Words {
			for _, row := range d.Rows {
				count[row.Tag]++
			}
		}
	}
	var tags []string
	for tag := range count {
		tags = append(tags, tag)
	}
	sort.Slice(tags, func(i, j int) bool {
		if count[tags[i]] != count[tags[j]] {
			return count[tags[i]] > count[tags[j]]
		}
		return tags[i] < tags[j]
	})
	return tags
}

func appendTotals(b []byte, rows []lexicon.Row) []byte {
	weights := map[int64]int64{}
	for _, row := range rows {
		weights[row.Freq] += row.Weight()
	}
	var freqs []int64
	for f := range weights {
		freqs = append(freqs, f)
	}
	sort.Slice(freqs, func(i, j int) bool { return freqs[i] < freqs[j] })
	b = binary.AppendUvarint(b, uint64(len(freqs)))
	before := int64(0)
	for _, f := range freqs {
		b = binary.AppendUvarint(b, uint64(f-before))
		b = binary.AppendUvarint(b, uint64(weights[f]))
		before = f
	}
	return b
}

type item struct {
	key []rune
	row lexicon.Row
}

func section(d Dict, v *values) ([]byte, error) {
	rows := append([]lexicon.Row(nil), d.Rows...)
	sort.Slice(rows, func(i, j int) bool { return rows[i].Text < rows[j].Text })
	items := make([]item, len(rows))
	for i, row := range rows {
		switch {
		case row.Text == "":
			return nil, fmt.Errorf("an entry is empty")
		case i > 0 && rows[i-1].Text == row.Text:
			return nil, fmt.Errorf("%q is there twice", row.Text)
		case !d.Words && len(row.Values) == 0:
			return nil, fmt.Errorf("%q converts to nothing", row.Text)
		}
		items[i] = item{[]rune(row.Text), row}
	}
	var table, chunks []byte
	n, before := 0, rune(-1)
	for len(items) > 0 {
		first := items[0].key[0]
		end := sort.Search(len(items), func(i int) bool { return items[i].key[0] > first })
		c := chunk(items[:end], v)
		table = binary.AppendUvarint(table, uint64(first-before))
		table = binary.AppendUvarint(table, uint64(len(c)))
		chunks = append(chunks, c...)
		items, before, n = items[end:], first, n+1
	}
	if n > 65000 {
		return nil, fmt.Errorf("entries begin with %d runes, a reader numbers no more than 65000", n)
	}
	return append(append(binary.AppendUvarint(nil, uint64(n)), table...), chunks...), nil
}

func chunk(items []item, v *values) []byte {
	var solo []byte
	hasSolo := 0
	if len(items[0].key) == 1 {
		solo = v.append(nil, items[0])
		items, hasSolo = items[1:], 1
	}
	var table, groups []byte
	n, before := 0, rune(-1)
	for len(items) > 0 {
		second := items[0].key[1]
		end := sort.Search(len(items), func(i int) bool { return items[i].key[1] > second })
		var g []byte
		var tail []rune
		for _, it := range items[:end] {
			next := it.key[2:]
			shared := 0
			for shared < len(tail) && shared < len(next) && tail[shared] == next[shared] {
				shared++
			}
			added := len(next) - shared
			g = binary.AppendUvarint(g, uint64(8*shared+min(7, added)))
			if added >= 7 {
				g = binary.AppendUvarint(g, uint64(added-7))
			}
			for _, r := range next[shared:] {
				g = appendRune(g, r)
			}
			g = v.append(g, it)
			tail = next
		}
		table = binary.AppendUvarint(table, uint64(second-before))
		table = binary.AppendUvarint(table, uint64(len(g)))
		groups = append(groups, g...)
		items, before, n = items[end:], second, n+1
	}
	out := binary.AppendUvarint(nil, uint64(2*n+hasSolo))
	return append(append(append(out, solo...), table...), groups...)
}

// values writes what entries have beside their text.
type values struct {
	words    bool
	tags     map[string]int
	expected map[rune]rune
}

func (v *values) append(b []byte, it item) []byte {
	if v.words {
		b = binary.AppendUvarint(b, uint64(it.row.Freq))
		return binary.AppendUvarint(b, uint64(v.tags[it.row.Tag]))
	}
	for i, text := range it.row.Values {
		more := uint64(1)
		if i == len(it.row.Values)-1 {
			more = 0
		}
		value := []rune(text)
		if len(value) != len(it.key) || len(value) > 60 {
			b = binary.AppendUvarint(b, uint64(len(value))<<2|2|more)
			for _, r := range value {
				b = appendRune(b, r)
			}
			continue
		}
		set := uint64(0)
		for j, r := range value {
			want, ok := v.expected[it.key[j]]
			if !ok {
				want = it.key[j]
			}
			if r != want {
				set |= 1 << j
			}
		}
		b = binary.AppendUvarint(b, set<<2|more)
		for j, r := range value {
			if set>>j&1 == 1 {
				b = appendRune(b, r)
			}
		}
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendRune(b []byte, r rune) []byte {
	switch {
	case r < 0x80:
		return append(b, 0x80|byte(r))
	case 0x4e00 <= r && r <= 0x9fff:
		return append(b, byte((r-0x4e00)>>8), byte(r))
	case r <= 0xffff:
		return append(b, 0x52, byte(r>>8), byte(r))
	}
	return append(b, 0x53, byte(r>>16), byte(r>>8), byte(r))
}
