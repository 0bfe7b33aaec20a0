// A page link: nothing lets anybody on, so the address is all there is to set.

import type { ConfigOf } from "./config.ts";

export const linkConfig: ConfigOf = ({ url }) => `The page shoppers are sent to:

  ${url}

Who makes the link may add the client's MAC (?mac=02:1a:2b:3c:4d:5e); it is turned into a token at once.
`;
