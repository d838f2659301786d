import { createHmac } from "node:crypto";

/** `t=1763726400,v1=…`: the time in seconds, and HMAC-SHA256 of time, a dot and the body. The time ends replays. */
export function signatureOf(secret: string, body: string, now: number): string {
  const time = Math.floor(now / 1_000);
  return `t=${time},v1=${createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")}`;
}
