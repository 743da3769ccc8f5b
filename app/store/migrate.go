package store

import (
	"errors"
	"strconv"
)

// A migration turns one key and value of a version into the next version's. An
// error sets the value aside. Values that it drops have the key "".
type migration func(kind, rest, value string) (newKind, newRest, newValue string, err error)

// migrations are by the version they start from. Version 1 is the first, so
// there are none yet. With the first, Replay has to take an older version's rows
// through them too.
var migrations = map[int]migration{}

// migrate brings what older versions kept up to version, and returns the keys
// as they are afterwards. A value is written under its new key before its old
// key goes, so that being cut off anywhere loses nothing. Where the new key is
// taken already, what is there is newer, and the old value is set aside.
func (s *Store) migrate(keys []string, version int, steps map[int]migration) []string {
	if len(steps) == 0 {
		return keys
	}
	taken := make(map[string]bool, len(keys))
	for _, key := range keys {
		taken[key] = true
	}
	var out []string
	for _, key := range keys {
		v, kind, rest, ok := split(key)
		if !ok || v >= version || steps[v] == nil {
			out = append(out, key)
			continue
		}
		old, ok, err := s.backend.Get(key)
		if err != nil || !ok {
			continue
		}
		value := old
		for ; v < version && err == nil && kind != ""; v++ {
			if step := steps[v]; step != nil {
				kind, rest, value, err = step(kind, rest, value)
			}
		}
		newKey := root + strconv.Itoa(version) + "/" + kind + "/" + rest
		switch {
		case err == nil && kind == "": // of no use any more
		case err == nil && taken[newKey]:
			if there, _, getErr := s.backend.Get(newKey); getErr != nil || there != value {
				s.setAside(key, old, errTaken)
				continue
			}
		case err != nil:
			s.setAside(key, old, err)
			continue
		default:
			if err := s.backend.Set(newKey, value); err != nil {
				s.report.Err = &SaveError{Key: newKey, Err: err} // the old one stays, for next time
				continue
			}
			taken[newKey] = true
			out = append(out, newKey)
		}
		s.backend.Remove(key) // where it cannot go, it is set aside next time
	}
	return out
}

var errTaken = errors.New("older than what is kept under its new key")
