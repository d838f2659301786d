import { useId } from "react";
import controls from "../../../parts/controls.module.css";
import { useAccounts, useSources } from "../use-collect.ts";
import classes from "./ledger.module.css";
import { ranges, usualRange, type LedgerState, type RangeKey } from "./ledger-state.ts";

export interface LedgerFiltersProps {
  readonly state: LedgerState;
  /** Regions that the ledger tells of. */
  readonly regions: readonly string[];
  readonly onChange: (change: Partial<LedgerState>) => void;
}

/** Which part of the ledger is looked at: source, account, region, time. */
export function LedgerFilters({ state, regions, onChange }: LedgerFiltersProps) {
  const sources = useSources().data ?? [];
  const accounts = useAccounts().data ?? [];
  const pick = (name: "source" | "account" | "region") => (value: string) => {
    onChange({ [name]: value === "" ? undefined : value, cell: undefined });
  };
  return (
    <form
      className={classes["filters"]}
      aria-label="What is looked at"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <Choice
        title="Source"
        all="All sources"
        value={state.source}
        options={sources.map(({ name }) => [name, name])}
        onPick={pick("source")}
      />
      <Choice
        title="Account"
        all="All accounts"
        value={state.account}
        options={accounts.map(({ id, name }) => [id, name === "" ? id : `${name} · ${id}`])}
        onPick={pick("account")}
      />
      <Choice
        title="Region"
        all="All regions"
        value={state.region}
        options={regions.map((region) => [region, region])}
        onPick={pick("region")}
      />
      <Choice
        title="Time"
        value={state.range ?? usualRange}
        options={Object.entries(ranges).map(([key, { title }]) => [key, title])}
        onPick={(value) => {
          onChange({ range: value === usualRange ? undefined : (value as RangeKey), cell: undefined });
        }}
      />
    </form>
  );
}

interface ChoiceProps {
  readonly title: string;
  /** How it is called when nothing is chosen; absent where something always is. */
  readonly all?: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, title: string])[];
  readonly onPick: (value: string) => void;
}

function Choice({ title, all, value, options, onPick }: ChoiceProps) {
  const id = useId();
  const isListed = value === undefined || options.some(([option]) => option === value);
  return (
    <div>
      <label htmlFor={id}>{title}</label>
      <select
        id={id}
        className={controls["input"]}
        value={value ?? ""}
        onChange={(event) => {
          onPick(event.target.value);
        }}
      >
        {all === undefined ? null : <option value="">{all}</option>}
        {isListed ? null : <option value={value}>{value}</option>}
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
