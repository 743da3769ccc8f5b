package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
)

// toggle opens a sheet, or closes it when it is open. The focus goes into it
// and, when it closes, back to what opened it.
func (p *Page) toggle(name string) {
	if p.open == name {
		p.close()
		return
	}
	p.open = name
	if p.modal() {
		p.later(func(app.Context) { // once it is drawn
			p.checkRadios("theme", "face", "size", "language", "scope")
			browser.Trap("sheet")
		})
	}
}

// modal reports whether a sheet is open that has the page to itself. The list
// of faults stands beside the text, which is read on.
func (p *Page) modal() bool { return p.open != "" && p.open != "check-source" }

func (p *Page) close() {
	was := p.open
	p.open, p.rebind = "", rebinding{}
	if was == "check-source" {
		p.repaint() // its marks go with it
	}
	browser.Untrap()
}

// sheet is how the open sheet lies on the page, and what is in it.
func (p *Page) sheet() (class string, body app.UI) {
	switch p.open {
	case "articles":
		return "drawer", p.renderShelf()
	case "settings":
		return "menu", p.renderSettings()
	case "types":
		return "card", p.renderKinds()
	case "ask":
		return "card", p.renderAsk()
	case "export-as":
		return "card", p.renderExporting()
	case "overview":
		return "full", &overviewPart{Shows: p.overviewShows(), page: p}
	case "check-source":
		return "side", p.renderCheck()
	case "article-info":
		return "card", p.renderInfo()
	case "paste":
		return "card", p.renderPaste()
	case "import":
		return "card wide", p.renderImport()
	case "carry":
		return "card wide", p.renderCarry()
	case "words":
		return "card", p.renderWords()
	case "guide":
		return "card", p.renderGuide()
	case "about":
		return "card", p.renderAbout()
	}
	return "card", p.renderHelp()
}

func (p *Page) renderSheet() app.UI {
	if p.open == "" {
		return el("div", is("hidden", true))
	}
	class, body := p.sheet()
	return el("div",
		el("div.veil", is("hidden", !p.modal()), does("click", func(app.Context, app.Event) { p.close() }, "")),
		el("section.sheet[id=sheet][role=dialog][aria-labelledby=sheet-title][tabindex=-1]", is("data-sheet", p.open), is("class", class), is("aria-modal", p.modal()),
			el("header[role=none]", // a dialog's head is not the page's
				el("h2[id=sheet-title]", strings.TrimSuffix(p.t(p.open), "…")), // what a command leads to
				p.renderToast(true),
				el("button.icon[type=button]", is("aria-label", p.t("close")), does("click", func(app.Context, app.Event) { p.close() }, ""), icon("close")),
			),
			body,
		),
	)
}

func (p *Page) renderShelf() app.UI {
	current := ""
	if p.doc != nil {
		current = p.doc.ID
	}
	var ours, own []app.UI
	for _, s := range p.shelf {
		ours = append(ours, p.renderBook(s.ID, current, p.root()+"read/"+PathOf(s.Slug)+"/", s.Title, s.Variant, s.Date, s.Runes, false))
	}
	for _, s := range p.ownArticles() {
		own = append(own, p.renderBook(s.ID, current, ownAddress(s.ID), s.Title, s.Variant, s.Date, s.Runes, true))
	}
	return el("div.body",
		el("p.group", p.t("articles-ours")),
		el("ul.shelf", ours),
		el("p.group", p.t("articles-own")),
		when(len(own) == 0, el("p.quiet", p.t("articles-none"))),
		when(len(own) > 0, el("ul.shelf", own)),
		el("div.actions", p.menuItem("open-file"), p.menuItem("paste"), p.menuItem("import")),
	)
}

func (p *Page) renderBook(id, current, href, title, variant, date string, runes int, own bool) app.UI {
	return el("li",
		el("a", is("href", href), is("data-open", id), when(id == current, is("aria-current", "page")),
			el("b", is("lang", variant), title),
			el("small", joinDots(dateOf(p.lang, date), p.variantName(variant), p.t("chars", runes))),
		),
		when(own, el("button.icon[type=button]", is("data-info", id), is("aria-label", p.t("article-info")+"："+title), is("title", p.t("article-info")),
			does("click", p.onInfo, "info/"+id), icon("settings"))),
	)
}

func (p *Page) variantName(v string) string {
	if v == "" {
		return p.t("variant-")
	}
	return p.t("title-" + v)
}

func joinDots(parts ...string) string {
	out := ""
	for _, s := range parts {
		if s == "" {
			continue
		}
		if out != "" {
			out += "\u00a0· " // no line begins with a dot
		}
		out += s
	}
	return out
}

// Byline is what stands under an article's title.
func Byline(a *article.Article, lang string) string {
	t := Texts(lang)
	variant := ""
	if a.Variant != "" {
		variant = t("variant-source", t("title-"+a.Variant))
	}
	return joinDots(a.Author, dateOf(lang, a.Date), variant, t("minutes", max(a.Len()/400, 1)))
}

// BlockTag is the element that a block stands in; article.js draws the same.
func BlockTag(b article.Block) string {
	switch b.Kind {
	case article.Heading:
		return "h" + string(rune('0'+min(max(b.Level, 2), 4)))
	case article.Quote:
		return "blockquote"
	case article.Code:
		return "pre"
	}
	return "p"
}
