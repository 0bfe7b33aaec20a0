// Why a parse failed, for whoever wrote the body: each field with the path they would write.

import type { ZodError } from "zod";

export interface FieldError {
  path: string;
  message: string;
}

type Issue = ZodError["issues"][number];

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** A field that is none here is named itself. */
export const fieldErrors = (error: ZodError): FieldError[] =>
  error.issues.flatMap((issue) => toldOf(issue, []));

const toldOf = (issue: Issue, within: readonly PropertyKey[]): FieldError[] => {
  const path = [...within, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: pathOf([...path, key]), message: "is no field here" }));
  // Of several forms the one that fits best says what is wrong with it.
  const [nearest] =
    issue.code === "invalid_union" ? issue.errors.toSorted((a, b) => a.length - b.length) : [];
  return nearest === undefined
    ? [{ path: pathOf(path), message: issue.message }]
    : nearest.flatMap((inner) => toldOf(inner, path));
};
