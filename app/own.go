package app

import (
	"slices"
	"strconv"
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
		return el("div.body")
	}
	f := p.own[at]
	n := len(p.store.Annotations(f.ID))
	if p.asking {
		return el("div.body",
			el("p", p.t("remove-ask", f.Title, n)),
			el("div.row.end",
				press("plain", p.t("keep-it"), func(app.Context, app.Event) { p.asking = false }, ""),
				press("solid", p.t("remove-article"), func(ctx app.Context, e app.Event) {
					p.close()
					p.removeArticle(ctx, p.info)
				}, "", is("id", "remove-yes")),
			),
		)
	}
	field := func(key, value string, set func(*browser.Facts, string) bool) app.UI {
		return el("label", p.t(key), el("input[type=text][maxlength=200][autocomplete=off]", is("id", key), is("value", value),
			does("change", func(ctx app.Context, e app.Event) {
				p.changeFacts(ctx, strings.TrimSpace(valueOf(ctx)), set)
			}, key+"/"+f.ID)))
	}
	variants := []option{{"", p.variantName("")}}
	for _, v := range article.Variants {
		variants = append(variants, option{v, p.variantName(v)})
	}
	return el("div.body.edit",
		field("info-title", f.Title, func(f *browser.Facts, v string) bool { f.Title = v; return v != "" }),
		el("div.facets",
			field("info-author", f.Author, func(f *browser.Facts, v string) bool { f.Author = v; return true }),
			field("info-source", f.Source, func(f *browser.Facts, v string) bool { f.Source = v; return true }),
			el("label", p.t("info-date"), el("input[type=date][id=info-date]", is("value", f.Date), does("change", func(ctx app.Context, e app.Event) {
				p.changeFacts(ctx, valueOf(ctx), func(f *browser.Facts, v string) bool { f.Date = v; return true })
			}, "date/"+f.ID))),
			el("label", p.t("info-variant"), choose(f.Variant, variants, is("id", "info-variant"), does("change", func(ctx app.Context, e app.Event) {
				p.changeFacts(ctx, valueOf(ctx), func(f *browser.Facts, v string) bool { f.Variant = v; return true })
			}, "variant/"+f.ID))),
			when(f.Encoding != "", p.renderEncoding(f)),
		),
		el("p.group", joinDots(f.Name, p.t("counts", f.Runes, n))),
		el("div.actions",
			p.infoButton("export-with-text", func(ctx app.Context) { p.exportOwn(ctx, f) }),
			when(at > 0, p.infoButton("move-up", func(ctx app.Context) { p.moveArticle(f.ID, -1) })),
			when(at+1 < len(p.own), p.infoButton("move-down", func(ctx app.Context) { p.moveArticle(f.ID, 1) })),
			p.infoButton("remove-article", func(app.Context) { p.asking = true }),
		),
	)
}

func (p *Page) infoButton(name string, do func(app.Context)) app.UI {
	return el("button[type=button]", is("data-do", name), does("click", func(ctx app.Context, e app.Event) {
		defer p.rescue()
		do(ctx)
	}, name+"/"+p.info+"/"+strconv.Itoa(len(p.own))), p.t(name))
}

// renderEncoding shows in which encoding the file was read, and while the file
// itself is at hand lets another be chosen.
func (p *Page) renderEncoding(f browser.Facts) app.UI {
	raw := p.raw != nil && p.raw.id == f.ID
	var encodings []option
	for _, e := range article.Encodings {
		encodings = append(encodings, option{string(e), p.t("encoding-" + string(e))})
	}
	return el("label.wide", p.t("encoding"), choose(f.Encoding, encodings, is("id", "info-encoding"), is("disabled", !raw), does("change", func(ctx app.Context, e app.Event) {
		if p.raw != nil {
			p.dismiss("encoding")
			p.reopen(ctx, p.raw.name, p.raw.data, article.Encoding(valueOf(ctx)))
		}
	}, "encoding/"+f.ID)), when(!raw, el("small", p.t("encoding-again"))))
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
