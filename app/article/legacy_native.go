//go:build !js

package article

import (
	"fmt"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func init() {
	Legacy = func(e Encoding, data []byte) (string, error) {
		var c encoding.Encoding = simplifiedchinese.GB18030
		if e == Big5 {
			c = traditionalchinese.Big5
		}
		text, err := c.NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("decode %s: %w", e, err)
		}
		return string(text), nil
	}
}
