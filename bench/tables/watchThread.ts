// How long this thread computes, and the longest that it does so without letting others have their turn.

export interface Watch {
  /** In milliseconds of the processor's time, which other programs cannot make longer. */
  stop(): { readonly total: number; readonly longest: number; readonly where: string };
  /** What the thread is at, to name the longest piece by. */
  at(what: string): void;
}

const computed = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

export function watchThread(): Watch {
  const started = computed();
  let [turn, longest, where, now] = [started, 0, "", ""];
  const look = (): void => {
    const here = computed();
    if (here - turn > longest) [longest, where] = [here - turn, now];
    turn = here;
  };
  const timer = setInterval(look, 1);
  return {
    at(what) {
      now = what;
    },
    stop() {
      look();
      clearInterval(timer);
      return { total: computed() - started, longest, where };
    },
  };
}
