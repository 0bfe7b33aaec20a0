// `quen import`: customers and orders from a CSV file, for whatever has no connector. What is imported is no act of the
// person's own and is marked so (`userInitiated: false`).

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { Context } from "../context.ts";
import { table } from "../table.ts";
import type { Manner } from "../import/cells.ts";
import { type Columns, readColumns } from "../import/columns.ts";
import { makeErrorFile } from "../import/error-file.ts";
import { FIELDS, type Kind } from "../import/fields.ts";
import { THOUSANDS } from "../import/money-cell.ts";
import { makeProgress } from "../import/progress.ts";
import { checkFile, openRows } from "../import/read-rows.ts";
import { type Imported, runImport } from "../import/run-import.ts";
import { pause, stopOnInterrupt } from "../import/stop.ts";
import { readTimeCell } from "../import/time-cell.ts";

interface Flags {
  source?: string;
  map: string[];
  ignoreOthers?: true;
  columns?: true;
  dryRun?: true;
  timezone: string;
  thousands?: "." | ",";
  asOf?: string;
  branch: string[];
  errors?: string;
}

/** Some rows were not taken; 1 is an import that failed. */
const SOME_REJECTED = 2;
/** As a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const collect = (value: string, before: string[]): string[] => [...before, value];

const columnsText = ({ columns }: Columns): string =>
  table(
    ["column", "field"],
    columns.map(({ header, field }) => [header, field ?? "(not used)"]),
  );

const mannerOf = (path: string, { timezone, thousands, asOf, branch }: Flags, now: number): Manner => {
  const changed = Math.min(now, Math.floor(statSync(path).mtimeMs));
  const told = readTimeCell(asOf ?? new Date(changed).toISOString(), timezone);
  if (!told.ok) throw new Error(`--as-of or --timezone: "${asOf ?? timezone}" ${told.message}.`);
  const branches = branch.map((text) => {
    const [, name, id] = /^(.+)=([^=]+)$/s.exec(text) ?? [];
    if (name === undefined || id === undefined) throw new Error(`--branch ${text}: must be NAME=ID.`);
    return [name.trim().normalize("NFC"), id.trim()] as const;
  });
  return { timezone, thousands: thousands ?? null, asOf: told.text, branches: new Map(branches) };
};

const ended = (
  kind: Kind,
  { rows, taken, rejected, leftOut, stoppedAfterLine }: Imported,
  flags: Flags,
  errors: string | null,
) => {
  const done = flags.dryRun === true ? "would be sent" : "taken";
  const lines = [
    `${rows} rows: ${taken} ${kind} ${done}, ${rejected} rejected, ${leftOut} values left out.`,
    ...(errors === null ? [] : [`What and why: ${errors}`]),
    ...(stoppedAfterLine === null
      ? []
      : [
          `Stopped: everything up to line ${stoppedAfterLine} was sent. Run the same again to go on: what was taken changes nothing.`,
        ]),
  ];
  return lines.join("\n");
};

const importFile = async (context: Context, kind: Kind, path: string, flags: Flags): Promise<void> => {
  const file = await openRows(path);
  const found = readColumns(kind, file.headers, {
    map: flags.map,
    ignoreOthers: flags.ignoreOthers === true,
  });
  if (flags.columns === true) {
    const problems = found.ok ? [] : found.problems;
    context.show({ columns: found.columns, problems }, () => [columnsText(found), ...problems].join("\n\n"));
    return;
  }
  if (!found.ok) throw new Error(`${path}: ${found.problems.join("\n")}`);
  if (flags.source === undefined)
    throw new Error("Say whose file it is with --source ID (quen source list).");
  const errorsPath = flags.errors ?? `${path}.errors.csv`;
  if (resolve(errorsPath) === resolve(path))
    throw new Error("--errors must be another file than the one that is read.");
  const now = Date.now();
  const manner = mannerOf(path, flags, now);
  const rows = await checkFile(file);
  const stop = stopOnInterrupt();
  const errors = makeErrorFile(errorsPath, file.headers);
  try {
    const imported = await runImport({
      reader: { kind, source: flags.source, columns: found.columns, manner, now },
      file,
      errors,
      progress: makeProgress(`${rows} rows of ${kind}`, statSync(path).size, {
        isTerminal: process.stderr.isTTY,
        write: (text) => void process.stderr.write(text),
        now: () => Date.now(),
      }),
      stopped: stop.stopped,
      to: flags.dryRun === true ? null : { client: context.client(), wait: pause(stop.signal) },
    });
    const errorFile = await errors.end();
    context.show({ kind, dryRun: flags.dryRun === true, ...imported, errorFile }, () =>
      ended(kind, imported, flags, errorFile),
    );
    if (imported.stoppedAfterLine !== null) process.exitCode = INTERRUPTED;
    else if (imported.rejected > 0) process.exitCode = SOME_REJECTED;
  } finally {
    stop.forget();
  }
};

const EXAMPLES: Readonly<Record<Kind, string>> = {
  customers: `
  quen import customers khach.csv --source pos-q1 --columns
  quen import customers khach.csv --source pos-q1 --dry-run --map traits.tier="Hạng thẻ" --ignore-others
  quen import customers khach.csv --source pos-q1 --ignore-others`,
  orders: `
  quen import orders hoa-don.csv --source pos-q1 --thousands . --branch "Quận 1=q1" --dry-run
  quen import orders hoa-don.csv --source pos-q1 --thousands . --branch "Quận 1=q1"`,
};

const fieldsText = (kind: Kind): string =>
  FIELDS[kind].map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join("\n");

const kindCommand = (context: Context, kind: Kind): Command => {
  const command = new Command(kind)
    .argument("<file>", "CSV in UTF-8 with a header; commas, semicolons or tabs")
    .description(
      `${kind} from a CSV file; their contacts are marked as imported and never used for marketing`,
    )
    .option("--source <id>", "whose file it is")
    .option("--map <field=column>", "which column a field is, where the header does not say it", collect, [])
    .option("--ignore-others", "leave out the columns that are no field")
    .option("--columns", "only show which column is used as what")
    .option("--dry-run", "check every row here and send nothing")
    .option("--timezone <zone>", "of dates without an offset", "Asia/Ho_Chi_Minh")
    .option("--errors <file>", "where rows that were not taken go (FILE.errors.csv)");
  if (kind === "orders")
    command
      .addOption(new Option("--thousands <sign>", "which sign stands between thousands").choices(THOUSANDS))
      .option("--branch <name=id>", "the branch that the file calls so", collect, []);
  else
    command.option(
      "--as-of <time>",
      "how old the file is, where no column says it (when the file was changed)",
    );
  command.addHelpText(
    "after",
    `\nFields (and traits.NAME):\n${fieldsText(kind)}\n\nEnds with 2 when rows were rejected, with 130 after Ctrl-C.\n\nExamples:${EXAMPLES[kind]}`,
  );
  return command.action((file: string, flags: Partial<Flags>) =>
    importFile(context, kind, file, { timezone: "Asia/Ho_Chi_Minh", map: [], branch: [], ...flags }),
  );
};

export const importCommand = (context: Context): Command => {
  const command = new Command("import").description("customers and orders from a CSV file");
  for (const kind of ["customers", "orders"] as const) command.addCommand(kindCommand(context, kind));
  return command;
};
