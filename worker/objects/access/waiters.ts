// Requests that wait for what becomes of a grant. They are told by whoever changes it, and never look by themselves.

export class Waiters {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Settles when the grant has changed, or after `ms`. */
  async changeOf(grantId: string, ms: number): Promise<void> {
    const waiting = this.#waiting.get(grantId) ?? new Set();
    this.#waiting.set(grantId, waiting);
    let wake = (): void => undefined;
    const changed = new Promise<void>((resolve) => (wake = resolve));
    waiting.add(wake);
    const timer = setTimeout(wake, ms);
    await changed;
    clearTimeout(timer);
    waiting.delete(wake);
    if (waiting.size === 0) this.#waiting.delete(grantId);
  }

  changed(grantIds: readonly string[]): void {
    for (const id of grantIds) for (const wake of this.#waiting.get(id) ?? []) wake();
  }

  /** Nobody is left who could change anything. */
  changedAll(): void {
    this.changed([...this.#waiting.keys()]);
  }
}
