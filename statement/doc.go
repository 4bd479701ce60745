// Package statement assembles customer statements, keeps them, and produces
// them for many customers at once (SPEC S1–S6, R1–R5).
package statement
