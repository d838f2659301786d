import { printDollars } from "../../base/print-dollars.ts";
import type { AccountView } from "../account/account.ts";
import type { BillLine } from "./bill.ts";
import { duplicateCharges } from "./event-charges.ts";
import { linesOf, sumOf } from "./line-book.ts";
import type { Prices } from "./prices.ts";
import { type Reach, reachesIn } from "./reach.ts";
import type { Volumes } from "./volumes.ts";

/** A trail that records again what another records, and is charged for it. */
export interface Duplicate {
  readonly trailArn: string;
  readonly trailName: string;
  /** The one to keep: its copy is the free one, or the first that is charged. */
  readonly keeps: { readonly trailArn: string; readonly trailName: string };
  /** What CloudTrail charges for the second copies in a month; what S3 charges for them comes on top. */
  readonly microDollars: number;
  readonly lines: readonly BillLine[];
  /** It records something that the other does not: then it is narrowed, not stopped. */
  readonly hasMore: boolean;
  readonly sentence: string;
  readonly help: string;
}

export interface DuplicatesAsk {
  readonly account: AccountView;
  /** Other accounts of the organization, where they were looked at. */
  readonly members?: readonly AccountView[];
  readonly volumes: Volumes;
  readonly prices: Prices;
}

/** The paid copies of what an account's trails record, the dearest first; none of the free copy is among them. */
export function findDuplicates({ account, members = [], volumes, prices }: DuplicatesAsk): readonly Duplicate[] {
  const reaches = reachesIn([account, ...members]);
  const charges = Map.groupBy(
    duplicateCharges(reaches, volumes.cells),
    ({ trailArn, detail }) => `${trailArn} ${detail}`,
  );
  return reaches
    .flatMap((reach, index) =>
      reaches.slice(0, index).flatMap((keeper) => {
        const lines = linesOf(charges.get(`${reach.trail.arn} ${keeper.trail.arn}`) ?? [], prices);
        return sumOf(lines) === 0 ? [] : [duplicateOf(reach, keeper, lines, volumes)];
      }),
    )
    .sort((a, b) => b.microDollars - a.microDollars);
}

function duplicateOf(reach: Reach, keeper: Reach, lines: readonly BillLine[], { cells }: Volumes): Duplicate {
  const microDollars = sumOf(lines);
  const hasMore = cells.some((cell) => reach.records(cell) !== "none" && keeper.records(cell) === "none");
  const [name, kept] = [reach.trail.name, keeper.trail.name];
  return {
    trailArn: reach.trail.arn,
    trailName: name,
    keeps: { trailArn: keeper.trail.arn, trailName: kept },
    microDollars,
    lines,
    hasMore,
    sentence: `${name} records what ${kept} records already: ${printDollars(microDollars)} a month for the second copy`,
    help: hasMore
      ? `Keep ${kept}, and take out of ${name} what both record; the rest is recorded by ${name} alone`
      : `Keep ${kept} and stop ${name}, if nobody needs its files apart from the others`,
  };
}
