import type { ReactNode } from "react";
import shared from "../setup.module.css";
import classes from "./no-deployments.module.css";

/** What set-up does, said where there is no account yet. */
export function NoDeployments({ children }: { readonly children: ReactNode }) {
  return (
    <section className={`${shared["card"]} ${classes["none"]}`} aria-label="No account under care yet">
      <h2>No account under care yet</h2>
      <p>
        Set-up lays the way that log files take in an AWS account, from its trail through bucket and topic to the queue
        that Trailwarden reads, and uses what is there already. Before it changes anything it shows its plan, and says
        first what that costs. Afterwards it watches the way: it tells what was changed and by whom, and puts it right
        when you say so.
      </p>
      <div>{children}</div>
    </section>
  );
}
