// The life of a thread beside the first: it runs its own program each time that one is started. At `control` + 256 stands how many were
// started, from 384 on, for each thread, the address of its program; 0 ends the thread.
import { awaitChange } from "./kernels/meet";
import { run } from "./tape";

const STARTED: usize = 256;
const PROGRAMS: usize = 384;

export function work(control: usize, thread: u32): void {
  if (ASC_FEATURE_THREADS) {
    let started = 0;
    while (true) {
      awaitChange(control + STARTED, started);
      started++;
      const program = load<usize>(control + PROGRAMS + ((<usize>thread) << 2));
      if (program == 0) return;
      run(program);
    }
  }
}
