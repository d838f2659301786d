import { useId } from "react";
import controls from "../../parts/controls.module.css";
import classes from "./integrity.module.css";
import { useChains } from "./use-integrity.ts";

interface PlaceChange {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

export interface PlaceChoiceProps extends PlaceChange {
  /** Those that the page knows beside those that have chains of digests; they may stand there more than once. */
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly hasRegions?: boolean;
  readonly accountNames: ReadonlyMap<string, string>;
  readonly onPick: (change: PlaceChange) => void;
}

/** One account and one region, or all of them. */
export function PlaceChoice({ account, region, accountNames, onPick, ...known }: PlaceChoiceProps) {
  const { accounts = [], regions = [], hasRegions = true } = known;
  const chains = useChains().data ?? [];
  const title = (id: string) => {
    const name = accountNames.get(id);
    return name === undefined ? id : `${name} · ${id}`;
  };
  return (
    <div className={classes["places"]}>
      <Choice
        label="Account"
        all="All accounts"
        value={account}
        options={uniqueOf([...accounts, ...accountNames.keys(), ...chains.map((chain) => chain.account)]).map((id) => [
          id,
          title(id),
        ])}
        onPick={(value) => {
          onPick({ account: value });
        }}
      />
      {hasRegions ? (
        <Choice
          label="Region"
          all="All regions"
          value={region}
          options={uniqueOf([...regions, ...chains.map((chain) => chain.region)]).map((name) => [name, name])}
          onPick={(value) => {
            onPick({ region: value });
          }}
        />
      ) : null}
    </div>
  );
}

function uniqueOf(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== "").toSorted();
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, title: string])[];
  readonly onPick: (value: string | undefined) => void;
}

function Choice({ label, all, value, options, onPick }: ChoiceProps) {
  const id = useId();
  const isListed = value === undefined || options.some(([option]) => option === value);
  return (
    <>
      <label htmlFor={id} className="tw-hidden">
        {label}
      </label>
      <select
        id={id}
        className={controls["input"]}
        value={value ?? ""}
        onChange={(event) => {
          onPick(event.target.value === "" ? undefined : event.target.value);
        }}
      >
        <option value="">{all}</option>
        {isListed ? null : <option value={value}>{value}</option>}
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
