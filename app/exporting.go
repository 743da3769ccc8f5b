package app

import (
	"bytes"
	"io"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/annotation/formats"
	"pizhu/app/browser"
	"pizhu/app/claims"
	"pizhu/app/store"
)

// wayOut is a form in which annotations leave for another program.
type wayOut struct {
	name, extension, kind string
	texts                 bool // it needs the articles' texts
	write                 func(io.Writer, annotation.Set, formats.Language) error
}

var waysOut = []wayOut{
	{"json", ".json", jsonType, false, func(w io.Writer, s annotation.Set, _ formats.Language) error { return annotation.Encode(w, s) }},
	{"markdown", ".md", "text/markdown", false, formats.Markdown},
	{"html", ".html", "text/html", true, formats.HTML},
	{"csv", ".csv", "text/csv", false, formats.CSV},
	{"doccano", "-doccano.jsonl", "application/jsonl", true, func(w io.Writer, s annotation.Set, _ formats.Language) error { return formats.Doccano(w, s) }},
	{"label-studio", "-label-studio.json", "application/json", true, func(w io.Writer, s annotation.Set, _ formats.Language) error { return formats.LabelStudio(w, s) }},
}

func (p *Page) renderExporting() app.UI {
	if p.exportScope == "" || p.exportScope == "article" && p.doc == nil {
		p.exportScope = "all"
		if p.doc != nil {
			p.exportScope = "article"
		}
	}
	var scopes, rows []app.UI
	for _, s := range []string{"article", "listed", "all"} {
		if s == "article" && p.doc == nil {
			continue
		}
		scopes = append(scopes, el("label", p.radio("scope", s, p.onScope),
			el("span", p.t("scope-"+s, len(p.toExport(s))))))
	}
	share := browser.CanShare()
	for _, w := range waysOut {
		name := p.t("out-" + w.name)
		rows = append(rows, el("li", el("div", el("b", name), el("small", p.t("out-"+w.name+"-for"))),
			press("plain", p.t("download"), p.onWayOut, "download"+w.name, is("data-out", w.name), is("data-how", "download"), is("aria-label", p.t("download")+"："+name)),
			press("plain", p.t("copy"), p.onWayOut, "copy"+w.name, is("data-out", w.name), is("data-how", "copy"), is("aria-label", p.t("copy")+"："+name)),
			when(share, press("plain", p.t("share"), p.onWayOut, "share"+w.name, is("data-out", w.name), is("data-how", "share"), is("aria-label", p.t("share")+"："+name)))))
	}
	return el("div.body",
		el("div.choices[role=radiogroup]", is("aria-label", p.t("export-as")), scopes),
		el("ul.ways", rows),
		p.checkbox("with-text", p.prefs.WithText, func(on bool) { p.prefs.WithText = on }))
}

func (p *Page) onScope(ctx app.Context, e app.Event) { p.exportScope = valueOf(ctx) }

// toExport are the annotations that an export would hold.
func (p *Page) toExport(scope string) []annotation.Annotation {
	switch scope {
	case "article":
		if p.doc != nil {
			return p.store.Annotations(p.doc.ID)
		}
	case "listed":
		var out []annotation.Annotation
		for a := range p.listed {
			if p.admits(a) {
				out = append(out, *a)
			}
		}
		return out
	}
	return p.everything()
}

func (p *Page) onWayOut(ctx app.Context, e app.Event) {
	defer p.rescue()
	for _, w := range waysOut {
		if w.name == data(ctx, "out") {
			p.leaveAs(w, data(ctx, "how"))
			return
		}
	}
}

// leaveAs writes the annotations in some form and hands them over: as a file, to
// the clipboard, or to the system's share sheet.
func (p *Page) leaveAs(w wayOut, how string) {
	p.flushNote(p.ctx)
	set := store.Live(annotation.Set{Label: p.t("name"), Annotations: p.toExport(p.exportScope)})
	set.Types = p.sharedTypes(w.name != "json")
	name := "pizhu"
	if p.exportScope == "article" {
		set.Label = p.doc.Title
		name = fileName(p.doc.Title)
	}
	name += "-" + now().Format("2006-01-02") + w.extension
	if w.name == "json" {
		set.Words = p.store.All().Words
	}
	wanted := map[string]bool{}
	for _, a := range set.Annotations {
		wanted[a.Article] = true
	}
	need := w.texts || w.name == "json" && p.prefs.WithText
	var missing []annotation.Source // whose texts are not in memory
	for _, s := range p.sources() {
		switch {
		case !wanted[s.ID]:
			continue
		case p.doc != nil && s.ID == p.doc.ID:
			if s.Text = ""; need {
				s.Text = p.doc.Text
			}
		case need:
			missing = append(missing, s)
			continue
		}
		set.Articles = append(set.Articles, s)
	}
	if len(missing) == 0 {
		p.handOver(w, how, name, set)
		return
	}
	p.background(func() {
		for _, s := range missing {
			if a, err := p.loadBook(s.ID); err == nil {
				s.Text = a.Text
			}
			set.Articles = append(set.Articles, s)
		}
		p.do(func(app.Context) {
			p.handOver(w, how, name, set)
		})
	})
}

// sharedTypes are the claim types for others to read: with a colour that any
// program knows and, in plain formats, a label in the reader's language.
func (p *Page) sharedTypes(plain bool) []annotation.Type {
	types := p.store.Types()
	if !plain {
		return types
	}
	for i, t := range types {
		if light, _, ok := claims.Paint(t.Colour); ok {
			types[i].Colour = light.Fg
		}
		label := p.typeLabel(t.Name)
		types[i].Labels = annotation.Labels{Hant: label, Hans: label, En: label}
	}
	return types
}

func (p *Page) handOver(w wayOut, how, name string, set annotation.Set) {
	left := 0
	if w.name == "doccano" || w.name == "label-studio" {
		// Their files are texts with places in them: what has no text here stays out.
		texts := map[string]bool{}
		for _, s := range set.Articles {
			texts[s.ID] = s.Text != ""
		}
		var kept []annotation.Annotation
		for _, a := range set.Annotations {
			if texts[a.Article] {
				kept = append(kept, a)
			}
		}
		left = len(set.Annotations) - len(kept)
		set.Annotations = kept
	}
	var b bytes.Buffer
	if err := w.write(&b, set, formats.Language(p.lang)); err != nil {
		browser.Warn("pizhu: export:", err)
		p.say(p.ctx, p.t("export-failed"), "", nil)
		return
	}
	said := p.t("exported", len(set.Annotations))
	if left > 0 {
		said += p.t("export-left", left)
	}
	var deliver func() error
	switch how {
	case "copy":
		said = p.t("copied", len(set.Annotations))
		deliver = func() error { return browser.Copy(b.String()) }
	case "share":
		deliver = func() error { return browser.Share(name, w.kind, b.Bytes()) }
	default:
		browser.Download(name, w.kind, b.Bytes())
		if w.name == "json" && p.exportScope == "all" {
			p.exported()
		}
		p.say(p.ctx, said, "", nil)
		return
	}
	p.background(func() {
		err := deliver()
		p.do(func(ctx app.Context) {
			if err != nil {
				browser.Warn("pizhu: export:", err)
				said = p.t("export-failed")
			}
			p.say(ctx, said, "", nil)
		})
	})
}
