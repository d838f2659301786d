import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { formatShortInstant, type Zone } from "../../../parts/instants.ts";
import { formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { ChainView } from "../../../verify-api.ts";
import table from "../../collect/table.module.css";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import { useZone } from "../../../parts/titled-page.tsx";
import { IntegrityFrame } from "../integrity-frame.tsx";
import filters from "../integrity.module.css";
import { PlaceChoice } from "../place-choice.tsx";
import { useAccountNames } from "../use-account-names.ts";
import { useChains } from "../use-integrity.ts";
import { ChainStanding } from "./chain-standing.tsx";
import { chainsInOrder } from "./chains-in-order.ts";

const pageSize = 100;

/** Every chain of digests that is known, and how far it has come. */
export function ChainsPage() {
  const { account, region } = useSearch({ from: "/integrity/chains" });
  const navigate = useNavigate({ from: "/integrity/chains" });
  const zone = useZone();
  const chains = useChains();
  const [shownMax, setShownMax] = useState(pageSize);
  const rows = chainsInOrder(chains.data ?? [], { account, region });
  return (
    <IntegrityFrame
      title="Chains"
      lead="CloudTrail signs a digest an hour for each trail, account and region, and each names the one before: while a chain is unbroken, nothing can be taken out of it."
    >
      <div className={filters["filters"]} style={{ margin: "0 0 12px" }}>
        <PlaceChoice
          account={account}
          region={region}
          accountNames={useAccountNames()}
          onPick={(change) => {
            void navigate({ search: (last) => ({ ...last, ...change }), replace: true });
          }}
        />
      </div>
      {chains.isError && chains.data === undefined ? (
        <ProblemNote error={chains.error} onRetry={() => void chains.refetch()} />
      ) : chains.data === undefined ? (
        <Delayed>
          <p className={filters["soft"]}>Asking for the chains…</p>
        </Delayed>
      ) : rows.length === 0 ? (
        <p className={filters["nothing"]}>
          No chain is known{account === undefined && region === undefined ? "" : " for this account and region"}: no
          digest was collected.
        </p>
      ) : (
        <DataTable label="Chains" rows={rows.slice(0, shownMax)} keyOf={({ id }) => id} columns={columnsIn(zone)} />
      )}
      {rows.length > shownMax ? (
        <button
          type="button"
          className={controls["button"]}
          style={{ marginTop: 10 }}
          onClick={() => {
            setShownMax(shownMax + pageSize);
          }}
        >
          Show more of {formatNumber(rows.length)}
        </button>
      ) : null}
    </IntegrityFrame>
  );
}

function columnsIn(zone: Zone): Columns<ChainView> {
  return [
    {
      name: "Trail",
      cell: ({ trail, homeRegion, organization, isBackfill, bucket }) => (
        <>
          <VisibleText text={trail} />
          {isBackfill ? " (backfill)" : ""}
          <small>
            <VisibleText text={[homeRegion, organization, bucket].filter(Boolean).join(" · ")} />
          </small>
        </>
      ),
    },
    { name: "Account", cell: ({ account }) => <VisibleText text={account} className={table["whole"]} /> },
    { name: "Region", cell: ({ region }) => <VisibleText text={region} className={table["whole"]} /> },
    { name: "How it is", cell: (chain) => <ChainStanding chain={chain} /> },
    { name: "Unbroken since", cell: ({ since }) => (since === null ? "–" : formatShortInstant(since, zone)) },
    { name: "Newest digest", cell: ({ head }) => <Moment at={head} /> },
    {
      name: "Next due",
      cell: ({ nextDueAt }) =>
        nextDueAt === null ? (
          "none"
        ) : (
          <span className={table["whole"]}>
            <Moment at={nextDueAt} />
          </span>
        ),
    },
  ];
}
