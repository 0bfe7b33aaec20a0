// Reads the forms of a page as a browser without script would: where each goes and what it carries already.

export interface Form {
  action: string;
  /** Values that the page has filled in, hidden fields above all. */
  values: Record<string, string>;
  /** Every field's name. */
  names: Set<string>;
}

const ENTITIES: Record<string, string> = { amp: "&", quot: '"', lt: "<", gt: ">", "#39": "'" };
const decode = (text: string): string =>
  text.replaceAll(/&(amp|quot|lt|gt|#39);/g, (_, name: string) => ENTITIES[name] ?? "");

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return match?.[1] === undefined ? null : decode(match[1]);
};

export const formsOf = (html: string): Form[] =>
  [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = "", body = ""]) => {
    const form: Form = { action: attribute(head, "action") ?? "", values: {}, names: new Set() };
    for (const [input] of body.matchAll(/<input\b[^>]*>/g)) {
      const name = attribute(input, "name");
      if (name === null) continue;
      form.names.add(name);
      const value = attribute(input, "value");
      if (attribute(input, "type") === "hidden" && value !== null) form.values[name] = value;
    }
    return form;
  });

export const formWith = (html: string, field: string): Form | null =>
  formsOf(html).find((form) => form.names.has(field)) ?? null;
