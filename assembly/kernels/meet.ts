// meet   returns when all `parties` threads have come here
// `control` points at words that each have a line of their own: how many have arrived (0), how many meetings there were (128), and
// whether a thread broke off (896), which no meeting outlives: whoever waits traps too.
// A thread spins for a while and then sleeps: waking a sleeper takes a hundred microseconds, a spinner one.

const ARRIVED: usize = 0;
const MEETINGS: usize = 128;
const BROKEN: usize = 896;
const SPINS = 20_000;

export function meet(control: usize, parties: i32): void {
  if (ASC_FEATURE_THREADS) {
    const meeting = atomic.load<i32>(control, MEETINGS);
    if (atomic.add<i32>(control, 1, ARRIVED) == parties - 1) {
      atomic.store<i32>(control, 0, ARRIVED);
      atomic.add<i32>(control, 1, MEETINGS);
      atomic.notify(control + MEETINGS, parties);
    } else {
      // Before: the word that wakes may have changed before it was read. After: it may have changed for this.
      if (isBroken(control)) unreachable();
      awaitChange(control + MEETINGS, meeting);
      if (isBroken(control)) unreachable();
    }
  }
}

/** Returns when the word is no longer `value`. */
export function awaitChange(word: usize, value: i32): void {
  if (ASC_FEATURE_THREADS) {
    let spins = SPINS;
    while (atomic.load<i32>(word) == value) {
      if (spins > 0) spins--;
      else atomic.wait<i32>(word, value, -1);
    }
  }
}

/** Whether a thread broke off; it tells so before it wakes the others. */
export function isBroken(control: usize): bool {
  return atomic.load<i32>(control, BROKEN) > 0;
}
