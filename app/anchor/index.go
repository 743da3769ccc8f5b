package anchor

import "slices"

// index finds where words stand in a text without walking through it: the
// places of every pair of runes, in buckets by a hash. Making it costs two walks
// and four bytes a rune; one search by walking would cost a third of that, and
// an article's annotations are many.
type index struct {
	runes   []rune
	buckets []int32 // where each bucket's places begin
	places  []int32
}

const bucketBits = 14

func bucket(a, b rune) uint32 {
	return (uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b) >> (32 - bucketBits)
}

func newIndex(runes []rune) *index {
	x := &index{runes: runes, buckets: make([]int32, 1<<bucketBits+1)}
	for i := 0; i+1 < len(runes); i++ {
		x.buckets[bucket(runes[i], runes[i+1])+1]++
	}
	for i := 1; i < len(x.buckets); i++ {
		x.buckets[i] += x.buckets[i-1]
	}
	x.places = make([]int32, max(len(runes)-1, 0))
	next := slices.Clone(x.buckets)
	for i := 0; i+1 < len(runes); i++ {
		b := bucket(runes[i], runes[i+1])
		x.places[next[b]] = int32(i)
		next[b]++
	}
	return x
}

// find is every place where words stand, in order.
func (x *index) find(words []rune) (at []int) {
	switch len(words) {
	case 0:
		return nil
	case 1:
		for i, r := range x.runes {
			if r == words[0] {
				at = append(at, i)
			}
		}
		return at
	}
	// The pair with the fewest places has the fewest to look at.
	best, places := 0, x.pair(words[0], words[1])
	for i := 1; i+1 < len(words); i++ {
		if p := x.pair(words[i], words[i+1]); len(p) < len(places) {
			best, places = i, p
		}
	}
	for _, p := range places {
		from := int(p) - best
		if from >= 0 && from+len(words) <= len(x.runes) && slices.Equal(x.runes[from:from+len(words)], words) {
			at = append(at, from)
		}
	}
	return at
}

func (x *index) pair(a, b rune) []int32 {
	i := bucket(a, b)
	return x.places[x.buckets[i]:x.buckets[i+1]]
}
