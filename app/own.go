package app

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
)

// ownArticles are the reader's own files, in the reader's order, the newest
// first where there is none.
func (p *Page) ownArticles() []browser.Facts { return p.own }

func (p *Page) ownAt(id string) int {
	return slices.IndexFunc(p.own, func(f browser.Facts) bool { return f.ID == id })
}

// goTo shows one of the reader's articles and its address.
func (p *Page) goTo(ctx app.Context, a *article.Article) {
	p.flushNote(ctx)
	p.show(ctx, a, nil)
	p.at = "own/" + a.ID // before the address changes: it is shown already
	ctx.Navigate(ownAddress(a.ID))
}

// ownAddress is where one of the reader's articles is read.
func ownAddress(id string) string { return browser.Root() + "read/own/?id=" + id }

// ---- what is known of an article ----

// showInfo opens the sheet of one of the reader's articles.
func (p *Page) showInfo(id string) {
	if p.ownAt(id) < 0 {
		return
	}
	p.info, p.asking = id, false
	if p.open != "article-info" {
		p.open = "article-info"
		browser.Trap("sheet")
	}
}

func (p *Page) onInfo(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.showInfo(ctx.JSSrc().Get("dataset").Get("info").String())
}

func (p *Page) renderInfo() app.UI {
	at := p.ownAt(p.info)
	if at < 0 {
		return app.Div().Class("body")
	}
	f := p.own[at]
	n := len(p.store.Annotations(f.ID))
	if p.asking {
		return app.Div().Class("body").Body(
			app.P().Text(p.t("remove-ask", f.Title, n)),
			app.Div().Class("row end").Body(
				app.Button().Type("button").Class("plain").Text(p.t("keep-it")).OnClick(func(app.Context, app.Event) { p.asking = false }),
				app.Button().Type("button").Class("solid").ID("remove-yes").Text(p.t("remove-article")).OnClick(func(ctx app.Context, e app.Event) {
					p.close()
					p.removeArticle(ctx, p.info)
				}),
			),
		)
	}
	field := func(key, value string, set func(*browser.Facts, string) bool) app.UI {
		return app.Label().Body(app.Text(p.t(key)), app.Input().Type("text").ID(key).MaxLength(200).Value(value).AutoComplete(false).
			OnChange(func(ctx app.Context, e app.Event) {
				p.changeFacts(ctx, strings.TrimSpace(ctx.JSSrc().Get("value").String()), set)
			}, app.EventScope(key, f.ID)))
	}
	variants := append([]string{""}, article.Variants...)
	return app.Div().Class("body edit").Body(
		field("info-title", f.Title, func(f *browser.Facts, v string) bool { f.Title = v; return v != "" }),
		app.Div().Class("facets").Body(
			field("info-author", f.Author, func(f *browser.Facts, v string) bool { f.Author = v; return true }),
			field("info-source", f.Source, func(f *browser.Facts, v string) bool { f.Source = v; return true }),
			app.Label().Body(app.Text(p.t("info-date")), app.Input().Type("date").ID("info-date").Value(f.Date).OnChange(func(ctx app.Context, e app.Event) {
				p.changeFacts(ctx, ctx.JSSrc().Get("value").String(), func(f *browser.Facts, v string) bool { f.Date = v; return true })
			}, app.EventScope("date", f.ID))),
			app.Label().Body(app.Text(p.t("info-variant")), app.Select().ID("info-variant").OnChange(func(ctx app.Context, e app.Event) {
				p.changeFacts(ctx, ctx.JSSrc().Get("value").String(), func(f *browser.Facts, v string) bool { f.Variant = v; return true })
			}, app.EventScope("variant", f.ID)).Body(
				app.Range(variants).Slice(func(i int) app.UI {
					return app.Option().Value(variants[i]).Selected(variants[i] == f.Variant).Text(p.variantName(variants[i]))
				}),
			)),
			app.If(f.Encoding != "", func() app.UI { return p.renderEncoding(f) }),
		),
		app.P().Class("group").Text(joinDots(f.Name, p.t("counts", f.Runes, n))),
		app.Div().Class("actions").Body(
			p.infoButton("export-with-text", func(ctx app.Context) { p.exportOwn(ctx, f) }),
			app.If(at > 0, func() app.UI { return p.infoButton("move-up", func(ctx app.Context) { p.moveArticle(f.ID, -1) }) }),
			app.If(at+1 < len(p.own), func() app.UI { return p.infoButton("move-down", func(ctx app.Context) { p.moveArticle(f.ID, 1) }) }),
			p.infoButton("remove-article", func(app.Context) { p.asking = true }),
		),
	)
}

func (p *Page) infoButton(name string, do func(app.Context)) app.UI {
	return app.Button().Type("button").DataSet("do", name).Text(p.t(name)).OnClick(func(ctx app.Context, e app.Event) {
		defer p.rescue()
		do(ctx)
	}, app.EventScope(name, p.info, len(p.own)))
}

