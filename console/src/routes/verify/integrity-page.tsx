import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Delayed } from "../../parts/delayed.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useZone } from "../../parts/titled-page.tsx";
import { printCell, readCell } from "../collect/ledger/ledger-state.ts";
import { OpenFindings } from "./findings/open-findings.tsx";
import { IntegrityGrid, type IntegrityGridProps } from "./grid/integrity-grid.tsx";
import { isProblem, rowsOf, type Row } from "./grid/rows.ts";
import { HourPanel } from "./hour/hour-panel.tsx";
import { IntegrityFilters } from "./integrity-filters.tsx";
import { IntegrityFrame } from "./integrity-frame.tsx";
import { hourMs, spanOf, stepSpan, widenSpan, type IntegrityState } from "./integrity-state.ts";
import classes from "./integrity.module.css";
import { NothingJudged } from "./nothing-judged.tsx";
import { OverviewCard } from "./overview-card.tsx";
import { useAccountNames } from "./use-account-names.ts";
import { useGrid, useNewest } from "./use-integrity.ts";

/** Whether every event is genuine and none is missing: account by account, region by region, hour by hour. */
export function IntegrityPage() {
  const newest = useNewest();
  return (
    <IntegrityFrame
      title="Integrity"
      lead="Whether each log file is as CloudTrail signed it, and whether all of them are here, by the hour of delivery."
    >
      {newest === undefined ? (
        <Delayed>
          <p className={classes["soft"]}>Asking how things are…</p>
        </Delayed>
      ) : (
        <Hours newest={newest} />
      )}
    </IntegrityFrame>
  );
}

function Hours({ newest }: { readonly newest: number }) {
  const state = useSearch({ from: "/integrity" });
  const navigate = useNavigate({ from: "/integrity" });
  const zone = useZone();
  const isNarrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  const { account = "", region = "" } = state;
  const asked = spanOf(state, newest, isNarrow);
  const ask = { account, region, from: new Date(asked.from).toISOString(), to: new Date(asked.to).toISOString() };
  const grid = useGrid(ask);
  const toldMs = grid.data?.cellMs ?? hourMs;
  const span = widenSpan(asked, toldMs);
  const { from, to, cellMs, isNewest } = span;
  const rows = useMemo(
    () => (grid.data === undefined ? undefined : rowsOf(grid.data.cells, { from, to, cellMs, isNewest })),
    [grid.data, from, to, cellMs, isNewest],
  );
  const accountNames = useAccountNames();
  const open = readCell(state.cell);
  const change = (next: Partial<IntegrityState>) => {
    void navigate({ search: (last) => ({ ...last, ...next }), replace: true });
  };
  const openHour = (row: Pick<Row, "accountId" | "region">, hour: number) => {
    const cell = printCell({ accountId: row.accountId, region: row.region, from: hour });
    change({ cell: cell === state.cell ? undefined : cell });
  };
  return (
    <>
      <OverviewCard ask={ask} />
      <OpenFindings account={account} region={region} />
      <IntegrityFilters
        state={state}
        span={asked}
        rows={rows ?? []}
        accountNames={accountNames}
        onChange={change}
        onStep={(by) => {
          change(stepSpan(span, by, newest));
        }}
      />
      {toldMs > hourMs || grid.data?.isCut === true ? (
        <p className={classes["soft"]}>{manyWords(toldMs, grid.data?.isCut === true)}</p>
      ) : null}
      {rows === undefined ? (
        grid.isError ? (
          <ProblemNote error={grid.error} onRetry={() => void grid.refetch()} />
        ) : (
          <Delayed>
            <p className={classes["soft"]}>Asking for the hours…</p>
          </Delayed>
        )
      ) : rows.length === 0 ? (
        <NothingJudged isNewest={isNewest} isPart={account !== "" || region !== ""} />
      ) : (
        <Grid
          rows={state.rows === "problems" ? rows.filter(({ worst }) => isProblem(worst)) : rows}
          span={span}
          zone={zone}
          accountNames={accountNames}
          chosen={state.cell}
          isNarrow={isNarrow}
          onChoose={(row, cell) => {
            // Of so many places hours are not told: those of one are.
            if (toldMs > hourMs) change({ account: row.accountId, region: row.region });
            else openHour(row, cell.hour);
          }}
        />
      )}
      {open === undefined ? null : (
        <HourPanel
          key={state.cell}
          place={open}
          accountName={accountNames.get(open.accountId)}
          onStep={(by) => {
            openHour(open, open.from + by * hourMs);
          }}
          onClose={() => {
            change({ cell: undefined });
          }}
        />
      )}
    </>
  );
}

function manyWords(cellMs: number, isCut: boolean): string {
  const hours = cellMs / hourMs;
  const length = hours < 24 ? `${String(hours)} hours` : hours === 24 ? "a day" : `${String(hours / 24)} days`;
  const cut = isCut ? " Not all of them are shown; those that stand worst are." : "";
  return `There are too many accounts and regions for single hours: a cell stands for ${length}. Choose one to see its hours.${cut}`;
}

function Grid(props: IntegrityGridProps) {
  return props.rows.length > 0 ? (
    <IntegrityGrid {...props} />
  ) : (
    <p className={classes["nothing"]}>
      Nothing is wrong in this time: every row is proven, or waits for digests that are not due yet.
    </p>
  );
}
