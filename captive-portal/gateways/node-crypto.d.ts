// The one thing of node:crypto that the portal uses. Workers (nodejs_compat) and Node both have it; the portal's own
// types know only Workers.

declare module "node:crypto" {
  interface Md5 {
    update(data: Uint8Array): Md5;
    digest(): Uint8Array;
  }
  export const createHash: (algorithm: "md5") => Md5;
}
