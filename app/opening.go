package app

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/article"
	"pizhu/app/browser"
)

// pace is work beside the page that lets the page live.
type pace struct{ turned float64 }

// turnMilliseconds bounds such work between two turns of the browser. It is
// asked for every few milliseconds.
const turnMilliseconds = 25

// turn gives the browser its turn if it is due one. It waits.
func (c *pace) turn() {
	if browser.Now()-c.turned > turnMilliseconds {
		browser.Turn()
		c.turned = browser.Now()
	}
}

// task is work that takes long enough to be shown and to be stopped.
type task struct {
	pace
	text    string
	share   float64 // done, from 0 to 1
	stopped bool
	shown   float64 // when the page was last drawn for it
}

// stepMilliseconds lie at least between two frames that show how far a task is:
// each costs the time to draw the page.
const stepMilliseconds = 150

var errStopped = errors.New("stopped by the reader")

// taskBytes is the size from which reading a file is shown.
const taskBytes = 1 << 20

// step shows how far a task has come and gives the browser its turn, so that
// the page lives and the button that stops it can be pressed. Nil is a task that
// is too short to be shown.
func (t *task) step(p *Page, share float64) error {
	if t == nil {
		return nil
	}
	t.share = max(t.share, share)
	if now := browser.Now(); now-t.shown > stepMilliseconds || t.shown == 0 {
		p.do(func(app.Context) {})
		browser.NextPaint()
		t.shown = browser.Now()
		t.turned = t.shown
	}
	t.turn()
	if t.stopped {
		return errStopped
	}
	return nil
}

// startTask shows a task, in place of the one before.
func (p *Page) startTask(text string) *task {
	t := &task{text: text}
	p.do(func(app.Context) { p.task = t })
	return t
}

func (p *Page) endTask(t *task) {
	if t != nil && p.task == t {
		p.task = nil
	}
}

// finish ends a task in the page's turn: it says that the reader stopped it, or
// does what is to be done when it failed or when all of it is done.
func (p *Page) finish(t *task, err error, failed func(error), done func(app.Context)) {
	p.do(func(ctx app.Context) {
		p.endTask(t)
		switch {
		case errors.Is(err, errStopped):
			p.say(ctx, p.t("stopped"), "", nil)
		case err != nil:
			failed(err)
		default:
			done(ctx)
		}
	})
}

func (p *Page) renderTask() app.UI {
	t := p.task
	if t == nil {
		return nil
	}
	return el("div.notice[data-notice=task]",
		el("p", t.text),
		el("progress[max=1]", is("value", t.share), is("aria-label", t.text)),
		press("plain", p.t("stop"), func(ctx app.Context, e app.Event) {
			if p.task != nil {
				p.task.stopped = true
			}
		}, "", is("data-stop", "task")),
	)
}

// The files that are opened, for the file picker.
const (
	articleFiles    = ".txt,.md,.markdown,.html,.htm,.xhtml,.epub,text/plain,text/markdown,text/html,application/epub+zip"
	annotationFiles = ".json,.jsonld,.jsonl,.ndjson,application/json,application/ld+json"
)

func (p *Page) openFile(ctx app.Context) {
	browser.Pick(articleFiles, true, func(f browser.File) {
		p.do(func(ctx app.Context) { p.receive(ctx, f) })
	})
}

// receive reads a file that the reader gave, and opens it as an article or
// shows what importing it would do, or says why not and what to do. Nothing that
// was there before is touched. Files that come while one is being read wait.
func (p *Page) receive(ctx app.Context, f browser.File) {
	defer p.rescue()
	p.dropping = false
	p.inbox = append(p.inbox, f)
	if len(p.inbox) > 1 {
		return
	}
	p.background(func() {
		for len(p.inbox) > 0 {
			p.read(p.inbox[0])
			p.inbox = p.inbox[1:]
		}
	})
}

// read reads one file. It waits.
func (p *Page) read(f browser.File) {
	limit := article.MaxBytes
	annotations := holdsAnnotations(f.Name)
	switch {
	case annotations:
		limit = maxImport
	case article.FormatOf(f.Name) == article.EPUB:
		limit = article.MaxBook
	}
	var t *task
	if f.Size >= taskBytes && f.Size <= limit {
		t = p.startTask(p.t("reading-file", f.Name))
	}
	var a *article.Article
	err := func() error {
		if f.Size > limit {
			return &article.Error{Name: f.Name, Problem: article.TooLarge}
		}
		err := f.Read(func(done int) error { return t.step(p, 0.3*float64(done)/float64(max(f.Size, 1))) })
		if err != nil || annotations {
			return err
		}
		a, err = p.parse(f.Name, f.Data, "", t)
		return err
	}()
	p.finish(t, err, func(err error) { p.refuseFile(f, err) }, func(ctx app.Context) {
		p.dismiss("file")
		if annotations {
			p.importData(ctx, f.Name, f.Data)
		} else {
			p.opened(ctx, f.Name, a, f.Data)
		}
	})
}

