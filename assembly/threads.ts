// The life of a thread that its caller does not run itself: it runs its own program each time that one is started. From `control` + 384
// on stands, for each thread, the address of its program; 0 ends the thread, and so does another that broke off. How many were started
// stands at 256. Thread 0, which is there only where the caller computes nothing, has a count of its own at 640, and tells at 768 how many
// it has ended.
import { awaitChange, isBroken } from "./kernels/meet";
import { run } from "./tape";

const STARTED: usize = 256;
const PROGRAMS: usize = 384;
const FIRST_STARTED: usize = 640;
const FIRST_ENDED: usize = 768;

export function work(control: usize, thread: u32): void {
  if (ASC_FEATURE_THREADS) {
    const start = control + (thread == 0 ? FIRST_STARTED : STARTED);
    let started = 0;
    while (true) {
      awaitChange(start, started);
      started++;
      const program = load<usize>(control + PROGRAMS + ((<usize>thread) << 2));
      if (program == 0 || isBroken(control)) return;
      run(program);
      if (thread == 0) {
        atomic.store<i32>(control + FIRST_ENDED, started);
        atomic.notify(control + FIRST_ENDED, 1);
      }
    }
  }
}
