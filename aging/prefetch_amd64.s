//go:build gc && !purego

#include "go_asm.h"
#include "textflag.h"

// func prefetch(it *ledger.Item)
TEXT ·prefetch(SB), NOSPLIT, $0-8
	MOVQ it+0(FP), AX
	PREFETCHT0 (const_prefetchAhead+0*64)(AX)
	PREFETCHT0 (const_prefetchAhead+1*64)(AX)
	PREFETCHT0 (const_prefetchAhead+2*64)(AX)
	PREFETCHT0 (const_prefetchAhead+3*64)(AX)
	PREFETCHT0 (const_prefetchAhead+4*64)(AX)
	PREFETCHT0 (const_prefetchAhead+5*64)(AX)
	PREFETCHT0 (const_prefetchAhead+6*64)(AX)
	PREFETCHT0 (const_prefetchAhead+7*64)(AX)
	PREFETCHT0 (const_prefetchAhead+8*64)(AX)
	PREFETCHT0 (const_prefetchAhead+9*64)(AX)
	PREFETCHT0 (const_prefetchAhead+10*64)(AX)
	PREFETCHT0 (const_prefetchAhead+11*64)(AX)
	RET

// func prefetchFar(it *ledger.Item)
TEXT ·prefetchFar(SB), NOSPLIT, $0-8
	MOVQ it+0(FP), AX
	PREFETCHT1 (const_farAhead+0*const_farApart+0*64)(AX)
	PREFETCHT1 (const_farAhead+0*const_farApart+1*64)(AX)
	PREFETCHT1 (const_farAhead+0*const_farApart+2*64)(AX)
	PREFETCHT1 (const_farAhead+1*const_farApart+0*64)(AX)
	PREFETCHT1 (const_farAhead+1*const_farApart+1*64)(AX)
	PREFETCHT1 (const_farAhead+1*const_farApart+2*64)(AX)
	PREFETCHT1 (const_farAhead+2*const_farApart+0*64)(AX)
	PREFETCHT1 (const_farAhead+2*const_farApart+1*64)(AX)
	PREFETCHT1 (const_farAhead+2*const_farApart+2*64)(AX)
	PREFETCHT1 (const_farAhead+3*const_farApart+0*64)(AX)
	PREFETCHT1 (const_farAhead+3*const_farApart+1*64)(AX)
	PREFETCHT1 (const_farAhead+3*const_farApart+2*64)(AX)
	RET
