// Loaded before the unit tests. With QUEN_QUICK=1, as `npm run verify` sets it, a property stops after a quarter of a second however
// many runs it was to have; `npm test` makes all of them.

import * as fc from "fast-check";

if (process.env["QUEN_QUICK"] === "1")
  fc.configureGlobal({ ...fc.readConfigureGlobal(), interruptAfterTimeLimit: 250 });
