// A wait that can be cut short, by a ring or by a signal.

export class Bell {
  #wake: (() => void) | null = null;

  ring(): void {
    this.#wake?.();
  }

  /** Resolves when rung, aborted or after `ms`, whichever is first. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
      signal.addEventListener("abort", done, { once: true });
      if (signal.aborted) done();
    });
  }
}
