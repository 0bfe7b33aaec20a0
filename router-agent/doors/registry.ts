// Makes the door that a spec describes: the one place that knows every kind.

import { readFileSync } from "node:fs";
import { makeController } from "./controller.ts";
import type { Door } from "./door.ts";
import type { DoorSpec } from "./kinds.ts";
import { omadaDoor } from "./omada.ts";
import { openndsDoor } from "./opennds.ts";
import { unifiClassic } from "./unifi-classic.ts";
import { unifiOfficial } from "./unifi-official.ts";

/** Throws a sentence when a file with a secret cannot be read. */
export const makeDoor = (spec: DoorSpec, monoMs: () => number): Door => {
  switch (spec.kind) {
    case "opennds":
      return openndsDoor(spec.options);
    case "unifi": {
      const {
        url,
        certificate,
        site,
        apiKey,
        apiKeyFile,
        username = "",
        password,
        passwordFile,
      } = spec.options;
      const controller = makeController(url, certificate ?? null);
      const key = secretOf(apiKey, apiKeyFile);
      return key === ""
        ? unifiClassic(controller, { username, password: secretOf(password, passwordFile), site }, monoMs)
        : unifiOfficial(controller, { apiKey: key, site });
    }
    case "omada": {
      const { url, certificate, username = "", password, passwordFile, ...rest } = spec.options;
      const account = { username, password: secretOf(password, passwordFile) };
      return omadaDoor(makeController(url, certificate ?? null), { ...rest, ...account }, monoMs);
    }
    default:
      return spec satisfies never;
  }
};

const secretOf = (given: string | undefined, file: string | undefined): string => {
  if (given !== undefined || file === undefined) return given ?? "";
  try {
    return readFileSync(file, "utf8").split("\n")[0]?.trim() ?? "";
  } catch {
    throw new Error(`The file ${file} cannot be read.`);
  }
};
