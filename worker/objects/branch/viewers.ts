// Sends one message to everybody who watches. A viewer that went away must not cost an agent its acknowledgement.

import { describeError } from "../../describe-error.ts";

export const tellViewers = (sockets: readonly WebSocket[], message: string): void => {
  for (const socket of sockets) {
    try {
      socket.send(message);
    } catch (error) {
      console.warn("A viewer could not be told", { error: describeError(error) });
    }
  }
};
