package app

import "testing"

// Two commands may share a key only where one of them waits for its moment.
func TestKeysAreTheirOwn(t *testing.T) {
	always := map[string]string{}
	for _, c := range commands() {
		if c.enabled != nil {
			continue
		}
		for _, k := range c.keys {
			if other := always[k]; other != "" {
				t.Errorf("expected the key %s to be one command's, it is that of %s and %s", k, other, c.name)
			}
			always[k] = c.name
		}
	}
}
