package app

import (
	"errors"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
)

// ownArticles are the reader's own files, the newest first.
func (p *Page) ownArticles() []browser.Facts { return p.own }

func (p *Page) openFile(ctx app.Context) {
	browser.Pick(".txt,.md,.markdown,text/plain,text/markdown", true, func(f browser.File) {
		p.ctx.Dispatch(func(ctx app.Context) { p.receive(ctx, f) })
	})
}

// receive reads a file that the reader gave and opens it as an article, or says
// why not and what to do. Nothing that was there before is touched.
func (p *Page) receive(ctx app.Context, f browser.File) {
	defer p.rescue()
	p.dropping = false
	a, err := parseFile(f)
	if err != nil {
		p.notify("file", p.t("file-failed", f.Name, p.fileProblem(err)))
		return
	}
	p.dismiss("file")
	facts := factsOf(f.Name, a)
	text := string(f.Data)
	p.own = slices.DeleteFunc(p.own, func(o browser.Facts) bool { return o.ID == facts.ID })
	p.own = append([]browser.Facts{facts}, p.own...)
	p.close()
	p.goTo(ctx, a)
	p.say(ctx, p.t("opened", a.Title), "", nil)
	p.ctx.Async(func() {
		if err := browser.PutArticle(facts, text); err != nil {
			browser.Warn("pizhu: article not kept:", err)
			p.ctx.Dispatch(func(app.Context) { p.notify("article-unsaved", p.t("article-unsaved", a.Title)) })
		}
	})
}

var errUnreadable = errors.New("the browser could not read the file")

func parseFile(f browser.File) (*article.Article, error) {
	if f.Data == nil && f.Size < 0 {
		return nil, errUnreadable
	}
	if f.Size > article.MaxBytes {
		return nil, &article.Error{Name: f.Name, Problem: article.TooLarge}
	}
	return article.Parse(f.Name, f.Data)
}

func factsOf(name string, a *article.Article) browser.Facts {
	return browser.Facts{ID: a.ID, Name: name, Title: a.Title, Author: a.Author, Source: a.Source,
		Date: a.Date, Variant: a.Variant, Runes: a.Len(), Opened: now().UnixMilli()}
}

// fileProblem says in the reader's language why a file could not be opened.
func (p *Page) fileProblem(err error) string {
	var e *article.Error
	if errors.As(err, &e) {
		return p.t("file-"+string(e.Problem), e.Line)
	}
	return p.t("file-unreadable")
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

// removeArticle takes one of the reader's articles off the list, with a way
// back. Its annotations stay in the store: they come back with the article.
func (p *Page) removeArticle(ctx app.Context, id string) {
	at := slices.IndexFunc(p.own, func(f browser.Facts) bool { return f.ID == id })
	if at < 0 {
		return
	}
	facts := p.own[at]
	p.own = slices.Delete(slices.Clone(p.own), at, at+1)
	reading := p.doc != nil && p.doc.ID == id
	p.ctx.Async(func() {
		text, ok, err := browser.ArticleText(id)
		if err == nil {
			err = browser.RemoveArticle(id)
		}
		p.ctx.Dispatch(func(ctx app.Context) {
			if err != nil {
				browser.Warn("pizhu: article not removed:", err)
				return
			}
			if reading {
				ctx.Navigate(browser.Root())
			}
			p.say(ctx, p.t("removed-article", facts.Title), p.t("undo"), func(ctx app.Context) {
				if !ok {
					return
				}
				p.own = slices.Insert(p.own, min(at, len(p.own)), facts)
				p.ctx.Async(func() {
					if err := browser.PutArticle(facts, text); err != nil {
						p.ctx.Dispatch(func(app.Context) { p.notify("article-unsaved", p.t("article-unsaved", facts.Title)) })
					}
				})
			})
		})
	})
}
