import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { fetchDelays, type Delay } from "../../../collect-api.ts";
import { Delayed } from "../../../parts/delayed.tsx";
import { formatSpan } from "../../../parts/instants.ts";
import { formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { RangeChoice } from "../../../parts/range-choice.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { DataTable, type Columns } from "../data-table.tsx";
import classes from "../table.module.css";
import { delayRanges, usualDelayRange } from "./delay-ranges.ts";

const everyMs = 30_000;
const shownMax = 500;

/** How long events take, by account, region and service. */
export function DelaysPage() {
  const { range = usualDelayRange } = useSearch({ from: "/collect/delays" });
  const navigate = useNavigate({ from: "/collect/delays" });
  const delays = useQuery({
    queryKey: ["collect", "delays", range],
    queryFn: ({ signal }) => fetchDelays({ from: delayRanges[range].from, limit: shownMax }, signal),
    staleTime: 0,
    refetchInterval: everyMs,
    placeholderData: (last) => last,
  });
  return (
    <CollectFrame
      title="Delays"
      lead="How long CloudTrail took to deliver an event’s log file, and how long it was until the event could be searched; the slowest first. Half of the events were quicker than p50, 95 of 100 quicker than p95."
      beside={
        <RangeChoice
          ranges={delayRanges}
          usual={usualDelayRange}
          range={range}
          width={130}
          onPick={(next) => {
            void navigate({ search: (last) => ({ ...last, range: next }), replace: true });
          }}
        />
      }
    >
      {delays.isError && delays.data === undefined ? (
        <ProblemNote error={delays.error} onRetry={() => void delays.refetch()} />
      ) : delays.data === undefined ? (
        <Delayed>
          <p className={classes["soft"]}>Measuring…</p>
        </Delayed>
      ) : delays.data.length === 0 ? (
        <p className={classes["nothing"]}>
          Nothing to measure: no event of this time came in a log file with a time of delivery in its name.
        </p>
      ) : (
        <>
          <DataTable
            label="Delays"
            rows={delays.data}
            keyOf={({ account, region, service }) => `${account}/${region}/${service}`}
            columns={columns}
          />
          {delays.data.length >= shownMax ? <p className={classes["soft"]}>The {shownMax} slowest are shown.</p> : null}
        </>
      )}
    </CollectFrame>
  );
}

const columns: Columns<Delay> = [
  { name: "Service", cell: ({ service }) => <VisibleText text={service} /> },
  {
    name: "Account",
    cell: ({ account }) => (
      <code className={classes["whole"]}>
        <VisibleText text={account} />
      </code>
    ),
  },
  { name: "Region", cell: ({ region }) => <VisibleText text={region} className={classes["whole"]} /> },
  { name: "Events", isNumber: true, cell: ({ events }) => formatNumber(events) },
  { name: "Delivered p50", isNumber: true, cell: ({ delivered }) => formatSpan(delivered.p50) },
  { name: "Delivered p95", isNumber: true, cell: ({ delivered }) => formatSpan(delivered.p95) },
  { name: "Searchable p50", isNumber: true, cell: ({ searchable }) => formatSpan(searchable.p50) },
  { name: "Searchable p95", isNumber: true, cell: ({ searchable }) => formatSpan(searchable.p95) },
];
