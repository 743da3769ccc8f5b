package store

import "slices"

// Memory is a Backend that forgets: for tests, which can make it fail as a
// browser's storage does.
type Memory struct {
	Values map[string]string
	// Quota is how many UTF-16 units keys and values may take; 0 is no limit.
	Quota int
	// Blocked makes every call fail.
	Blocked bool
	// Writes counts calls of Set that succeeded.
	Writes int
}

// Get is the value of a key.
func (m *Memory) Get(key string) (string, bool, error) {
	if m.Blocked {
		return "", false, ErrBlocked
	}
	v, ok := m.Values[key]
	return v, ok, nil
}

// Set keeps a value, or fails with ErrQuota or ErrBlocked.
func (m *Memory) Set(key, value string) error {
	if m.Blocked {
		return ErrBlocked
	}
	if m.Quota > 0 {
		units := utf16Units(key) + utf16Units(value)
		for k, v := range m.Values {
			if k != key {
				units += utf16Units(k) + utf16Units(v)
			}
		}
		if units > m.Quota {
			return ErrQuota
		}
	}
	if m.Values == nil {
		m.Values = map[string]string{}
	}
	m.Values[key] = value
	m.Writes++
	return nil
}

// Remove drops a key.
func (m *Memory) Remove(key string) error {
	if m.Blocked {
		return ErrBlocked
	}
	delete(m.Values, key)
	return nil
}

// Keys is all keys, in order.
func (m *Memory) Keys() ([]string, error) {
	if m.Blocked {
		return nil, ErrBlocked
	}
	keys := make([]string, 0, len(m.Values))
	for k := range m.Values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys, nil
}
