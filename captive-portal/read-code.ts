// A typed code: six digits, however they were spaced or wide.

export const readCode = (form: URLSearchParams): string | null => {
  const code = (form.get("code") ?? "").normalize("NFKC").replace(/[\s.-]/g, "");
  return /^\d{6}$/.test(code) ? code : null;
};
