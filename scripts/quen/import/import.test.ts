// `quen import` against a real HTTP server: what is sent, what is not and why, and what a stop or an outage leaves.

import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createProgram } from "../program.ts";

interface Ask {
  path: string;
  body: { source: string; userInitiated?: boolean; customers?: Told[]; orders?: Told[] };
}
type Told = Record<string, unknown>;
type Reply = { status: number; body: unknown; retryAfter?: string };

const folder = mkdtempSync(join(tmpdir(), "quen-import-"));
const asks: Ask[] = [];
let answers: Reply[] = [];
let server: Server;

const toldOf = ({ body }: Ask): Told[] => body.customers ?? body.orders ?? [];
const taken = (ask: Ask): Reply => ({
  status: 200,
  body: { success: true, accepted: toldOf(ask).length, rejected: [], leftOut: [] },
});

beforeAll(async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (text += chunk));
    request.on("end", () => {
      const ask = { path: request.url ?? "", body: JSON.parse(text) as Ask["body"] };
      asks.push(ask);
      const { status, body, retryAfter } = answers.shift() ?? taken(ask);
      response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter });
      response.end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  vi.restoreAllMocks();
  server.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  asks.length = 0;
  answers = [];
  process.exitCode = 0;
});

const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const run = async (...args: string[]) => {
  process.exitCode = 0;
  const printed: string[] = [];
  const local = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, adminToken: "t" };
  await createProgram({ env: {}, local, print: (text) => printed.push(text) }).parseAsync(
    ["import", ...args],
    {
      from: "user",
    },
  );
  return { text: printed.join("\n"), exitCode: process.exitCode };
};

const CUSTOMERS = `\u{feff}Mã khách hàng;Họ tên;Số điện thoại;Ngày sinh\r
KH1;"Lan\r
Anh";0912 345 678;01/02/1990\r
KH2;Hoa;028 3822 9999;\r
;Khách lẻ;0000000000;\r
`;

describe("customers of a file", () => {
  test("are told as imported, as old as the file; what says nothing is written down with its line", async () => {
    const path = file("kh.csv", CUSTOMERS);
    const { text, exitCode } = await run("customers", path, "--source", "pos", "--as-of", "01/10/2026");
    const at = { updatedAt: "2026-10-01T00:00:00+07:00", userInitiated: false };
    expect(asks).toEqual([
      {
        path: "/v1/customers",
        body: {
          source: "pos",
          customers: [
            { code: "KH1", name: "Lan\r\nAnh", phone: "0912 345 678", birthday: "1990-02-01", ...at },
            { code: "KH2", name: "Hoa", phone: "028 3822 9999", ...at },
          ],
        },
      },
    ]);
    expect(text).toContain("3 rows: 2 customers taken, 1 rejected, 1 values left out.");
    expect(exitCode).toBe(2);
    const errors = readFileSync(`${path}.errors.csv`, "utf8").split("\r\n");
    expect(statSync(`${path}.errors.csv`).mode & 0o077).toBe(0);
    expect(errors[0]).toBe(
      "\u{feff}quen line,quen outcome,quen field,quen code,quen message,Mã khách hàng,Họ tên,Số điện thoại,Ngày sinh",
    );
    expect(errors.find((line) => line.startsWith("5,rejected,"))).toMatch(
      /no_identifier.*,Khách lẻ,0000000000,$/,
    );
    expect(errors.find((line) => line.startsWith("4,left out,phone,not_mobile,"))).toContain("KH2,Hoa");
  });

  test("are the same again when the file is imported again", async () => {
    const path = file("again.csv", CUSTOMERS);
    await run("customers", path, "--source", "pos");
    const first = asks.map(({ body }) => body);
    asks.length = 0;
    await run("customers", path, "--source", "pos");
    expect(asks.map(({ body }) => body)).toEqual(first);
  });

  test("of a dry run are judged as the deployment would, and nothing is sent", async () => {
    const path = file("dry.csv", CUSTOMERS);
    const { text, exitCode } = await run("customers", path, "--source", "pos", "--dry-run");
    expect(text).toContain("3 rows: 2 customers would be sent, 1 rejected, 1 values left out.");
    expect(exitCode).toBe(2);
    expect(asks).toEqual([]);
  });

  test("that were mended in the error file are imported from it", async () => {
    const path = file("mend.csv", "SĐT,Họ tên\n000,Lan\n");
    await run("customers", path, "--source", "pos");
    const errors = `${path}.errors.csv`;
    writeFileSync(errors, readFileSync(errors, "utf8").replace(/,000,/, ",0912345678,"));
    const { exitCode } = await run("customers", errors, "--source", "pos");
    expect(exitCode).toBe(0);
    expect(asks[0]?.body.customers?.[0]).toMatchObject({ phone: "0912345678", name: "Lan" });
    expect(existsSync(`${errors}.errors.csv`)).toBe(false);
  });

  test("with what a spreadsheet would run are written down without it, and are the same when imported from there", async () => {
    const row = 'KH9,"=HYPERLINK(""http://x"")",000,+84 28 3822 9999';
    const path = file("formula.csv", `code,name,phone,traits\n${row}\n`);
    await run("customers", path, "--source", "pos", "--map", "traits.work=traits");
    const errors = `${path}.errors.csv`;
    expect(readFileSync(errors, "utf8")).toContain(
      `KH9,"'=HYPERLINK(""http://x"")",000,+84 28 3822 9999\r\n`,
    );
    const told = asks[0]?.body.customers?.[0];
    asks.length = 0;
    await run("customers", errors, "--source", "pos", "--map", "traits.work=traits", "--as-of", "2026-01-01");
    expect(asks[0]?.body.customers?.[0]).toEqual({ ...told, updatedAt: "2026-01-01T00:00:00+07:00" });
  });

  test("go at most 500 at once, and the verdicts of the deployment count", async () => {
    const rows = Array.from({ length: 700 }, (_, index) => `KH${index}`).join("\n");
    const path = file("many.csv", `code\n${rows}\n`);
    answers = [
      {
        status: 200,
        body: {
          success: false,
          accepted: 499,
          rejected: [{ index: 3, id: "KH3", code: "future", message: "not yet" }],
          leftOut: [],
        },
      },
    ];
    const { text } = await run("customers", path, "--source", "pos");
    expect(asks.map((ask) => toldOf(ask).length)).toEqual([500, 200]);
    expect(text).toContain("700 rows: 699 customers taken, 1 rejected");
    expect(readFileSync(`${path}.errors.csv`, "utf8")).toContain("5,rejected,,future,not yet,KH3");
  });
});

