package browser

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"pizhu/app/store"
)

// Storage is localStorage. Its calls go through functions that catch what
// JavaScript throws: go-app's own panic where storage is blocked.
type Storage struct{}

// answer reads [value] or [null, error's name] as article.js gives them.
func answer(v app.Value) (app.Value, error) {
	if !v.Truthy() {
		return nil, store.ErrBlocked
	}
	if v.Length() < 2 {
		return v.Index(0), nil
	}
	name := v.Index(1).String()
	if strings.Contains(name, "Quota") {
		return nil, store.ErrQuota
	}
	return nil, fmt.Errorf("%w: %s", store.ErrBlocked, name)
}

// Get is the value of a key and whether there is one.
func (Storage) Get(key string) (string, bool, error) {
	v, err := answer(page().Call("store", "getItem", key))
	if err != nil || v.IsNull() {
		return "", false, err
	}
	return v.String(), true, nil
}

// Set keeps a value: all of it, or none and an error.
func (Storage) Set(key, value string) error {
	_, err := answer(page().Call("store", "setItem", key, value))
	return err
}

// Remove drops a key; one that is not there is no error.
func (Storage) Remove(key string) error {
	_, err := answer(page().Call("store", "removeItem", key))
	return err
}

// Keys are all keys of the origin, in one call.
func (Storage) Keys() ([]string, error) {
	v, err := answer(page().Call("store", "keys"))
	if err != nil {
		return nil, err
	}
	all := v.String()
	if all == "" {
		return nil, nil
	}
	return strings.Split(all, "\x00"), nil
}

// GetAll is many values in one call: a key of its own for each would cross into
// JavaScript ten thousand times for a well-read article.
func (s Storage) GetAll(keys []string) ([]string, error) {
	v, err := answer(page().Call("store", "values", strings.Join(keys, "\x00")))
	if err != nil {
		return nil, err
	}
	all := strings.Split(v.String(), "\x00")
	if len(all) == len(keys) {
		return all, nil
	}
	// Somebody else's value holds a zero.
	all = make([]string, len(keys))
	for i, k := range keys {
		if all[i], _, err = s.Get(k); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SetAll keeps many values in one call, for the same reason. No key and no value
// holds a zero.
func (Storage) SetAll(keys, values []string) (int, error) {
	v := page().Call("store", "fill", strings.Join(keys, "\x00"), strings.Join(values, "\x00"))
	n := 0
	if v.Truthy() && v.Index(0).Truthy() {
		n = v.Index(0).Int()
	}
	_, err := answer(v)
	if err == nil && n != len(keys) {
		err = store.ErrBlocked
	}
	return n, err
}

func journal() app.Value { return page().Get("journal") }

// Logged is what the log of writes has otherwise than localStorage has it. It
// waits.
func Logged() ([]store.Logged, error) {
	v, err := Await(journal().Call("lost"))
	if err != nil {
		return nil, err
	}
	var all []string
	if err := json.Unmarshal([]byte(v.String()), &all); err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	var log []store.Logged
	for i := 0; i+1 < len(all); i += 2 {
		log = append(log, store.Logged{Key: all[i], Value: all[i+1]})
	}
	return log, nil
}

// TrimLog drops from the log what is surely on the disk. It waits.
func TrimLog() error {
	_, err := Await(journal().Call("trim"))
	return err
}
