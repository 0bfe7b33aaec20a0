// Whose device it was when: sign-ins decide, permission limits.

import { describe, expect, test } from "vitest";
import type { DeviceToken, SubjectKey } from "../../../schema/ids.ts";
import { ownedWindows, type Permission, permissionWindows } from "./ownership.ts";

const device = "AAAAAAAAAAAAAAAAAAAAAA" as DeviceToken;
const an = "an" as SubjectKey;
const binh = "binh" as SubjectKey;

type Word = [at: number, state: "granted" | "withdrawn"];
const words = (subject: SubjectKey, list: Word[]): Permission[] =>
  list.map(([at, state]) => ({ subject, at, state }));
const always: Record<string, Word[]> = { an: [[0, "granted"]], binh: [[0, "granted"]] };
const owned = (signIns: [number, SubjectKey | null][], permissions: Record<string, Word[]> = always) =>
  ownedWindows(
    signIns.map(([at, subject]) => ({ device, at, subject })),
    (subject) => words(subject, permissions[subject] ?? []),
  ).map(({ subject, start, end }) => [subject, start, end]);

describe("the permission of a person", () => {
  const cases: [string, Word[], [number, number][]][] = [
    ["starts with the grant and has no end of its own", [[5, "granted"]], [[5, Infinity]]],
    [
      "ends with the withdrawal",
      [
        [5, "granted"],
        [9, "withdrawn"],
      ],
      [[5, 9]],
    ],
    [
      "may be given again",
      [
        [5, "granted"],
        [9, "withdrawn"],
        [20, "granted"],
      ],
      [
        [5, 9],
        [20, Infinity],
      ],
    ],
    [
      "does not start anew with a second grant",
      [
        [5, "granted"],
        [7, "granted"],
      ],
      [[5, Infinity]],
    ],
    [
      "is refused when grant and withdrawal come at one moment",
      [
        [5, "granted"],
        [5, "withdrawn"],
      ],
      [],
    ],
    ["is nothing after a withdrawal alone", [[5, "withdrawn"]], []],
    ["is nothing without a word", [], []],
  ];
  test.each(cases)("%s", (_, list, expected) => {
    const windows = expected.map(([start, end]) => ({ start, end }));
    expect(permissionWindows(words(an, list))).toEqual(windows);
    expect(permissionWindows(words(an, list.toReversed()))).toEqual(windows);
  });
});

describe("a device", () => {
  test("belongs to nobody before the first sign-in", () => {
    expect(owned([[10, an]])).toEqual([["an", 10, Infinity]]);
  });

  test("belongs to the latest who signed in, whoever was before", () => {
    const expected = [
      ["an", 10, 20],
      ["binh", 20, 30],
      ["an", 30, Infinity],
    ];
    expect(
      owned([
        [10, an],
        [20, binh],
        [30, an],
      ]),
    ).toEqual(expected);
    expect(
      owned([
        [30, an],
        [20, binh],
        [10, an],
      ]),
    ).toEqual(expected);
  });

  test("keeps its owner through the owner's further sign-ins", () => {
    expect(
      owned([
        [10, an],
        [20, an],
        [30, binh],
      ]),
    ).toEqual([
      ["an", 10, 30],
      ["binh", 30, Infinity],
    ]);
  });

  test("is nobody's after a sign-in that allowed no recognition", () => {
    expect(
      owned([
        [10, an],
        [20, null],
      ]),
    ).toEqual([["an", 10, 20]]);
  });

  test("goes to the greater key when two sign in at one moment, so that order cannot matter", () => {
    expect(
      owned([
        [10, an],
        [10, binh],
      ]),
    ).toEqual([["binh", 10, Infinity]]);
    expect(
      owned([
        [10, binh],
        [10, an],
      ]),
    ).toEqual([["binh", 10, Infinity]]);
    expect(
      owned([
        [10, null],
        [10, an],
      ]),
    ).toEqual([["an", 10, Infinity]]);
  });

  test("is owned only while its owner's permission stands", () => {
    expect(
      owned([[10, an]], {
        an: [
          [20, "granted"],
          [30, "withdrawn"],
        ],
      }),
    ).toEqual([["an", 20, 30]]);
    expect(
      owned([[10, an]], {
        an: [
          [5, "granted"],
          [8, "withdrawn"],
        ],
      }),
    ).toEqual([]);
    expect(owned([[10, an]], {})).toEqual([]);
  });

  test("does not fall back to an earlier owner when the latest withdraws", () => {
    const permissions: Record<string, Word[]> = {
      an: [[0, "granted"]],
      binh: [
        [0, "granted"],
        [25, "withdrawn"],
      ],
    };
    expect(
      owned(
        [
          [10, an],
          [20, binh],
        ],
        permissions,
      ),
    ).toEqual([
      ["an", 10, 20],
      ["binh", 20, 25],
    ]);
  });
});
