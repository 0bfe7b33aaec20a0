// The SQLite tables of one access object. Meaning and lifetime of each is in docs/storage.md. Columns that end in
// `_at` alone follow the caller's clock; `close_at` and `forget_at` follow the machine's, as alarms do.

const TABLES = [
  `CREATE TABLE IF NOT EXISTS grants (
    id TEXT PRIMARY KEY, gateway_id TEXT NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL,
    agent TEXT, rhid TEXT, queued INTEGER NOT NULL, username TEXT, password TEXT, wrong INTEGER NOT NULL,
    client_key TEXT, minutes INTEGER NOT NULL, created_at INTEGER NOT NULL, until INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, close_at INTEGER, forget_at INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE INDEX IF NOT EXISTS grants_open ON grants (close_at) WHERE close_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS grants_rhid ON grants (gateway_id, rhid) WHERE rhid IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS grants_username ON grants (username) WHERE username IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS grants_password ON grants (password) WHERE password IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS grants_client ON grants (client_key) WHERE client_key IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS grants_forget ON grants (forget_at)`,
  `CREATE TABLE IF NOT EXISTS holders (
    grant_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, device TEXT, vouched INTEGER NOT NULL,
    forget_at INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS refusals (
    grant_id TEXT NOT NULL, agent_id TEXT NOT NULL, PRIMARY KEY (grant_id, agent_id)) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS passes (
    grant_id TEXT NOT NULL, agent_id TEXT NOT NULL, PRIMARY KEY (grant_id, agent_id)) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS traffic (
    grant_id TEXT PRIMARY KEY, total INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS windows (
    holder TEXT PRIMARY KEY, given_at INTEGER NOT NULL, forget_at INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
];

export const createTables = (sql: SqlStorage): void => {
  for (const statement of TABLES) sql.exec(statement);
};
