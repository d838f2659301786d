import type { Rule, RuleStatus } from "../../../detect-api.ts";
import controls from "../../../parts/controls.module.css";
import { levels, levelWords, type Level } from "../../../parts/levels.ts";
import { tacticKey, tacticNames } from "../../incidents/incident-words.ts";
import findings from "../../verify/findings/findings.module.css";
import { originWord, statusWords } from "../rule-words.ts";
import { isBlind, type RulesState } from "./rules-state.ts";
import classes from "./rules.module.css";

export interface RuleFiltersProps {
  readonly state: RulesState;
  readonly rules: readonly Rule[];
  readonly onChange: (change: Partial<RulesState>) => void;
}

/** Which rules are listed. */
export function RuleFilters({ state, rules, onChange }: RuleFiltersProps) {
  const tactics = [...new Set(rules.flatMap((rule) => rule.tactics))].toSorted();
  const origins = [...new Set(rules.map(({ origin }) => origin))].toSorted();
  const blind = rules.filter(isBlind).length;
  const hit = rules.filter(({ hits }) => hits > 0).length;
  return (
    <form
      className={classes["filters"]}
      aria-label="Which rules"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <input
        type="search"
        className={controls["input"]}
        aria-label="Words in rules"
        placeholder="Words, a technique, a tag"
        value={state.text ?? ""}
        onChange={(event) => {
          onChange({ text: event.target.value === "" ? undefined : event.target.value });
        }}
      />
      <Choice<Level>
        label="Severity"
        all="Any severity"
        value={state.level}
        options={levels.toReversed().map((level) => [level, levelWords[level]])}
        onPick={(level) => {
          onChange({ level });
        }}
      />
      <Choice<string>
        label="Tactic"
        all="All tactics"
        value={state.tactic}
        options={tactics.map((tactic) => [tactic, tacticNames[tacticKey(tactic)] ?? tactic])}
        onPick={(tactic) => {
          onChange({ tactic });
        }}
      />
      <Choice<RuleStatus>
        label="Status"
        all="On and off"
        value={state.status}
        options={(["on", "staged", "off", "refused"] as const).map((status) => [status, statusWords[status][0]])}
        onPick={(status) => {
          onChange({ status });
        }}
      />
      {origins.length > 1 ? (
        <Choice<string>
          label="Origin"
          all="All origins"
          value={state.origin}
          options={origins.map((origin) => [origin, originWord(origin)])}
          onPick={(origin) => {
            onChange({ origin });
          }}
        />
      ) : null}
      <div className={findings["states"]} role="group" aria-label="Only">
        {(
          [
            ["blind", `Cannot fire (${blind})`],
            ["hit", `Have hit (${hit})`],
          ] as const
        ).map(([only, title]) => (
          <button
            key={only}
            type="button"
            className={controls["button"]}
            aria-pressed={state.only === only}
            onClick={() => {
              onChange({ only: state.only === only ? undefined : only });
            }}
          >
            {title}
          </button>
        ))}
      </div>
    </form>
  );
}

interface ChoiceProps<Key extends string> {
  readonly label: string;
  readonly all: string;
  readonly value: Key | undefined;
  readonly options: readonly (readonly [key: Key, title: string])[];
  readonly onPick: (key: Key | undefined) => void;
}

function Choice<Key extends string>({ label, all, value, options, onPick }: ChoiceProps<Key>) {
  return (
    <select
      aria-label={label}
      className={controls["input"]}
      value={value ?? ""}
      onChange={(event) => {
        onPick(options.find(([key]) => key === event.target.value)?.[0]);
      }}
    >
      <option value="">{all}</option>
      {options.map(([key, title]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}
