import type { Finding } from "../../collect-api.ts";
import { Icon } from "../../parts/icon.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import classes from "./finding-list.module.css";

/** One thing that was found out, with what to do when it is not well. */
export function FindingItem({ finding, beside }: { readonly finding: Finding; readonly beside?: string }) {
  const { isGood, sentence, help, cause } = finding;
  return (
    <li className={classes["finding"]} data-good={isGood}>
      <Icon name={isGood ? "check" : "warning"} size={16} />
      <div>
        <span className="tw-hidden">{isGood ? "Fine: " : "Not well: "}</span>
        <VisibleText text={sentence} />
        {help === undefined || isGood ? null : (
          <p>
            <strong>To do:</strong> <VisibleText text={help} />
          </p>
        )}
        {cause === undefined || isGood ? null : (
          <p className={classes["cause"]}>
            AWS said: <VisibleText text={cause} />
          </p>
        )}
      </div>
      {beside === undefined ? null : <span className={classes["beside"]}>{beside}</span>}
    </li>
  );
}
