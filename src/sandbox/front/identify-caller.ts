import {
  AwsError,
  type AwsOperation,
  type Protocol,
  type RequestSignature,
  type ServiceName,
  type SignatureRead,
  verifySignature,
  type WireRequest,
} from "../../aws/index.ts";
import { type Caller } from "../caller.ts";
import { type CredentialLookup } from "./credentials.ts";
import { refusalAs } from "./protocol-errors.ts";

export interface IdentifiedCaller {
  readonly caller: Caller;
  /** What the chunks of a body are signed with; not there for who comes without a key. */
  readonly signing: { readonly secret: string; readonly signature: RequestSignature } | undefined;
}

export interface IdentifyOptions {
  readonly credentials: CredentialLookup;
  readonly now: number;
  readonly protocol: Protocol;
  readonly service: ServiceName;
  /** Where it is known already. */
  readonly operation: AwsOperation | undefined;
  readonly payloadHash: string;
}

/** Says whose request it is, or throws the `AwsError` that AWS has for a key or signature that is not right. */
export async function identifyCaller(
  request: WireRequest,
  signature: SignatureRead,
  options: IdentifyOptions,
): Promise<IdentifiedCaller> {
  const { protocol, service } = options;
  if (signature.kind === "none") {
    if (mayComeUnsigned(service, options.operation)) return { caller: anonymous, signing: undefined };
    throw refusalAs("no-signature", protocol, service);
  }
  if (signature.kind === "broken") {
    if (service === "s3" && signature.isOtherScheme) throw new AwsError("InvalidRequest", unsupportedScheme);
    throw refusalAs("broken-signature", protocol, service, signature.why);
  }
  const found = await options.credentials.find(signature.scope.accessKeyId, signature.sessionToken);
  if (found.kind === "expired") throw refusalAs("expired-token", protocol, service);
  if (found.kind === "wrong-token") throw refusalAs("wrong-token", protocol, service);
  if (found.kind !== "found") throw refusalAs("unknown-key", protocol, service);
  const { secret, caller } = found;
  const verdict = verifySignature(request, signature, { secret, payloadHash: options.payloadHash, now: options.now });
  switch (verdict.kind) {
    case "valid":
      return { caller, signing: { secret, signature } };
    case "mismatch":
      throw refusalAs("wrong-signature", protocol, service);
    case "skewed":
      throw refusalAs("skewed", protocol, service);
    case "expired":
      throw refusalAs("expired-request", protocol, service);
  }
}

/** S3 API Reference, "Error responses", InvalidRequest. */
const unsupportedScheme =
  "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";

/**
 * S3's policies may let anybody in; STS trades others' tokens for keys; who got a message of SNS has its token, or the
 * address to unsubscribe at (SNS API Reference, ConfirmSubscription and Unsubscribe).
 */
const unsigned: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  sts: ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
  sns: ["ConfirmSubscription", "Unsubscribe"],
};

function mayComeUnsigned(service: ServiceName, operation: AwsOperation | undefined): boolean {
  return service === "s3" || (operation !== undefined && unsigned[service]?.includes(operation.name) === true);
}

/** As CloudTrail writes it for S3; User Guide, "CloudTrail userIdentity element". */
const anonymous: Caller = {
  accountId: "anonymous",
  principalArn: "anonymous",
  arn: "anonymous",
  identity: { type: "AWSAccount", principalId: "", accountId: "anonymous" },
  kind: "anonymous",
  tags: {},
  sessionPolicies: [],
  context: {},
};
