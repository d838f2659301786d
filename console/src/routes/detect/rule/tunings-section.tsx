import { useState } from "react";
import { removeTuning, type RuleDetails, type Tuning } from "../../../detect-api.ts";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { formatInstant } from "../../../parts/instants.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useZone } from "../../../parts/titled-page.tsx";
import shared from "../../setup/setup.module.css";
import { useDetectMutation } from "../use-detect.ts";
import classes from "./rule.module.css";
import { TuneDialog } from "./tune-dialog.tsx";

/** Events that are left out of the rule in this house. */
export function TuningsSection({ rule }: { readonly rule: RuleDetails }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={shared["card"]} aria-label="Left out">
      <div className={shared["head"]}>
        <h2>Left out</h2>
        <ChangeButton
          isSmall
          icon="plus"
          onClick={() => {
            setOpen(true);
          }}
        >
          Leave something out
        </ChangeButton>
      </div>
      {rule.tunings.length === 0 ? (
        <p>Nothing: every event that fits is a hit.</p>
      ) : (
        <ul className={classes["tunings"]}>
          {rule.tunings.map((tuning) => (
            <TuningItem key={tuning.name} tuning={tuning} />
          ))}
        </ul>
      )}
      {isOpen ? (
        <TuneDialog
          rule={rule}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </section>
  );
}

function TuningItem({ tuning: { name, rules, query, reason, until } }: { readonly tuning: Tuning }) {
  const zone = useZone();
  const announce = useAnnounce();
  const remove = useDetectMutation(
    () => removeTuning(name),
    () => {
      announce("It is looked at again");
    },
  );
  return (
    <li>
      <code>
        <VisibleText text={query} />
      </code>
      <p>
        <VisibleText text={reason} />
      </p>
      <p className={shared["soft"]}>
        <VisibleText text={name} />
        {rules.length === 0 ? " · of all rules" : rules.length > 1 ? ` · of ${rules.length} rules` : ""}
        {until === null ? "" : ` · until ${formatInstant(until, zone)}`}
      </p>
      <ChangeButton
        isSmall
        isBusy={remove.isPending}
        label={`Take ${name} away`}
        onClick={() => {
          remove.mutate(undefined);
        }}
      >
        Take it away
      </ChangeButton>
      {remove.isError ? <ProblemNote error={remove.error} /> : null}
    </li>
  );
}
