// Stands for every host of the internet that a phone asks to find out whether it is online: started by the lab in a
// namespace behind the gateway. Prints a line for each request, so that a test can tell who got through.

import { createServer } from "node:http";

/** As long as a small page of a shop. */
const PAGE = `<title>Internet</title><p>${"This is the internet. ".repeat(400)}</p>`;
const port = Number(process.argv[2] ?? 80);
createServer((request, reply) => {
  console.log(`${request.method ?? ""} ${request.headers.host ?? ""}${request.url ?? ""}`);
  if (request.url === "/generate_204") return void reply.writeHead(204).end();
  reply.writeHead(200, { "content-type": "text/html" }).end(PAGE);
}).listen(port, () => console.log(`listening on ${port}`));
