// Device facts of whoever was erased. The log says which facts were erased and never whose they were; then they are
// nobody's.

import { type SQL, sql } from "drizzle-orm";
import { deviceFacts } from "../../schema/tables.ts";

/** `keys`: an SQL list of all the person's keys. */
export const withoutDevices = (keys: SQL, at: number): SQL[] => {
  const own = sql`${deviceFacts} INDEXED BY device_facts_subject WHERE subject IN ${keys}`;
  return [
    // Late reports are only told apart on devices that are still this person's.
    sql`INSERT INTO ${deviceFacts} (kind, device, at, state)
      SELECT 'erasure', d.device, ${at}, '[]' FROM (SELECT DISTINCT device FROM ${own} AND kind = 'sign_in') d
      WHERE (SELECT l.subject FROM ${deviceFacts} l INDEXED BY device_facts_device
        WHERE l.device = d.device AND l.kind = 'sign_in'
        ORDER BY l.at DESC, coalesce(l.subject, '') DESC LIMIT 1) IN ${keys}`,
    sql`INSERT INTO ${deviceFacts} (kind, at, state)
      SELECT 'erasure', ${at}, json_group_array(seq) FROM ${own} HAVING count(*) > 0`,
    sql`DELETE FROM ${deviceFacts} WHERE seq IN (SELECT seq FROM ${own} AND (kind = 'permission' OR NOT EXISTS (
      SELECT 1 FROM ${deviceFacts} o INDEXED BY device_facts_device WHERE o.device = ${deviceFacts}.device
        AND o.kind = 'sign_in' AND o.subject NOT IN ${keys})))`,
    // An earlier owner would get the device back without this claim of nobody.
    sql`UPDATE ${deviceFacts} SET subject = NULL WHERE seq IN (SELECT seq FROM ${own})`,
  ];
};
