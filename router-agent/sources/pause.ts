// Waits, and stops waiting when the signal aborts. True when the time has passed, false when it was aborted.

export const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const done = (passed: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(passed);
    };
    const stop = (): void => done(false);
    const timer = setTimeout(() => done(true), ms);
    signal.addEventListener("abort", stop, { once: true });
  });
