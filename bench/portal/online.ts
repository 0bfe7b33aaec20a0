// From the last tap to a request that gets through, in the store lab: real openNDS, real browser. With the store's
// agent, and by the gateway's own redirect without it.

import { openPhone } from "../../e2e/lab/browser.ts";
import { openCaptiveShop } from "../../e2e/lab/captive-shop.ts";
import { openLab } from "../../e2e/lab/lab.ts";
import { openPortal, tapToOnline } from "../../e2e/lab/portal-way.ts";

const MAC = "06:16:3e:7a:00:01";

export interface Online {
  by: "agent" | "redirect";
  onlineMs: number[];
  doneMs: number[];
}

export const measureOnline = async (times: number): Promise<Online[]> => {
  const lab = openLab();
  try {
    const shop = await openCaptiveShop(lab, { id: "bench" });
    const agent = await shop.startAgent();
    const shopper = await shop.shopper("s1", MAC);
    const run = async (by: Online["by"]): Promise<Online> => {
      const online: Online = { by, onlineMs: [], doneMs: [] };
      for (let time = 0; time < times; time += 1) {
        const phone = await openPhone(lab, { in: shopper.namespace, bare: true });
        await openPortal(phone);
        const arrival = await tapToOnline(phone, shopper, "#guest");
        online.onlineMs.push(arrival.onlineMs);
        online.doneMs.push(arrival.doneMs);
        await phone.close();
        await shop.nds.ndsctl("deauth", MAC);
      }
      return online;
    };
    const withAgent = await run("agent");
    await agent.stop();
    return [withAgent, await run("redirect")];
  } finally {
    await lab.close();
  }
};
