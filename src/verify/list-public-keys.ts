import type { SourceAws } from "../collect/index.ts";
import type { PublicKey } from "./digests/digest-object.ts";
import { publicKeyOf } from "./digests/public-keys.ts";

/** A region has a key a month; whoever answers with more than that is not AWS. */
const keysMax = 1_000;
const pagesMax = 100;

/** The public keys of CloudTrail in a region that were valid at some time of a span, milliseconds. */
export async function listPublicKeys(
  aws: Pick<SourceAws, "client">,
  region: string,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<readonly PublicKey[]> {
  const cloudtrail = await aws.client("cloudtrail", region);
  const [StartTime, EndTime] = [new Date(from), new Date(to)];
  const keys: PublicKey[] = [];
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const goesOn = token === undefined ? {} : { NextToken: token };
    const answer = await cloudtrail.call("ListPublicKeys", { StartTime, EndTime, ...goesOn }, { signal });
    for (const { Value, ValidityStartTime, ValidityEndTime } of answer.PublicKeyList ?? []) {
      if (Value === undefined) continue;
      if (keys.length >= keysMax) return keys;
      const [validFrom, validTo] = [ValidityStartTime?.getTime() ?? 0, ValidityEndTime?.getTime() ?? 0];
      keys.push(publicKeyOf({ region, der: Value, validFrom, validTo }));
    }
    if (answer.NextToken === undefined || answer.NextToken === token) break;
    token = answer.NextToken;
  }
  return keys;
}
