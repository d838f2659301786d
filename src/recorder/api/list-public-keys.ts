import { type InputOf, type OutputOf } from "../../aws/index.ts";
import { type By } from "../by.ts";
import { optionalInstant, optionalText } from "../parameters.ts";
import { type PublicKeys } from "../public-keys.ts";
import { refusal } from "../refusal.ts";

/** The keys of the region that were valid within a time; now, where none is given (API Reference, ListPublicKeys). */
export async function listPublicKeys(
  parts: { readonly publicKeys: PublicKeys },
  input: InputOf<"cloudtrail", "ListPublicKeys">,
  by: By,
): Promise<OutputOf<"cloudtrail", "ListPublicKeys">> {
  if (optionalText(input.NextToken, "NextToken") !== undefined) {
    throw refusal("InvalidTokenException", "NextToken is reserved");
  }
  const from = optionalInstant(input.StartTime, "StartTime") ?? by.at;
  const to = optionalInstant(input.EndTime, "EndTime") ?? by.at;
  if (from > to) throw refusal("InvalidTimeRangeException", "StartTime is after EndTime");
  const keys = await parts.publicKeys.list(by.region, from, to);
  return {
    PublicKeyList: keys.map(({ value, validFrom, validTo, fingerprint }) => ({
      Value: value,
      ValidityStartTime: new Date(validFrom),
      ValidityEndTime: new Date(validTo),
      Fingerprint: fingerprint,
    })),
  };
}
