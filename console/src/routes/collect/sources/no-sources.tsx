import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CopyLines } from "../../../parts/copy-lines.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import classes from "./sources.module.css";

const queueLines = `npx trailwarden source add queue main \\
  --region eu-central-1 \\
  --queue-url https://sqs.eu-central-1.amazonaws.com/111122223333/NAME`;
const bucketLines = `npx trailwarden source add bucket main \\
  --region eu-central-1 --bucket NAME`;
const offerLines = `npx trailwarden source offer --name customer \\
  --region eu-central-1 --account 111122223333`;

/** Three ways to begin. */
export function NoSources() {
  const tz = useTz();
  return (
    <div className={classes["ways"]}>
      <Way title="Read your queue or bucket">
        <p>
          A trail writes into a bucket already: name the queue that hears of its log files, or the bucket itself. A
          queue is quicker.{" "}
          <Link to="/collect/add" search={tz}>
            Add it here
          </Link>
          , or in a terminal:
        </p>
        <CopyLines label="Command that adds a queue" text={queueLines} />
        <CopyLines label="Command that adds a bucket" text={bucketLines} />
      </Way>
      <Way title="Offer a bucket">
        <p>
          There is no bucket yet: Trailwarden makes one with the right policy, and says what to paste into “Create
          trail”. It shows its plan first.
        </p>
        <CopyLines label="Command that offers a bucket" text={offerLines} />
      </Way>
      <Way title="Look at a made-up AWS">
        <p>No account at hand: a made-up company at work, whose log files are collected as any others.</p>
        <CopyLines label="Command that starts a made-up AWS" text={"npx trailwarden serve --made-up-if-empty"} />
      </Way>
    </div>
  );
}

function Way({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
