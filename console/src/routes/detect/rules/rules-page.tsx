import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Rule } from "../../../detect-api.ts";
import panel from "../../../parts/panel-list.module.css";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import table from "../../collect/table.module.css";
import { DetectFrame } from "../detect-frame.tsx";
import { ImportDialog } from "../import/import-dialog.tsx";
import { PackagesSection } from "../import/packages-section.tsx";
import { useRules } from "../use-detect.ts";
import { RuleFilters } from "./rule-filters.tsx";
import { RuleItem } from "./rule-item.tsx";
import { chosenRules, isBlind, type RulesState } from "./rules-state.ts";

const shownStep = 100;

/** Everything that is looked for, and how it stands. */
export function RulesPage() {
  const rules = useRules();
  const [isImporting, setImporting] = useState(false);
  return (
    <DetectFrame
      title="Rules"
      lead={rules.data === undefined ? "What every event is held against." : <Summary rules={rules.data} />}
      beside={
        <button
          type="button"
          className={`${controls["button"]} ${controls["main"]}`}
          onClick={() => {
            setImporting(true);
          }}
        >
          <Icon name="plus" /> Import rules
        </button>
      }
    >
      {rules.data === undefined ? (
        rules.isError ? (
          <ProblemNote error={rules.error} onRetry={() => void rules.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking for the rules…</p>
          </Delayed>
        )
      ) : (
        <RuleList rules={rules.data} />
      )}
      <PackagesSection />
      {isImporting ? (
        <ImportDialog
          onClose={() => {
            setImporting(false);
          }}
        />
      ) : null}
    </DetectFrame>
  );
}

function Summary({ rules }: { readonly rules: readonly Rule[] }) {
  const count = (status: Rule["status"]) => rules.filter((rule) => rule.status === status).length;
  const blind = rules.filter(isBlind).length;
  const parts = [
    `${countOf(count("on"), "rule")} on`,
    ...(count("staged") > 0 ? [`${count("staged")} staged`] : []),
    ...(count("off") > 0 ? [`${count("off")} off`] : []),
    ...(count("refused") > 0 ? [`${count("refused")} refused`] : []),
    ...(blind > 0 ? [`${blind} cannot fire with what is collected`] : []),
  ];
  return <>{parts.join(" · ")}</>;
}

function RuleList({ rules }: { readonly rules: readonly Rule[] }) {
  const state = useSearch({ from: "/detect" });
  const navigate = useNavigate({ from: "/detect" });
  const [shownMax, setShownMax] = useState(shownStep);
  const chosen = chosenRules(rules, state);
  return (
    <>
      <RuleFilters
        state={state}
        rules={rules}
        onChange={(change: Partial<RulesState>) => {
          setShownMax(shownStep);
          void navigate({ search: (last) => ({ ...last, ...change }), replace: true });
        }}
      />
      {chosen.length === 0 ? (
        <p className={table["nothing"]}>
          {rules.length === 0 ? "There are no rules: nothing is looked for." : "No rule is like that."}
        </p>
      ) : (
        <ul className={panel["list"]} aria-label="Rules">
          {chosen.slice(0, shownMax).map((rule) => (
            <RuleItem key={rule.key} rule={rule} />
          ))}
        </ul>
      )}
      {chosen.length > shownMax ? (
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            setShownMax(shownMax + shownStep);
          }}
        >
          Show more: {countOf(chosen.length - shownMax, "rule")}
        </button>
      ) : null}
    </>
  );
}
