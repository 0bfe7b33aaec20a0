// Hand-offs of real openNDS gateways, as their owners published them: level 0 to 3 of 10.1.2, and 9.10 from our lab.
// The keys are known to everybody; `isPublishedSecret` keeps them out of settings.

export const LEVEL_0 =
  "?authaction=http://192.168.1.1:2050/opennds_auth/?clientip=192.168.1.249&gatewayname=openNDS%20Node%3ae4956e4d641c%20&tok=89db8dfe&redir=http%3a%2f%2fconnectivitycheck.gstatic.com%2fgenerate_204";

export const LEVEL_1 =
  "?fas=aGlkPTJlNjA3MzA0ZjZmNjk4M2IzZjUyYjZlMTBiNGU0YzYyZGRjNzQ0MDk5MTY4YzI3ZGRhMGZjNzZkYjMwZjIyNTIsIGNsaWVudGlwPTE5Mi4xNjguMS4yNDksIGNsaWVudG1hYz0wZToyYTo2OTo3NTo5NzoxOCwgY2xpZW50X3R5cGU9Y3BkX2NhbiwgZ2F0ZXdheW5hbWU9b3Blbk5EUyUyME5vZGUlM2FlNDk1NmU0ZDY0MWMlMjAsIGdhdGV3YXl1cmw9aHR0cCUzYSUyZiUyZnN0YXR1cy5jbGllbnQsIHZlcnNpb249MTAuMS4yLCBnYXRld2F5YWRkcmVzcz0xOTIuMTY4LjEuMToyMDUwLCBnYXRld2F5bWFjPWU0OTU2ZTRkNjQxYywgb3JpZ2ludXJsPWh0dHAlM2ElMmYlMmZjb25uZWN0aXZpdHljaGVjay5nc3RhdGljLmNvbSUyZmdlbmVyYXRlXzIwNCwgY2xpZW50aWY9d2xhbjAsIHRoZW1lc3BlYz0sIChudWxsKShudWxsKShudWxsKShudWxsKQ==";
export const LEVEL_1_HID = "2e607304f6f6983b3f52b6e10b4e4c62ddc744099168c27dda0fc76db30f2252";

export const LEVEL_2 =
  "?fas=SHNBbnkrOEgxNnRia0dFY21nNEYyT3p5ZFBTZVJUN3JobTMyeUFhNDRVT3Z0NWdYWFBJTFdGcUxpelpjYnNveEpnaFcyREJLZmMySTczSU9rU1FSWlE2SUpjV2sxYVQ0Q3Z5bHAyV2EwdWprY2Z0V2plUXZIN2tNVk5rTXlPc1VyeXJSeFREOUc5dEwwKzF4NUZuQ2x1amptVGpCZEx0YjJZYzV5N0x5aTVBSElWeWpaYmVsYXMzRHlaMWwxc2JTS1JsdjAyeXE1WlhueTNhVXVGdytnTTJWbUlycEUxTGl1TVVJNlF2b2VXU0JaS2ZscjB4ZUJpZFF6K01XanhaandZYU9QQXh4YUQrQkwwWlBDZ25wRWlrYURhaXU2YTBNSWk3bll5a0lJaWNxUFlQUFk1ZUZwZmtIek8vZmFJOGVETiswMWMvdGtxQzlva1VnV3c3cUtFZStxZll5aENlbStpTmVGS3lhWVEweDNiNkVNckQ3K2RuMTg3WXlUdEsyeUVHU0pzQ0RFRkVicmVOTVl5ak84RVE1dWxNVlVTUHo0UHpoaTNvZ0FGSkZMeUxkeC9CNVlnYyt1c09aSVVTNER0MS9EM1pmb3dNQjIvd1BvbzFCLy9CSmZHSDZ2WEZ3QWNRbE9pb1NweVBZQ1lkQWN5MTRoalgrSVMybmZkc0p4OEJ5b1RCVm5TYkJqckE3VHZrK3VzWUEwblNJOVM5RzZjOWpoSzVXS0t3VFpUY2hQRjdRdFNhNW50K0plNmE5L3JYT21CUVpsNzFoMVB3QU5uSEkrZz09&iv=3ef72fdbb9cc115b";
export const LEVEL_2_FASKEY = "128bcddbf4df3e16147dbb31b3b1b16472a3d2608f10b5407c8cdc352433761f";
export const LEVEL_2_RHID = "ea1d0c0f952a860e187c774f94de7188507c0dcc6197c3b8daa383b244eeadc7";
export const LEVEL_2_PLAIN =
  "hid=f540a744cd6ade72cfdb796c890817d32854ad01412c9b96bba6af90a556d089, clientip=192.168.1.249, clientmac=0e:2a:69:75:97:18, client_type=cpd_can, gatewayname=openNDS%20Node%3ae4956e4d641c%20, gatewayurl=http%3a%2f%2fstatus.client, version=10.1.2, gatewayaddress=192.168.1.1:2050, gatewaymac=e4956e4d641c, authdir=opennds_auth, originurl=http%3a%2f%2fconnectivitycheck.gstatic.com%2fgenerate_204, clientif=wlan0, themespec=, (null)(null)(null)(null)";

/** The name as it stands in all of them, and its hash as authmon would show it. */
export const ENCODED_NAME = "openNDS%20Node%3ae4956e4d641c%20";
export const GATEWAY_HASH = "50b78b0d963cdfadda490f55db0e81035b371afce83335c15a881c30a5277741";

/** 9.10.0 on Debian at level 1. */
export const PLAIN_9_10 =
  "hid=0a05d7b27cc7a2b1ca704adcbd1d6e3ab2c19ece000586f03bceeabf24547e43, clientip=192.168.66.73, clientmac=e2:7a:4c:1b:1f:1b, client_type=cpd_can, gatewayname=Quan1%20Node%3a2e4edae4e18e%20, gatewayurl=http%3a%2f%2fstatus.client, version=9.10.0, gatewayaddress=192.168.66.1:2050, gatewaymac=2e4edae4e18e, originurl=http%3a%2f%2f203.0.113.9%2fgenerate_204, clientif=lan0lan0, themespec=(null), (null)(null)(null)(null)";

/** A chain from token to rhid. */
export const CHAIN = {
  token: "1a2b3c4d",
  hid: "0a05d7b27cc7a2b1ca704adcbd1d6e3ab2c19ece000586f03bceeabf24547e43",
  faskey: "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646",
  rhid: "aaff80967aa15c83c6e272508d7ea5a7549e6621c37a3484b9d30f764f1625d8",
} as const;
