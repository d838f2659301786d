import { Link } from "@tanstack/react-router";
import { useTz } from "../../parts/titled-page.tsx";
import classes from "./integrity.module.css";

export interface NothingJudgedProps {
  readonly isNewest: boolean;
  /** Only an account or a region is looked at. */
  readonly isPart: boolean;
}

/** What stands where there is nothing to show, and what to do about it. */
export function NothingJudged({ isNewest, isPart }: NothingJudgedProps) {
  const tz = useTz();
  if (isPart || !isNewest)
    return (
      <p className={classes["nothing"]}>
        Nothing was delivered in this time{isPart ? " for this account and region" : ""}, as far as is known here.
      </p>
    );
  return (
    <div className={classes["nothing"]}>
      <p>
        <strong>Nothing to judge in this time.</strong> Log files are judged as they are collected, by the digests that
        CloudTrail signs every hour.
      </p>
      <ul>
        <li>
          Nothing is collected yet?{" "}
          <Link to="/collect" search={tz}>
            Add a source
          </Link>
          : its bucket holds the digests too.
        </li>
        <li>
          The trail writes no digests?{" "}
          <Link to="/setup" search={tz}>
            Set-up
          </Link>{" "}
          turns log file validation on.
        </li>
      </ul>
    </div>
  );
}
