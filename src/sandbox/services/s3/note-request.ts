import { type CallNote, s3Resources } from "../../../recorder/index.ts";
import { type Call } from "../../service.ts";
import { type Random } from "../../world.ts";
import { type Bucket } from "./bucket.ts";

/** What the record of a request to S3 says that S3 alone knows: what it touched, and whose that is. */
export function noteRequest(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  call: Call,
  bucket: Bucket | undefined,
  random: Random,
): CallNote {
  const resources = bucket === undefined ? undefined : s3Resources(operation, input, bucket.ownerId);
  return {
    additionalEventData: {
      CipherSuite: "TLS_AES_128_GCM_SHA256",
      "x-amz-id-2": Buffer.from(random.hex(112), "hex").toString("base64"),
    },
    ...(resources !== undefined && { resources }),
    ...(bucket !== undefined && { recipients: recipientsOf(call, bucket) }),
  };
}

/** CloudTrail User Guide, 'CloudTrail and cross-account bucket calls': the caller's account and the bucket owner's. */
function recipientsOf({ caller }: Call, { ownerId }: Bucket): readonly string[] {
  return caller.kind === "service" || caller.kind === "anonymous" || caller.accountId === ownerId
    ? [ownerId]
    : [caller.accountId, ownerId];
}
