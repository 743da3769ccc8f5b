package annotation

import (
	"net/url"
	"testing"
)

func TestIsIRI(t *testing.T) {
	for _, c := range []struct {
		in        string
		iri, link bool
	}{
		{"https://example.org/文?a=%E6#x", true, true},
		{"HTTP://例子.測試:8080", true, true},
		{"urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df", true, false},
		{"mailto:a@example.org", true, false},
		{"javascript:alert(1)", true, false},
		{"https:/example.org", true, false},
		{"http://", true, false},
		{"file:///etc/hosts", true, false},
		{"https://user@example.org/", false, false},
		{"https://example.org:80a/", false, false},
		{"https://exa%6dple.org/", false, false},
		{"https://example.org/a b", false, false},
		{"https://example.org/<script>", false, false},
		{"https://example.org/%zz", false, false},
		{"https://example.org/%2", false, false},
		{"java\nscript:alert(1)", false, false},
		{"//example.org/", false, false},
		{"example", false, false},
		{"1a:b", false, false},
		{":x", false, false},
		{"a:", false, false},
		{"a:\xff", false, false},
		{"", false, false},
	} {
		if got := IsIRI(c.in); got != c.iri {
			t.Errorf("IsIRI(%q): want %v, got %v", c.in, c.iri, got)
		}
		if got := IsLink(c.in); got != c.link {
			t.Errorf("IsLink(%q): want %v, got %v", c.in, c.link, got)
		}
	}
}

// FuzzIsIRI: the scanner takes nothing that net/url, and so the W3C's checks,
// would not.
func FuzzIsIRI(f *testing.F) {
	for _, s := range []string{"https://example.org/文?a=%E6#x", "urn:uuid:1", "a://b:1/c", "a:b%41", "http://[::1]/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !IsIRI(s) {
			return
		}
		u, err := url.Parse(s)
		if err != nil || !u.IsAbs() {
			t.Fatalf("want net/url to take %q too, got %v, %v", s, u, err)
		}
		if IsLink(s) != (u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")) {
			t.Fatalf("want IsLink(%q) to agree with net/url, which finds scheme %q and host %q", s, u.Scheme, u.Host)
		}
	})
}
