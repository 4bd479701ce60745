package render

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// object is a JSON object in the making, without its closing brace. Keys keep
// the order in which they are added.
type object []byte

func (o *object) add(key string, value []byte) {
	separator := byte(',')
	if len(*o) == 0 {
		separator = '{'
	}
	*o = append(*o, separator)
	*o = appendQuoted(*o, key)
	*o = append(*o, ':')
	*o = append(*o, value...)
}

func (o *object) text(key, value string) { o.add(key, appendQuoted(nil, value)) }

func (o *object) number(key string, n int) { o.add(key, strconv.AppendInt(nil, int64(n), 10)) }

func (o *object) texts(key string, values []string) {
	list := []byte{'['}
	for i, v := range values {
		if i > 0 {
			list = append(list, ',')
		}
		list = appendQuoted(list, v)
	}
	o.add(key, append(list, ']'))
}

// objects adds an array of objects, and closes these.
func (o *object) objects(key string, objects []object) {
	list := []byte{'['}
	for i, element := range objects {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(append(list, element...), '}')
	}
	o.add(key, append(list, ']'))
}

// appendQuoted appends a JSON string. Unlike json.Marshal it leaves &, < and >
// alone.
func appendQuoted(to []byte, text string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // there is no string that it refuses
	return append(to, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
