import { useState } from "react";
import { Delayed } from "../../parts/delayed.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import { ActiveFaults } from "./active-faults.tsx";
import { faultTitle, groupFaults, type Known } from "./fault-fields.ts";
import { FaultForm } from "./fault-form.tsx";
import classes from "./faults.module.css";
import { useFaults } from "./use-sandbox.ts";

/** What can go wrong in the sandbox, and what does now. */
export function FaultsSection({ known }: { readonly known: Known }) {
  const faults = useFaults(true);
  const [opened, setOpened] = useState<string>();
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      <p className={classes["lead"]}>
        Make something go wrong on purpose, and see who notices. A fault stays on until you end it, or the sandbox
        stops.
      </p>
      {faults.data !== undefined ? (
        <>
          <ActiveFaults faults={faults.data} />
          {groupFaults(faults.data.faults).map((group) => (
            <div key={group.title} className={classes["group"]}>
              <h3>{group.title}</h3>
              <ul>
                {group.faults.map((fault) => (
                  <li key={fault.name}>
                    <button
                      type="button"
                      className={classes["fault"]}
                      aria-expanded={opened === fault.name}
                      onClick={() => {
                        setOpened(opened === fault.name ? undefined : fault.name);
                      }}
                    >
                      <strong>{faultTitle(fault.name)}</strong>
                      <span>
                        <VisibleText text={fault.summary} />
                      </span>
                    </button>
                    {opened === fault.name ? (
                      <FaultForm
                        fault={fault}
                        known={known}
                        onDone={() => {
                          setOpened(undefined);
                        }}
                      />
                    ) : null}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </>
      ) : faults.isError ? (
        <ProblemNote error={faults.error} onRetry={() => void faults.refetch()} />
      ) : (
        <Delayed>
          <p className={classes["lead"]}>Asking for the faults…</p>
        </Delayed>
      )}
    </section>
  );
}
