//go:build !js

package lexicon

import (
	"embed"
	"sync"
)

//go:embed assets/*.lex
var files embed.FS

// Open reads an asset. Without data it is Embedded, which a browser has not.
// Errors wrap ErrFormat, ErrVersion, ErrTruncated or ErrCorrupt.
func Open(data []byte) (*Lexicon, error) {
	if data == nil {
		return Embedded(), nil
	}
	return open(data)
}

// Data is the content of an asset, for a host that serves it.
func (a Asset) Data() []byte {
	data, err := files.ReadFile("assets/" + a.File)
	if err != nil {
		panic("lexicon: assets and table of assets are not of one run of go generate: " + err.Error())
	}
	return data
}

// Embedded is a Lexicon of all assets.
func Embedded() *Lexicon { return embedded() }

var embedded = sync.OnceValue(func() *Lexicon {
	var all []*Lexicon
	for _, a := range assets {
		l, err := open(a.Data())
		if err != nil {
			panic("lexicon: " + a.File + ": " + err.Error())
		}
		all = append(all, l)
	}
	return Merge(all...)
})
