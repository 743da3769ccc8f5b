package main

import (
	"encoding/json"

	"pizhu/app"
)

type (
	object = map[string]any
	words  = map[string]string
)

// manifest says what the program is to a system that installs it. Addresses in
// it are relative to its own, so it holds under any path; the id alone is taken
// from the host's root, and is a name so that it stays when the path changes.
func manifest() []byte {
	t := app.Texts("zh-Hant")
	one := func(name, short, url string) object {
		return object{"name": name, "short_name": short, "url": url, "icons": []words{{"src": "static/icon-192.png", "type": "image/png", "sizes": "192x192"}}}
	}
	m := object{
		"id": "pizhu", "name": t("name"), "short_name": "批註", "description": t("tagline"), "lang": "zh-Hant", "dir": "ltr",
		"start_url": "./", "scope": "./", "display": "standalone", "display_override": []string{"standalone", "minimal-ui"},
		"background_color": "#fbfaf7", "theme_color": "#fbfaf7",
		"categories":                  []string{"books", "education", "news", "productivity"},
		"prefer_related_applications": false,
		"icons": []words{
			{"src": "static/icon.svg", "type": "image/svg+xml", "sizes": "any"},
			{"src": "static/icon-192.png", "type": "image/png", "sizes": "192x192"},
			{"src": "static/icon-512.png", "type": "image/png", "sizes": "512x512"},
			{"src": "static/icon-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
			{"src": "static/icon-mono.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "monochrome"},
		},
		"screenshots": []words{
			{"src": "static/screenshot-wide.webp", "type": "image/webp", "sizes": "1280x800", "form_factor": "wide", "label": t("screenshot-wide")},
			{"src": "static/screenshot-narrow.webp", "type": "image/webp", "sizes": "780x1560", "form_factor": "narrow", "label": t("screenshot-narrow")},
		},
		"shortcuts": []object{
			one(t("shortcut-last"), t("shortcut-last-short"), "./?last"),
			one(t("shortcut-paste"), t("shortcut-paste-short"), "./?paste"),
		},
		// A running page is sent to what was shared: everything in it is saved as it happens.
		"launch_handler": object{"client_mode": []string{"navigate-existing", "auto"}},
		"share_target": object{
			"action": "share", "method": "POST", "enctype": "multipart/form-data",
			"params": object{"title": "title", "text": "text", "url": "url", "files": []object{{"name": "files", "accept": accepted()}}},
		},
		"file_handlers": []object{{"action": "./", "accept": opened}},
	}
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		panic(err) // literals always encode
	}
	return b
}

// opened is what the system may open with the program: types and their names' ends.
var opened = map[string][]string{
	"text/plain": {".txt"}, "text/markdown": {".md", ".markdown"}, "text/html": {".html", ".htm"},
	"application/json": {".json"}, "application/epub+zip": {".epub"},
}

func accepted() []string {
	var all []string
	for _, kind := range []string{"text/plain", "text/markdown", "text/html", "application/json", "application/epub+zip"} {
		all = append(append(all, kind), opened[kind]...)
	}
	return all
}
