import classes from "./grid.module.css";
import { standingWords } from "./standing-words.ts";

/** What colours, shapes and signs mean; the wide cell and the narrow one. */
export function Legend() {
  return (
    <ul className={classes["legend"]} aria-label="Signs">
      {(Object.keys(standingWords) as (keyof typeof standingWords)[]).map((standing) => (
        <li key={standing} title={standingWords[standing].what}>
          <span className={classes["cells"]} aria-hidden="true">
            <span className={classes["cell"]} data-standing={standing}>
              {standingWords[standing].sign}
            </span>
          </span>
          {standingWords[standing].word}
        </li>
      ))}
    </ul>
  );
}
