// `quen profile`: a person as Quen knows them, why, and the operator's word on it.

import { Command, Option } from "commander";
import { ASKED_BY, ERASURE_REASONS } from "../../../schema/requests.ts";
import type { ProfileView, TimelineEntry } from "../../../schema/wire/crm.ts";
import type { ExplainView } from "../../../schema/wire/identity.ts";
import type { ErasureAsk, ErasureView } from "../../../schema/wire/rights.ts";
import { typed } from "../ask.ts";
import type { Context } from "../context.ts";
import { explainText } from "../explain-text.ts";
import { profileText, timelineText } from "../profile-text.ts";
import { correctCommands } from "./profile-correct.ts";

interface Found {
  data: { profiles: ProfileView[] }[];
}

interface EraseFlags extends Pick<ErasureAsk, "reason" | "method"> {
  yes?: true;
  request?: string;
}

const pathOf = (id: string): string => `/v1/profiles/${encodeURIComponent(id)}`;

const notLinked = "\n\nStore and commerce stand apart: the person has not agreed to link them.";

const foundText = ({ data }: Found): string => {
  const profiles = data.flatMap((one) => one.profiles);
  if (profiles.length === 0) return "Nobody is known by this value, or nobody may be shown.";
  return profiles.map(profileText).join("\n\n") + (profiles.length > 1 ? notLinked : "");
};

export const profileCommand = (context: Context): Command => {
  const profile = new Command("profile").description("a person as Quen knows them, why, and your word on it");
  profile
    .command("lookup <kind> <value>")
    .description("who has this phone, e-mail, Zalo id or customer code; it stands in the access log")
    .addHelpText(
      "after",
      "\nKinds: phone, email, customer:SOURCE, anonymous:SOURCE, zalo_app:APP, zalo_oa:OA, facebook:PAGE, tiktok_shop:SHOP, shopee:SHOP\n\nExamples:\n  quen profile lookup phone '0912 345 678'\n  quen profile lookup customer:pos-q1 KH001",
    )
    .action(async (kind: string, value: string) =>
      context.show(
        await context.client().post<Found>("/v1/profiles/lookup", { by: [{ kind, value }] }),
        foundText,
      ),
    );
  profile
    .command("show <id>")
    .description("one profile; an old id shows the profile it means now")
    .action(async (id: string) =>
      context.show(await context.client().get<ProfileView>(pathOf(id)), profileText),
    );
  profile
    .command("explain <id>")
    .description("why these identifiers are one person, and what was kept apart by which rule")
    .option("--evidence", "with the id of every piece of evidence, to retract it by")
    .addHelpText("after", "\nExample:\n  quen profile explain pr_0f3c… --evidence")
    .action(async (id: string, { evidence }: { evidence?: true }) =>
      context.show(await context.client().get<ExplainView>(`${pathOf(id)}/explain`), (view) =>
        explainText(view, evidence === true ? "with evidence" : "in short"),
      ),
    );
  profile
    .command("timeline <id>")
    .description("what happened, newest first")
    .action(async (id: string) =>
      context.show(await context.client().list<TimelineEntry>(`${pathOf(id)}/timeline`), timelineText),
    );
  profile
    .command("erase <id>")
    .description(
      "erase the person: every identifier of the profile, in store and commerce; it cannot be undone",
    )
    .addOption(new Option("--reason <reason>", "why").choices(ERASURE_REASONS).makeOptionMandatory())
    .addOption(
      new Option("--method <method>", "how the person asked, and so how it is known who asked")
        .choices(ASKED_BY)
        .makeOptionMandatory(),
    )
    .option("--request <id>", "the request that this fulfils; else one is opened and closed")
    .option("--yes", "do not ask")
    .addHelpText("after", "\nExample:\n  quen profile erase pr_0f3c… --reason request --method in_person")
    .action(async (id: string, { yes, reason, method, request }: EraseFlags) => {
      const sure =
        yes === true || (await typed(`This cannot be undone. Type the profile's id to erase it:\n`, id));
      if (!sure) throw new Error("That is another id. Nothing was erased.");
      const ask: ErasureAsk = { reason, method, ...(request === undefined ? {} : { requestId: request }) };
      const done = await context.client().post<ErasureView>(`${pathOf(id)}/erasure`, ask);
      context.show(done, ({ certificateId }) => `Profile ${id} is erased. Certificate ${certificateId}.`);
    });
  for (const command of correctCommands(context)) profile.addCommand(command);
  return profile;
};
