package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/browser"
)

// tourKey is kept once the first steps have been seen or skipped. Where storage
// is blocked they are not shown, since they would be at every visit.
const tourKey = "pizhu/1/toured"

const tourSteps = 3

// startTour shows the first steps to who has not seen them: a card beside the
// page, which goes on beneath it.
func (p *Page) startTour() {
	if _, seen, err := (browser.Storage{}).Get(tourKey); err == nil && !seen {
		p.tour = 1
	}
}

func (p *Page) endTour() {
	p.tour = 0
	if err := (browser.Storage{}).Set(tourKey, "1"); err != nil {
		browser.Warn("pizhu: the first steps will be shown again:", err)
	}
}

// tourDone goes on to the next step when the reader has done what a step tells.
func (p *Page) tourDone(step int) {
	if p.tour == step {
		p.nextStep()
	}
}

func (p *Page) nextStep() {
	if p.tour == tourSteps {
		p.endTour()
		return
	}
	p.tour++
	p.announce = p.t("tour-"+string(rune('0'+p.tour))) + "：" + p.t("tour-"+string(rune('0'+p.tour))+"-do")
}

func (p *Page) renderTour() app.UI {
	if p.tour == 0 {
		return el("section.tour", is("hidden", true))
	}
	step := string(rune('0' + p.tour))
	next := p.t("tour-next")
	if p.tour == tourSteps {
		next = p.t("tour-end")
	}
	return el("section.tour[id=tour]", is("aria-label", p.t("tour")),
		el("small", p.t("tour-at", p.tour, tourSteps)),
		el("h2", p.t("tour-"+step)),
		el("p", p.t("tour-"+step+"-do")),
		el("div.row",
			el("button.solid[type=button][id=tour-next]", does("click", func(app.Context, app.Event) { p.nextStep() }, step), next),
			el("button.plain[type=button][id=tour-skip]", is("hidden", p.tour == tourSteps), does("click", func(app.Context, app.Event) { p.endTour() }, ""), p.t("tour-skip")),
			el("button.plain[type=button][data-command=guide]", is("hidden", p.tour != tourSteps), does("click", func(ctx app.Context, e app.Event) {
				p.endTour()
				p.perform(ctx, "guide")
			}, ""), p.t("guide")),
		),
	)
}

// renderGuide is the help page: one claim, worked from end to end, then what
// else there is.
func (p *Page) renderGuide() app.UI {
	var steps, more []app.UI
	for _, key := range []string{"guide-1", "guide-2", "guide-3", "guide-4", "guide-5"} {
		steps = append(steps, el("li", p.t(key)))
	}
	for _, key := range []string{"guide-own", "guide-suggest", "guide-offline", "guide-print"} {
		more = append(more, el("h3", p.t(key)), el("p", p.t(key+"-do")))
	}
	return el("div.body.prose[tabindex=0]",
		el("p", p.t("guide-intro")),
		el("figure",
			el("blockquote", p.t("guide-text-before"), el("mark.t-benchmark", p.t("guide-text-claim")), p.t("guide-text-after")),
			el("figcaption", el("b", p.t("guide-type")), p.t("guide-fields")),
		),
		el("ol", steps),
		more,
		el("div.actions", p.menuItem("help"), p.menuItem("about")),
	)
}

// shippedWorks is what the program is made of besides its own code: name,
// version, licence. A test holds it against what is linked.
var shippedWorks = [][3]string{
	{"Go", "", "BSD-3-Clause"},
	{"github.com/maxence-charriere/go-app/v10", "v10.1.11", "MIT"},
	{"github.com/go-ego/gse", "v0.80.3", "Apache-2.0"},
	{"github.com/vcaesar/cedar", "v0.20.2", "BSD-2-Clause"},
	{"github.com/liuzl/da", "v0.0.0-20180704015230-14771aad5b1d", "Apache-2.0"},
	{"github.com/liuzl/cedar-go", "v0.0.0-20170805034717-80a9c64b256d", "GPL-2.0"},
	{"github.com/google/uuid", "v1.6.0", "BSD-3-Clause"},
	{"github.com/liuzl/gocc", "v0.0.0-20231231122217-0372e1059ca5", "Apache-2.0"},
	{"OpenCC", "1.4.1", "Apache-2.0"},
}

// renderAbout says what the program is, what it does with the reader's work,
// and whose work it is made of.
func (p *Page) renderAbout() app.UI {
	var rows []app.UI
	for _, w := range shippedWorks {
		rows = append(rows, el("tr", el("td", w[0]), el("td", short(w[1])), el("td", w[2])))
	}
	return el("div.body.prose[tabindex=0]",
		el("p", p.t("tagline")),
		el("p", p.t("about-version", app.Getenv("GOAPP_VERSION"))),
		el("h3", p.t("about-privacy")),
		el("p", p.t("privacy")),
		el("p", p.t("about-privacy-where")),
		el("p", p.t("about-privacy-delete")),
		el("h3", p.t("about-works")),
		el("table.works", el("tbody", rows)),
		el("p", el("a[target=_blank][rel=noopener]", is("href", p.root()+"static/licenses.txt"), p.t("about-licences"))),
		p.renderInstall(),
	)
}

// short is a version without the commit that pseudo-versions end in.
func short(version string) string {
	if len(version) > 20 && version[:7] == "v0.0.0-" {
		return version[7:15]
	}
	return version
}
