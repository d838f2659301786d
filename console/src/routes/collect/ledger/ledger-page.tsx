import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { ledgerHoursMax, type LedgerHour, type Selection } from "../../../collect-api.ts";
import { Delayed } from "../../../parts/delayed.tsx";
import { formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { useZone } from "../../../parts/titled-page.tsx";
import { useAccounts } from "../use-collect.ts";
import { cellTime } from "./cell-words.ts";
import { HourMatrix } from "./hour-matrix.tsx";
import { LedgerFilters } from "./ledger-filters.tsx";
import classes from "./ledger.module.css";
import { ranges, readCell, usualRange, type LedgerState } from "./ledger-state.ts";
import { MissingSection } from "./missing-section.tsx";
import { spanOf, stripsOf } from "./strips.ts";
import { TotalsLine } from "./totals-line.tsx";
import { useLedger } from "./use-ledger.ts";

/** Whether every log file that was heard of is read, and which are not. */
export function LedgerPage() {
  const state = useSearch({ from: "/collect/ledger" });
  const navigate = useNavigate({ from: "/collect/ledger" });
  const zone = useZone();
  const now = useMinute();
  const isNarrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  const { spanMs, cellMs: cells } = ranges[state.range ?? usualRange];
  const cellMs = isNarrow ? cells.narrow : cells.wide;
  const { source = "", account = "", region = "" } = state;
  // By the hour, so that the question stays the same for a while.
  const from = new Date(Math.floor((now - spanMs) / cellMs + 1) * cellMs).toISOString();
  const selection = { source, account, region, from, to: "" };
  const ledger = useLedger(selection);
  const accounts = useAccounts();
  const hours = ledger.data?.hours;
  const matrix = useMemo(() => {
    if (hours === undefined) return undefined;
    const span = spanOf(hours, { spanMs, cellMs }, now);
    return { span, strips: stripsOf(hours, span, now) };
  }, [hours, spanMs, cellMs, now]);
  const regions = useRegions(hours, region);
  const names = useMemo(
    () => new Map((accounts.data ?? []).filter(({ name }) => name !== "").map(({ id, name }) => [id, name])),
    [accounts.data],
  );
  const cell = readCell(state.cell);
  const change = (next: Partial<LedgerState>) => {
    void navigate({ search: (last) => ({ ...last, ...next }), replace: true });
  };
  return (
    <CollectFrame
      title="Ledger"
      lead="Every log file that a notice, the bucket’s listing or a digest told of, and whether its events are stored."
    >
      <LedgerFilters state={state} regions={regions} onChange={change} />
      {ledger.isError && ledger.data === undefined ? (
        <ProblemNote error={ledger.error} onRetry={() => void ledger.refetch()} />
      ) : ledger.data === undefined || matrix === undefined ? (
        <Delayed>
          <p className={classes["soft"]}>Asking for the ledger…</p>
        </Delayed>
      ) : (
        <>
          <TotalsLine totals={ledger.data.totals} />
          {ledger.data.hours.length >= ledgerHoursMax ? (
            <p className={classes["soft"]}>
              Only the newest {formatNumber(ledgerHoursMax)} hours of accounts and regions are drawn: choose an account
              or a region to see more.
            </p>
          ) : null}
          {matrix.strips.length === 0 ? null : (
            <HourMatrix
              {...matrix}
              zone={zone}
              accountNames={names}
              chosen={state.cell}
              onChoose={(chosen) => {
                change({ cell: chosen });
              }}
            />
          )}
          <MissingSection
            selection={cell === undefined ? selection : partOf(selection, cell, cellMs)}
            part={
              cell === undefined
                ? undefined
                : `${cell.accountId} in ${cell.region}, ${cellTime({ from: cell.from, to: cell.from + cellMs }, zone)}`
            }
            onWhole={() => {
              change({ cell: undefined });
            }}
          />
        </>
      )}
    </CollectFrame>
  );
}

function partOf(selection: Selection, cell: NonNullable<ReturnType<typeof readCell>>, cellMs: number): Selection {
  return {
    ...selection,
    account: cell.accountId,
    region: cell.region,
    from: new Date(cell.from).toISOString(),
    to: new Date(cell.from + cellMs).toISOString(),
  };
}

/** Regions that were seen since the page was opened: those of a narrower question too. */
function useRegions(hours: readonly LedgerHour[] | undefined, chosen: string): readonly string[] {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (hours === undefined) return;
    setSeen((last) => {
      const all = new Set([...last, ...hours.map(({ region }) => region)].filter((region) => region !== ""));
      return all.size === last.size ? last : all;
    });
  }, [hours]);
  return useMemo(() => [...new Set([...seen, ...(chosen === "" ? [] : [chosen])])].sort(), [seen, chosen]);
}

/** Now, anew every minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 60_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
