import { describe, expect, test } from "vitest";
import { connect } from "./connection.ts";

const local = { url: "http://127.0.0.1:8787", adminToken: "local-token" };

describe("where the CLI connects to", () => {
  test("a developer's machine needs no flags once npm start has run", () => {
    expect(connect({}, {}, local)).toEqual({
      ok: true,
      connection: { url: "http://127.0.0.1:8787", token: "local-token" },
    });
  });

  test("flags win over the environment and the environment over the local state", () => {
    const env = { QUEN_URL: "https://env.example", QUEN_ADMIN_TOKEN: "env-token" };
    expect(connect({ url: "https://flag.example/", token: "flag-token" }, env, local)).toEqual({
      ok: true,
      connection: { url: "https://flag.example", token: "flag-token" },
    });
    expect(connect({}, env, local)).toEqual({
      ok: true,
      connection: { url: "https://env.example", token: "env-token" },
    });
  });

  test("the local token is never sent to another address", () => {
    const connected = connect({ url: "https://shop.example" }, {}, local);
    expect(connected).toEqual({
      ok: false,
      problem: "No admin token for https://shop.example: give --token or set QUEN_ADMIN_TOKEN.",
    });
  });

  test("without any address the message says how to give one", () => {
    expect(connect({}, {}, null)).toMatchObject({ ok: false, problem: expect.stringContaining("QUEN_URL") });
  });
});
