package words

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	_ "embed"
)

// Entry is a word that is not left to the dictionary.
type Entry struct {
	Word string // Simplified, 2 to 32 runes; may have inner spaces, as Le Chat
	Freq int64  // how often it was counted against the dictionary's total; 0 for the default
	Tag  string // part of speech or kind in the notation of the PKU corpus (nr, nt, ns, nz, n …); may be empty
}

const (
	// userFreq lets a word of the reader win over any split of itself into
	// dictionary words: it costs 12 bits, and hardly two words together are that
	// cheap.
	userFreq = 10_000
	// nameFreq is that of a common noun: names.txt must not tear apart what the
	// dictionary knows well.
	nameFreq = 200

	maxFreq     = 1_000_000
	minWordLen  = 2
	maxWordLen  = 32
	maxLine     = 1 << 10 // bytes
	maxEntries  = 200_000
	maxProblems = 100
)

func (e Entry) freq(otherwise int64) int64 {
	if e.Freq > 0 {
		return min(e.Freq, maxFreq)
	}
	return otherwise
}

// String is e as a line that ParseUser reads back.
func (e Entry) String() string {
	freq := ""
	if e.Freq > 0 {
		freq = strconv.FormatInt(e.Freq, 10)
	}
	switch {
	case e.Tag != "":
		return e.Word + "\t" + freq + "\t" + e.Tag
	case freq != "" || strings.Contains(e.Word, " "):
		return e.Word + "\t" + freq
	}
	return e.Word
}

// Reason says what is wrong with a line of a word list, as a code that an
// interface can translate.
type Reason string

// Reasons of a Problem.
const (
	TooLong   Reason = "too-long"  // a line of more than 1,024 bytes, or a word of more than 32 runes
	TooShort  Reason = "too-short" // a word of one rune
	NotUTF8   Reason = "not-utf8"
	NoLetters Reason = "no-letters" // nothing but punctuation, digits, white space or control characters
	BadFreq   Reason = "frequency"  // a frequency that is no whole number from 1 to 1,000,000
	BadFields Reason = "fields"     // more than word, frequency and tag, or a tag that is none
	Duplicate Reason = "duplicate"  // the word is on an earlier line, which stays
	TooMany   Reason = "too-many"   // the list is full at 200,000 words; the rest was not read
	MoreFound Reason = "more"       // more problems than are listed; Text has their number
	Unread    Reason = "unread"     // the reader failed; Text has its error
)

// Problem is a line of a word list that was not taken.
type Problem struct {
	Line   int    // counted from 1
	Text   string // of the line, its first runes
	Reason Reason
}

func (p Problem) Error() string {
	return fmt.Sprintf("line %d: %s: %q", p.Line, p.Reason, p.Text)
}

// ParseUser reads a word list: one word a line, Simplified, optionally followed by
// a frequency and a tag, as jieba's and gse's users have them. Between tabs a word
// may be anything; with spaces alone, a number belongs to the word if the word has
// no Chinese (Claude 3), else it is the frequency (大模型 300 n). Blank lines and
// those that begin with # are skipped, and so is a byte order mark.
//
// Each line that cannot be taken is a Problem, up to 100 of them and then one that
// counts the rest. At most 200,000 words are taken, whatever is sent.
func ParseUser(r io.Reader) ([]Entry, []Problem) {
	var (
		entries  []Entry
		problems []Problem
		more     int
		seen     = map[string]struct{}{}
		line     int
	)
	report := func(text string, reason Reason) {
		if len(problems) >= maxProblems {
			more++
			return
		}
		problems = append(problems, Problem{line, head(text), reason})
	}
	in := bufio.NewReaderSize(r, 64<<10)
	for {
		text, long, err := readLine(in)
		if err == io.EOF {
			break
		}
		line++
		if err != nil {
			report(err.Error(), Unread)
			break
		}
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if long {
			report(text, TooLong)
			continue
		}
		// A tab at the end says that the spaces before it belong to the word.
		text = strings.TrimRight(strings.TrimLeftFunc(text, unicode.IsSpace), " \r\u3000")
		if strings.TrimSpace(text) == "" || text[0] == '#' {
			continue
		}
		e, reason := parseEntry(text)
		if reason != "" {
			report(text, reason)
			continue
		}
		key := strings.ToLower(e.Word)
		if _, ok := seen[key]; ok {
			report(text, Duplicate)
			continue
		}
		if len(entries) == maxEntries {
			report(text, TooMany)
			break
		}
		seen[key] = struct{}{}
		entries = append(entries, e)
	}
	if more > 0 {
		problems = append(problems, Problem{line, strconv.Itoa(more), MoreFound})
	}
	return entries, problems
}

