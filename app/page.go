// Package app is the application: the page and its panels, drawn by go-app, on
// top of the domain packages below it. Each file is one part of the page.
package app

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/article"
	"pizhu/app/browser"
	"pizhu/app/claims"
	"pizhu/app/script"
	"pizhu/app/store"
	"pizhu/app/words"
)

// Page is the root component. It is the one owner of what is shown; what is
// kept is owned by the store.
type Page struct {
	app.Compo

	// ctx is the page's own context. That of an event belongs to the element it
	// came from, and what is dispatched on it is dropped once the element is gone:
	// the button of a message, or a row of the panel.
	ctx      app.Context
	lang     string // of the interface
	mac      bool
	prefs    prefs
	commands []command
	types    []claims.Type
	entries  []annotation.Type // the types as they are kept, those deleted too
	styled   bool              // some types have a style sheet of their own
	kinds    kinds
	layers   *layers
	shelf    []shelved

	store *store.Store
	all   []annotation.Annotation // of every article; nil until asked for again
	doc   *document               // nil until the article has arrived

	pending   *article.Span // selected and not yet tagged
	chosen    string        // ID of the annotation that is open in the panel
	editing   bool          // its fields are shown
	filter    string        // claim type the panel is narrowed to
	open      string        // sheet that is open: articles, settings, help
	panelOpen bool          // on a phone
	moreOpen  bool          // the further fields of an annotation
	dropping  bool
	toast     toast
	notices   []notice
	heard     map[string]bool // standing messages that were closed
	saveError error           // of the last save
	heardOf   []store.Logged  // writes of other tabs, not yet taken in
	colours   bool            // highlights can be drawn
	offline   bool            // the program's own copy answers without a network
	tour      int             // step of the first steps that is shown; 0 for none
	offered   bool            // the browser offers to install the program
	ready     bool
	first     int // first row of the panel that is drawn
	announce  string
	draft     *noteDraft
	view      [2]float64 // part of the article in view
	own       []browser.Facts
	inbox     []browser.File // files that wait to be read
	task      *task
	raw       *rawFile
	info      string // article whose sheet is open
	asking    bool   // whether it is to be removed
	removed   map[string]removedArticle
	importing *importing
	carrying  *carrying
	meter     meter
	at        string // address of the article that is shown

	list        listing
	haystacks   map[string]string // see haystack
	needled     struct{ from, to string }
	plainer     *script.Converter
	goal        string // annotation for whose sake an article is being opened
	links       links
	relating    *relating
	arcs        bool
	question    question
	exportScope string   // what the sheet of exports exports
	marks       []marked // of the overview
	edition     int      // counts the changes of annotations and types

	drawn    drawnList // rows of the panel
	marked   string    // the marks of the strip
	stale    bool      // these may have changed
	fieldsOf string    // annotation whose fields are made
	rowsOf   listedAs
	rowsKept []row

	find    searching
	cursor  *wordCursor   // nil while the reader does not walk by words
	place   *int          // source rune of the last click, where the cursor comes up
	dragged *article.Span // of the open annotation, while one of its ends is dragged
	gripped bool          // its handles are shown
	toGrip  bool          // they are to be placed
	rebind  rebinding     // the shortcut that is being changed

	suggestions      []suggestion
	suggested        map[int][]int // their numbers by block
	chosenSuggestion string
	habits           habits

	explained *explanation
	checking  *checking      // nil until the source was checked
	corrected bool           // the text is shown as corrected
	doubting  bool           // uncertain conversions are dotted
	doubts    map[int][]mark // them, by block

	dict        dictionaries
	pivot       *pivot
	split       map[string][]article.Span // words of texts split before; see wordsOf
	userWords   []words.Entry
	wordFaults  []string // lines of a pasted list that were not taken
	wordsAdded  string
	shownScript string                 // script of the text on the page
	converted   map[string][]blockView // scripts converted before
	converters  map[string]*script.Converter
	converting  *conversion            // under way; nil for none
	ahead       map[string]*conversion // begun before they are asked for, by script
}

// toast is a short message with a way back.
type toast struct {
	text, action string
	do           func(ctx app.Context)
	cancel       func()
}

// notice is a message that stays until its cause is gone or it is closed.
type notice struct {
	name, text string
	actions    []noticeAction
}

type noticeAction struct {
	label string
	do    func(ctx app.Context)
}

