//go:build js

// Built in the place of net/netip alone: nowhere else may the source be imported.

// Package netip stands in for net/netip in the browser's program, where net/url
// asks it whether what an address has in brackets is an IPv6 one, and for no more.
// The real one makes a table of zones as the program starts, with 50 functions.
package netip

import (
	"errors"
	"strings"
)

// Addr would be an address.
type Addr struct{}

// Is4 is false: an IPv4 address is no address here.
func (Addr) Is4() bool { return false }

// ParseAddr refuses what cannot be an IPv6 address by its characters.
func ParseAddr(s string) (Addr, error) {
	address, _, _ := strings.Cut(s, "%")
	if strings.Count(address, ":") < 2 || strings.Trim(address, "0123456789abcdefABCDEF:.") != "" {
		return Addr{}, errors.New("not an IPv6 address: " + s)
	}
	return Addr{}, nil
}
