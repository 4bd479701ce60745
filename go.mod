module github.com/openreceivables/ar

go 1.24.0

require (
	github.com/cockroachdb/apd/v3 v3.2.1
	github.com/google/go-cmp v0.7.0
	github.com/stretchr/testify v1.11.1
	pgregory.net/rapid v1.2.0
)

require (
	github.com/davecgh/go-spew v1.1.1 // indirect
	github.com/pmezard/go-difflib v1.0.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
