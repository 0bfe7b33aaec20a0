// Golden payloads are imported as the text they are: parsed, a number greater than 2^53 would be another one.

declare module "*.json?raw" {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- so vite gives it
  export default text;
}
