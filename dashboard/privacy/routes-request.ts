// One request: shown, and what an officer does about it. What cannot be undone is asked twice; after what was done the
// browser is led back to the request, so that a reload does nothing again.

import { ASKED_BY } from "../../schema/requests.ts";
import { type Filled, type Verb, VERBS } from "./actions.tsx";
import { ConfirmPage } from "./confirm-page.tsx";
import { type Fault, type Said, SAID, type Trouble } from "./copy.ts";
import type { Asked, Desk, PrivacyApp, Status } from "./desk.ts";
import type { Acted } from "./ports.ts";
import { RequestPage } from "./request-page.tsx";

const ID = /^rq_[0-9a-z]{8,40}$/;
const MOST_WORDS = 300;

const pathOf = (c: Asked): string => `/privacy/requests/${c.req.param("id") ?? ""}`;

export const requestRoutes = (app: PrivacyApp, desk: Desk): void => {
  const { ports } = desk;

  const show = async (
    c: Asked,
    more: { said?: Said; trouble?: Trouble; filled?: Filled },
    status: Status = 200,
  ): Promise<Response> => {
    const id = c.req.param("id") ?? "";
    const request = ID.test(id) ? await ports.read(id, desk.doing(c)) : null;
    if (request === null) return desk.trouble(c, "unknown", 404);
    const { said = null, trouble = null, filled = null } = more;
    const frame = desk.frame(c, pathOf(c));
    return desk.send(c, RequestPage({ frame, request, said, trouble, filled }), status);
  };

  const faulty = (c: Asked, verb: Verb, fault: Fault, typed: string): Promise<Response> => {
    ports.refused("not_valid");
    return show(c, { filled: { verb, fault, typed } }, 422);
  };

  const after = async (c: Asked, acted: Acted, said: Said, filled: Filled): Promise<Response> => {
    switch (acted) {
      case "done":
        return desk.lead(c, `${pathOf(c)}?said=${said}`);
      case "unknown":
        return desk.trouble(c, "unknown", 404);
      case "busy":
        return show(c, { trouble: acted, filled }, 503);
      case "not_so":
      case "needs_proof":
      case "needs_erasure":
      case "other_profile":
        return show(c, { trouble: acted, filled }, 409);
    }
  };

  const typedWords = (c: Asked): string => (c.get("form").get("words") ?? "").replaceAll("\r\n", "\n").trim();
  const isFit = (words: string): boolean => words !== "" && words.length <= MOST_WORDS;
  const idOf = (c: Asked): string => c.req.param("id") ?? "";

  app.get("/privacy/requests/:id", (c) => {
    const said = SAID.find((one) => one === c.req.query("said"));
    return show(c, said === undefined ? {} : { said });
  });
  // A reload of a page that was posted: there is nothing to see at these addresses.
  for (const verb of VERBS) app.get(`/privacy/requests/:id/${verb}`, (c) => desk.lead(c, pathOf(c)));

  app.post("/privacy/requests/:id/reply", async (c) =>
    after(c, await ports.reply(idOf(c), desk.doing(c)), "replied", {
      verb: "reply",
      typed: "",
      fault: null,
    }),
  );

  app.post("/privacy/requests/:id/extend", async (c) => {
    const typed = typedWords(c);
    if (!isFit(typed)) return faulty(c, "extend", "reason", typed);
    const acted = await ports.extend(idOf(c), typed, desk.doing(c));
    return after(c, acted, "extended", { verb: "extend", typed, fault: null });
  });

  app.post("/privacy/requests/:id/close", async (c) => {
    const typed = typedWords(c);
    if (typed.length > MOST_WORDS) return faulty(c, "close", "proof", typed);
    const closing = { outcome: "done", proof: typed === "" ? null : typed } as const;
    const acted = await ports.close(idOf(c), closing, desk.doing(c));
    if (acted === "needs_proof") return faulty(c, "close", "proof", typed);
    return after(c, acted, "closed", { verb: "close", typed, fault: null });
  });

  app.post("/privacy/requests/:id/refuse", async (c) => {
    const typed = typedWords(c);
    if (!isFit(typed)) return faulty(c, "refuse", "reason", typed);
    if (c.get("form").get("confirmed") === "yes") {
      const acted = await ports.close(idOf(c), { outcome: "refused", reason: typed }, desk.doing(c));
      return after(c, acted, "refused", { verb: "refuse", typed, fault: null });
    }
    const frame = desk.frame(c, pathOf(c));
    const { confirm } = frame.copy;
    const shown = [[confirm.reason, typed]] as const;
    const asked = { id: idOf(c), verb: "refuse", act: confirm.refuse, command: null } as const;
    return desk.send(c, ConfirmPage({ frame, ...asked, shown, fields: { words: typed } }));
  });

  app.post("/privacy/requests/:id/erase", async (c) => {
    const form = c.get("form");
    const askedBy = ASKED_BY.find((one) => one === form.get("asked-by"));
    const profileId = form.get("profile") ?? "";
    if (askedBy === undefined) return faulty(c, "erase", "askedBy", "");
    if (form.get("confirmed") === "yes") {
      const acted = await ports.erase(idOf(c), profileId, askedBy, desk.doing(c));
      return after(c, acted, "erased", { verb: "erase", typed: "", fault: null });
    }
    const frame = desk.frame(c, pathOf(c));
    const { confirm, one, askedBy: ways } = frame.copy;
    return desk.send(
      c,
      ConfirmPage({
        frame,
        id: idOf(c),
        verb: "erase",
        act: confirm.erase,
        shown: [
          [confirm.profile, profileId],
          [confirm.askedBy, ways[askedBy]],
        ],
        fields: { profile: profileId, "asked-by": askedBy },
        command: one.command("view", profileId),
      }),
    );
  });
};
