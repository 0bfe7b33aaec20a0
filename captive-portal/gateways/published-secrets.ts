// Shared secrets that stand in manuals, samples and public logs. A gateway with one of them is open to everybody who
// can read, so none may be set. Compared as typed and without regard to case.

const PUBLISHED: ReadonlySet<string> = new Set([
  "128bcddbf4df3e16147dbb31b3b1b16472a3d2608f10b5407c8cdc352433761f",
  "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646",
  "328411b33fe55127421fa394995711658526ed47d0affad3fe56a0b3930c8689",
  "8a749260bfba87ca3706659d9beaabe928f84025a4ff7531a969e96ac4ee7cbc",
  "1234567890",
  "mysecretopenndsfaskey",
  "change-me",
  "changeme",
  "uamsecret",
  "ht2eb8ej6s4et3rg1ulp",
  "testing123",
  "secret",
  "greatsecret",
]);

export const isPublishedSecret = (secret: string): boolean => PUBLISHED.has(secret.trim().toLowerCase());
