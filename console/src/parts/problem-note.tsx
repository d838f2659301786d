import { Problem } from "../problem.ts";
import { Icon } from "./icon.tsx";
import classes from "./problem-note.module.css";

/** What went wrong in the server's own words, and what to do now. */
export function ProblemNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : undefined;
  const detail = error instanceof Error ? error.message : "Something unexpected happened";
  return (
    <div className={classes["note"]} role="alert">
      <span className={classes["icon"]}>
        <Icon name="warning" size={18} />
      </span>
      <div>
        <strong>{problem?.title ?? "This did not work"}</strong>
        <p>{detail}</p>
        {problem?.help === undefined ? null : <p className={classes["help"]}>{problem.help}</p>}
        {onRetry === undefined ? null : (
          <button type="button" className={classes["retry"]} onClick={onRetry}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}
