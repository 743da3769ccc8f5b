package app

import (
	"bytes"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/store"
)

// jsonType is the media type of the W3C's annotations.
const jsonType = `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`

// exportArticle hands over the annotations of the article being read.
func (p *Page) exportArticle(ctx app.Context) {
	if p.doc == nil {
		p.exportAll(ctx)
		return
	}
	p.flushNote(ctx)
	set := annotation.Set{Label: p.doc.Title, Annotations: p.store.Annotations(p.doc.ID), Articles: []annotation.Source{p.sourceOf()}, Words: p.store.WordRecords()}
	p.export(ctx, fileName(p.doc.Title), set)
}

// exportAll hands over everything that is kept, of every article.
func (p *Page) exportAll(ctx app.Context) {
	p.flushNote(ctx)
	set := store.Live(p.store.All())
	set.Label = p.t("name")
	kept := p.store.Articles()
	for _, s := range p.sources() {
		if contains(kept, s.ID) {
			set.Articles = append(set.Articles, s)
		}
	}
	p.export(ctx, "pizhu", set)
	p.exported()
}

// sources are the articles on this device, without their texts.
func (p *Page) sources() []annotation.Source {
	var out []annotation.Source
	for _, s := range p.shelf {
		out = append(out, annotation.Source{ID: s.ID, Title: s.Title, Author: s.Author, Publisher: s.Source, Date: s.Date, Variant: s.Variant, URL: publicAddress(s.Slug)})
	}
	for _, f := range p.own {
		out = append(out, annotation.Source{ID: f.ID, Title: f.Title, Author: f.Author, Publisher: f.Source, Date: f.Date, Variant: f.Variant})
	}
	return out
}

// publicAddress is where an article of the site is read.
func publicAddress(slug string) string { return browser.Root() + "read/" + PathOf(slug) + "/" }

func (p *Page) sourceOf() annotation.Source {
	a := p.doc.Article
	s := annotation.Source{ID: a.ID, Title: a.Title, Author: a.Author, Publisher: a.Source, Date: a.Date, Variant: a.Variant}
	if a.Slug != "" {
		s.URL = publicAddress(a.Slug)
	}
	if p.prefs.WithText {
		s.Text = a.Text
	}
	return s
}

func (p *Page) export(ctx app.Context, name string, set annotation.Set) {
	set.Types = p.store.Types()
	var b bytes.Buffer
	if err := annotation.Encode(&b, set); err != nil {
		browser.Warn("pizhu: export:", err) // a buffer takes everything
		return
	}
	browser.Download(name+"-"+now().Format("2006-01-02")+".json", jsonType, b.Bytes())
	p.say(ctx, p.t("exported", len(set.Annotations)), "", nil)
}

// fileName is a title that every system takes as a file's name.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r < 0x20 || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		}
		return r
	}, title)
	name = strings.Trim(name, " .-")
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60])
	}
	if name == "" {
		return "pizhu"
	}
	return name
}
