import { type Authorization } from "../../front/authorizer.ts";
import { type Call, type Need } from "../../service.ts";
import { type ServiceCall } from "../../world.ts";

/** What S3 needs of the AWS around it. */
export interface S3Outlets {
  readonly kms: S3Keys;
  readonly notify: S3Notices;
  /** Whether a user or role that a policy names exists; of accounts that nobody made up here, all do. */
  knowsPrincipal(arn: string): boolean;
  /** Looks at policies for one object out of many: DeleteObjects answers for each whether it was allowed. */
  authorize(call: Call, need: Need): Authorization | Promise<Authorization>;
}

/** KMS as S3 calls it for a caller: the caller's permissions count, and the caller's record says S3 called. */
export interface S3Keys {
  /** Rejects with KMS's error when the key is not there, is disabled, or does not let the caller. */
  generateDataKey(
    forCall: Call,
    request: {
      readonly region: string;
      readonly keyId: string;
      readonly context: Readonly<Record<string, string>>;
    },
  ): Promise<{ readonly plaintext: Uint8Array; readonly ciphertext: Uint8Array; readonly keyArn: string }>;
  decrypt(
    forCall: Call,
    request: {
      readonly region: string;
      readonly keyArn: string;
      readonly ciphertext: Uint8Array;
      readonly context: Readonly<Record<string, string>>;
    },
  ): Promise<Uint8Array>;
}

/** Where S3 tells of what happened; it calls as `s3.amazonaws.com` for a bucket. */
export interface S3Notices {
  send(from: ServiceCall, queueArn: string, message: string): Promise<void>;
  publish(from: ServiceCall, topicArn: string, subject: string, message: string): Promise<void>;
  putEvent(
    from: ServiceCall,
    event: { readonly detailType: string; readonly at: number; readonly resource: string; readonly detail: string },
  ): Promise<void>;
}
