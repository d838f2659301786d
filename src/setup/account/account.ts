import type { SelectorsValue, TrailValue } from "../settings/values.ts";

/** An account as set-up sees it, in all its regions. */
export interface AccountView {
  readonly readAt: number;
  readonly accountId: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  readonly organization: OrganizationView | undefined;
  /** Regions that the account has enabled, by name. */
  readonly regions: readonly string[];
  /** Each once, wherever it is seen from; those of an organization too. */
  readonly trails: readonly TrailView[];
  /** Regions and settings that could not be looked at, and why. */
  readonly unread: readonly { readonly what: string; readonly code: string; readonly sentence: string }[];
}

export interface OrganizationView {
  readonly id: string;
  readonly managementAccountId: string;
  /** It may make organization trails: it is the management account, or an administrator by delegation. */
  readonly mayManageTrails: boolean;
}

export interface TrailView {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  /** An organization's trail belongs to its management account. */
  readonly ownerAccountId: string;
  readonly value: TrailValue;
  /** Nothing where it may not be asked. */
  readonly isLogging: boolean | undefined;
  readonly selectors: SelectorsValue | undefined;
  readonly insights: readonly string[];
  readonly deliveryError: string;
}
