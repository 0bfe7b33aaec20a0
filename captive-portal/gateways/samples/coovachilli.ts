// Hand-offs of real gateways made of CoovaChilli, as their owners published them; their secrets are not known. The
// CHAP vector was computed by hand from the first one's challenge.

export const OPENWRT =
  "?res=notyet&uamip=192.168.182.1&uamport=3660&challenge=5b1d296db7826a655411dcd83ee25154&called=94-83-C4-01-42-27&mac=5C-1D-D9-20-A0-C1&ip=192.168.182.64&nasid=fonlo&sessionid=5e6792ce00000006&userurl=http%3a%2f%2fcaptive.apple.com%2fhotspot-detect.html&md=7AD032E82BAC3510BB756B7CF4580355";

export const LIGOWAVE =
  "?res=notyet&uamip=10.1.0.0&uamport=3990&challenge=932c4067a2a821a8868bf1c658f39561&called=00-19-3B-26-94-3A&mac=0E-0D-87-9A-9C-C7&ip=192.168.5.1&nasid=192.168.200.44&sessionid=62c2d3ae00000001&userurl=http%3a%2f%2fconnectivitycheck.gstatic.com%2fgenerate_204&md=C345488485B32C0DFF630FAC14AC4EC7";

export const CHAP = {
  challenge: "5b1d296db7826a655411dcd83ee25154",
  secret: "uamsecret",
  password: "p",
  response: "9dc45685d121b1b253268b5199f69860",
} as const;
