package store

import (
	"net/url"
	"strconv"
	"strings"
)

// Keys. Everything that is kept stands under root and a version:
//
//	pizhu/1/a/ARTICLE/ID      an annotation, as a record
//	pizhu/1/t/NAME            a claim type of the reader's
//	pizhu/1/w/WORD            a word of the reader's
//	pizhu/quarantine/N/KEY    what could not be read, under its old key
//
// Other kinds under pizhu/1/ belong to others and are left alone.
const (
	root       = "pizhu/"
	quarantine = root + "quarantine/"
	// Version is that of the keys and of what is under them.
	Version = 1

	kindAnnotation = "a"
	kindType       = "t"
	kindWord       = "w"
)

func prefix(version int, kind string) string {
	if version == Version && kind == kindAnnotation {
		return annotations // asked for ten thousand times as a well-read article is opened
	}
	return root + strconv.Itoa(version) + "/" + kind + "/"
}

var annotations = root + strconv.Itoa(Version) + "/" + kindAnnotation + "/"

// split takes a key of ours apart. ok is false for one that is not.
func split(key string) (version int, kind, rest string, ok bool) {
	key, ok = strings.CutPrefix(key, root)
	if !ok {
		return 0, "", "", false
	}
	v, key, _ := strings.Cut(key, "/")
	version, err := strconv.Atoi(v)
	if err != nil || version < 1 || v[0] == '+' {
		return 0, "", "", false
	}
	kind, rest, _ = strings.Cut(key, "/")
	return version, kind, rest, true
}

const uuid = "urn:uuid:"

func annotationKey(articleID, id string) string {
	name, ok := strings.CutPrefix(id, uuid)
	if !ok || name == "" || strings.ContainsAny(name, "/%") || name[0] == '=' {
		name = "=" + url.PathEscape(id) // = tells it from the rest of a URN
	}
	return prefix(Version, kindAnnotation) + url.PathEscape(articleID) + "/" + name
}

// annotationNames turns annotationKey around.
func annotationNames(rest string) (articleID, id string, ok bool) {
	a, name, ok := strings.Cut(rest, "/")
	if !ok || name == "" || strings.Contains(name, "/") {
		return "", "", false
	}
	articleID, err := url.PathUnescape(a)
	if err != nil {
		return "", "", false
	}
	if escaped, ok := strings.CutPrefix(name, "="); ok {
		id, err = url.PathUnescape(escaped)
	} else {
		id = uuid + name
	}
	// Only the key that we would write ourselves: two for one annotation would
	// be two places to save it.
	if err != nil || id == "" || annotationKey(articleID, id) != prefix(Version, kindAnnotation)+rest {
		return "", "", false
	}
	return articleID, id, true
}
