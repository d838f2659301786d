import type { Branch } from "../../listing/branch.ts";
import type { Discovery } from "../../listing/discover.ts";
import type { Finding } from "../findings.ts";
import type { BucketSettings } from "./bucket-settings.ts";

/** Where log files lie; digests come from a trail that has nothing to tell, too. */
export function logBranches({ branches }: Discovery): readonly Branch[] {
  return branches.filter(({ kind }) => kind !== "digest");
}

/** Says that nothing is there to be read, and what may be the reason. */
export function emptyBucket({ bucket, prefix }: BucketSettings, discoveries: readonly Discovery[]): Finding {
  const what = `s3://${bucket}/${prefix}`;
  const leftOut = new Set(discoveries.flatMap((discovery) => [...discovery.leftOut]));
  if (leftOut.size > 0) {
    return {
      code: "bucket-empty",
      isGood: false,
      sentence: `${what} holds no log files of the accounts that this source reads yet, only of ${listOf(leftOut)}`,
      help: "Compare these accounts with onlyAccounts and exceptAccounts",
    };
  }
  const isCut = discoveries.some((discovery) => discovery.isCut);
  const foreign = discoveries.reduce((sum, discovery) => sum + discovery.foreign, 0);
  return {
    code: "bucket-empty",
    isGood: false,
    sentence: `${what} holds no log files below AWSLogs yet${foreign > 0 ? `, only ${foreign} other things` : ""}`,
    help: isCut
      ? "It has so many other folders that not all were searched: give the prefix that the trail has"
      : "Compare bucket and prefix with the trail's; its first file comes within a quarter of an hour after something happened",
  };
}

function listOf(accounts: ReadonlySet<string>): string {
  const [some, more] = [[...accounts].slice(0, 5).join(", "), accounts.size - 5];
  return more > 0 ? `${some} and ${more} more` : some;
}
