// The cookies of one session with a controller: names and values, nothing about their paths and ages, since a session
// talks to one host and ends when that host says so.

export class Cookies {
  readonly #values = new Map<string, string>();

  /** Takes `Set-Cookie` headers; an empty value deletes. */
  learn(headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = ""] = header.split(";");
      const equals = pair.indexOf("=");
      if (equals <= 0) continue;
      const name = pair.slice(0, equals).trim();
      const value = pair.slice(equals + 1).trim();
      if (value === "") this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** For the `Cookie` header. */
  toString(): string {
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}
