import { SetupError } from "../errors.ts";
import type { Conditions } from "./policy-for.ts";

export interface TrustDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Principal: { readonly AWS: string };
    readonly Action: "sts:AssumeRole";
    readonly Condition: Conditions;
  }[];
}

/** Chained sessions end after an hour anyway (IAM User Guide, "Role chaining"). */
export const maxSessionSeconds = 3600;

/** Who may take the role on: one principal, and only with the external ID. Rejects what would let in more than one. */
export function trustFor(trusted: { readonly principalArn: string; readonly externalId: string }): TrustDocument {
  const AWS = principalOf(trusted.principalArn);
  checkExternalId(trusted.externalId);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TrailwardenWithExternalId",
        Effect: "Allow",
        Principal: { AWS },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": trusted.externalId } },
      },
    ],
  };
}

/** A new external ID of 160 bits: nobody guesses it, and no two deployments share one. */
export function newExternalId(random: (sizeBytes: number) => Uint8Array): string {
  // A first letter, because tools take a dash at the beginning for an option.
  return `trailwarden-${Buffer.from(random(20)).toString("base64url")}`;
}

const principal = /^arn:(aws[a-z-]{0,20}):iam::(\d{12}):(?:root|(?:user|role)\/[\w+=,.@/-]{1,512})$/;
const session = /^arn:(aws[a-z-]{0,20}):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/[\w+=,.@-]{1,64}$/;

/**
 * Who is to be trusted, as a trust policy names it: sessions of a role end, so it is their role. A role's path does not
 * stand in its sessions' ARNs; whose role has one gives the role's own.
 */
export function principalOf(arn: string): string {
  if (principal.test(arn)) return arn;
  const [, partition, accountId, role] = session.exec(arn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${accountId}:role/${role}`;
  throw new SetupError(`${arn} is no role, user or account that a role can trust`, {
    code: "role-invalid",
    fault: "user",
    details: { principal: arn },
    help: "Give the ARN of the role or user that Trailwarden runs as: `aws sts get-caller-identity` tells it",
  });
}

/** STS API Reference, AssumeRole: 2 to 1,224 of these characters. */
function checkExternalId(externalId: string): void {
  if (/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) return;
  throw new SetupError("The external ID has characters that STS does not take, or too few or too many", {
    code: "role-invalid",
    fault: "user",
    details: {},
    help: "Let Trailwarden make one, or take 2 to 1,224 letters, digits and _+=,.@:/-",
  });
}
