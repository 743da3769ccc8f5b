package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// The icons are strokes on a 24-unit grid, drawn for this program.
var icons = map[string]string{
	"articles":      "M4 6h16M4 12h16M4 18h10",
	"undo":          "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
	"redo":          "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
	"settings":      "M5 12h.01M12 12h.01M19 12h.01",
	"search":        "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.2 16.2 21 21",
	"close":         "M6 6l12 12M18 6 6 18",
	"delete":        "M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13",
	"next":          "m6 9 6 6 6-6",
	"previous":      "m6 15 6-6 6 6",
	"suggest":       "M12 3v3M12 18v3M3 12h3M18 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2",
	"filter":        "M4 6h16M7 12h10M10 18h4",
	"pick":          "M4 5h6v6H4zM13 8h7M13 17h7M4 17l2 2 4-4",
	"overview":      "M5 20V10M12 20V4M19 20v-7",
	"open-file":     "M12 16V5M8 9l4-4 4 4M5 19h14",
	"search-next":   "m6 9 6 6 6-6",
	"search-prev":   "m6 15 6-6 6 6",
	"keep-together": "M8 6H4v12h4M16 6h4v12h-4M9 12h6",
}

const svgSpace = "http://www.w3.org/2000/svg"

func icon(name string) app.UI {
	return draw("svg[viewBox=0 0 24 24][aria-hidden=true]", draw("path", is("d", icons[name])))
}
