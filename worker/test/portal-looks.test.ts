// Looks, words and policy of the portal: the brand's, and a branch's own above them.

import { beforeAll, expect, test } from "vitest";
import { answer, call } from "./http.ts";
import { makeGateway } from "./gateway-asks.ts";

const LOGO = "data:image/png;base64,iVBORw0KGgo=";

beforeAll(async () => {
  for (const id of ["plain", "special"]) {
    await answer(call("/v1/admin/branches", { json: { id, name: id } }), 201);
  }
});

const firstPage = async (branch: string): Promise<string> => {
  const { id } = await makeGateway(branch, "link");
  const opened = await call(`/w/${id}`, { bearer: null });
  return (await call(opened.headers.get("location") ?? "", { bearer: null })).text();
};

test("a brand's name, colour, logo and texts are on every page, and a branch's own are above them", async () => {
  const portal = {
    name: "Hiệu Mẫu",
    colour: "#123456",
    logo: LOGO,
    texts: { vi: { title: "Mời vào mạng" } },
  };
  await answer(call("/v1/admin/settings", { method: "PATCH", json: { portal } }));
  const own = { overrides: { portal: { name: "Hiệu Mẫu Riêng", guestPass: false } } };
  await answer(call("/v1/admin/branches/special", { method: "PATCH", json: own }));
  const [plain, special] = [await firstPage("plain"), await firstPage("special")];
  for (const part of [">Hiệu Mẫu<", "--a:#123456", `src="${LOGO}"`, "Mời vào mạng", "/guest"]) {
    expect(plain).toContain(part);
  }
  for (const part of [">Hiệu Mẫu Riêng<", "--a:#123456", `src="${LOGO}"`]) expect(special).toContain(part);
  expect(special).not.toContain("/guest");
});

test.each([
  ["logo", "https://elsewhere.example/logo.png"],
  ["logo", `data:image/png;base64,${"A".repeat(6_000)}`],
  ["colour", "red"],
  ["landingUrl", "javascript:alert(1)"],
  ["guestMinutes", 1],
])("a setting that could not work is refused by its name: %s=%s", async (field, value) => {
  const reply = await call("/v1/admin/settings", { method: "PATCH", json: { portal: { [field]: value } } });
  expect(reply.status).toBe(400);
  const { errors } = await reply.json<{ errors: { path: string }[] }>();
  expect(errors.map(({ path }) => path)).toEqual([`portal.${field}`]);
});
