package app

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/annotation"
	"pizhu/app/browser"
	"pizhu/app/store"
)

// quotaUnits is what a browser's localStorage holds, in UTF-16 units: the
// smallest of the common limits.
const quotaUnits = 5 << 20

// meter is what is known of the space that is used and left.
type meter struct {
	units       int // of localStorage
	used, quota float64
	known       bool
	persisted   bool
}

// measure finds out how much space is used and left, for the settings.
func (p *Page) measure() {
	if p.store == nil {
		return
	}
	units, err := p.store.Usage()
	if err != nil {
		return // blocked, which has been said
	}
	p.meter.units = units
	p.background(func() {
		used, quota, err := browser.Space()
		persisted := browser.Persisted()
		p.do(func(app.Context) {
			p.meter.used, p.meter.quota, p.meter.known, p.meter.persisted = used, quota, err == nil, persisted
		})
	})
}

func (p *Page) renderMeter() app.UI {
	m := p.meter
	said := p.t("meter-used", p.megabytes(float64(m.units)), p.megabytes(quotaUnits))
	parts := []any{
		el("p.group", p.t("meter")),
		el("p.quiet", said),
		el("progress[max=1]", is("value", strconv.FormatFloat(float64(m.units)/quotaUnits, 'f', 4, 64)), is("aria-label", said)),
	}
	if m.known {
		parts = append(parts, el("p.quiet", p.t("meter-articles", p.megabytes(m.used), p.megabytes(m.quota-m.used))))
	}
	key := "meter-evictable"
	if m.persisted {
		key = "meter-persisted"
	}
	return el("div[id=meter]", append(parts, el("p.quiet", p.t(key)))...)
}

// megabytes is a number of bytes, or of units, as it is read.
func (p *Page) megabytes(n float64) string {
	switch mb := n / (1 << 20); {
	case mb >= 1000:
		return browser.Number(p.lang, mb/1024, 1, "gigabyte")
	case mb >= 10:
		return browser.Number(p.lang, mb, 0, "megabyte")
	default:
		return browser.Number(p.lang, mb, 2, "megabyte")
	}
}

// persist asks the browser, once, not to evict what is kept: when there is work
// that would be missed, and the reader has just made some of it.
func (p *Page) persist() {
	if p.prefs.Persist || p.store == nil {
		return
	}
	if n := len(p.own); n == 0 && (p.doc == nil || len(p.doc.byID) < 5) {
		return
	}
	p.prefs.Persist = true
	p.savePrefs()
	p.background(func() {
		if !browser.Persisted() {
			browser.Persist()
		}
	})
}

// What makes a reminder to export due: so many annotations newer than the last
// export, the oldest of them so many days old. Safari evicts what a site keeps
// after seven days without a visit.
const (
	remindAfter = 20
	remindDays  = 5
)

// remind says when much work is in this browser alone, unless the browser has
// promised to keep it.
func (p *Page) remind() {
	if p.store == nil || p.heard["remind"] {
		return
	}
	last := time.UnixMilli(p.prefs.Exported)
	n, oldest := 0, now()
	for _, a := range p.store.All().Annotations {
		if !a.Deleted && a.Modified.After(last) {
			n++
			if a.Modified.Before(oldest) {
				oldest = a.Modified
			}
		}
	}
	full := false
	if units, err := p.store.Usage(); err == nil {
		full = units > quotaUnits*8/10
	}
	if !full && (n < remindAfter || now().Sub(oldest) < remindDays*24*time.Hour) {
		return
	}
	p.background(func() {
		if !full && browser.Persisted() {
			return
		}
		p.do(func(app.Context) {
			p.hear("remind")
			key := "remind"
			if full {
				key = "nearly-full"
			}
			p.notify("remind", p.t(key, n), noticeAction{p.t("export-all"), func(ctx app.Context) {
				p.dismiss("remind")
				p.exportAll(ctx)
			}})
		})
	})
}

// exported remembers that everything up to now is elsewhere too.
func (p *Page) exported() {
	p.prefs.Exported = now().UnixMilli()
	p.savePrefs()
	p.dismiss("remind")
}

