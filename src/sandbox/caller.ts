import { type UserIdentity } from "../cloudtrail/index.ts";

/** Who makes a call, once the signature is found right. */
export interface Caller {
  readonly accountId: string;
  /** As in `aws:PrincipalArn`: a user's or role's ARN, the account's root, or a service's name. */
  readonly principalArn: string;
  /** As STS tells it: a role session's ARN is not its role's. */
  readonly arn: string;
  /** As the record says it; of an AWS service `{ type: "AWSService", invokedBy }`. */
  readonly identity: UserIdentity;
  readonly kind: "root" | "user" | "role-session" | "federated-user" | "service" | "anonymous";
  /** Tags of principal and session, for `aws:PrincipalTag/…`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Policies given to the session when it was made, as JSON text; they only take away. */
  readonly sessionPolicies: readonly string[];
  /** Whether the credentials are those of somebody signed in to the console. */
  readonly isOfConsole?: boolean;
  /** Further condition keys of the session, such as `aws:MultiFactorAuthPresent`. */
  readonly context: Readonly<Record<string, string>>;
}
