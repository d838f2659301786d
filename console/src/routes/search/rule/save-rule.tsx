import { lazy, Suspense, useState } from "react";
import type { Question } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import type { Zone } from "../../../parts/instants.ts";
import classes from "../table/menus.module.css";

// Brought in when it is opened: few searches become rules.
const RuleDialog = lazy(async () => ({ default: (await import("./rule-dialog.tsx")).RuleDialog }));

export interface SaveRuleProps {
  readonly question: Question;
  readonly zone: Zone;
}

/** Makes a rule of the search; of everything there is none to make. */
export function SaveRule({ question, zone }: SaveRuleProps) {
  const [isOpen, setOpen] = useState(false);
  if (question.query === "") return null;
  return (
    <>
      <button
        type="button"
        className={classes["tool"]}
        aria-label="Save as a rule"
        title="Save as a rule: it fires when such events come"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="bell" /> <span>Save as a rule</span>
      </button>
      {isOpen ? (
        <Suspense>
          <RuleDialog
            query={question.query}
            tz={zone === "local" ? "local" : undefined}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
