import { invalidArgument } from "../errors.ts";

/** How keys are shown: as they are, or encoded for XML that cannot hold every sign (`encoding-type=url`). */
export function keyPrinter(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key;
  if (encodingType !== "url")
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encodingType);
  return formEncode;
}

/** As forms encode, but for the slash, which stays. */
export function formEncode(key: string): string {
  return encodeURIComponent(key.toWellFormed())
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+")
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