const HEADER = "Mã hóa đơn,Thời gian,Trạng thái,Tổng tiền,Chi nhánh,SĐT,Tên hàng,Số lượng";

describe("orders of a file", () => {
  test("are one of the rows that stand together, and their contacts are imported", async () => {
    const path = file(
      "hd.csv",
      `${HEADER}
HD1,01/11/2026 09:30,Hoàn thành,1.250.000,Quận 1,0912345678,Bạc xỉu,2
HD1,01/11/2026 09:30,Hoàn thành,1.250.000,Quận 1,0912345678,Trà đá,"1,5"
HD2,02/11/2026 10:00,Đã hủy,"1,085,000đ",,0912345678,,
`,
    );
    const { exitCode } = await run("orders", path, "--source", "pos", "--branch", "Quận 1=q1");
    expect(exitCode).toBe(0);
    expect(asks[0]).toEqual({
      path: "/v1/orders",
      body: {
        source: "pos",
        userInitiated: false,
        orders: [
          {
            id: "HD1",
            at: "2026-11-01T09:30:00+07:00",
            status: "completed",
            total: "1250000",
            branchId: "q1",
            items: [
              { name: "Bạc xỉu", quantity: 2 },
              { name: "Trà đá", quantity: 1.5 },
            ],
            customer: { phone: "0912345678" },
          },
          {
            id: "HD2",
            at: "2026-11-02T10:00:00+07:00",
            status: "cancelled",
            total: "1085000",
            customer: { phone: "0912345678" },
          },
        ],
      },
    });
  });

  test.each([
    ["HD1,01/11/2026,Hoàn thành,85.000,,0912345678,,", "total,ambiguous_money"],
    ["HD1,31/13/2026,Hoàn thành,1,,0912345678,,", "at,not_a_date"],
    ["HD1,01/11/2026,Gì đó,1,,0912345678,,", "status,not_a_status"],
    ["HD1,01/11/2026,,1,,0912345678,Trà,2.000", "quantity,not_a_quantity"],
    ["HD1,01/11/2026,,1,,,,", ",no_identifier"],
    ["HD1,01/11/2096,,1,,0912345678,,", ",future"],
    ["HD1,01/11/2026,,1.5,,0912345678,,", "total,invalid"],
    [",01/11/2026,,1,,0912345678,,", "id,invalid"],
    ["HD1,01/11/2026,,1,,0912345678", ",wrong_cells"],
    ["HD1,01/11/2026,,1,,0912345678,,\nHD1,01/11/2026,,2,,0912345678,,", "total,differs"],
    ["HD1,01/11/2026,,1,,0912345678,A,1\nHD1,01/11/2026,,1", ",wrong_cells"],
    ["HD1,01/11/2026,,1\nHD1,01/11/2026,,1,,0912345678,A,1", ",wrong_cells"],
  ])("that cannot be read are rejected whole: %s", async (rows, why) => {
    const path = file("bad.csv", `${HEADER}\n${rows}\n`);
    const { exitCode } = await run("orders", path, "--source", "pos");
    expect([exitCode, asks]).toEqual([2, []]);
    const errors = readFileSync(`${path}.errors.csv`, "utf8").trim().split("\r\n").slice(1);
    expect(errors.map((line) => line.split(",").slice(1, 4).join(","))).toEqual(
      rows.split("\n").map(() => `rejected,${why}`),
    );
  });

  test("whose rows do not stand together are told once, and the second time is written down", async () => {
    const row = (id: string) => `${id},01/11/2026,,1,,0912345678,,`;
    const path = file("split.csv", `${HEADER}\n${["A", "B", "A"].map(row).join("\n")}\n`);
    await run("orders", path, "--source", "pos");
    expect(asks[0]?.body.orders?.map(({ id }) => id)).toEqual(["A", "B"]);
    expect(readFileSync(`${path}.errors.csv`, "utf8")).toContain("4,rejected,id,repeated,");
  });
});

