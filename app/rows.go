package app

// listedAs is what the panel's rows follow from, where that can be named.
type listedAs struct {
	doc                                                     *document
	changes, suggestions                                    int
	filter, verdict, who, text, sort, group, lang, typeList string
}

// rows are the lines of the panel, made anew when something they follow from
// has changed. They are not the caller's to change, or to keep.
func (p *Page) rows() []row {
	l := &p.list
	if p.doc == nil || l.all || l.only != nil || len(p.suggestions) > 0 || l.text != "" || l.group != "" {
		return p.makeRows(nil)
	}
	as := listedAs{doc: p.doc, changes: p.doc.changes, filter: p.filter, verdict: l.verdict, who: l.who, sort: l.sort, lang: p.lang}
	if l.sort == "type" {
		for i := range p.types {
			as.typeList += p.types[i].Name + "|"
		}
	}
	if p.rowsOf != as {
		// In the same place: half a megabyte for each of ten thousand tags.
		clear(p.rowsKept)
		p.rowsOf, p.rowsKept = as, p.makeRows(p.rowsKept[:0])
	}
	return p.rowsKept
}

// typeCounts is how many of each type the panel could list. It is not to be changed.
func (p *Page) typeCounts() map[string]int {
	if p.doc != nil && !p.list.all && p.list.only == nil {
		return p.doc.types
	}
	counts := map[string]int{}
	for a := range p.listed {
		counts[a.Type]++
	}
	return counts
}
