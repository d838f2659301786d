import { type ApiCall, describeCalls } from "../recorder/index.ts";
import { type EndedCall } from "./front/index.ts";

/**
 * The calls that records are made of. No `tlsDetails`: records have them of calls over TLS (User Guide, "CloudTrail record
 * contents"), and here is HTTP.
 */
export function describeEnded({ output, error, caller, ...facts }: EndedCall): readonly ApiCall[] {
  return describeCalls({
    ...facts,
    identity: caller.identity,
    isOfConsole: caller.isOfConsole === true,
    ...(facts.operation.service.name === "s3" && { host: hostOf(facts) }),
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error: { code: error.code, message: error.message, status: error.status } }),
  });
}

/** The name under which AWS has the bucket; the sandbox's own is none that a record of AWS could have. */
function hostOf({ input, region }: Pick<EndedCall, "input" | "region">): string {
  const { Bucket: bucket } = input as { readonly Bucket?: unknown };
  const host = `s3.${region}.amazonaws.com`;
  return typeof bucket === "string" ? `${bucket}.${host}` : host;
}