describe("an import", () => {
  test("waits as long as it is told and sends the same again; another refusal ends it", async () => {
    const path = file("wait.csv", "code\nKH1\n");
    const again = { status: 503, body: { code: "unavailable" }, retryAfter: "0" };
    answers = [again, { ...again, status: 429 }, again];
    await run("customers", path, "--source", "pos");
    expect(asks).toHaveLength(4);
    expect(new Set(asks.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    answers = [{ status: 403, body: { code: "forbidden" } }];
    await expect(run("customers", path, "--source", "pos")).rejects.toThrow("403 forbidden");
  });

  test("that is stopped says how far it came, and goes on when it is run again", async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => `KH${index}`).join("\n");
    const path = file("stop.csv", `code\n${rows}\n`);
    const stopping = run("customers", path, "--source", "pos");
    await vi.waitFor(() => expect(asks.length).toBeGreaterThan(0), { interval: 1 });
    process.emit("SIGINT");
    const { text, exitCode } = await stopping;
    expect(exitCode).toBe(130);
    expect(text).toMatch(/Stopped: everything up to line (501|1001) was sent/);
    process.exitCode = 0;
    expect((await run("customers", path, "--source", "pos")).text).toContain("1200 customers taken");
  });

  test.each([
    ["utf16.csv", Buffer.from("\u{feff}code\nKH1\n", "utf16le"), "is not UTF-8 text"],
    [
      "latin.csv",
      Buffer.from([...Buffer.from("code,name\nKH1,"), 0xc0, 0x20, 0x0a]),
      "is not UTF-8, from about line",
    ],
    ["quote.csv", 'code,name\nKH1,"Lan\nKH2,Hoa\n', "a quote is opened and never closed"],
    ["within.csv", 'code,name\nKH1,Lan "Tèo" Anh\n', /^((?!Lan).)*at line 2: the quotes are not right\.$/],
    ["cut.csv", Buffer.from("code,name\nKH1,Hoà").subarray(0, -1), "is not UTF-8, from about line 2"],
    ["long.csv", `code,name\nKH1,${"x".repeat(1_100_000)}\n`, "at line 2: a row is over 1 MB"],
    ["empty.csv", "", "is empty"],
    ["columns.csv", "code,hạng\nKH1,a\n", 'No field is known for "hạng"'],
  ])("of a file that cannot be read says why and sends nothing: %s", async (name, text, why) => {
    await expect(run("customers", file(name, text), "--source", "pos")).rejects.toThrow(why);
    expect(asks).toEqual([]);
  });

  test("reads every line end of a file, and no row of nothing", async () => {
    const path = file("ends.csv", 'code,name\r\nKH1,"a\r\nb"\nKH2,b\r\n,\n , \n\nKH3,c\r');
    const { text, exitCode } = await run("customers", path, "--source", "pos");
    expect(asks[0]?.body.customers?.map(({ code, name }) => [code, name])).toEqual([
      ["KH1", "a\r\nb"],
      ["KH2", "b"],
      ["KH3", "c"],
    ]);
    expect([text, exitCode]).toEqual([expect.stringContaining("3 rows: 3 customers taken"), 0]);
  });

  test("takes the place of no file but an earlier error file", async () => {
    const [path, other] = [file("place.csv", "code\nkhách lẻ\n"), file("other.txt", "precious")];
    await expect(run("customers", path, "--source", "pos", "--errors", other)).rejects.toThrow(
      "no error file",
    );
    expect(readFileSync(other, "utf8")).toBe("precious");
    for (const _ of [1, 2]) expect((await run("customers", path, "--source", "pos")).exitCode).toBe(2);
  });

  test("shows which column is used as what, without a source", async () => {
    const { text } = await run("customers", file("show.csv", "SĐT\tHạng\n1\t2\n"), "--columns");
    expect(text).toMatch(/SĐT\s+phone\nHạng\s+\(not used\)/);
    expect(text).toContain("--ignore-others");
  });
});