// refuseFile says why a file was not opened. Where its encoding could not be
// told, the reader may know it.
func (p *Page) refuseFile(f browser.File, err error) {
	browser.Warn("pizhu: file:", err)
	var actions []noticeAction
	var e *article.Error
	if errors.As(err, &e) && e.Problem == article.NotUTF8 {
		for _, enc := range []article.Encoding{article.GB18030, article.Big5} {
			actions = append(actions, noticeAction{p.t("encoding-" + string(enc)), func(ctx app.Context) { p.reopen(ctx, f.Name, f.Data, enc) }})
		}
	}
	p.notify("file", p.t("file-failed", f.Name, p.fileProblem(err)), actions...)
}

// reopen reads a file in another encoding.
func (p *Page) reopen(ctx app.Context, name string, data []byte, e article.Encoding) {
	p.dismiss("file")
	was := ""
	if p.raw != nil && p.doc != nil && p.doc.ID == p.raw.id {
		was = p.raw.id
	}
	p.background(func() {
		a, err := p.parse(name, data, e, nil)
		p.do(func(ctx app.Context) {
			if err != nil {
				p.notify("file", p.t("file-failed", name, p.fileProblem(err)))
				return
			}
			if was != "" && was != a.ID && len(p.store.Annotations(was)) == 0 {
				p.forgetArticle(was) // it was never what the file says
			}
			p.opened(ctx, name, a, data)
		})
	})
}

// parse reads a file's bytes as an article, in this browser's own readers where
// it is a page or a book. It waits.
func (p *Page) parse(name string, data []byte, e article.Encoding, t *task) (*article.Article, error) {
	switch article.FormatOf(name) {
	case article.EPUB:
		page, err := browser.ReadBook(data)
		if err != nil {
			problem := article.Binary
			if strings.Contains(err.Error(), string(article.TooLarge)) {
				problem = article.TooLarge
			}
			return nil, &article.Error{Name: name, Problem: problem, Detail: err.Error()}
		}
		return p.fromPage(name, page, article.UTF8, true, t)
	case article.HTML:
		text, enc, sure, err := article.Read(name, data, article.Options{Encoding: e})
		if err != nil {
			return nil, err
		}
		if err := t.step(p, 0.5); err != nil {
			return nil, err
		}
		page, err := browser.ReadPage(text, false)
		if err != nil {
			return nil, err
		}
		return p.fromPage(name, page, enc, sure, t)
	}
	return article.ParseWith(name, data, article.Options{Encoding: e, Pause: func(done float64) error {
		return t.step(p, 0.3+0.7*done)
	}})
}

func (p *Page) fromPage(name string, page article.Page, e article.Encoding, sure bool, t *task) (*article.Article, error) {
	if err := t.step(p, 0.8); err != nil {
		return nil, err
	}
	a, err := article.FromPage(name, page)
	if err != nil {
		return nil, err
	}
	a.Encoding, a.Sure = e, sure
	return a, nil
}

// rawFile is the file last opened, while another encoding may be chosen for it.
type rawFile struct {
	id, name string
	data     []byte
}

// opened keeps an article that the reader opened and shows it. What the reader
// has changed of its facts before stays.
func (p *Page) opened(ctx app.Context, name string, a *article.Article, data []byte) {
	facts := factsOf(name, a)
	at := slices.IndexFunc(p.own, func(o browser.Facts) bool { return o.ID == a.ID })
	if at >= 0 {
		old := p.own[at]
		old.Opened, old.Encoding = facts.Opened, facts.Encoding
		facts = old
		setFacts(a, facts)
		p.own = slices.Delete(slices.Clone(p.own), at, at+1)
	}
	older, hasOlder := p.olderVersion(facts)
	p.own = append([]browser.Facts{facts}, p.own...)
	p.sortOwn()
	p.raw = &rawFile{a.ID, name, data}
	if article.FormatOf(name) == article.EPUB || data == nil {
		p.raw = nil
	}
	p.close()
	p.goTo(ctx, a)
	p.say(ctx, p.t("opened", a.Title), p.t("article-info"), func(ctx app.Context) { p.showInfo(a.ID) })
	p.dismiss("encoding")
	if !a.Sure {
		p.notify("encoding", p.t("encoding-guess", p.t("encoding-"+string(a.Encoding))), noticeAction{p.t("change"), func(ctx app.Context) { p.showInfo(a.ID) }})
	}
	if hasOlder {
		p.offerCarrying(older, a)
	}
	p.keepArticle(facts, article.Pack(a))
	p.persist()
}

