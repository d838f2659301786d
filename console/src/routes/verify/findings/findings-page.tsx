import { useNavigate, useSearch } from "@tanstack/react-router";
import panel from "../../../parts/panel-list.module.css";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { IntegrityFrame } from "../integrity-frame.tsx";
import filters from "../integrity.module.css";
import { PlaceChoice } from "../place-choice.tsx";
import { useAccountNames } from "../use-account-names.ts";
import { useFindings } from "../use-integrity.ts";
import { FindingItem } from "./finding-item.tsx";
import classes from "./findings.module.css";
import type { FindingsState } from "./findings-state.ts";

const states = [
  ["open", "Open"],
  ["settled", "Settled"],
  ["all", "All"],
] as const;

const pageSize = 50;

/** Breaks, gaps and tails that fail to arrive: what is wrong, and what to do. */
export function FindingsPage() {
  const { state = "open", account, region } = useSearch({ from: "/integrity/findings" });
  const navigate = useNavigate({ from: "/integrity/findings" });
  const change = (next: FindingsState) => {
    void navigate({ search: (last) => ({ ...last, ...next }), replace: true });
  };
  const open = state === "all" ? {} : { open: state === "open" ? ("true" as const) : ("false" as const) };
  const findings = useFindings({ account: account ?? "", region: region ?? "", ...open }, pageSize);
  const all = findings.data?.pages.flatMap((page) => page.findings) ?? [];
  return (
    <IntegrityFrame
      title="Findings"
      lead="Every break, every gap and every digest that fails to arrive. A finding is settled by itself once it is no longer so."
    >
      <div className={filters["filters"]} style={{ margin: "0 0 12px" }}>
        <div className={classes["states"]} role="group" aria-label="Which findings">
          {states.map(([key, title]) => (
            <button
              key={key}
              type="button"
              className={controls["button"]}
              aria-pressed={key === state}
              onClick={() => {
                change({ state: key === "open" ? undefined : key });
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <PlaceChoice account={account} region={region} accountNames={useAccountNames()} onPick={change} />
      </div>
      {findings.isError && findings.data === undefined ? (
        <ProblemNote error={findings.error} onRetry={() => void findings.refetch()} />
      ) : findings.data === undefined ? (
        <Delayed>
          <p className={filters["soft"]}>Asking for findings…</p>
        </Delayed>
      ) : all.length === 0 ? (
        <p className={filters["nothing"]}>{nothingWords[state]}</p>
      ) : (
        <ul className={panel["list"]} aria-label="Findings">
          {all.map((finding) => (
            <FindingItem key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
      {findings.hasNextPage ? (
        <button
          type="button"
          className={controls["button"]}
          disabled={findings.isFetchingNextPage}
          onClick={() => void findings.fetchNextPage()}
        >
          Show more
        </button>
      ) : null}
    </IntegrityFrame>
  );
}

const nothingWords = {
  open: "Nothing is open: no break, no gap, no digest overdue.",
  settled: "Nothing was settled yet.",
  all: "Nothing was ever found wrong.",
};