func newPage() *Page {
	p := &Page{lang: "zh-Hant", commands: commands(), types: claims.Types(), colours: true, prefs: prefs{Script: "source"}}
	p.layers = makeLayers(p.types)
	return p
}

// Chrome is the page around an article as the host sends it, before any
// program runs; the program draws the same over it, so nothing moves.
func Chrome(a *article.Article) string {
	p := newPage()
	if a != nil {
		p.doc = newDocument(a)
	}
	return app.HTMLString(p.Render())
}

func (p *Page) t(key string, args ...any) string { return Texts(p.lang)(key, args...) }

// OnMount takes the page over: the reader's settings first, so that what is
// drawn next is right at once, then the article, whose text is on its way.
func (p *Page) OnMount(ctx app.Context) {
	defer p.rescue()
	p.ctx = ctx
	p.survive()
	browser.Turn()
	p.at = place()
	p.mac = browser.IsMac()
	p.openStore()
	p.lang = p.startLanguage()
	p.shelf = parseShelf(browser.Shelf())
	p.later(func(app.Context) { p.checkRadios("script") }) // the reader's, once it is drawn
	p.listen(ctx)
	if _, shared := browser.Query("shared"); shared || strings.HasPrefix(p.at, "own/") {
		p.background(func() {
			a, err := p.loadArticle()
			files := p.shared()
			browser.Turn() // the page is drawn: let it be seen
			p.do(func(ctx app.Context) { p.start(ctx, a, err, files) })
		})
		return
	}
	a, err := p.loadArticle()
	browser.Turn()
	p.start(ctx, a, err, nil)
}

// start shows the first article. From then on the page can be worked with.
func (p *Page) start(ctx app.Context, a *article.Article, err error, shared []browser.File) {
	browser.Started()
	p.show(ctx, a, err)
	browser.Turn()
	p.begin(ctx, shared)
	p.ready = true
	p.startTour()
	browser.Mark("pizhu:ready")
	p.replay()
	listed := strings.HasPrefix(p.at, "own/") // there they were needed before
	p.background(func() {
		browser.Whole()
		p.do(func(app.Context) { p.prepareSoon() })
		if !listed {
			own := listOwn()
			p.do(func(app.Context) { p.takeOwn(own) })
		}
	})
}

// OnNav shows the article of the address, when another one is shown.
func (p *Page) OnNav(ctx app.Context) {
	if p.at == "" || p.at == place() {
		return
	}
	p.at = place()
	p.close()
	p.background(func() {
		a, err := p.loadPlace()
		p.do(func(ctx app.Context) {
			p.flushNote(ctx)
			p.show(ctx, a, err)
			p.prepareSoon()
		})
	})
}

// Render draws the page around the article. The article itself is not here: its
// DOM is filled once and belongs to package browser.
func (p *Page) Render() app.UI {
	if app.IsClient && p.store != nil { // what the page draws itself comes after
		p.stale = true
		p.later(func(app.Context) {})
	}
	if app.IsClient && p.store == nil {
		browser.Turn() // here and there as the page starts: see Run
		defer browser.Turn()
	}
	return el("div[id=app]", is("lang", p.lang),
		el("a.skip[href=#reading]", p.t("skip"), does("click", func(ctx app.Context, e app.Event) {
			e.PreventDefault()
			e.Call("stopPropagation") // go-app would take it for a page
			browser.Focus("reading")
		}, "")),
		p.renderBar(),
		p.renderNotices(),
		p.renderStrip(),
		p.renderPanel(),
		p.renderFound(),
		p.renderStatus(),
		el("section.around", is("aria-label", p.t("tag-as")), p.renderPalette()),
		p.renderSheet(),
		p.renderExplanation(),
		p.renderToast(false),
		p.renderTour(),
		el("div.droptarget", is("hidden", !p.dropping), p.t("drop-here")),
		el("div.sr[role=status][aria-live=polite]", p.announce),
	)
}

func (p *Page) renderBar() app.UI {
	return el("header.bar", when(p.find.open, is("class", "finding")),
		p.iconButton("articles"),
		el("a.brand", is("href", p.root()), "批註", el("span", "Pizhu")),
		p.renderScripts(),
		p.renderSearchBox(),
		el("div.tools",
			el("div.only-phone", p.iconButton("search")),
			p.iconButton("suggest"),
			p.iconButton("undo"),
			p.iconButton("redo"),
			press("solid", p.t("export-json"), p.onCommand, "export-json", is("data-command", "export-json"), is("title", p.hint("export-json"))),
			p.iconButton("settings"),
		),
	)
}

