import { useId } from "react";
import controls from "../../parts/controls.module.css";
import { Icon } from "../../parts/icon.tsx";
import { formatShortInstant, type Zone } from "../../parts/instants.ts";
import { isProblem, type Row } from "./grid/rows.ts";
import { useZone } from "../../parts/titled-page.tsx";
import { ranges, usualRange, type IntegrityState, type RangeKey, type Span } from "./integrity-state.ts";
import classes from "./integrity.module.css";
import { PlaceChoice } from "./place-choice.tsx";

export interface IntegrityFiltersProps {
  readonly state: IntegrityState;
  readonly span: Span;
  readonly rows: readonly Row[];
  readonly accountNames: ReadonlyMap<string, string>;
  readonly onChange: (change: Partial<IntegrityState>) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** Which time, accounts and regions are looked at. */
export function IntegrityFilters({ state, span, rows, accountNames, onChange, onStep }: IntegrityFiltersProps) {
  const zone = useZone();
  const id = useId();
  const problems = rows.filter(({ worst }) => isProblem(worst)).length;
  return (
    <form
      className={classes["filters"]}
      aria-label="What is looked at"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div className={classes["time"]} role="group" aria-label="Time">
        <select
          aria-label="How long"
          className={controls["input"]}
          value={state.range ?? usualRange}
          onChange={(event) => {
            const range = event.target.value as RangeKey;
            onChange({ range: range === usualRange ? undefined : range });
          }}
        >
          {Object.entries(ranges).map(([key, { title }]) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
        <StepButton
          label="Earlier"
          isBack
          onClick={() => {
            onStep(-1);
          }}
        />
        <span className={classes["span"]}>{spanWords(span, zone)}</span>
        <StepButton
          label="Later"
          isOff={span.isNewest}
          onClick={() => {
            onStep(1);
          }}
        />
      </div>
      <PlaceChoice
        account={state.account}
        region={state.region}
        accounts={rows.map(({ accountId }) => accountId)}
        regions={rows.map(({ region }) => region)}
        accountNames={accountNames}
        onPick={(change) => {
          onChange({ ...change, cell: undefined });
        }}
      />
      <label htmlFor={id} className={classes["check"]}>
        <input
          id={id}
          type="checkbox"
          checked={state.rows === "problems"}
          onChange={(event) => {
            onChange({ rows: event.target.checked ? "problems" : undefined });
          }}
        />
        Only rows with problems ({problems})
      </label>
    </form>
  );
}

function spanWords({ from, to }: Span, zone: Zone): string {
  return [from, to].map((at) => formatShortInstant(new Date(at).toISOString(), zone)).join(" – ");
}

interface StepButtonProps {
  readonly label: string;
  readonly isBack?: boolean;
  readonly isOff?: boolean;
  readonly onClick: () => void;
}

function StepButton({ label, isBack = false, isOff = false, onClick }: StepButtonProps) {
  return (
    <button
      type="button"
      className={`${controls["button"]} ${classes["step"]}`}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
    >
      <span style={isBack ? { display: "inline-grid", rotate: "180deg" } : { display: "inline-grid" }}>
        <Icon name="right" />
      </span>
    </button>
  );
}
