import { type Stage, type StoryAccount } from "./stage.ts";

/** The company's buckets, by what they are for; the names are those of the made-up company. */
export type BucketUse = "artifacts" | "backups" | "exports" | "media" | "orders" | "reports";

const positions: Readonly<Record<BucketUse, number>> = {
  orders: 0,
  artifacts: 2,
  backups: 3,
  media: 5,
  reports: 6,
  exports: 8,
};

/** The name of one of an account's buckets in the home region. */
export function bucketIn(stage: Stage, account: StoryAccount, use: BucketUse): string {
  const { company, accounts } = stage;
  return company.placeIn(accounts[account], company.homeRegion).buckets[positions[use]] ?? `example-${use}`;
}

/** Where attackers come from; addresses of TEST-NET-1, which belong to nobody. */
export const elsewhere = {
  exitNode: "192.0.2.66",
  hotel: "192.0.2.17",
  rentedServer: "192.0.2.151",
  resale: "192.0.2.203",
} as const;

/** The account of somebody who has nothing to do with the company. */
export const foreignAccount = "999999999999";
