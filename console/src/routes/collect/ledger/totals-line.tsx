import type { LedgerTotals } from "../../../collect-api.ts";
import { formatNumber } from "../../../parts/numbers.ts";
import { formatShare } from "../figures.ts";
import classes from "./ledger.module.css";

/** The figure that says how complete it is, and what it is made of. */
export function TotalsLine({ totals }: { readonly totals: LedgerTotals }) {
  const { completeness, read, known, waiting, failing, leftOut, noticed, listed, named, digests } = totals;
  return (
    <section className={classes["totals"]} aria-label="Completeness">
      <p className={classes["share"]} data-state={completeness === null ? "none" : completeness < 1 ? "part" : "all"}>
        <strong data-testid="completeness">{formatShare(completeness)}</strong>
        <span>
          {completeness === null
            ? "No log files are known of in this time"
            : `${formatNumber(read)} of ${formatNumber(known)} log files are read`}
        </span>
      </p>
      <dl>
        <Count name="Waiting" count={waiting} what="Heard of, not read yet" />
        <Count name="Failing" count={failing} what="Tried without success; tried again by itself" isBad={failing > 0} />
        <Count name="Left out" count={leftOut} what="On purpose: other accounts, what is no log file" />
        <Count name="In notices" count={noticed} what="Named by messages" />
        <Count name="In listings" count={listed} what="Found in the bucket" />
        <Count name="In digests" count={named} what="Named by digest files" />
        <Count
          name="Digests"
          count={digests.read}
          what={`Of ${formatNumber(digests.known)} that are known of; they prove log files, and hold no events`}
          isBad={digests.failing > 0}
        />
      </dl>
    </section>
  );
}

function Count({
  name,
  count,
  what,
  isBad = false,
}: {
  readonly name: string;
  readonly count: number;
  readonly what: string;
  readonly isBad?: boolean;
}) {
  return (
    <div title={what} data-bad={isBad}>
      <dt>{name}</dt>
      <dd>{formatNumber(count)}</dd>
    </div>
  );
}
