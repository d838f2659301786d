import controls from "../../parts/controls.module.css";
import { isLevel, levels, levelWords } from "../../parts/levels.ts";
import { formatNumber } from "../../parts/numbers.ts";
import findings from "../verify/findings/findings.module.css";
import filters from "../verify/integrity.module.css";
import { useAccountNames } from "../verify/use-account-names.ts";
import { stateWords } from "./incident-words.ts";
import { countOfState, shownStates, type IncidentsState, type ShownState } from "./incidents-state.ts";
import classes from "./incidents.module.css";

export interface IncidentFiltersProps {
  readonly state: IncidentsState;
  readonly counts: Readonly<Record<string, number>>;
  /** Those that are known from the list; they may stand there more than once. */
  readonly accounts: readonly string[];
  readonly onChange: (change: Partial<IncidentsState>) => void;
}

/** Which incidents are listed; how many there are of each state stands on its button. */
export function IncidentFilters({ state, counts, accounts, onChange }: IncidentFiltersProps) {
  const { severity, account, owner } = state;
  const names = useAccountNames();
  const known = [...new Set([...names.keys(), ...accounts, ...(account === undefined ? [] : [account])])].toSorted();
  return (
    <div className={classes["filters"]}>
      <div className={findings["states"]} role="group" aria-label="Which incidents">
        {shownStates.map((each) => (
          <button
            key={each}
            type="button"
            className={controls["button"]}
            aria-pressed={each === (state.state ?? "open")}
            onClick={() => {
              onChange({ state: each === "open" ? undefined : each });
            }}
          >
            {titleOf(each)} <span className={classes["count"]}>{formatNumber(countOfState(counts, each))}</span>
          </button>
        ))}
      </div>
      <div className={filters["places"]}>
        <select
          aria-label="Severity"
          className={controls["input"]}
          value={severity ?? ""}
          onChange={(event) => {
            const { value } = event.target;
            onChange({ severity: isLevel(value) ? value : undefined });
          }}
        >
          <option value="">Any severity</option>
          {levels.slice(1).map((level) => (
            <option key={level} value={level}>
              {level === "critical" ? levelWords[level] : `${levelWords[level]} or worse`}
            </option>
          ))}
        </select>
        <select
          aria-label="Account"
          className={controls["input"]}
          value={account ?? ""}
          onChange={(event) => {
            onChange({ account: event.target.value === "" ? undefined : event.target.value });
          }}
        >
          <option value="">All accounts</option>
          {known.map((id) => (
            <option key={id} value={id}>
              {names.has(id) ? `${names.get(id) ?? ""} · ${id}` : id}
            </option>
          ))}
        </select>
        {owner === undefined ? null : (
          <button
            type="button"
            className={controls["button"]}
            onClick={() => {
              onChange({ owner: undefined });
            }}
          >
            Of {owner}: show everybody’s
          </button>
        )}
      </div>
    </div>
  );
}

function titleOf(state: ShownState): string {
  return state === "open" ? "Open" : state === "all" ? "All" : stateWords[state][0];
}
