;; The loops of signing that run once for each unit and each token of a text. Why they are not in TypeScript, and what the hashes
;; promise, is told in docs/decisions/0010-sign-stage.md. `kernel.ts` loads this from `kernel-bytes.ts`; after a change run
;;   npm test -- packages/dedup/src/kernel.test.ts -u
;; which compiles it, and then the same without -u, which holds it to the plain forms in `kernel.test.ts`. Where the memory grows, do
;; that before `kernel.ts` tells of what lies there.
(module
  ;; Memory, in bytes:
  ;;   0x000000  table: for each UTF-16 unit the 64 bits that stand for it in the hash of its token; 0 ends a token,
  ;;             1 says that the caller must look at the unit
  ;;   0x080000  states: four times 32 bits, the identity of the tokens so far
  ;;   0x080010  answers: how many runs, and how many shared shingles stand in them
  ;;   0x081000  input: up to 2^20 units, and what ends them
  ;;   0x282000  tokens: a hash of 64 bits each
  ;;   0x683000  low: shingles of 32 bits
  ;;   0x883000  ends: for each token the byte of the input at which its last unit stands
  ;;   0xa83000  words: a hash of 32 bits for each token
  ;;   0xc90000  runs of shared shingles: where each begins in the first text; at 0xcd0000 in the second; at 0xd10000 how long it is
  ;;   0xd50000  texts that are kept read to compare, 64 MiB, and behind them their shingles, 32 MiB, both laid out by `words.ts`
  (memory (export "memory") 1749)

  ;; Where reading stands: tokens that have ended, the hash of the one that is read, 1 inside a token and 0 outside.
  (global $count (export "count") (mut i32) (i32.const 0))
  (global $hash (mut i64) (i64.const 0))
  (global $inside (mut i32) (i32.const 0))

  (func (export "begin")
    (global.set $count (i32.const 0))
    (global.set $hash (i64.const 0))
    (global.set $inside (i32.const 0)))

  ;; Goes on with the same token at the start of the memory for tokens, after those before it were taken away.
  (func (export "rewind")
    (global.set $count (i32.const 0))
    (i64.store offset=0x282000 (i32.const 0) (global.get $hash)))

  (func (export "endToken")
    (global.set $count (i32.add (global.get $count) (global.get $inside)))
    (global.set $hash (i64.const 0))
    (global.set $inside (i32.const 0)))

  ;; Adds a unit to the token that is read, or begins one: hash = rotate(hash, 5) + spread.
  (func (export "addUnit") (param $low i32) (param $high i32) (param $at i32)
    (global.set $hash
      (i64.add
        (i64.rotl (global.get $hash) (i64.const 5))
        (i64.or (i64.extend_i32_u (local.get $low)) (i64.shl (i64.extend_i32_u (local.get $high)) (i64.const 32)))))
    (global.set $inside (i32.const 1))
    (i64.store offset=0x282000 (i32.shl (global.get $count) (i32.const 3)) (global.get $hash))
    (i32.store offset=0x883000 (i32.shl (global.get $count) (i32.const 2)) (local.get $at)))

  ;; Reads the input from byte $at up to and with byte $end, or up to a unit that the caller must look at; returns where that is.
  ;; No branch at the end of a token, because where words end is what a processor cannot guess: the hash so far is written at each
  ;; unit, and where it is written moves on when a token ends.
  (func (export "read") (param $at i32) (param $end i32) (result i32)
    (local $spread i64) (local $hash i64) (local $isLetter i32) (local $inside i32) (local $to i32)
    (local.set $hash (global.get $hash))
    (local.set $inside (global.get $inside))
    (local.set $to (i32.shl (global.get $count) (i32.const 3)))
    (block $stop
      (loop $next
        (br_if $stop (i32.gt_u (local.get $at) (local.get $end)))
        (local.set $spread (i64.load (i32.shl (i32.load16_u offset=0x81000 (local.get $at)) (i32.const 3))))
        (if (i64.eq (local.get $spread) (i64.const 1))
          (then
            ;; The most common of these is a full stop with something behind it that ends a token, too: no initial's.
            (br_if $stop (i32.ne (i32.load16_u offset=0x81000 (local.get $at)) (i32.const 0x2e)))
            (br_if $stop (i64.ne
              (i64.load (i32.shl (i32.load16_u offset=0x81002 (local.get $at)) (i32.const 3)))
              (i64.const 0)))
            (local.set $spread (i64.const 0))))
        (local.set $isLetter (i64.ne (local.get $spread) (i64.const 0)))
        (local.set $hash
          (i64.and
            (i64.sub (i64.const 0) (i64.extend_i32_u (local.get $isLetter)))
            (i64.add (i64.rotl (local.get $hash) (i64.const 5)) (local.get $spread))))
        (local.set $to
          (i32.add
            (local.get $to)
            (i32.shl (i32.and (local.get $inside) (i32.xor (local.get $isLetter) (i32.const 1))) (i32.const 3))))
        (local.set $inside (local.get $isLetter))
        (i64.store offset=0x282000 (local.get $to) (local.get $hash))
        (i32.store offset=0x883000 (i32.shr_u (local.get $to) (i32.const 1)) (local.get $at))
        (local.set $at (i32.add (local.get $at) (i32.const 2)))
        (br $next)))
    (global.set $hash (local.get $hash))
    (global.set $inside (local.get $inside))
    (global.set $count (i32.shr_u (local.get $to) (i32.const 3)))
    (local.get $at))

  ;; Turns the states by $count tokens, and writes the shingles of three of them that are not above $limit to `low`; returns how
  ;; many these are. No branch on which they are, for the same reason.
  (func (export "absorb") (param $count i32) (param $limit i32) (result i32)
    (local $at i32) (local $end i32) (local $to i32) (local $low i32) (local $high i32)
    (local $token i32) (local $before i32) (local $two i32) (local $shingle i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local.set $a (i32.load offset=0x80000 (i32.const 0)))
    (local.set $b (i32.load offset=0x80004 (i32.const 0)))
    (local.set $c (i32.load offset=0x80008 (i32.const 0)))
    (local.set $d (i32.load offset=0x8000c (i32.const 0)))
    (local.set $end (i32.shl (local.get $count) (i32.const 3)))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $low (i32.load offset=0x282000 (local.get $at)))
        (local.set $high (i32.load offset=0x282004 (local.get $at)))
        ;; One turn of each state: one to one in the state, and in what it takes in.
        (local.set $a (i32.rotl
          (i32.mul (i32.xor (local.get $a) (local.get $low)) (i32.const 0x85ebca6b))
          (i32.const 13)))
        (local.set $b (i32.rotl
          (i32.mul (i32.xor (local.get $b) (local.get $high)) (i32.const 0xc2b2ae35))
          (i32.const 15)))
        (local.set $c (i32.rotl
          (i32.mul (i32.add (i32.xor (local.get $c) (local.get $low)) (local.get $high)) (i32.const 0x27d4eb2f))
          (i32.const 17)))
        (local.set $d (i32.rotl
          (i32.mul (i32.sub (i32.xor (local.get $d) (local.get $high)) (local.get $low)) (i32.const 0x165667b1))
          (i32.const 11)))
        ;; The shingle is mix(t0 p^2 + t1 p + t2), with p = 0x9e3779b1, and the finaliser of MurmurHash3, which is no function of its own
        ;; because calls are not inlined.
        (local.set $token (i32.xor (local.get $low) (i32.mul (local.get $high) (i32.const 0x9e3779b1))))
        (local.set $shingle (i32.add (i32.mul (local.get $two) (i32.const 0x9e3779b1)) (local.get $token)))
        (local.set $shingle (i32.mul (i32.xor (local.get $shingle) (i32.shr_u (local.get $shingle) (i32.const 16))) (i32.const 0x85ebca6b)))
        (local.set $shingle (i32.mul (i32.xor (local.get $shingle) (i32.shr_u (local.get $shingle) (i32.const 13))) (i32.const 0xc2b2ae35)))
        (local.set $shingle (i32.xor (local.get $shingle) (i32.shr_u (local.get $shingle) (i32.const 16))))
        (local.set $two (i32.add (i32.mul (local.get $before) (i32.const 0x9e3779b1)) (local.get $token)))
        (local.set $before (local.get $token))
        (i32.store offset=0x683000 (local.get $to) (local.get $shingle))
        ;; The first two are not of three tokens.
        (local.set $to
          (i32.add
            (local.get $to)
            (i32.shl
              (i32.and
                (i32.le_u (local.get $shingle) (local.get $limit))
                (i32.gt_u (local.get $at) (i32.const 8)))
              (i32.const 2))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $next)))
    (i32.store offset=0x80000 (i32.const 0) (local.get $a))
    (i32.store offset=0x80004 (i32.const 0) (local.get $b))
    (i32.store offset=0x80008 (i32.const 0) (local.get $c))
    (i32.store offset=0x8000c (i32.const 0) (local.get $d))
    (i32.shr_u (local.get $to) (i32.const 2)))

  ;; Sorts the first $size of `low`, fewer than 2^12, each value once; returns how many these are. A value goes to the place of its rank,
  ;; which is counted without a branch: for the few keys of a text that is faster than to compare and exchange.
  (func (export "rank") (param $size i32) (result i32)
    (local $at i32) (local $end i32) (local $other i32) (local $value i32) (local $values v128) (local $ranks v128) (local $kept i32)
    (local.set $end (i32.shl (local.get $size) (i32.const 2)))
    ;; Behind the last stand values that are below none.
    (v128.store offset=0x683000 (local.get $end) (v128.const i32x4 -1 -1 -1 -1))
    (memory.fill (i32.const 0xa83000) (i32.const 0) (local.get $end))
    (block $ranked
      (loop $next
        (br_if $ranked (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $value (i32.load offset=0x683000 (local.get $at)))
        (local.set $values (i32x4.splat (local.get $value)))
        (local.set $ranks (v128.const i32x4 0 0 0 0))
        (local.set $other (i32.const 0))
        (loop $each
          ;; Where it holds it is -1.
          (local.set $ranks (i32x4.add
            (local.get $ranks)
            (i32x4.lt_u (v128.load offset=0x683000 (local.get $other)) (local.get $values))))
          (br_if $each (i32.lt_u (local.tee $other (i32.add (local.get $other) (i32.const 16))) (local.get $end))))
        (i32.store offset=0xa83000
          (i32.shl
            (i32.sub (i32.const 0) (i32.add
              (i32.add (i32x4.extract_lane 0 (local.get $ranks)) (i32x4.extract_lane 1 (local.get $ranks)))
              (i32.add (i32x4.extract_lane 2 (local.get $ranks)) (i32x4.extract_lane 3 (local.get $ranks)))))
            (i32.const 2))
          (local.get $value))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next)))
    ;; Behind a value that stands several times its other places are left at 0, which only the first place may hold.
    (local.set $at (i32.const 0))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $value (i32.load offset=0xa83000 (local.get $at)))
        (i32.store offset=0x683000 (local.get $kept) (local.get $value))
        (local.set $kept (i32.add (local.get $kept) (i32.shl
          (i32.or (i32.eqz (local.get $at)) (i32.ne (local.get $value) (i32.const 0)))
          (i32.const 2))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next)))
    (i32.shr_u (local.get $kept) (i32.const 2)))

  ;; Writes, for each of $count tokens, its hash of 32 bits to $words and its end to $ends.
  (func (export "keep") (param $count i32) (param $words i32) (param $ends i32)
    (local $at i32) (local $end i32)
    (local.set $end (i32.shl (local.get $count) (i32.const 2)))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $at) (local.get $end)))
        (i32.store (i32.add (local.get $words) (local.get $at)) (i32.xor
          (i32.load offset=0x282000 (i32.shl (local.get $at) (i32.const 1)))
          (i32.mul
            (i32.load offset=0x282004 (i32.shl (local.get $at) (i32.const 1)))
            (i32.const 0x9e3779b1))))
        (i32.store (i32.add (local.get $ends) (local.get $at)) (i32.load offset=0x883000 (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next))))

  ;; Writes every shingle of three of $count hashes of words to $shingles, and anything to the eight bytes before it.
  (func (export "weave") (param $count i32) (param $words i32) (param $shingles i32)
    (local $at i32) (local $end i32) (local $token i32) (local $before i32) (local $two i32) (local $shingle i32)
    (local.set $end (i32.shl (local.get $count) (i32.const 2)))
    (local.set $shingles (i32.sub (local.get $shingles) (i32.const 8)))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $token (i32.load (i32.add (local.get $words) (local.get $at))))
        (local.set $shingle (i32.add (i32.mul (local.get $two) (i32.const 0x9e3779b1)) (local.get $token)))
        (local.set $shingle (i32.mul (i32.xor (local.get $shingle) (i32.shr_u (local.get $shingle) (i32.const 16))) (i32.const 0x85ebca6b)))
        (local.set $shingle (i32.mul (i32.xor (local.get $shingle) (i32.shr_u (local.get $shingle) (i32.const 13))) (i32.const 0xc2b2ae35)))
        (local.set $shingle (i32.xor (local.get $shingle) (i32.shr_u (local.get $shingle) (i32.const 16))))
        (i32.store (i32.add (local.get $shingles) (local.get $at)) (local.get $shingle))
        (local.set $two (i32.add (i32.mul (local.get $before) (i32.const 0x9e3779b1)) (local.get $token)))
        (local.set $before (local.get $token))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next))))

  ;; Writes, for $size shingles, fewer than 2^16: the open-addressed $table of 16 bits, $mask and one slots, which holds one more than the
  ;; place where a shingle stands first; how each place $stands, and nothing behind the last: 1 stands once, 2 first of several, 0
  ;; again. Returns how many distinct ones there are.
  (func (export "index") (param $size i32) (param $shingles i32) (param $table i32) (param $mask i32) (param $stands i32)
    (result i32)
    (local $place i32) (local $shingle i32) (local $slot i32) (local $first i32) (local $distinct i32)
    (memory.fill (local.get $table) (i32.const 0) (i32.shl (i32.add (local.get $mask) (i32.const 1)) (i32.const 1)))
    (i32.store8 (i32.add (local.get $stands) (local.get $size)) (i32.const 0))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $place) (local.get $size)))
        (local.set $shingle (i32.load (i32.add (local.get $shingles) (i32.shl (local.get $place) (i32.const 2)))))
        (local.set $slot (local.get $shingle))
        (block $known
          (block $free
            (loop $probe
              (local.set $slot (i32.and (local.get $slot) (local.get $mask)))
              (local.set $first (i32.load16_u (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 1)))))
              (br_if $free (i32.eqz (local.get $first)))
              (br_if $known (i32.eq
                (i32.load (i32.sub (i32.add (local.get $shingles) (i32.shl (local.get $first) (i32.const 2))) (i32.const 4)))
                (local.get $shingle)))
              (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
              (br $probe)))
          (local.set $place (i32.add (local.get $place) (i32.const 1)))
          (i32.store16 (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 1))) (local.get $place))
          (i32.store8 (i32.sub (i32.add (local.get $stands) (local.get $place)) (i32.const 1)) (i32.const 1))
          (local.set $distinct (i32.add (local.get $distinct) (i32.const 1)))
          (br $next))
        (i32.store8 (i32.sub (i32.add (local.get $stands) (local.get $first)) (i32.const 1)) (i32.const 2))
        (i32.store8 (i32.add (local.get $stands) (local.get $place)) (i32.const 0))
        (local.set $place (i32.add (local.get $place) (i32.const 1)))
        (br $next)))
    (local.get $distinct))

  ;; Writes $bits, 2^13 of them, one for each of $size shingles; returns how many of them are set.
  (func (export "mark") (param $size i32) (param $shingles i32) (param $bits i32) (result i32)
    (local $end i32) (local $shingle i32) (local $word i32) (local $bit i32) (local $set i32)
    (memory.fill (local.get $bits) (i32.const 0) (i32.const 1024))
    (local.set $end (i32.add (local.get $shingles) (i32.shl (local.get $size) (i32.const 2))))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $shingles) (local.get $end)))
        (local.set $shingle (i32.load (local.get $shingles)))
        (local.set $word (i32.add (local.get $bits) (i32.shl (i32.shr_u (local.get $shingle) (i32.const 24)) (i32.const 2))))
        (local.set $bit (i32.shl (i32.const 1) (i32.shr_u (local.get $shingle) (i32.const 16))))
        (local.set $set (i32.add (local.get $set) (i32.eqz (i32.and (i32.load (local.get $word)) (local.get $bit)))))
        (i32.store (local.get $word) (i32.or (i32.load (local.get $word)) (local.get $bit)))
        (local.set $shingles (i32.add (local.get $shingles) (i32.const 4)))
        (br $next)))
    (local.get $set))

  ;; How many of the bits of two texts are the same.
  (func (export "sameBits") (param $a i32) (param $b i32) (result i32)
    (local $at i32) (local $same i64)
    (loop $next
      (local.set $same (i64.add (local.get $same) (i64.add
        (i64.add
          (i64.popcnt (i64.and
            (i64.load (i32.add (local.get $a) (local.get $at)))
            (i64.load (i32.add (local.get $b) (local.get $at)))))
          (i64.popcnt (i64.and
            (i64.load offset=8 (i32.add (local.get $a) (local.get $at)))
            (i64.load offset=8 (i32.add (local.get $b) (local.get $at))))))
        (i64.add
          (i64.popcnt (i64.and
            (i64.load offset=16 (i32.add (local.get $a) (local.get $at)))
            (i64.load offset=16 (i32.add (local.get $b) (local.get $at)))))
          (i64.popcnt (i64.and
            (i64.load offset=24 (i32.add (local.get $a) (local.get $at)))
            (i64.load offset=24 (i32.add (local.get $b) (local.get $at)))))))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (i32.const 1024))))
    (i32.wrap_i64 (local.get $same)))

  ;; Looks up the shingles of the second text in the table of the first, and writes runs of them that stand in the same order: those
  ;; that stand once in both, or with $repeated all, by their first places. Ends when $misses were not found, and returns how many were.
  (func (export "share") (param $size i32) (param $shingles i32) (param $stands i32)
    (param $otherSize i32) (param $others i32) (param $otherStands i32) (param $table i32) (param $mask i32)
    (param $bits i32) (param $misses i32) (param $repeated i32) (result i32)
    (local $place i32) (local $shingle i32) (local $stand i32) (local $next i32) (local $slot i32) (local $first i32)
    (local $shared i32) (local $placed i32) (local $run i32) (local $runFrom i32) (local $runEnd i32) (local $otherEnd i32)
    (local.set $run (i32.const -4))
    (local.set $runEnd (i32.const -1))
    (local.set $otherEnd (i32.const -1))
    (block $stop
      (loop $each
        (br_if $stop (i32.ge_u (local.get $place) (local.get $otherSize)))
        ;; Inside a run four at a time, where all of them stand once in both.
        (if (i32.and
            (i32.eq (local.get $place) (local.get $otherEnd))
            (i32.and
              (i32.le_u (i32.add (local.get $place) (i32.const 4)) (local.get $otherSize))
              (i32.le_u (i32.add (local.get $runEnd) (i32.const 4)) (local.get $size))))
          (then
            (if (i32.and
                (i32x4.all_true (i32x4.eq
                  (v128.load align=4 (i32.add (local.get $shingles) (i32.shl (local.get $runEnd) (i32.const 2))))
                  (v128.load align=4 (i32.add (local.get $others) (i32.shl (local.get $place) (i32.const 2))))))
                (i32.and
                  (i32.eq (i32.load align=1 (i32.add (local.get $stands) (local.get $runEnd))) (i32.const 0x01010101))
                  (i32.eq (i32.load align=1 (i32.add (local.get $otherStands) (local.get $place))) (i32.const 0x01010101))))
              (then
                (local.set $shared (i32.add (local.get $shared) (i32.const 4)))
                (local.set $placed (i32.add (local.get $placed) (i32.const 4)))
                (local.set $place (i32.add (local.get $place) (i32.const 4)))
                (local.set $next (i32.add (local.get $runEnd) (i32.const 4)))
                (local.set $runEnd (local.get $next))
                (local.set $otherEnd (local.get $place))
                (i32.store offset=0xd10000 (local.get $run) (i32.sub (local.get $runEnd) (local.get $runFrom)))
                (br $each)))))
        (local.set $stand (i32.load8_u (i32.add (local.get $otherStands) (local.get $place))))
        (block $done
          (br_if $done (i32.eqz (local.get $stand)))
          (local.set $shingle (i32.load (i32.add (local.get $others) (i32.shl (local.get $place) (i32.const 2)))))
          (block $found
            ;; In copies the shingle after a shared one is mostly shared, too. Behind the last place stands nothing.
            (if (i32.eq (i32.load (i32.add (local.get $shingles) (i32.shl (local.get $next) (i32.const 2)))) (local.get $shingle))
              (then (br_if $found (i32.load8_u (i32.add (local.get $stands) (local.get $next))))))
            (block $missing
              ;; The bits tell nearly every one that is missing, and where they do is easier to guess than what stands in a slot.
              (br_if $missing (i32.eqz (i32.and
                (i32.load (i32.add (local.get $bits) (i32.shl (i32.shr_u (local.get $shingle) (i32.const 24)) (i32.const 2))))
                (i32.shl (i32.const 1) (i32.shr_u (local.get $shingle) (i32.const 16))))))
              (local.set $slot (local.get $shingle))
              (loop $probe
                (local.set $slot (i32.and (local.get $slot) (local.get $mask)))
                (local.set $first (i32.load16_u (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 1)))))
                (br_if $missing (i32.eqz (local.get $first)))
                (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
                (br_if $probe (i32.ne
                  (i32.load (i32.sub (i32.add (local.get $shingles) (i32.shl (local.get $first) (i32.const 2))) (i32.const 4)))
                  (local.get $shingle))))
              (local.set $next (i32.sub (local.get $first) (i32.const 1)))
              (br $found))
            (local.set $misses (i32.sub (local.get $misses) (i32.const 1)))
            (br_if $stop (i32.lt_s (local.get $misses) (i32.const 0)))
            (br $done))
          (local.set $shared (i32.add (local.get $shared) (i32.const 1)))
          (block $placing
            (br_if $placing (local.get $repeated))
            (br_if $placing (i32.eq (i32.const 1)
              (i32.mul (local.get $stand) (i32.load8_u (i32.add (local.get $stands) (local.get $next))))))
            (local.set $next (i32.add (local.get $next) (i32.const 1)))
            (br $done))
          (local.set $placed (i32.add (local.get $placed) (i32.const 1)))
          (if (i32.or
              (i32.ne (local.get $next) (local.get $runEnd))
              (i32.ne (local.get $place) (local.get $otherEnd)))
            (then
              (local.set $run (i32.add (local.get $run) (i32.const 4)))
              (local.set $runFrom (local.get $next))
              (i32.store offset=0xc90000 (local.get $run) (local.get $next))
              (i32.store offset=0xcd0000 (local.get $run) (local.get $place))))
          (local.set $next (i32.add (local.get $next) (i32.const 1)))
          (local.set $runEnd (local.get $next))
          (local.set $otherEnd (i32.add (local.get $place) (i32.const 1)))
          (i32.store offset=0xd10000 (local.get $run) (i32.sub (local.get $runEnd) (local.get $runFrom))))
        (local.set $place (i32.add (local.get $place) (i32.const 1)))
        (br $each)))
    (i32.store offset=0x80010 (i32.const 0) (i32.shr_s (i32.add (local.get $run) (i32.const 4)) (i32.const 2)))
    (i32.store offset=0x80014 (i32.const 0) (local.get $placed))
    (local.get $shared)))
