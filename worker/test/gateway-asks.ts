// Gateways as the Worker meets them: made by an operator, asking with their own secrets.

import { createHash } from "node:crypto";
import { md5Hex } from "../../captive-portal/gateways/md5.ts";
import type { DeviceToken, GatewayId } from "../../schema/ids.ts";
import type { GatewayKind, GatewaySettings } from "../../schema/gateways.ts";
import { services } from "./access.ts";
import { tokenOf } from "./agent.ts";
import { answer, call } from "./http.ts";

export interface TestGateway {
  readonly id: GatewayId;
  readonly settings: GatewaySettings;
}

export const makeGateway = async (
  branchId: string,
  kind: GatewayKind,
  more: Record<string, unknown> = {},
): Promise<TestGateway> => {
  const { id } = await answer<{ id: GatewayId }>(
    call("/v1/admin/gateways", { json: { branchId, kind, ...more } }),
    201,
  );
  const gateway = await services().gateway(id);
  if (gateway === null) throw new Error("The gateway was not made");
  return { id, settings: gateway.settings };
};

/** As a gateway calls: no credential of ours. */
export const askAs = async (
  path: string,
  options: { now?: number; userAgent?: string; form?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> => {
  const { now, userAgent = "test", form } = options;
  const reply = await call(path, {
    bearer: null,
    ...(now === undefined ? {} : { now }),
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    headers: {
      "user-agent": userAgent,
      ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    },
  });
  return { status: reply.status, text: await reply.text() };
};

/** Signed as CoovaChilli signs. */
export const aaaPath = (
  gateway: TestGateway,
  query: Record<string, string>,
  secret = gateway.settings.secret,
): string => {
  const path = `/w/${gateway.id}/aaa?${new URLSearchParams(query).toString()}`;
  return `${path}&md=${md5Hex(`http://quen.test${path}`, secret ?? "").toUpperCase()}`;
};

export const radius = async (
  gateway: TestGateway,
  part: "authorize" | "accounting" | "post-auth",
  attributes: Record<string, string | number>,
  options: { now?: number; key?: string | null; body?: string } = {},
): Promise<{ status: number; body: Record<string, { value: unknown[] }> | null }> => {
  const { now, key = gateway.settings.radiusKey } = options;
  const json = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { type: "string", value: [value] }]),
  );
  const reply = await call(`/w/${gateway.id}/radius/${part}`, {
    bearer: null,
    ...(now === undefined ? {} : { now }),
    body: options.body ?? JSON.stringify(json),
    headers: { "content-type": "application/json", ...(key === null ? {} : { "x-api-key": key }) },
  });
  const text = await reply.text();
  return { status: reply.status, body: text === "" ? null : (JSON.parse(text) as never) };
};

export const authmonPath = (gateway: TestGateway, ask: string, payload: string): string => {
  const hash = createHash("sha256")
    .update(gateway.settings.name ?? "any")
    .digest("hex");
  // Level 4 does not encode the base64.
  return `/w/${gateway.id}?auth_get=${ask}&gatewayhash=${hash}&payload=${btoa(payload)}`;
};

export const deviceOf = (mac: string): DeviceToken => tokenOf(mac) as DeviceToken;
