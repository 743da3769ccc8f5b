package lexicon

// Open reads an asset. Errors wrap ErrFormat, ErrVersion, ErrTruncated or
// ErrCorrupt; no data at all is ErrTruncated, as nothing is embedded in a browser.
func Open(data []byte) (*Lexicon, error) {
	if len(data) == 0 {
		return nil, ErrTruncated
	}
	return open(data)
}
