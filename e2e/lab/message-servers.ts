// One local server for those who carry one-time codes, as each is documented: Zalo's template messages and the refresh of
// an Official Account's token (which works once and comes back new), and eSMS. It keeps the messages it took.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lab } from "./lab.ts";

export interface TakenMessage {
  by: "zalo" | "sms";
  phone: string;
  code: string;
  id: string;
}

export interface MessageServers {
  url: string;
  taken: TakenMessage[];
  refreshes: number;
  /** What Zalo answers to a message; `silent` never does. */
  zalo: number | "silent";
  /** What eSMS answers. */
  esms: string;
  /** Ends the access token before its time, as a refresh elsewhere does. */
  endAccess(): void;
}

export const FIRST_REFRESH_TOKEN = "first-refresh-token";

interface ZnsBody {
  phone?: string;
  template_data?: { otp?: string };
  tracking_id?: string;
}
interface EsmsBody {
  Phone?: string;
  Content?: string;
  RequestId?: string;
}

export const startMessageServers = async (lab: Lab): Promise<MessageServers> => {
  let [refresh, access] = [FIRST_REFRESH_TOKEN, "none"];
  const servers: MessageServers = {
    url: "",
    taken: [],
    refreshes: 0,
    zalo: 0,
    esms: "100",
    endAccess: () => void (access = "none"),
  };

  const renew = (form: URLSearchParams): object => {
    if (form.get("refresh_token") !== refresh) return { error: -14014, error_name: "Invalid refresh token" };
    servers.refreshes += 1;
    [refresh, access] = [`refresh-${servers.refreshes}`, `access-${servers.refreshes}`];
    return { access_token: access, refresh_token: refresh, expires_in: "90000" };
  };
  const template = (body: ZnsBody, token: string): object => {
    if (token !== access) return { error: -124, message: "Access token is invalid" };
    if (servers.zalo !== 0) return { error: servers.zalo, message: "No" };
    const { phone = "", template_data: { otp = "" } = {}, tracking_id: id = "" } = body;
    servers.taken.push({ by: "zalo", phone, code: otp, id });
    return { error: 0, message: "Success", data: { msg_id: "m1" } };
  };
  const sms = ({ Phone: phone = "", Content = "", RequestId: id = "" }: EsmsBody): object => {
    if (servers.esms !== "100") return { CodeResult: servers.esms, ErrorMessage: "No" };
    servers.taken.push({ by: "sms", phone, code: /\d{6}/.exec(Content)?.[0] ?? "", id });
    return { CodeResult: "100", SMSID: "s1" };
  };

  const answer = (path: string, body: string, token: string): object | null => {
    switch (path) {
      case "/v4/oa/access_token":
        return renew(new URLSearchParams(body));
      case "/message/template":
        return servers.zalo === "silent" ? null : template(JSON.parse(body) as ZnsBody, token);
      case "/MainService.svc/json/SendMultipleMessage_V4_post_json/":
        return sms(JSON.parse(body) as EsmsBody);
      default:
        return { error: -404 };
    }
  };
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const token = String(request.headers["access_token"] ?? "");
      const said = answer(request.url ?? "", Buffer.concat(chunks).toString("utf8"), token);
      if (said === null) return;
      reply.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  servers.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  lab.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return servers;
};
