import { type Authorization } from "../../front/authorizer.ts";
import { type Call, type Need } from "../../service.ts";

/** What KMS needs of the AWS around it. */
export interface KmsOutlets {
  /** Whether a caller might do something if a key had another policy: before a policy locks its maker out. */
  authorize(call: Call, need: Need): Authorization | Promise<Authorization>;
  /** Whether a user or role that a policy or grant names exists; of accounts that nobody made up here, all do. */
  knowsPrincipal(arn: string): boolean;
}
