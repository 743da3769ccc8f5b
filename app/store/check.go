package store

import (
	"slices"

	"pizhu/app/anchor"
	"pizhu/app/annotation"
	"pizhu/app/article"
)

// Fault is something wrong with stored or imported data, for the page to put
// into words.
type Fault string

// The faults that Check finds.
const (
	DuplicateID Fault = "duplicate-id" // two annotations of one identity; joined
	NoIdentity  Fault = "no-identity"  // an identity that is no IRI; set aside
	SaysNothing Fault = "says-nothing" // no place, no quote, no type, no note; set aside
	OutsideText Fault = "outside-text" // a span beyond its article; put right by the quote
	EmptySpan   Fault = "empty-span"   // a quote without a span; put right by the quote
	QuoteMoved  Fault = "quote-moved"  // other words at the span; put right by the quote
	QuoteLost   Fault = "quote-lost"   // the quote is nowhere in its article; kept as it is
	NoQuote     Fault = "no-quote"     // a span without a quote; the words there taken
	Dangling    Fault = "dangling"     // a relation to nothing that is here; kept as it is
	UnknownType Fault = "unknown-type" // a claim type that the set does not have; added
)

// Finding is one fault.
type Finding struct {
	ID    string // the annotation's
	Fault Fault
	Other string // the relation's other end, or the type
}

// Checked is what Check makes of a set.
type Checked struct {
	Set      annotation.Set          // with what could be put right
	Repaired []annotation.Annotation // those that were changed, to be Put
	Aside    []annotation.Annotation // those that cannot be used
	Findings []Finding
}

// Check examines a set as it is loaded or imported. text gives an article's
// text, and nil for one that is not at hand, whose spans are then left alone;
// known reports claim types that are there besides those of the set. Nothing is
// lost: what cannot be used is in Aside, and what cannot be put right stays as
// it was, and is told.
//
// pause, if there is one, is called every few milliseconds of work; its error
// ends the checking and comes back as it is.
func Check(set annotation.Set, text func(articleID string) *anchor.Text, known func(typ string) bool, pause func() error) (Checked, error) {
	c := Checked{Set: set}
	seen := make(map[string]bool, len(set.Annotations))
	usable := make([]annotation.Annotation, 0, len(set.Annotations))
	if pause == nil {
		pause = func() error { return nil }
	}
	for i, a := range set.Annotations {
		if i%pauseEvery == 0 {
			if err := pause(); err != nil {
				return Checked{}, err
			}
		}
		switch {
		case !annotation.IsIRI(a.ID):
			c.find(a.ID, NoIdentity, "")
			c.Aside = append(c.Aside, a)
			continue
		case !a.Deleted && a.Whole() && a.Type == "" && a.Note == "" && a.Extra == "" && a.Facets == (annotation.Facets{}):
			c.find(a.ID, SaysNothing, "")
			c.Aside = append(c.Aside, a)
			continue
		case seen[a.ID]:
			c.find(a.ID, DuplicateID, "")
		}
		seen[a.ID] = true
		usable = append(usable, a)
	}
	c.Set.Annotations = usable
	c.Set = annotation.Merge(c.Set, annotation.Set{})
	if err := c.places(text, pause); err != nil {
		return Checked{}, err
	}
	c.types(known)
	for i := range c.Set.Annotations {
		a := &c.Set.Annotations[i]
		for _, r := range a.Relations {
			if !seen[r.To] {
				c.find(a.ID, Dangling, r.To)
			}
		}
	}
	return c, nil
}

// pauseEvery is how many annotations lie between two pauses.
const pauseEvery = 256

func (c *Checked) find(id string, f Fault, other string) {
	c.Findings = append(c.Findings, Finding{id, f, other})
}

// places holds every span against the text that it lies in.
func (c *Checked) places(text func(string) *anchor.Text, pause func() error) error {
	byArticle := map[string][]int{}
	for i := range c.Set.Annotations {
		if a := &c.Set.Annotations[i]; !a.Deleted && !a.Whole() {
			byArticle[a.Article] = append(byArticle[a.Article], i)
		}
	}
	var articles []string
	for id := range byArticle {
		articles = append(articles, id)
	}
	slices.Sort(articles)
	for _, id := range articles {
		if err := pause(); err != nil {
			return err
		}
		t := text(id)
		if t == nil {
			continue
		}
		sels := make([]annotation.Selector, len(byArticle[id]))
		for k, i := range byArticle[id] {
			sels[k] = c.Set.Annotations[i].Selector()
		}
		found, err := t.FindAll(sels, pause)
		if err != nil {
			return err
		}
		for k, i := range byArticle[id] {
			c.place(&c.Set.Annotations[i], t, found[k])
		}
	}
	return pause()
}

func (c *Checked) place(a *annotation.Annotation, t *anchor.Text, f anchor.Found) {
	fault := QuoteMoved
	switch {
	case a.Quote.Exact == "" && f.Confidence == anchor.None:
		c.find(a.ID, OutsideText, "") // no quote to put it right by
		return
	case a.Quote.Exact == "":
		fault = NoQuote
	case f.Confidence == anchor.None:
		c.find(a.ID, QuoteLost, "")
		return
	case f.Span == a.Span && t.Slice(f.Span) == a.Quote.Exact:
		return // in its place, whatever has changed around it
	case a.Span == article.Span{}:
		fault = EmptySpan
	case t.Slice(a.Span) == "":
		fault = OutsideText
	}
	c.find(a.ID, fault, "")
	a.Span, a.Quote = f.Span, t.Quote(f.Span)
	c.Repaired = append(c.Repaired, *a)
}

// types adds the claim types that annotations have and nobody describes.
func (c *Checked) types(known func(string) bool) {
	have := map[string]bool{}
	for _, t := range c.Set.Types {
		have[t.Name] = true
	}
	for i := range c.Set.Annotations {
		a := &c.Set.Annotations[i]
		if a.Type == "" || have[a.Type] || known != nil && known(a.Type) {
			continue
		}
		have[a.Type] = true
		c.find(a.ID, UnknownType, a.Type)
		c.Set.Types = append(c.Set.Types, annotation.Type{Name: a.Type,
			Labels: annotation.Labels{Hant: a.Type, Hans: a.Type, En: a.Type}})
	}
}
