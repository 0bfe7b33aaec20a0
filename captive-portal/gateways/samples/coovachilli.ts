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

/** What a running CoovaChilli 1.9 sent to us in a lab of our own: signed, with a secret that is used nowhere else. */
export const LAB = {
  secret: "a long secret of this lab only",
  handOff:
    "http://10.77.2.2:8080/w/gw_1?res=notyet&uamip=10.77.1.1&uamport=3990&challenge=0371e9a126e072586cc8758f4ddd9e31&called=B6-9B-DC-C3-BA-02&mac=7A-BB-01-8B-AE-53&ip=10.77.1.2&nasid=quan1&sessionid=179531851500000001&userurl=http%3a%2f%2f10.77.2.9%2f&md=CE70DB89ECF4EE699CB5C657B802E0F5",
  logoff:
    "http://10.77.2.2:8080/w/gw_1?res=logoff&uamip=10.77.1.1&uamport=3990&challenge=de91bd467596b47497b4c8b1b4869e6f&called=B6-9B-DC-C3-BA-02&mac=7A-BB-01-8B-AE-53&ip=10.77.1.2&nasid=quan1&sessionid=179531878000000001&userurl=http%3a%2f%2f10.77.2.9%2f&md=A73FAB4CB52CFDDC4FFBAAE8325B81D6",
  username: "abcdefgh01234567",
  password: "abcdefghij0123456789wxyz",
  response: "1463f88d14b408933dae5c2b5bfc4992",
  login:
    "http://10.77.2.2:8080/w/gw_1/aaa?stage=login&service=login&user=abcdefgh01234567&chap_chal=86b7f9fd65dc620948a31b712a3e5ee8&chap_pass=1463f88d14b408933dae5c2b5bfc4992&chap_id=0&ap=B6-9B-DC-C3-BA-02&mac=7A-BB-01-8B-AE-53&ip=10.77.1.2&sessionid=179531851500000001&nasid=quan1&md=D00E58853318434924EA4BB9FF1C61EC",
  stop: "http://10.77.2.2:8080/w/gw_1/aaa?stage=counters&status=stop&user=abcdefgh01234567&ap=B6-9B-DC-C3-BA-02&mac=7A-BB-01-8B-AE-53&ip=10.77.1.2&sessionid=179531863800000001&nasid=quan1&duration=23&bytes_down=995&pkts_down=9&bytes_up=750&pkts_up=11&md=E3A60F7A2FF9D46F1D37E0BB7053B649",
} as const;
