;; The loops of signing that run once for each unit and each token of a text. Why they are not in TypeScript, and what the hashes
;; promise, is told in docs/decisions/0010-sign-stage.md. `kernel.ts` loads this from `kernel-bytes.ts`; after a change run
;;   npm test -- packages/dedup/src/kernel.test.ts -u
;; which compiles it, and then the same without -u, which holds it to the plain forms in `kernel.test.ts`.
(module
  ;; Memory, in bytes:
  ;;   0x000000  table: for each UTF-16 unit the 64 bits that stand for it in the hash of its token; 0 ends a token,
  ;;             1 says that the caller must look at the unit
  ;;   0x080000  states: four times 32 bits, the identity of the tokens so far
  ;;   0x081000  input: up to 2^20 units, and what ends them
  ;;   0x282000  tokens: a hash of 64 bits each
  ;;   0x683000  low: shingles of 32 bits
  ;;   0x883000  ends: for each token the byte of the input at which its last unit stands
  ;;   0xa83000  words: a hash of 32 bits for each token
  (memory (export "memory") 201)

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

  ;; The finaliser of MurmurHash3.
  (func $mix (param $h i32) (result i32)
    (local.set $h (i32.mul (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 16))) (i32.const 0x85ebca6b)))
    (local.set $h (i32.mul (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 13))) (i32.const 0xc2b2ae35)))
    (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 16))))

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
        ;; The shingle is mix(t0 p^2 + t1 p + t2), with p = 0x9e3779b1.
        (local.set $token (i32.xor (local.get $low) (i32.mul (local.get $high) (i32.const 0x9e3779b1))))
        (local.set $shingle
          (call $mix (i32.add (i32.mul (local.get $two) (i32.const 0x9e3779b1)) (local.get $token))))
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

  ;; Writes the hash of 32 bits of each of $count tokens to `words`, and every shingle of three of them to `low`.
  (func (export "weave") (param $count i32)
    (local $at i32) (local $end i32) (local $token i32) (local $before i32) (local $two i32)
    (local.set $end (i32.shl (local.get $count) (i32.const 2)))
    (block $stop
      (loop $next
        (br_if $stop (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $token (i32.xor
          (i32.load offset=0x282000 (i32.shl (local.get $at) (i32.const 1)))
          (i32.mul
            (i32.load offset=0x282004 (i32.shl (local.get $at) (i32.const 1)))
            (i32.const 0x9e3779b1))))
        (i32.store offset=0xa83000 (local.get $at) (local.get $token))
        ;; What this writes before the third token lies ahead of `low`, in tokens that are never so many.
        (i32.store offset=0x682ff8 (local.get $at)
          (call $mix (i32.add (i32.mul (local.get $two) (i32.const 0x9e3779b1)) (local.get $token))))
        (local.set $two (i32.add (i32.mul (local.get $before) (i32.const 0x9e3779b1)) (local.get $token)))
        (local.set $before (local.get $token))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next)))))
