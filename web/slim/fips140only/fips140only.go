// Package fips140only stands in for crypto/internal/fips140only in the browser's
// program: GODEBUG=fips140=only, which the real one enforces with ciphers and
// hashes that are tried out as the program starts, has no meaning in a browser.
package fips140only

// Enforced is whether GODEBUG=fips140=only is set: it never is.
func Enforced() bool { return false }
