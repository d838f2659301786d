import { SetupError } from "../errors.ts";

/** How much Trailwarden may do in an account. */
export type Depth = "look" | "care" | "respond";

/** An AWS account under care. */
export interface Deployment {
  /** Small letters, digits and dashes. */
  readonly name: string;
  readonly accountId: string;
  /** Where what is made lies, and where calls go that belong to no region. */
  readonly region: string;
  readonly depth: Depth;
  /** Role of the account; without one, the credentials of this machine are used. */
  readonly roleArn: string | undefined;
  /** Made by us, and in the role's trust. */
  readonly externalId: string;
  /** Role of the account that bucket, topic and queue lie in, where that is another. */
  readonly logAccount: { readonly accountId: string; readonly roleArn: string } | undefined;
  /** Where AWS is, when not at AWS. */
  readonly endpoint: string | undefined;
  readonly names: { readonly trail: string; readonly bucket: string; readonly topic: string; readonly queue: string };
  /** Repairs that may be made without a person's yes, by name of their check; `all` for all. */
  readonly automatic: readonly string[];
  /** How long log files are to be kept at least, days. */
  readonly retentionDays: number | undefined;
  /** The source that collects its log files, once there is one. */
  readonly source: string | undefined;
  readonly createdAt: number;
}

/** Throws `deployment-only-looks`. */
export function mayChange({ depth, name }: Pick<Deployment, "depth" | "name">): void {
  if (depth !== "look") return;
  throw new SetupError(`The deployment ${name} only looks: nothing is changed in its account`, {
    code: "deployment-only-looks",
    fault: "user",
    help: `Do it by hand (trailwarden setup plan ${name} --by-hand), or put it under care with depth care`,
  });
}
