package main

import (
	"strings"

	"github.com/openreceivables/ar"
)

// place is a location of the built-in book, and what its customers are called.
type place struct {
	location string
	currency ar.Currency
	series   string // of document numbers
	pattern  string // of a name
	families []string
	trades   []string
}

func places() []place {
	return []place{
		{
			location: "Hamburg", currency: ar.MustCurrency("EUR"), series: "H", pattern: "FAMILY TRADE",
			families: []string{
				"Adler", "Brandt", "Clausen", "Dierks", "Ehlers", "Friedrichsen", "Groth", "Hansen",
				"Jepsen", "Krohn", "Lüders", "Möller", "Petersen", "Sievers", "Thießen",
			},
			trades: []string{
				"Schiffstechnik GmbH", "Logistik KG", "Maschinenbau GmbH", "Feinkost OHG", "Elektro GmbH",
				"Holzhandel e.K.", "Druckerei GmbH", "Kaffeerösterei GmbH", "Bau AG",
			},
		},
		{
			location: "Lyon", currency: ar.MustCurrency("EUR"), series: "L", pattern: "TRADE FAMILY",
			families: []string{
				"Bellecour", "Châtelain", "Dupont", "Étienne", "Fournier", "Garnier", "Lefèvre", "Mercier",
				"Noël", "Perrin", "Rousseau", "Vasseur",
			},
			trades: []string{
				"Boulangerie", "Transports", "Ateliers", "Imprimerie", "Hôtel", "Fromagerie", "Garage", "Soieries", "Caves",
			},
		},
		{
			location: "Osaka", currency: ar.MustCurrency("JPY"), series: "O", pattern: "FAMILYTRADE株式会社",
			families: []string{"佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤", "山本", "中村", "小林", "加藤"},
			trades:   []string{"精機", "商事", "食品", "印刷", "運輸", "電機"},
		},
	}
}

// name returns the name of the nth customer of the place. Each family is in each
// trade once.
func (p *place) name(n int) string {
	family := p.families[n%len(p.families)]
	trade := p.trades[(n/len(p.families)+n)%len(p.trades)]
	return strings.NewReplacer("FAMILY", family, "TRADE", trade).Replace(p.pattern)
}

// oddNames are what customers are called as well: what is written for people has
// to cope with them all, and to believe none.
func oddNames() map[string]string {
	return map[string]string{
		"C-1003": "Café Zuckerwolke ☕🍰",
		"C-1005": "شركة النور للتجارة",
		"C-1008": "Smith & Sons <script>alert('paid')</script>",
		"C-1012": "{{.Balance}} Template Traders",
		"C-1015": "מאפיית השחר בע״מ",
		"C-1021": `"Zum Anker" <b>Ehlers</b> & Co.`,
		"C-1034": "Elbe \u202egnal TfahcseG", // turns the direction of what follows
		broken:   "Kontor Möwenstraße GmbH",
		"C-1144": "👩‍🌾 Gärtnerei Sommer 🌻",
		"C-1208": "=HYPERLINK(\"http://example.org\",\"Pay here\")",
	}
}
