import classes from "./level-mark.module.css";
import { levels, levelWords, type Level } from "./levels.ts";

/** How severe it is: bars that are filled, and the word; the colour only helps. */
export function LevelMark({ level }: { readonly level: Level }) {
  const filled = levels.indexOf(level) + 1;
  return (
    <span className={classes["mark"]} data-level={level}>
      <svg viewBox="0 0 20 12" width="20" height="12" aria-hidden="true">
        {levels.map((each, index) => (
          <rect
            key={each}
            x={index * 4}
            y={8 - index * 2}
            width="3"
            height={4 + index * 2}
            rx="0.8"
            data-filled={index < filled}
          />
        ))}
      </svg>
      {levelWords[level]}
    </span>
  );
}