// keepArticle writes an article's text where the texts are.
func (p *Page) keepArticle(facts browser.Facts, text string) {
	p.background(func() {
		if err := browser.PutArticle(facts, text); err != nil {
			browser.Warn("pizhu: article not kept:", err)
			p.do(func(app.Context) { p.notify("article-unsaved", p.t("article-unsaved", facts.Title)) })
		}
	})
}

func setFacts(a *article.Article, f browser.Facts) {
	a.Title, a.Author, a.Source, a.Date, a.Variant = f.Title, f.Author, f.Source, f.Date, f.Variant
	a.Encoding, a.Sure = article.Encoding(f.Encoding), true
}

func factsOf(name string, a *article.Article) browser.Facts {
	return browser.Facts{ID: a.ID, Name: name, Title: a.Title, Author: a.Author, Source: a.Source,
		Date: a.Date, Variant: a.Variant, Runes: a.Len(), Opened: now().UnixMilli(), Encoding: string(a.Encoding)}
}

func (p *Page) sortOwn() { p.own = sortFacts(p.own) }

func sortFacts(list []browser.Facts) []browser.Facts {
	slices.SortStableFunc(list, func(a, b browser.Facts) int { return cmp.Compare(b.Place(), a.Place()) })
	return list
}

// takeOwn takes the list of the reader's articles as it is kept, with those that
// were opened while it was on its way.
func (p *Page) takeOwn(own []browser.Facts) {
	for _, f := range p.own {
		if !slices.ContainsFunc(own, func(o browser.Facts) bool { return o.ID == f.ID }) {
			own = append(own, f)
		}
	}
	p.own = sortFacts(own)
}

// fileProblem says in the reader's language why a file could not be opened.
func (p *Page) fileProblem(err error) string {
	var e *article.Error
	if errors.As(err, &e) {
		return p.t("file-"+string(e.Problem), e.Line)
	}
	return p.t("file-unreadable")
}

// ---- pasting ----

func (p *Page) pasteSheet(ctx app.Context) { p.toggle("paste") }

// pasted opens a text or a piece of a page as an article, or shows what
// importing it would do if it is annotations.
func (p *Page) pasted(ctx app.Context, plain, html string) {
	defer p.rescue()
	if s := strings.TrimSpace(plain); looksLikeJSON(s) {
		p.close()
		p.importData(ctx, p.t("pasted"), []byte(s))
		return
	}
	if strings.TrimSpace(plain) == "" && html == "" {
		return
	}
	p.background(func() {
		a, err := p.parsePasted(plain, html)
		p.do(func(ctx app.Context) {
			if err != nil {
				p.notify("file", p.t("file-failed", p.t("pasted"), p.fileProblem(err)))
				return
			}
			p.dismiss("file")
			p.opened(ctx, a.Title, a, nil)
		})
	})
}

func (p *Page) parsePasted(plain, html string) (a *article.Article, err error) {
	if html != "" && len(html) <= article.MaxBytes {
		page, err := browser.ReadPage(html, true)
		if err == nil {
			a, err = article.FromPage("", page)
		}
		if err != nil {
			a = nil // its text is there too
		} else {
			a.Encoding, a.Sure = article.UTF8, true
		}
	}
	if a == nil {
		if a, err = article.Parse("", []byte(plain)); err != nil {
			return nil, err
		}
	}
	if a.Blocks[0].Kind != article.Heading {
		a.Title = article.FirstLine(a)
	}
	return a, nil
}

// looksLikeJSON reports whether a pasted text is meant as annotations.
func looksLikeJSON(s string) bool {
	if len(s) < 2 || s[0] != '{' && s[0] != '[' {
		return false
	}
	s = strings.TrimLeft(s[1:], " \t\r\n")
	return s != "" && (s[0] == '"' || s[0] == '{' || s[0] == ']' || s[0] == '}')
}

func (p *Page) renderPaste() app.UI {
	return el("div.body",
		el("p[id=paste-hint]", p.t("paste-hint")),
		el("textarea.paste[id=paste-text][aria-describedby=paste-hint][rows=8]", is("aria-label", p.t("paste"))),
		el("div.row.end",
			press("plain", p.t("close"), func(app.Context, app.Event) { p.close() }, ""),
			press("solid", p.t("open"), func(ctx app.Context, e app.Event) {
				p.pasted(ctx, browser.Value("paste-text"), "")
			}, "", is("id", "paste-open")),
		),
	)
}
