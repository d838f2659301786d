import type { Source } from "../../collect-api.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import classes from "./source-words.module.css";

/** Whether there is anything that a person should read about a source. */
export function needsWords(source: Source): boolean {
  return source.status !== "online" || source.help !== null || source.cause !== null || source.ledger.failing > 0;
}

/** What is, what to do about it, and what AWS said. */
export function SourceWords({ source }: { readonly source: Pick<Source, "sentence" | "help" | "cause"> }) {
  const { sentence, help, cause } = source;
  return (
    <div className={classes["words"]}>
      <p>
        <VisibleText text={sentence} />
      </p>
      {help === null ? null : (
        <p className={classes["help"]}>
          <strong>To do:</strong> <VisibleText text={help} />
        </p>
      )}
      {cause === null ? null : (
        <p className={classes["cause"]}>
          AWS said: <VisibleText text={cause} />
        </p>
      )}
    </div>
  );
}
