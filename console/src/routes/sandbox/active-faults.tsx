import { useMutation } from "@tanstack/react-query";
import { formatRelative } from "../../parts/instants.ts";
import { formatNumber } from "../../parts/numbers.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import { endFault, type ActiveFault, type Fault, type Faults } from "../../sandbox-api.ts";
import { faultTitle, tellParameters } from "./fault-fields.ts";
import classes from "./faults.module.css";
import { useAskAgain, useSandboxTime } from "./use-sandbox.ts";

/** The faults that are on, what they did so far, and a button that ends each. */
export function ActiveFaults({ faults }: { readonly faults: Faults }) {
  if (faults.active.length === 0) return <p className={classes["calm"]}>Nothing goes wrong on purpose just now.</p>;
  return (
    <ul className={classes["active"]} aria-label="Faults that are on">
      {faults.active.map((active) => (
        <ActiveItem key={active.id} active={active} fault={faults.faults.find(({ name }) => name === active.name)} />
      ))}
    </ul>
  );
}

function ActiveItem({ active, fault }: { readonly active: ActiveFault; readonly fault: Fault | undefined }) {
  const now = useSandboxTime()?.now ?? active.since;
  const askAgain = useAskAgain();
  const end = useMutation({
    mutationFn: () => endFault(active.id),
    onSettled: () => {
      askAgain("faults");
    },
  });
  const how = tellParameters(fault, active.parameters);
  return (
    <li>
      <div>
        <strong>{faultTitle(active.name)}</strong>
        {how === "" ? null : (
          <span className={classes["how"]}>
            <VisibleText text={how} />
          </span>
        )}
        <span className={classes["did"]}>
          on since {formatRelative(new Date(active.since).toISOString(), now)}, {timesOf(active.done)}
          {active.failed === 0 ? null : `, ${formatNumber(active.failed)} went wrong in the background`}
        </span>
      </div>
      <button
        type="button"
        className={classes["end"]}
        disabled={end.isPending}
        aria-label={`End: ${faultTitle(active.name)}`}
        onClick={() => {
          end.mutate();
        }}
      >
        End
      </button>
      {end.isError ? <ProblemNote error={end.error} /> : null}
    </li>
  );
}

function timesOf(count: number): string {
  if (count === 0) return "nothing done yet";
  return count === 1 ? "done once so far" : `done ${formatNumber(count)} times so far`;
}
