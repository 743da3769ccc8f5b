// Package regexp stands in for the real one in the browser's program. gse and
// go-app compile expressions for what the page does not use (hidden Markov
// models, routes by pattern), some as the program starts. An expression here is
// its text and matches nothing: using it is a fault, and panics.
package regexp

// Regexp would be a compiled expression.
type Regexp struct{ text string }

// MustCompile keeps the text of an expression.
func MustCompile(text string) *Regexp { return &Regexp{text} }

// String is the text of the expression.
func (re *Regexp) String() string { return re.text }

func (re *Regexp) absent() string {
	return "regexp is not part of the browser's program (see web/slim): " + re.text
}

// MatchString panics.
func (re *Regexp) MatchString(string) bool { panic(re.absent()) }

// FindAllString panics.
func (re *Regexp) FindAllString(string, int) []string { panic(re.absent()) }

// FindStringIndex panics.
func (re *Regexp) FindStringIndex(string) []int { panic(re.absent()) }

// ReplaceAllString panics.
func (re *Regexp) ReplaceAllString(string, string) string { panic(re.absent()) }