// renderEncoding shows in which encoding the file was read, and while the file
// itself is at hand lets another be chosen.
func (p *Page) renderEncoding(f browser.Facts) app.UI {
	raw := p.raw != nil && p.raw.id == f.ID
	return app.Label().Class("wide").Body(app.Text(p.t("encoding")), app.Select().ID("info-encoding").Disabled(!raw).OnChange(func(ctx app.Context, e app.Event) {
		if p.raw != nil {
			p.dismiss("encoding")
			p.reopen(ctx, p.raw.name, p.raw.data, article.Encoding(ctx.JSSrc().Get("value").String()))
		}
	}, app.EventScope("encoding", f.ID)).Body(
		app.Range(article.Encodings).Slice(func(i int) app.UI {
			e := string(article.Encodings[i])
			return app.Option().Value(e).Selected(e == f.Encoding).Text(p.t("encoding-" + e))
		}),
	), app.If(!raw, func() app.UI { return app.Small().Text(p.t("encoding-again")) }))
}

// changeFacts changes what is known of the article whose sheet is open, where
// set takes the value.
func (p *Page) changeFacts(ctx app.Context, value string, set func(*browser.Facts, string) bool) {
	defer p.rescue()
	at := p.ownAt(p.info)
	if at < 0 {
		return
	}
	f := p.own[at]
	if !set(&f, value) {
		return
	}
	p.own = slices.Clone(p.own)
	p.own[at] = f
	p.keepFacts(f)
	if p.doc == nil || p.doc.ID != f.ID {
		return
	}
	variant := p.doc.Variant
	setFacts(p.doc.Article, f)
	texts := browser.Texts()
	p.fill(texts)
	p.title()
	if variant != f.Variant {
		p.show(ctx, p.doc.Article, nil) // what was converted from the other variant is void
		return
	}
	p.repaint()
}

func (p *Page) keepFacts(list ...browser.Facts) {
	p.background(func() {
		if err := browser.PutFacts(list...); err != nil {
			browser.Warn("pizhu: facts not kept:", err)
			p.do(func(app.Context) { p.notify("article-unsaved", p.t("article-unsaved", list[0].Title)) })
		}
	})
}

// moveArticle moves an article in the list.
func (p *Page) moveArticle(id string, by int) {
	at := p.ownAt(id)
	to := at + by
	if at < 0 || to < 0 || to >= len(p.own) {
		return
	}
	p.own = slices.Clone(p.own)
	a, b := p.own[at].Place(), p.own[to].Place()
	if a == b { // opened in the same millisecond
		a += int64(by)
	}
	p.own[at].Order, p.own[to].Order = b, a
	p.own[at], p.own[to] = p.own[to], p.own[at]
	p.keepFacts(p.own[at], p.own[to])
	p.announce = p.t("moved-to", to+1, len(p.own))
}

// removeArticle takes one of the reader's articles and its annotations away,
// with a way back to both.
func (p *Page) removeArticle(ctx app.Context, id string) {
	at := p.ownAt(id)
	if at < 0 {
		return
	}
	p.flushNote(ctx)
	facts := p.own[at]
	p.own = slices.Delete(slices.Clone(p.own), at, at+1)
	reading := p.doc != nil && p.doc.ID == id
	annotations := p.store.Annotations(id)
	gone := slices.Clone(annotations)
	for i := range gone {
		gone[i].Deleted = true
	}
	p.background(func() {
		text, ok, err := browser.ArticleText(id)
		if err == nil {
			err = browser.RemoveArticle(id)
		}
		p.do(func(ctx app.Context) {
			if err != nil {
				browser.Warn("pizhu: article not removed:", err)
				p.own = slices.Insert(p.own, min(at, len(p.own)), facts)
				return
			}
			if p.removed == nil {
				p.removed = map[string]removedArticle{}
			}
			if ok {
				p.removed[id] = removedArticle{facts, text, at}
			}
			p.keep(ctx, gone...)
			if reading {
				ctx.Navigate(browser.Root())
			}
			p.say(ctx, p.t("removed-article", facts.Title), p.t("undo"), func(ctx app.Context) {
				var back []annotation.Annotation
				for _, a := range annotations {
					if current, kept := p.store.Get(a.ID); kept && current.Deleted {
						back = append(back, a)
					}
				}
				p.keep(ctx, back...)
				p.putBack(id)
			})
		})
	})
}

// removedArticle is an article that was removed, for as long as the page is open.
type removedArticle struct {
	facts browser.Facts
	text  string
	at    int
}

// putBack puts a removed article on the list again.
func (p *Page) putBack(id string) {
	r, ok := p.removed[id]
	if !ok || p.ownAt(id) >= 0 {
		return
	}
	delete(p.removed, id)
	p.own = slices.Insert(slices.Clone(p.own), min(r.at, len(p.own)), r.facts)
	p.keepArticle(r.facts, r.text)
}

// bringBack puts back the removed articles of annotations that have come back.
func (p *Page) bringBack(changed []annotation.Annotation) {
	for _, a := range changed {
		if !a.Deleted {
			p.putBack(a.Article)
		}
	}
}

// forgetArticle drops an article that has no annotations, without a word.
func (p *Page) forgetArticle(id string) {
	if at := p.ownAt(id); at >= 0 {
		p.own = slices.Delete(slices.Clone(p.own), at, at+1)
		p.background(func() {
			if err := browser.RemoveArticle(id); err != nil {
				browser.Warn("pizhu: article not removed:", err)
			}
		})
	}
}
