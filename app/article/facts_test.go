package article

import (
	"testing"
	"time"
)

// IsDate says what time.Parse says of a day, to the letter.
func TestIsDate(t *testing.T) {
	for _, s := range []string{"2024-03-04", "2024-02-29", "2023-02-29", "2024-00-10", "2024-13-01", "2024-12-32", "2024-12-00", "0000-01-01", "9999-12-31",
		"2024-3-04", "2024-03-4", "2024/03/04", "２０２４-03-04", "", "2024-03-04 ", "-024-03-04", "2024-04-31", "1900-02-29", "2000-02-29", "20a4-03-04", "2024-+3-04"} {
		if _, err := time.Parse(time.DateOnly, s); IsDate(s) != (err == nil) {
			t.Errorf("%q: expected %v", s, err == nil)
		}
	}
}
