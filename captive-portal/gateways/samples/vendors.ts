// Hand-offs of real gateways as their owners published them; addresses of the client's wish are shortened. Meraki's
// sign-on and Omada's wired gateway are made after their descriptions. Each ends what `/w/{gatewayId}` begins.

export const MIKROTIK =
  "mac=70:8A:09:65:4D:EC&ip=192.168.88.253&username=&link-login=http://192.168.88.1/login?dst=http%3A%2F%2Fconnectivitycheck.example%2F&link-login-only=http://192.168.88.1/login&chap-id=&chap-challenge=&mac-esc=70%3A8A%3A09%3A65%3A4D%3AEC";
export const UNIFI =
  "/guest/s/default/?ap=44:d9:e7:0a:80:43&id=70:8a:09:65:4d:ec&t=1601896413&url=http://connectivitycheck.platform.hicloud.com/generate_204_291a&ssid=Unifi%20Zigsa";
export const OMADA =
  "?clientMac=52-DE-63-F1-E3-3B&clientIp=192.168.100.165&t=1677047514&site=Default&redirectUrl=http%3A%2F%2Fconnectivitycheck.example&apMac=B0-95-75-15-93-44&ssidName=eap225&radioId=0";
export const OMADA_WIRED =
  "?clientMac=52-DE-63-F1-E3-3B&t=1677047514&site=Default&gatewayMac=B0-95-75-15-93-45&vid=10";
export const MERAKI =
  "?user_continue_url=https%3A%2F%2Fn93.network-auth.com%2Fsplash%2Fconnected%3Fhide_terms%3Dtrue&node_id=247165649030275&node_mac=e0:cb:bc:b6:0c:83&gateway_id=247165649030275&client_ip=10.218.44.108&client_mac=42:ae:4c:c0:73:a2&base_grant_url=https%3A%2F%2Fn93.network-auth.com%2Fsplash%2Fgrant";
export const MERAKI_SIGN_ON =
  "?login_url=https%3A%2F%2Fn93.network-auth.com%2Fsplash%2Flogin%3Fmauth%3DMMabc&continue_url=http%3A%2F%2Fexample.com&ap_name=front&ap_mac=e0:cb:bc:b6:0c:83&client_mac=42:ae:4c:c0:73:a2&client_ip=10.218.44.108";
export const ARUBA =
  "?cmd=login&mac=9c:2e:a1:35:c0:d5&essid=affinect&ip=172.31.98.220&apname=front&apmac=b4%3A5d%3A50%3A00%3A00%3A01&vcname=SetMeUp-CA%3A81%3AEA&switchip=securelogin.arubanetworks.com&url=http://example.com/";
export const UNLEASHED =
  "?sip=192.168.0.253&mac=b479c83c4b20&client_mac=5edec34d503d&uip=192.168.1.106&lid=&dn=&url=http%3A%2F%2Fexample.com&ssid=ruckus&loc=&vlan=1";
export const SMARTZONE =
  "?nbiIP=192.168.200.211&client_mac=ENCd2dbf9a0&reason=Un-Auth-Captive&wlanName=ruckus&ssid=ruckus&mac=00:33:58:16:ef:20&url=http%3A%2F%2Fexample.com&vlan=1&wlan=1&sip=scg.ruckuswireless.com&zoneName=z&apip=192.168.200.32&uip=ENC00ff&StartURL=http%3A%2F%2Fexample.com";

/** One each with the client's MAC, and where the gateway must be for it to be let on. */
export const WITH_MAC = [
  { kind: "mikrotik", tail: `?${MIKROTIK}`, mac: "70:8a:09:65:4d:ec", addresses: ["http://192.168.88.1"] },
  { kind: "unifi", tail: UNIFI, mac: "70:8a:09:65:4d:ec", addresses: [] },
  { kind: "omada", tail: OMADA, mac: "52:de:63:f1:e3:3b", addresses: [] },
  { kind: "meraki", tail: MERAKI, mac: "42:ae:4c:c0:73:a2", addresses: [] },
  {
    kind: "aruba",
    tail: ARUBA,
    mac: "9c:2e:a1:35:c0:d5",
    addresses: ["http://securelogin.arubanetworks.com"],
  },
  { kind: "ruckus", tail: UNLEASHED, mac: "5e:de:c3:4d:50:3d", addresses: ["http://192.168.0.253:9997"] },
] as const;
