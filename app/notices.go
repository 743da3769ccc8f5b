package app

import (
	"errors"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/store"
)

// allNotices are the messages that stand above the article: first what is wrong
// with keeping the reader's work, then what the browser lacks, then what has
// happened.
func (p *Page) allNotices() []notice {
	var all []notice
	export := noticeAction{p.t("export-all"), p.exportAll}
	if p.store != nil {
		report := p.store.Report()
		switch n := p.unsaved(); {
		case p.store.Outdated():
			all = append(all, notice{"outdated", p.t("outdated"), []noticeAction{export, {p.t("reload"), func(ctx app.Context) { ctx.Reload() }}}})
		case n > 0:
			key := "quota"
			if p.saveError != nil && !errors.Is(p.saveError, store.ErrQuota) {
				key = "blocked"
			}
			all = append(all, notice{"unsaved", p.t(key, n), []noticeAction{export, {p.t("retry-save"), func(app.Context) { p.saveError = p.store.Retry() }}}})
		case report.Err != nil:
			all = append(all, notice{"blocked", p.t("blocked-yet"), nil})
		}
		if n := len(report.SetAside); n > 0 && !p.heard["damaged"] {
			all = append(all, notice{"damaged", p.t("damaged", n), []noticeAction{{p.t("close"), func(app.Context) { p.hear("damaged") }}}})
		}
	}
	if p.ready && !p.colours {
		all = append(all, notice{name: "no-colours", text: p.t("no-colours")})
	}
	return append(all, p.notices...)
}

// hear remembers that the reader has closed a standing message.
func (p *Page) hear(name string) {
	if p.heard == nil {
		p.heard = map[string]bool{}
	}
	p.heard[name] = true
}