func (p *Page) root() string {
	if r := browser.Root(); r != "" {
		return r
	}
	return "#"
}

// hint is a command's name with its first shortcut.
func (p *Page) hint(name string) string {
	c := p.command(name)
	if c == nil || len(c.keys) == 0 {
		return p.t(name)
	}
	return p.t(name) + " (" + keyLabel(c.keys[0], p.mac) + ")"
}

func (p *Page) iconButton(name string) app.UI {
	c := p.command(name)
	return el("button.icon[type=button]", is("data-command", name), is("aria-label", p.t(name)), is("title", p.hint(name)),
		when(c != nil && c.enabled != nil && !c.enabled(p), is("disabled", true)), does("click", p.onCommand, name), icon(name))
}

// onCommand runs the command that the pressed control names.
func (p *Page) onCommand(ctx app.Context, e app.Event) {
	defer p.rescue()
	p.perform(ctx, ctx.JSSrc().Get("dataset").Get("command").String())
}

func (p *Page) renderStatus() app.UI {
	saved, class := p.t("saved"), "saved"
	if n := p.unsaved(); n > 0 {
		saved, class = p.t("unsaved", n), "unsaved"
	}
	runes, n := 0, 0
	if p.doc != nil {
		runes, n = p.doc.Len(), len(p.doc.byID)
	}
	return el("footer.status",
		el("span."+class, saved),
		when(p.offline, el("span", p.t("offline-ok"))),
		el("span", p.t("counts", runes, n)),
	)
}

func (p *Page) renderNotices() app.UI {
	parts := []any{p.renderTask()}
	for _, n := range p.allNotices() {
		shown := []any{is("data-notice", n.name), el("p", n.text)}
		for i, a := range n.actions {
			shown = append(shown, press("plain", a.label, func(ctx app.Context, e app.Event) { a.do(ctx) }, n.name+"/"+strconv.Itoa(i)+"/"+n.text))
		}
		parts = append(parts, el("div.notice", shown...))
	}
	return el("div.notices[role=region][aria-live=polite]", parts...)
}

func (p *Page) notify(name, text string, actions ...noticeAction) {
	p.dismiss(name)
	p.notices = append(p.notices, notice{name, text, append(actions, noticeAction{p.t("close"), func(app.Context) { p.dismiss(name) }})})
}

func (p *Page) dismiss(name string) {
	var rest []notice
	for _, n := range p.notices {
		if n.name != name {
			rest = append(rest, n)
		}
	}
	p.notices = rest
}

// say shows a short message, and says it to a screen reader.
func (p *Page) say(ctx app.Context, text, action string, do func(app.Context)) {
	if p.toast.cancel != nil {
		p.toast.cancel()
	}
	p.announce = text
	p.toast = toast{text: text, action: action, do: do}
	p.toast.cancel = browser.After(6000, func() {
		p.do(func(app.Context) { p.toast = toast{} })
	})
}

// renderToast draws the message over the page, or, while a sheet has the page to
// itself, in that sheet's head, where it lies over no control.
func (p *Page) renderToast(inSheet bool) app.UI {
	// On a phone a sheet beside the page covers it as any other does.
	covered := p.modal() || p.open != "" && browser.Width() <= 760
	if p.toast.text == "" || covered != inSheet {
		return el("section.toast", is("hidden", true))
	}
	return el("section.toast", is("aria-label", p.t("message")),
		el("span", p.toast.text),
		when(p.toast.do != nil, el("button[type=button][data-keep-selection=on]", does("click", func(ctx app.Context, e app.Event) {
			do := p.toast.do
			p.toast = toast{}
			if do != nil {
				do(ctx)
			}
		}, p.toast.text), p.toast.action)))
}

func (p *Page) typeLabel(name string) string {
	for _, t := range p.types {
		if t.Name == name {
			return t.Label(p.lang)
		}
	}
	if name == "" {
		return p.t("type-note")
	}
	return name
}

func (p *Page) chosenAnnotation() *annotation.Annotation {
	if p.doc == nil {
		return nil
	}
	return p.doc.byID[p.chosen]
}