// faultsText is what was found, by kind.
func (p *Page) faultsText(findings []store.Finding) string {
	counts := map[store.Fault]int{}
	for _, f := range findings {
		counts[f.Fault]++
	}
	text := ""
	for _, f := range []store.Fault{store.OutsideText, store.EmptySpan, store.QuoteMoved, store.QuoteLost, store.NoQuote, store.Dangling, store.UnknownType, store.SaysNothing, store.NoIdentity, store.DuplicateID} {
		if n := counts[f]; n > 0 {
			text += " " + p.t("fault-"+string(f)) + " " + number(n) + "；"
		}
	}
	return text
}

// checkUp looks for faults in what is stored on the article that was opened, when
// the browser has nothing better to do. What is safe is put right and said: a
// place whose very words stand elsewhere, a quote that was left out, a type that
// nobody describes. What has no identity can neither be exported nor merged, and
// is set aside. Words that are nowhere are in the list of what is lost already.
func (p *Page) checkUp() {
	doc := p.doc
	if doc == nil || p.store.Outdated() {
		return
	}
	described := map[string]bool{"": true}
	for i := range p.entries {
		described[p.entries[i].Name] = true
	}
	var suspects []annotation.Annotation
	quotes := map[string]string{}
	for _, a := range doc.byID {
		kept, ok := p.store.Get(a.ID)
		if !ok {
			continue
		}
		if doc.gone[a.ID] || kept.Span != a.Span || // shown where it was found
			!described[a.Type] || !annotation.IsIRI(a.ID) || a.Quote.Exact == "" && !a.Span.Empty() {
			suspects = append(suspects, kept)
			quotes[a.ID] = kept.Quote.Exact
		}
	}
	if len(suspects) == 0 {
		return
	}
	p.background(func() {
		_, checked, err := p.examineSet(&importing{}, annotation.Set{Annotations: suspects}, nil)
		p.do(func(ctx app.Context) {
			if err != nil || p.doc != doc {
				return // the next time
			}
			var right []annotation.Annotation
			mended := map[string]bool{}
			for _, a := range checked.Repaired {
				if quotes[a.ID] == "" || quotes[a.ID] == a.Quote.Exact {
					right = append(right, a)
					mended[a.ID] = true
				}
			}
			var types []annotation.Type
			for _, t := range checked.Set.Types {
				if !described[t.Name] {
					types = append(types, t)
				}
			}
			var aside []string
			for _, a := range checked.Aside {
				if !annotation.IsIRI(a.ID) {
					aside = append(aside, a.ID)
				}
			}
			if len(right)+len(types)+len(aside) == 0 {
				return
			}
			var told []store.Finding
			for _, f := range checked.Findings {
				if mended[f.ID] || f.Fault == store.UnknownType || f.Fault == store.NoIdentity {
					told = append(told, f)
				}
			}
			p.redraw(p.store.SetAside(aside...))
			p.keepBoth(types, right)
			p.notify("examined", p.t("repaired", len(right)+len(types))+"："+p.faultsText(told),
				noticeAction{p.t("undo"), func(ctx app.Context) { p.dismiss("examined"); p.perform(ctx, "undo") }})
		})
	})
}

// examine checks all that is stored, says what is wrong, and puts right what
// can be, as one change that can be taken back.
func (p *Page) examine(ctx app.Context) {
	p.close()
	p.flushNote(ctx)
	im := &importing{set: annotation.Set{Annotations: store.Live(p.store.All()).Annotations, Types: p.store.AllTypes()}}
	p.background(func() {
		t := p.startTask(p.t("examining"))
		repaired, findings, err := p.check(im, t)
		p.finish(t, err, func(err error) { browser.Warn("pizhu: check:", err) }, func(ctx app.Context) {
			aside := len(p.store.Report().SetAside)
			if len(findings) == 0 && aside == 0 {
				p.say(ctx, p.t("examined-well", len(im.set.Annotations)), "", nil)
				return
			}
			text := p.t("examined", len(im.set.Annotations)) + p.faultsText(findings)
			if aside > 0 {
				text += " " + p.t("damaged", aside)
			}
			var actions []noticeAction
			if len(repaired) > 0 {
				actions = append(actions, noticeAction{p.t("repair", len(repaired)), func(ctx app.Context) {
					p.dismiss("examined")
					p.keep(ctx, repaired...)
					p.say(ctx, p.t("repaired", len(repaired)), p.t("undo"), func(ctx app.Context) { p.perform(ctx, "undo") })
				}})
			}
			p.notify("examined", text, actions...)
		})
	})
}
