// What a copy of Debian's FreeRADIUS configuration needs to serve accounting on its own port into its own database.

import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Where {
  folder: string;
  config: string;
  ports: { sql: number; radius: number };
}

export const raddb = ({ folder, config, ports }: Where): Record<string, string> => {
  const shipped = (path: string): string => readFileSync(join(config, path), "utf8");
  const run = join(folder, "run");
  return {
    "radiusd.conf": shipped("radiusd.conf")
      .replace(/^localstatedir = .*/m, `localstatedir = ${run}`)
      .replace(/^logdir = .*/m, `logdir = ${run}`)
      .replace(/^run_dir = .*/m, `run_dir = ${run}`)
      .replace(/^raddbdir = .*/m, `raddbdir = ${config}`)
      .replace(/^\s*\$INCLUDE sites-enabled\/.*/m, "$INCLUDE bench-site")
      .replace(
        /^\s*\$INCLUDE mods-enabled\/.*/m,
        "$INCLUDE mods-available/expr\n$INCLUDE mods-available/sql",
      ),
    "mods-available/sql": shipped("mods-available/sql")
      .replace(/^(\s*)dialect = .*/m, '$1dialect = "postgresql"')
      .replace(/^(\s*)driver = .*/m, '$1driver = "rlm_sql_postgresql"')
      .replace(
        /^(\s*)radius_db = .*/m,
        `$1radius_db = "dbname=radius host=127.0.0.1 port=${ports.sql} user=postgres"`,
      ),
    "clients.conf": "client bench {\n  ipaddr = 127.0.0.1\n  secret = bench\n}\n",
    "bench-site": `server bench {
  listen {
    type = acct
    ipaddr = 127.0.0.1
    port = ${ports.radius}
  }
  preacct {
    acct_unique
  }
  accounting {
    sql
  }
}
`,
  };
};