// readLine reads a line without its end. Of a line that is too long it keeps the
// head and passes over the rest, so that memory stays bounded.
func readLine(in *bufio.Reader) (text string, long bool, err error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if room := maxLine + 2 - len(line); room > 0 {
			line = append(line, part[:min(room, len(part))]...)
		}
		switch {
		case err == nil:
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && len(line) > 0:
		default:
			return "", false, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		return text, len(text) > maxLine, nil
	}
}

func parseEntry(text string) (Entry, Reason) {
	if !utf8.ValidString(text) {
		return Entry{}, NotUTF8
	}
	var e Entry
	var freq string
	if fields := strings.Split(text, "\t"); len(fields) > 1 {
		if len(fields) > 3 {
			return e, BadFields
		}
		e.Word = strings.TrimSpace(fields[0])
		freq = strings.TrimSpace(fields[1])
		if len(fields) == 3 {
			e.Tag = strings.TrimSpace(fields[2])
		} else if isTag(freq) {
			e.Tag, freq = freq, ""
		}
	} else {
		fields := strings.Fields(text)
		n := len(fields)
		if n > 1 && hasHan(strings.Join(fields[:n-1], "")) {
			if n > 2 && isTag(fields[n-1]) && looksNumeric(fields[n-2]) {
				e.Tag, freq, n = fields[n-1], fields[n-2], n-2
			} else if looksNumeric(fields[n-1]) {
				freq, n = fields[n-1], n-1
			} else if isTag(fields[n-1]) {
				e.Tag, n = fields[n-1], n-1
			}
		}
		e.Word = strings.Join(fields[:n], " ")
	}
	if e.Tag != "" && !isTag(e.Tag) {
		return e, BadFields
	}
	if freq != "" {
		n, err := strconv.ParseInt(freq, 10, 64)
		if err != nil || n < 1 || n > maxFreq {
			return e, BadFreq
		}
		e.Freq = n
	}
	n, letters := 0, false
	for _, r := range e.Word {
		n++
		if unicode.IsControl(r) {
			return e, NoLetters
		}
		letters = letters || unicode.IsLetter(r)
	}
	switch {
	case !letters:
		return e, NoLetters
	case n < minWordLen:
		return e, TooShort
	case n > maxWordLen:
		return e, TooLong
	}
	e.Word = foldWidth(e.Word)
	return e, ""
}

// isTag reports whether s looks like a part of speech: up to four small letters.
func isTag(s string) bool {
	for _, c := range []byte(s) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= 4
}

func looksNumeric(s string) bool {
	return s != "" && strings.TrimLeft(s, "+-.,0123456789eE") == ""
}

func hasHan(s string) bool {
	for _, r := range s {
		if isHan(r) {
			return true
		}
	}
	return false
}

// head is what of a line fits into a message.
func head(text string) string {
	n := 0
	for i := range text {
		if n++; n > 40 {
			return strings.ToValidUTF8(text[:i], "\ufffd") + "…"
		}
	}
	return strings.ToValidUTF8(text, "\ufffd")
}

//go:embed names.txt
var namesFile string

// eachName calls f for the entries of names.txt whose words have no rune that is
// not in has. A text has few of them, and ParseUser of them all would cost a
// browser's first text 20 ms; a test holds the two against each other.
func eachName(has *runeSet, f func(Entry)) {
	for rest := namesFile; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		end := strings.IndexByte(line, '\t')
		if end < 0 {
			end = strings.IndexByte(line, ' ')
		}
		if end < 0 {
			end = len(line)
		}
		if !has.all(line[:end]) {
			continue
		}
		if e, reason := parseEntry(line); reason == "" {
			f(e)
		}
	}
}
