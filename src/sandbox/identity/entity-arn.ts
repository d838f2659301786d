/** The ARN of something that IAM knows by path and name. */
export function entityArn(
  kind: "user" | "group" | "role" | "policy" | "instance-profile" | "mfa",
  entity: { readonly accountId: string; readonly path: string; readonly name: string },
): string {
  return `arn:aws:iam::${entity.accountId}:${kind}${entity.path}${entity.name}`;
}

export interface EntityAddress {
  readonly kind: string;
  readonly accountId: string;
  readonly path: string;
  readonly name: string;
}

/** Takes such an ARN apart; undefined when it is another's. */
export function parseEntityArn(arn: string): EntityAddress | undefined {
  if (arn.length > 2048) return undefined;
  const parts = /^arn:aws:iam::(\d{12}|aws):([a-z-]+)(\/.*)$/s.exec(arn);
  const [, accountId = "", kind = "", rest = ""] = parts ?? [];
  if (parts === null) return undefined;
  const slash = rest.lastIndexOf("/") + 1;
  return { kind, accountId, path: rest.slice(0, slash), name: rest.slice(slash) };
}

/** The ARN of a session of a role; it leaves the role's path out. */
export function sessionArn(accountId: string, roleName: string, sessionName: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
}

/** The ARN of an account's root. */
export function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}
