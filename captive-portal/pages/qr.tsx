// A QR code as one small picture inside the page: no style, no script, nothing that the page's policy must allow.

import { encode } from "uqr";

/** The quiet zone that scanners are promised. */
const QUIET = 4;

export const Qr = ({ text, label }: { text: string; label: string }) => {
  // Medium correction: a scratched or reflecting screen still reads.
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path stroke="#000" d={data.map(lineOf).join("")} />
    </svg>
  );
};

/** The dark runs of a row as strokes through its middle. */
const lineOf = (row: readonly boolean[], y: number): string => {
  let line = "";
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    const from = x;
    while (row[x + 1] === true) x += 1;
    line += `M${from} ${y}.5h${x + 1 - from}`;
  }
  return line;
};
