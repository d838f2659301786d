import { type AwsError } from "../aws/index.ts";
import { type Caller } from "./caller.ts";
import { type Call, type Need } from "./service.ts";

/** Whose key signed a request: what the front asks before it checks the signature. */
export interface CredentialLookup {
  /** The secret to check the signature with, or the error that AWS answers for such a key or token. */
  find(accessKeyId: string, sessionToken: string | undefined): FoundCredential | AwsError;
}

export interface FoundCredential {
  readonly secret: string;
  readonly caller: Caller;
}

/** Whether a caller may do what an operation needs: what the front asks before it lets the operation answer. */
export interface Authorizer {
  judge(call: Call, need: Need): Judgement;
}

export type Judgement = { readonly allowed: true } | { readonly allowed: false; readonly error: AwsError };
