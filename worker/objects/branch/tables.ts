// The SQLite tables of one branch object. Meaning and lifetime of each is in docs/storage.md.

const TABLES = [
  `CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS facts (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, device TEXT, subject TEXT, branch_id TEXT,
    at INTEGER NOT NULL, state TEXT)`,
  `CREATE INDEX IF NOT EXISTS facts_device ON facts (device)`,
  `CREATE INDEX IF NOT EXISTS facts_subject ON facts (subject)`,
  `CREATE TABLE IF NOT EXISTS days (
    day TEXT PRIMARY KEY, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, salt BLOB,
    closed INTEGER NOT NULL, dirty INTEGER NOT NULL, revision INTEGER NOT NULL,
    published_at INTEGER NOT NULL, published TEXT) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS footfall (
    day TEXT NOT NULL, pseudonym TEXT NOT NULL, segments TEXT NOT NULL, sign_ins TEXT NOT NULL,
    randomised INTEGER NOT NULL, PRIMARY KEY (day, pseudonym)) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS recognised (
    device TEXT NOT NULL, day TEXT NOT NULL, segments TEXT NOT NULL, randomised INTEGER NOT NULL,
    settle_at INTEGER, revision INTEGER NOT NULL, published TEXT NOT NULL, end_at INTEGER NOT NULL,
    PRIMARY KEY (device, day)) WITHOUT ROWID`,
  `CREATE INDEX IF NOT EXISTS recognised_settle ON recognised (settle_at) WHERE settle_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS recognised_day ON recognised (day)`,
  `CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS agents (
    agent_id TEXT PRIMARY KEY, boot TEXT NOT NULL, seq INTEGER NOT NULL, seen_at INTEGER NOT NULL,
    health TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS tokens_used (jti TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS counters (reason TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID`,
];

export const createTables = (sql: SqlStorage): void => {
  for (const statement of TABLES) sql.exec(statement);
};

/** A small typed view of the key-value table. */
export const metaOf = (sql: SqlStorage) => ({
  get: (key: "settings" | "branchId" | "cursor" | "virtualAt" | "starts"): string | null => {
    const [row] = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key).toArray();
    return row?.value ?? null;
  },
  set: (key: "settings" | "branchId" | "cursor" | "virtualAt" | "starts", value: string): void => {
    sql.exec(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  },
});
