package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
)

// listenInstalled follows what happens to the program as an app: a newer
// version, an offer to install, and what other apps hand over.
func (p *Page) listenInstalled() {
	browser.OnApp(func(word string) {
		p.do(func(ctx app.Context) {
			p.happened(word)
		})
	})
}

// happened never starts anything by itself: a newer version comes in when the
// reader says so, or when the program is next started.
func (p *Page) happened(word string) {
	reload := func(do func()) func(app.Context) {
		return func(ctx app.Context) {
			p.flushNote(ctx)
			do()
		}
	}
	switch word {
	case "offline":
		p.offline = true
	case "installable":
		p.offered = true
	case "installed":
		p.offered = false
		p.say(p.ctx, p.t("installed"), "", nil)
	case "not-installed":
		p.offered = false
	case "update":
		p.notify("update", p.t("update"), noticeAction{p.t("update-now"), reload(browser.TakeOver)})
	case "replaced":
		p.notify("update", p.t("replaced"), noticeAction{p.t("reload"), reload(browser.TakeOver)})
	}
}

// shared is what other apps have handed over, where the address says that they
// have. It waits.
func (p *Page) shared() []browser.File {
	if _, ok := browser.Query("shared"); !ok {
		return nil
	}
	files, err := browser.Shared()
	if err != nil {
		browser.Warn("pizhu: what was shared cannot be read:", err)
	}
	return files
}

// begin does what the program was started for besides reading: it opens what
// was shared with it, what the system opens with it, or the clipboard's text.
func (p *Page) begin(ctx app.Context, shared []browser.File) {
	browser.Launched(func(f browser.File) {
		p.do(func(ctx app.Context) { p.receive(ctx, f) })
	})
	for _, name := range []string{"shared", "last"} {
		if _, ok := browser.Query(name); ok {
			browser.SetQuery(name, "", false) // a reload is not another share
		}
	}
	for _, f := range shared {
		if onlyLink(string(f.Data)) {
			p.notify("shared", p.t("shared-link"))
		}
		p.receive(ctx, f)
	}
	if _, ok := browser.Query("paste"); ok {
		browser.SetQuery("paste", "", false)
		p.notify("clipboard", p.t("clipboard"), noticeAction{p.t("clipboard-do"), p.openClipboard})
	}
}

// onlyLink reports whether a text is one address and nothing else.
func onlyLink(s string) bool {
	s = strings.TrimSpace(s)
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && len(strings.Fields(s)) == 1
}

// openClipboard opens the clipboard's text as an article; its name is its
// first line.
func (p *Page) openClipboard(ctx app.Context) {
	p.background(func() {
		text, err := browser.Clipboard()
		p.do(func(ctx app.Context) {
			if err != nil || strings.TrimSpace(text) == "" {
				p.notify("clipboard", p.t("clipboard-no"), noticeAction{p.t("retry"), p.openClipboard})
				return
			}
			p.dismiss("clipboard")
			first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
			p.receive(ctx, browser.File{Name: fileName(first) + ".txt", Data: []byte(text), Size: len(text)})
		})
	})
}

// lastKey keeps the address of the article read last; early.js goes there.
const lastKey = "pizhu/1/last"

func remember(a *article.Article) {
	at := "read/" + PathOf(a.Slug) + "/"
	if a.Slug == "" {
		at = "read/own/?id=" + a.ID
	}
	if err := (browser.Storage{}).Set(lastKey, at); err != nil {
		browser.Warn("pizhu: the last article is not remembered:", err)
	}
}

// startLanguage is the interface's language: the address's, else the reader's
// choice, else the browser's.
func (p *Page) startLanguage() string {
	if lang, ok := browser.Query("lang"); ok && contains(Languages, lang) {
		return lang
	}
	if p.prefs.Language != "" {
		return p.prefs.Language
	}
	return LanguageFor(browser.Languages())
}

// setLanguage changes the interface's language, remembers it, and writes it
// into the address, so that a link takes it along.
func (p *Page) setLanguage(lang string) {
	p.prefs.Language, p.lang = lang, lang
	p.savePrefs()
	p.title()
	if p.doc != nil {
		p.showFront(p.converters[p.shownScript]) // its date and its length are said in the language
	}
	browser.SetQuery("lang", lang, true)
}

func (p *Page) install(app.Context) { browser.Install() }

// renderInstall offers to install the program where the browser does, and says
// how where it does not.
func (p *Page) renderInstall() app.UI {
	switch {
	case p.offered:
		return el("div.actions", p.menuItem("install"))
	case browser.TouchSafari() && !browser.Installed():
		return el("p.quiet[id=install-touch]", p.t("install-touch"))
	}
	return el("div", is("hidden", true))
}
