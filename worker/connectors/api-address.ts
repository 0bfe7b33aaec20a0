// What an operator may set as the address of a vendor's API, to which secrets go: https, or this very machine for a trial.

export const API_ADDRESS =
  /^(?:https:\/\/[^\s?#@]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:\/[^\s?#]*)?)$/;
