// What real gateways sent. A Ruijie access point, as its owner published it: the browser's hand-off, and what it asked
// itself; and a WiFiDog that was run for it.

export const HAND_OFF =
  "?gw_id=G1RP6TP081524&gw_sn=G1RP6TP081524&gw_address=1.2.3.4&gw_port=2060&ip=192.168.200.29&mac=a2:8f:4f:10:27:5c&apmac=7085.c4d2.3e6f&ssid=Ruijie&url=http%3A%2F%2Fconnectivitycheck.gstatic.com%2Fgenerate_204&vlanid=1";

/** Its owner had made the MAC the token, which we do not. */
export const AUTH =
  "?gw_sn=G1RP6TP081524&gw_id=G1RP6TP081524&stage=login&ip=192.168.200.29&mac=a2:8f:4f:10:27:5c&token=a2:8f:4f:10:27:5c&incoming=0&outgoing=0&vlanid=1";
export const AUTH_AGENT = "MCFi 1.0.0";

/** What a running wifidog-gateway 1.3.0 sent to us in a lab of our own. */
export const WIFIDOG_HAND_OFF =
  "?gw_address=10.77.1.1&gw_port=2060&gw_id=quan1&ip=10.77.1.2&mac=7a:bb:01:8b:ae:53&url=http%3A%2F%2F10.77.2.9%2F";
export const WIFIDOG_AUTH =
  "?stage=counters&ip=10.77.1.2&mac=7a:bb:01:8b:ae:53&token=abcdefghij0123456789wxyz&incoming=2943&outgoing=1139&gw_id=quan1";
export const WIFIDOG_AGENT = "WiFiDog 1.3.0";
