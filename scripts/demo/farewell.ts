// The last lines of `npm start`: where the pages are and commands to paste.

export interface Addresses {
  url: string;
  signInUrl: string;
  portalUrl: string | null;
  marketingKey: string | null;
  crmKey: string | null;
  /** Somebody to ask about. */
  known: { id: string; phone: string } | null;
  from: string;
  to: string;
}

export const farewell = (addresses: Addresses): string => {
  const { url, signInUrl, portalUrl, marketingKey, crmKey, known, from, to } = addresses;
  const lines = [
    `Dashboard  ${signInUrl}`,
    "           (opens once; npm run quen -- sign-in makes another)",
    ...(portalUrl === null ? [] : [`Portal     ${portalUrl}?mac=02:00:00:00:00:01`]),
    `API docs   ${url}/docs`,
    `Operator   npm run quen -- --help`,
  ];
  if (marketingKey !== null) {
    const get = (path: string) => `curl -s -H 'Authorization: Bearer ${marketingKey}' '${url}${path}'`;
    lines.push(
      "",
      "Ready to paste:",
      `  ${get(`/v1/frequency?from=${from}&to=${to}`)}`,
      `  ${get(`/v1/branches/q1/footfall?from=${from}&to=${to}&interval=day`)}`,
      `  ${get(`/v1/branches/q1/frequency?from=${from}&to=${to}&format=csv`)}`,
      `  ${get("/v1/branches/q1/now")}`,
    );
  }
  if (crmKey !== null && known !== null) {
    const by = JSON.stringify({ by: [{ kind: "phone", value: known.phone }] });
    lines.push(
      `  curl -s -H 'Authorization: Bearer ${crmKey}' -H 'Content-Type: application/json' -d '${by}' '${url}/v1/profiles/lookup'`,
      `  npm run quen -- profile explain ${known.id} --evidence`,
    );
  }
  return lines.join("\n");
};
