import classes from "./wordmark.module.css";

/** The shield with a trail across it, and the name. */
export function Wordmark() {
  return (
    <span className={classes["wordmark"]}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true" fill="none" strokeLinecap="round">
        <path d="M16 3 28 7.6v8.8c0 7-4.9 11.3-12 13.6C8.9 27.7 4 23.4 4 16.4V7.6z" fill="var(--tw-accent)" />
        <path
          d="M9.5 20.5c2.7-6 4.6 1 7-3s2.6-2.5 6-6.5"
          stroke="var(--tw-panel)"
          strokeWidth="2.8"
          strokeLinejoin="round"
        />
      </svg>
      <span className={classes["name"]}>Trailwarden</span>
    </span>
  );
}
