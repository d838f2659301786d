import type { StoredEvent } from "../store/index.ts";

/** Who called, as lists show it. */
export interface Actor {
  readonly kind: "iam-user" | "role" | "root" | "service" | "account" | "federated" | "identity-center" | "unknown";
  readonly name: string;
  readonly session?: string;
  readonly arn?: string;
  /** The AWS service that called for them. */
  readonly via?: string;
}

const kinds: Readonly<Record<string, Actor["kind"]>> = {
  Root: "root",
  IAMUser: "iam-user",
  AssumedRole: "role",
  Role: "role",
  FederatedUser: "federated",
  SAMLUser: "federated",
  WebIdentityUser: "federated",
  Directory: "federated",
  AWSAccount: "account",
  AWSService: "service",
  IdentityCenterUser: "identity-center",
};

/** Reads the caller out of an event's columns; the types are those of CloudTrail's userIdentity element. */
export function actorOf(event: StoredEvent): Actor {
  const kind = kinds[event.identityType] ?? (event.invokedBy && !event.principalArn ? "service" : "unknown");
  const session = kind === "role" ? sessionOf(event.principalArn) : undefined;
  return {
    kind,
    name: nameOf(event, kind),
    ...(session ? { session } : {}),
    ...(event.principalArn ? { arn: event.principalArn } : {}),
    ...(event.invokedBy && kind !== "service" ? { via: event.invokedBy } : {}),
  };
}

function nameOf(event: StoredEvent, kind: Actor["kind"]): string {
  switch (kind) {
    case "root":
      return "root";
    case "service":
      return event.invokedBy || "an AWS service";
    case "role":
      return event.issuerName || roleOf(event.principalArn) || event.userName || "a role";
    case "account":
      return event.principalArn || "another account";
    case "identity-center":
      return event.userName || "an Identity Center user";
    case "iam-user":
    case "federated":
    case "unknown":
      return event.userName || lastPart(event.principalArn) || event.issuerName || "unknown";
  }
}

/** `arn:aws:sts::111122223333:assumed-role/Admin/alice` → `Admin`. */
function roleOf(arn: string): string | undefined {
  return arn.split("/").at(-2);
}

function sessionOf(arn: string): string | undefined {
  return arn.includes(":assumed-role/") ? arn.split("/").at(-1) : undefined;
}

function lastPart(arn: string): string | undefined {
  return arn.split(/[/:]/).at(-1);
}
