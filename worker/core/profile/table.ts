// Profiles as a table for spreadsheets: one row a profile, the figures that a small brand sorts and filters by. What is not
// shown is empty, and the last column says why.

import type { Table } from "../analytics/csv.ts";

/** A profile in the words of the API, as far as the table tells it. */
export interface TableProfile {
  readonly id: string;
  readonly realms: readonly string[];
  readonly identifiers?:
    | readonly {
        readonly kind: string;
        readonly value?: string | undefined;
        readonly contact: readonly ("zalo" | "sms" | "email")[];
      }[]
    | undefined;
  readonly traits?: Readonly<Record<string, { readonly value: string }>> | undefined;
  readonly visits?:
    | {
        readonly total: number;
        readonly firstAt: string | null;
        readonly lastAt: string | null;
        readonly last30Days: number;
        readonly favouriteBranchId: string | null;
        readonly typicalGapDays: number | null;
      }
    | undefined;
  readonly orders?:
    | {
        readonly count: number;
        readonly totalVnd: number;
        readonly averageVnd: number | null;
        readonly lastAt: string | null;
      }
    | undefined;
  readonly lifecycle?: { readonly stage: string; readonly since: string | null } | undefined;
  readonly contact?: Readonly<Record<"zalo" | "sms" | "email", { readonly allowed: boolean }>> | undefined;
  readonly redacted: readonly { readonly field: string; readonly reason: string }[];
  readonly updatedAt: string;
}

const HEADER = [
  "id",
  "realms",
  "phones",
  "emails",
  "customerCodes",
  "name",
  "visits",
  "firstVisitAt",
  "lastVisitAt",
  "visitsLast30Days",
  "favouriteBranchId",
  "typicalGapDays",
  "orders",
  "totalVnd",
  "averageVnd",
  "lastOrderAt",
  "lifecycle",
  "lifecycleSince",
  "zaloAllowed",
  "smsAllowed",
  "emailAllowed",
  "zaloTo",
  "smsTo",
  "emailTo",
  "updatedAt",
  "redacted",
] as const;

export const profileTable = (profiles: readonly TableProfile[]): Table => ({
  header: HEADER,
  rows: profiles.map((profile) => {
    const { visits, orders, lifecycle, contact } = profile;
    return [
      profile.id,
      profile.realms.join(" "),
      valuesOf(profile, "phone"),
      valuesOf(profile, "email"),
      valuesOf(profile, "customer"),
      profile.traits?.["name"]?.value ?? null,
      visits?.total ?? null,
      visits?.firstAt ?? null,
      visits?.lastAt ?? null,
      visits?.last30Days ?? null,
      visits?.favouriteBranchId ?? null,
      visits?.typicalGapDays ?? null,
      orders?.count ?? null,
      orders?.totalVnd ?? null,
      orders?.averageVnd ?? null,
      orders?.lastAt ?? null,
      lifecycle?.stage ?? null,
      lifecycle?.since ?? null,
      contact?.zalo.allowed ?? null,
      contact?.sms.allowed ?? null,
      contact?.email.allowed ?? null,
      reachedBy(profile, "zalo"),
      reachedBy(profile, "sms"),
      reachedBy(profile, "email"),
      profile.updatedAt,
      profile.redacted.map(({ field, reason }) => `${field}: ${reason}`).join("; "),
    ];
  }),
});

type Shown = NonNullable<TableProfile["identifiers"]>[number];

/** Null where values are not shown or there is none; the same value of both realms once. */
const valuesWhere = ({ identifiers }: TableProfile, is: (one: Shown) => boolean): string | null => {
  const values = (identifiers ?? []).flatMap((one) =>
    is(one) && one.value !== undefined ? [one.value] : [],
  );
  return values.length === 0 ? null : [...new Set(values)].join(" ");
};

const valuesOf = (profile: TableProfile, kind: string): string | null =>
  valuesWhere(profile, (one) => one.kind === kind || one.kind.startsWith(`${kind}:`));

/** To whom: what one number allowed is not what another beside it did. */
const reachedBy = (profile: TableProfile, channel: Shown["contact"][number]): string | null =>
  valuesWhere(profile, ({ contact }) => contact.includes(channel));
